"""Packs of recorded sentences: who made and published them, and the clips that they are made of. Never synced rows."""
