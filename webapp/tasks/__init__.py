"""The one task page: every user task of every diagram, drawn from its form."""
