"""What can go wrong with a whole request. A single bad mutation is never an error: it gets a receipt."""


class SyncError(Exception):
    """Base of the engine's errors; `code` is stable and goes on the wire."""

    code = "invalid"


class ReadOnlyError(SyncError):
    """A read found that something must be written (a new history, a review that fell due): ask again in a write."""

    code = "read_only"


class ReviewChangedError(SyncError):
    """A decision about a review that was decided, settled itself, or is about a record that changed meanwhile."""

    code = "review_changed"


class DecisionError(SyncError):
    """A decision that makes no sense for its review: `field` says of what, `reason` is a stable code."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason
