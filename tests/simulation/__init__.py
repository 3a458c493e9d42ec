"""Seeded seasons of trouble: the real engine and the reference replica under everything that goes wrong.

`python -m tests.simulation --seeds 1000` runs them; a seed replays its season to the letter.
"""
