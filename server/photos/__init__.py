"""Photos of goods: how they arrive in pieces, how they are encoded anew, where they are kept. Never rows."""
