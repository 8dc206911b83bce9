"""What FEEL computes with: Decimal, text, dates, durations, ranges, lists and contexts."""
