"""The server: accounts, storage, API and pages around the pure engine in `sync`."""
