"""Searching lists by a part of a text: in any case, and every character taken as it is."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.refusal import Refusal


class NoText(Refusal):
    """Several texts, or an object, were sent where one is searched; the words are JavaScript's."""

    reason = "string.replace is not a function"


def containing(column: Any, text: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition that a column of folded text contains a text; none for an empty one."""
    if not text:
        return ()
    if not isinstance(text, str):
        raise NoText
    return (column.contains(text.casefold(), autoescape=True),)
