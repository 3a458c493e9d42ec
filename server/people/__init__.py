"""Accounts, their phones, and what belongs to a person: who may see and change what, consent, export, erasure."""
