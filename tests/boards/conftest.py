"""What the tests of dashboards share: worlds that hold nothing but the conversations of a case."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from msgspec import UNSET

from mockserver.world.analytics.documents import Availability
from mockserver.world.messages.documents import Message
from mockserver.world.rooms.documents import Person, ResponseBy, Room, RoomVisitor, ServedBy, Source
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World
from tests.client import Client

BOARDS = "/api/v1/livechat/analytics/dashboards"
DAY = {"start": "2020-09-09T00:00:00.000Z", "end": "2020-09-10T00:00:00.000Z"}
NOON = "2020-09-09T12:00:00.000Z"

Given = dict[str, Any]
Fill = Callable[[Iterable[Given]], None]
Ask = Callable[..., dict[str, Any]]


def vendors_seven() -> list[Given]:
    """Return the conversations of the vendor's test: five words in each, one of them abandoned."""
    common = {"departmentId": "support", "messages": 5, "metrics": {"v": {"lq": NOON}}}
    first, second = {**common, "servedBy": "first"}, {**common, "servedBy": "second"}
    closed = {**second, "closedAt": "2020-09-09T14:00:00.000Z"}
    return [
        {**first},
        {**first, "onHold": True},
        *({**second} for _ in range(3)),
        {**closed, "metrics": {"chatDuration": 7200}},
        {**closed, "metrics": {"chatDuration": 7200, "visitorInactivity": 3600}},
    ]


def room(number: int, given: Given) -> Room:
    """Return a conversation of which only what matters is given, by the names of the wire."""
    ts = given.get("ts", NOON)
    return Room(
        _id=f"room-{number}",
        fname=f"Visitor {number}",
        ts=ts,
        lm=ts,
        v=RoomVisitor(_id=f"visitor-{number}", username=f"guest-{number}", token=f"t{number}"),
        open=_open(given),
        served_by=_served_by(given, ts),
        response_by=_response_by(given, ts),
        closed_at=given.get("closedAt", UNSET),
        closer=given.get("closer", UNSET),
        closed_by=_person(given.get("closedBy")),
        on_hold=given.get("onHold", UNSET),
        waiting_response=given.get("waitingResponse", UNSET),
        department_id=given.get("departmentId", UNSET),
        department_ancestors=given.get("departmentAncestors", UNSET),
        source=Source(**given["source"]) if "source" in given else UNSET,
        tags=given.get("tags", UNSET),
        metrics=given.get("metrics", UNSET),
        _updated_at=ts,
    )


def _open(given: Given) -> Any:
    stated = given.get("open", UNSET if "closedAt" in given else True)
    return UNSET if stated == "absent" else stated


def _served_by(given: Given, ts: str) -> Any:
    if "servedBy" not in given:
        return UNSET
    name = given["servedBy"]
    since = given.get("servedSince", ts)
    return ServedBy(_id=str(given.get("servedById", name)), username=name, ts=since)


def _response_by(given: Given, ts: str) -> Any:
    if "responseBy" not in given:
        return UNSET
    name = given["responseBy"]
    last = given.get("lastMessageTs", ts)
    return ResponseBy(_id=name, username=name, first_response_ts=ts, last_message_ts=last)


def _person(name: str | None) -> Any:
    return UNSET if name is None else Person(_id=name, username=name)


@pytest.fixture
def holding(world: World) -> Fill:
    """A function that leaves the default world no shift, and no conversations but the given."""
    for kind in (Room, Visitor, Message, Availability):
        world.remove(kind)

    def fill(rooms: Iterable[Given]) -> None:
        for number, given in enumerate(rooms):
            world.add(room(number, given))
            for count in range(given.get("messages", 0)):
                world.add(message(number, count))

    return fill


def message(number: int, count: int, **more: Any) -> Message:
    """Return a message of a conversation, written at noon by its visitor."""
    author = Person(_id=f"visitor-{number}", username=f"guest-{number}")
    key = f"message-{number}-{count}"
    return Message(_id=key, rid=f"room-{number}", msg="…", ts=NOON, u=author, **more)


@pytest.fixture
def ask(manager: Client) -> Ask:
    """A function that reads a dashboard, of the 9th of September if nothing else is said."""

    def read(board: str, **query: Any) -> dict[str, Any]:
        answer = manager.get(f"{BOARDS}/{board}", **{**DAY, **query})
        assert answer.status == 200, answer.content
        body: dict[str, Any] = answer.body
        assert body.pop("success") is True
        if "totalizers" in body:
            return {item["title"]: item["value"] for item in body["totalizers"]}
        return body

    return read
