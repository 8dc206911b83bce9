"""Tests of the job ledger."""
