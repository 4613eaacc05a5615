"""How a run can end, and the one exception that ends it early."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command."""

    CONFORMS = 0
    DEVIATES = 1
    NOT_TESTED = 2
    INTERRUPTED = 130


class CannotTest(Exception):
    """Nothing can be said about the target; the text is the one sentence that says why."""
