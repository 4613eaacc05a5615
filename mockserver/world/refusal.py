"""Refusals: what the world says when one of its rules forbids a request.

The world raises them where the fact is known; `mockserver.envelope` alone turns them into a status
and a body. Source of the words: each subclass stands beside the rule that raises it.
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """A rule of the world said no; the request's transaction is rolled back.

    A code with a reason is worded `reason [code]`, a code alone `[code]`, and a reason alone stands
    as it is and carries no error type. Where the server keeps the code out of the sentence,
    `bracketed` is False.
    """

    code: ClassVar[str | None] = None
    reason: ClassVar[str | None] = None
    bracketed: ClassVar[bool] = True

    def __init__(self, reason: str | None = None, *, details: dict[str, Any] | None = None) -> None:
        self.words = self.reason if reason is None else reason
        self.details = details
        super().__init__(self.words or self.code)


class Forbidden(Refusal):
    """The caller may call the operation, but not do this with it."""

    reason = "unauthorized"


class Missing(Refusal):
    """An action answers that a thing does not exist."""

    reason = "Resource not found"


class Failure(Refusal):
    """Something was tried and did not work out; `beside` stands beside `error`, or alone."""

    def __init__(self, reason: str | None, beside: dict[str, Any]) -> None:
        self.beside = beside
        super().__init__(reason)


class SignInRefused(Refusal):
    """Nobody can be signed in with what was given; `error` goes beside the sentence."""

    error: ClassVar[str | int] = "Unauthorized"
    reason = "Unauthorized"
