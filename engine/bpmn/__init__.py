"""Models in, state in, state out: the only importer of SpiffWorkflow, without a database."""
