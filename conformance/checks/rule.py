"""What all our checks share: which answers they judge, and how they report a deviation."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

import requests
import schemathesis
from schemathesis import Case as AnyCase
from schemathesis import CheckContext, Response
from schemathesis.core.failures import Failure

from conformance import surface
from conformance.answers import Kind, kind_of
from mockserver.contract import Operation

Case = AnyCase[Any]
Check = Callable[[Response, Case, Operation], None]
SKIPPED = True


class Deviation(Failure):
    """An answer breaks a rule; each check has a class of its own.

    `answered` is the call that shows it, where the check made one itself.
    """

    def __init__(self, case: Case, message: str, answered: requests.Response | None = None) -> None:
        super().__init__(operation=case.operation.label, title=self.kind_title, message=message)
        self.answered = answered


_remembered: dict[Hashable, Deviation | None] = {}


def once(key: Hashable, judge: Callable[[], Deviation | None]) -> None:
    """Judge by a call of our own, once for a key; a later answer under the key fails as the first.

    The same outcome each time matters, since the runner repeats a call that failed.
    """
    if key not in _remembered:
        _remembered[key] = judge()
    if deviation := _remembered[key]:
        raise deviation


def forget() -> None:
    """Judge anew from here on."""
    _remembered.clear()


def rule(check: Check) -> Check:
    """Register a check for the documented method of an operation."""
    return _registered(check, stray=False)


def rule_for_other_methods(check: Check) -> Check:
    """Register a check for calls with a method that the path does not offer."""
    return _registered(check, stray=True)


def _registered(check: Check, *, stray: bool) -> Check:
    @wraps(check)
    def judge(ctx: CheckContext, response: Response, case: Case) -> bool | None:
        operation = surface.contract().operations.get(case.operation.label)
        is_stray = case.method != case.operation.method.upper()
        if operation is None or is_stray != stray or kind_of(response) is not Kind.JUDGED:
            return SKIPPED
        check(response, case, operation)
        return None

    schemathesis.check(judge)
    return check
