"""Our own elements for SpiffWorkflow: its parser builds them, its token engine drives them."""
