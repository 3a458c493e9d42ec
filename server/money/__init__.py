"""Whose money the co-operative has: statements by season, payments, the monthly summary."""
