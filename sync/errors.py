"""What can go wrong with a whole request. A single bad mutation is never an error: it gets a receipt."""


class SyncError(Exception):
    """Base of the engine's errors; `code` is stable and goes on the wire."""

    code = "invalid"


class ReadOnlyError(SyncError):
    """A read found that something must be written (a new history, a review that fell due): ask again in a write."""

    code = "read_only"
