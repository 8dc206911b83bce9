"""The reviewers' pages: sign-in, the queue, and what they hold."""
