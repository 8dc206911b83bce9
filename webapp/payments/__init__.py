"""Where the payment platform reports what was paid."""
