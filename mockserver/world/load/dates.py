"""The dates of a world file: read strictly, and shifted to the present for a live clock."""

import re
from dataclasses import dataclass
from typing import Final

from mockserver.world import jsdate
from mockserver.world.resource import Instant

EXPECTED: Final = "is no date such as 2020-09-10T23:59:22.345Z"
_FORM: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3})?)?Z"
)


def read(text: str) -> int | None:
    """Return the epoch milliseconds of a date in a world file, or None where it is none."""
    if not _FORM.fullmatch(text):
        return None
    ms = jsdate.parse(text)
    if ms is None or jsdate.iso(ms)[:16] != text[:16]:  # 30 February is a slip here, not March
        return None
    return ms


@dataclass(frozen=True)
class Dates:
    """Turns the dates of a file that was judged into instants of the wire."""

    now: int
    """The file's own `now`, in epoch milliseconds."""
    shift: int = 0
    """Milliseconds from there to the world's present."""

    @property
    def present(self) -> Instant:
        """The world's present."""
        return jsdate.iso(self.now + self.shift)

    def instant(self, text: str) -> Instant:
        """Return a date of the file as an instant of the world."""
        ms = read(text)
        if ms is None:
            raise ValueError(f"{text!r} {EXPECTED}")
        return jsdate.iso(ms + self.shift)
