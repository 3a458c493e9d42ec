"""Questions about merged records: what detection asks, the queue as people read it, what stands, what was."""
