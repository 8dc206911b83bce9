"""The public page that checks a printed document."""
