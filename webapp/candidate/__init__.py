"""A candidate's own pages: where the declaration is, what is next, files and documents."""
