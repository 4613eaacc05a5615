"""Windows of time: the rooms that a dashboard looks at, between two instants.

The server reads these two dates with `Date.parse`, and `start` before `end`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mockserver.world import jsdate
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

START = sa.bindparam("start", type_=sa.BigInteger)
END = sa.bindparam("end", type_=sa.BigInteger)
BEGUN_INSIDE = ROOMS.c.ts.between(START, END)
"""The conversation began in the window; both bounds belong to it."""

Made = Callable[[sa.ColumnElement[bool]], sa.Select[Any]]


class InvalidStart(Refusal):
    """`start` is no date to JavaScript."""

    reason = 'The "start" query parameter must be a valid date.'


class InvalidEnd(Refusal):
    """`end` is no date to JavaScript."""

    reason = 'The "end" query parameter must be a valid date.'


@dataclass(frozen=True, slots=True)
class Window:
    """Two instants in epoch milliseconds, and the only department that counts, if there is one.

    `reach` holds the conditions for the rooms that units leave to the caller; none keeps all.
    """

    start: int
    end: int
    department: str | None = None
    reach: tuple[sa.ColumnElement[bool], ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of `START`, `END` and of the department in a prebuilt statement."""
        return {"start": self.start, "end": self.end, "department": self.department}


def between(start: str, end: str, department_id: str | None = None) -> Window:
    """Return the window that a request asks for; raises InvalidStart or InvalidEnd."""
    first, last = jsdate.parse(start), jsdate.parse(end)
    if first is None:
        raise InvalidStart
    if last is None:
        raise InvalidEnd
    return Window(first, last, wished_department(department_id))


def wished_department(department_id: str | None) -> str | None:
    """Return the department to filter by; an empty text and the word `undefined` are none."""
    return None if department_id in ("", "undefined") else department_id


class Counting:
    """A prebuilt statement over rooms, for all departments and for one.

    `make` is given the condition on the department and returns the statement.
    """

    def __init__(self, make: Made, department: sa.ColumnElement[Any] = ROOMS.c.department_id):
        self._make = make
        self._is_wished = department == sa.bindparam("department")
        self._of_all = make(sa.true())
        self._of_one = make(self._is_wished)

    def rows(self, world: World, window: Window, **more: Any) -> list[Any]:
        """Return the statement's rows for a window."""
        values = {**window.parameters, **more}
        if window.reach:
            wished = sa.true() if window.department is None else self._is_wished
            return world.rows(self._make(sa.and_(wished, *window.reach)), values)
        statement = self._of_all if window.department is None else self._of_one
        return world.prepared_rows(statement, values)
