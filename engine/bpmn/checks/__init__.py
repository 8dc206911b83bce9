"""The rules that models are checked by, one module for each kind of fault. All are pure."""
