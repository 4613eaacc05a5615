"""The survey: what a visitor thinks of his conversation."""

from collections.abc import Iterable

from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors.widget import SURVEY
from mockserver.world.world import World

FEEDBACK = "additionalFeedback"


class InvalidData(Refusal):
    """None of the answers belongs to the survey."""

    reason = "invalid-data"


def answer(world: World, token: str, rid: str, given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep a visitor's answers, pairs of name and value, in place of earlier ones; return them.

    What the survey does not ask is dropped in silence. The room may be open or closed.
    """
    visitors.by_token(world, token)
    room = lookup.of_visitor(world, rid, token)
    kept = {name: value for name, value in given if _is_asked(name, value)}
    if not kept:
        raise InvalidData
    room.survey_feedback = dict(kept)
    world.save(room)
    return kept


def _is_asked(name: str, value: str) -> bool:
    is_rating = name in SURVEY["items"] and value in SURVEY["values"]
    return is_rating or name == FEEDBACK
