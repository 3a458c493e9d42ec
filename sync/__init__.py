"""The reconciliation engine: pure, deterministic, free of I/O. See README.md in this folder."""
