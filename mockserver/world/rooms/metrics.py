"""How long people waited for each other: the numbers that a room gathers while they talk.

All durations are seconds with their fractions, all instants texts of the wire. System messages and
edits never count, so nobody calls these functions for them.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import UNSET

from mockserver.world.jsdate import millis
from mockserver.world.messages.documents import Message
from mockserver.world.resource import Instant
from mockserver.world.rooms.documents import ResponseBy, Room


class Agent(Protocol):
    """Whoever answers the visitor."""

    _id: str
    username: str


def on_visitor_message(room: Room, at: Instant) -> None:
    """Take note that the visitor wrote: a new question, unless one is open already."""
    room.v.last_message_ts = at
    if room.waiting_response is not True:
        room.waiting_response = True
        room.response_by = UNSET
    if millis(_last_answer(room)) >= millis(_last_question(room)):
        _metrics(room).setdefault("v", {})["lq"] = at


def on_agent_message(room: Room, agent: Agent, at: Instant) -> None:
    """Take note that an agent wrote: a first answer, a later answer, or a word more."""
    asked, answered = _last_question(room), _last_answer(room)
    is_asked = millis(asked) > millis(answered)
    if "servedBy" not in _known(room):
        served = room.served_by.ts if room.served_by else room.ts
        _first(room, response=_seconds(asked, at), reaction=_seconds(served, at), at=at)
    elif is_asked:
        _add(room, response=_seconds(asked, at), reaction=_seconds(asked, at))
    if is_asked:
        _metrics(room)["servedBy"] = {"lr": at}
    _note_answer(room, agent, at)


def on_close(
    room: Room, closed_at: Instant, *, by_user: bool, answered_at: Instant | None = None
) -> None:
    """Take note that the room closed, by a user or by the visitor himself.

    `answered_at` is what `unanswered_since` gives for the room's messages.
    """
    metrics = _metrics(room)
    metrics["chatDuration"] = _seconds(room.ts, closed_at)
    if room.served_by and (served := _seconds(room.served_by.ts, closed_at)):
        metrics["serviceTimeDuration"] = served
    if by_user and answered_at is not None:
        metrics["visitorInactivity"] = int(_seconds(answered_at, closed_at))


def unanswered_since(messages: Iterable[Message]) -> Instant | None:
    """Return when an agent first wrote after the visitor's last message, of all in order of time.

    None while the last word is the visitor's, and when the visitor never wrote.
    """
    first: Instant | None = None
    has_asked = False
    for message in messages:
        if message.t is not UNSET:
            continue
        if message.token is not UNSET:
            has_asked, first = True, None
        elif has_asked and first is None:
            first = message.ts
    return first


def _first(room: Room, *, response: float, reaction: float, at: Instant) -> None:
    """Set the first response; the server leaves it out when it took no time at all."""
    _add(room, response=response, reaction=reaction)
    if response:
        _metrics(room)["response"].update(ft=response, fd=at)
        _metrics(room)["reaction"].update(ft=reaction, fd=at)


def _add(room: Room, *, response: float, reaction: float) -> None:
    metrics = _metrics(room)
    responses = metrics.setdefault("response", {"total": 0, "tt": 0.0})
    responses["total"] = responses.get("total", 0) + 1
    responses["tt"] = responses.get("tt", 0.0) + response
    responses["avg"] = responses["tt"] / responses["total"]
    reactions = metrics.setdefault("reaction", {})
    reactions["tt"] = reactions.get("tt", 0.0) + reaction


def _note_answer(room: Room, agent: Agent, at: Instant) -> None:
    """Name who answered; the first answerer's name stays, whoever writes later."""
    if room.response_by:
        room.response_by.last_message_ts = at
    if room.waiting_response is not True:
        return
    room.waiting_response = UNSET
    if not room.response_by:
        room.response_by = ResponseBy(
            _id=agent._id, username=agent.username, first_response_ts=at, last_message_ts=at
        )


def _last_question(room: Room) -> Instant:
    asked: Instant = _known(room).get("v", {}).get("lq", room.ts)
    return asked


def _last_answer(room: Room) -> Instant:
    answered: Instant = _known(room).get("servedBy", {}).get("lr", room.ts)
    return answered


def _known(room: Room) -> dict[str, Any]:
    return room.metrics or {}


def _metrics(room: Room) -> dict[str, Any]:
    if room.metrics is UNSET:
        room.metrics = {}
    return room.metrics


def _seconds(since: Instant, until: Instant) -> float:
    return (millis(until) - millis(since)) / 1000
