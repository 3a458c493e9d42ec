"""The conformance suite: an independent client, written from the protocol's documents alone, against a real server."""
