"""Files that never change, kept by name: in a folder of this machine, or in a bucket by configuration. Never rows."""
