"""The refusal of a request that its validator does not accept."""


class InvalidRequest(Exception):
    """A query or a body is not what the operation takes.

    `error` is the whole text of the answer's `error`, `error_type` its `errorType`, `None` where
    the answer has none.
    """

    def __init__(self, error: str, error_type: str | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.error_type = error_type
