"""The default world is what its conversations give when they are led through the API."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
import yaml

from mockserver.served import Served
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.jsdate import millis
from mockserver.world.load import load
from mockserver.world.load.place import path_of
from mockserver.world.load.text import Text
from mockserver.world.messages.documents import MESSAGES, SUBSCRIPTIONS, Message, Subscription
from mockserver.world.resource import Document
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client

GIVEN = Text(path_of("documented")).value
COMPARED = [room["_id"] for room in GIVEN["rooms"]]
WIDGET = {"Cookie": "rc_room_type=l; rc_is_widget=t"}


@pytest.fixture(scope="module")
def loaded() -> World:
    return load("documented")


@pytest.fixture(scope="module")
def led(app: Any, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Led"]:
    """A world in which all conversations of the file were led through the API."""
    before = served.world
    bare = tmp_path_factory.mktemp("worlds") / "bare.yaml"
    bare.write_text(yaml.safe_dump({**GIVEN, "rooms": []}), encoding="utf-8")
    served.world = load(str(bare))
    yield Led(Client(app), served.world)
    served.world = before


@pytest.mark.parametrize("key", COMPARED)
def test_a_room_is_what_its_conversation_gives_through_the_api(
    loaded: World, led: "Led", key: str
) -> None:
    room = loaded.get(Room, key)

    assert led.plain(led.rooms[key]) == plain(room)


@pytest.mark.parametrize("key", COMPARED)
def test_a_room_has_the_messages_that_its_conversation_gives_through_the_api(
    loaded: World, led: "Led", key: str
) -> None:
    messages = loaded.all(Message, MESSAGES.c.rid == key)

    assert led.of_room(Message, MESSAGES.c.rid, key) == [plain(one) for one in messages]


@pytest.mark.parametrize("key", COMPARED)
def test_an_open_room_has_the_inquiry_that_its_conversation_gives_through_the_api(
    loaded: World, led: "Led", key: str
) -> None:
    inquiries = loaded.all(Inquiry, INQUIRIES.c.rid == key)

    assert led.of_room(Inquiry, INQUIRIES.c.rid, key) == [plain(one) for one in inquiries]


@pytest.mark.parametrize("key", COMPARED)
def test_an_open_room_has_the_subscriptions_that_its_conversation_gives_through_the_api(
    loaded: World, led: "Led", key: str
) -> None:
    seats = loaded.all(Subscription, SUBSCRIPTIONS.c.rid == key)

    assert led.of_room(Subscription, SUBSCRIPTIONS.c.rid, key) == [plain(one) for one in seats]


class Led:
    """Leads all conversations through the API in order of time; `rooms` maps the file's ids."""

    def __init__(self, client: Client, world: World) -> None:
        self.client = client
        self.world = world
        self.rooms: dict[str, str] = {}
        events = [event for room in GIVEN["rooms"] for event in self._events(room)]
        for at, act in sorted(events, key=lambda event: event[0]):
            world._clock.set(at)
            act()

    def plain(self, key: str) -> dict[str, Any]:
        return plain(self.world.get(Room, key))

    def of_room(self, kind: type[Document], column: Any, key: str) -> list[dict[str, Any]]:
        return [plain(one) for one in self.world.all(kind, column == self.rooms[key])]

    def _events(self, room: dict[str, Any]) -> Iterator[tuple[int, Callable[[], None]]]:
        yield millis(room["ts"]), lambda: self._open(room)
        if "servedAt" in room:
            yield millis(room["servedAt"]), lambda: self._take(room, room["servedBy"])
        for forward in room.get("forwards", ()):
            yield millis(forward["at"]), lambda f=forward: self._forward(room, f)
            if "takenAt" in forward:
                yield millis(forward["takenAt"]), lambda f=forward: self._take(room, f["takenBy"])
        for message in room.get("messages", ()):
            yield millis(message["at"]), lambda m=message: self._say(room, m)
        for opened in room.get("pages", ()):
            yield millis(opened["at"]), lambda p=opened: self._visit(room, p)
        if "heldAt" in room:
            yield millis(room["heldAt"]), lambda: self._hold(room)
        if "closedAt" in room:
            yield millis(room["closedAt"]), lambda: self._close(room)

    def _open(self, room: dict[str, Any]) -> None:
        token = f"{room['visitor']}-token"
        headers = {} if room.get("source") == "api" else WIDGET
        if "department" in room:
            self._post(self.client, "visitor", visitor=_introduction(token, room["department"]))
        self.world._clock.set(millis(room["ts"]))
        query = {"token": token}
        if "wishedAgent" in room:
            query["agentId"] = room["wishedAgent"]
        path = "/api/v1/livechat/room"
        answer = self.client.call("GET", path, query=query, headers=headers)
        assert answer.status == 200, answer.body
        rid = self.rooms[room["_id"]] = answer.body["room"]["_id"]
        if "topic" in room:
            self.world._clock.set(millis(room["ts"]))
            info = {"roomData": {"_id": rid, "topic": room["topic"]}}
            manager = self.client.signed_in("manager")
            self._post(manager, "room.saveInfo", guestData={"_id": room["visitor"]}, **info)

    def _take(self, room: dict[str, Any], agent: str) -> None:
        rid = self.rooms[room["_id"]]
        inquiry = self.world.find(Inquiry, INQUIRIES.c.rid == rid)
        assert inquiry is not None
        self._post(self.client.signed_in(agent), "inquiries.take", inquiryId=inquiry._id)

    def _say(self, room: dict[str, Any], message: dict[str, Any]) -> None:
        rid = self.rooms[room["_id"]]
        if message["from"] == "visitor":
            token = f"{room['visitor']}-token"
            self._post(self.client, "message", token=token, rid=rid, msg=message["msg"])
            return
        sent = {"rid": rid, "msg": message["msg"]}
        agent = self.client.signed_in(message["from"])
        answer = agent.post("/api/v1/chat.sendMessage", {"message": sent})
        assert answer.status == 200, answer.body

    def _forward(self, room: dict[str, Any], forward: dict[str, Any]) -> None:
        # A manager may forward for the agent, but the transfer would name him: so lend the right.
        target = {"userId": forward["to"]} if "to" in forward else {}
        if "department" in forward:
            target["departmentId"] = forward["department"]
        roles = ["admin", "livechat-agent"]
        right = [{"_id": "transfer-livechat-guest", "roles": roles}]
        admin = self.client.signed_in("admin")
        assert admin.post("/api/v1/permissions.update", {"permissions": right}).status == 200
        self.world._clock.set(millis(forward["at"]))
        agent = self.client.signed_in(forward["by"])
        target["comment"] = forward["comment"]
        self._post(agent, "room.forward", roomId=self.rooms[room["_id"]], **target)

    def _visit(self, room: dict[str, Any], opened: dict[str, Any]) -> None:
        location = {"href": opened["href"]}
        page = {"title": opened["title"], "change": "url", "location": location}
        told = {"token": f"{room['visitor']}-token", "rid": self.rooms[room["_id"]]}
        self._post(self.client, "page.visited", **told, pageInfo=page)

    def _hold(self, room: dict[str, Any]) -> None:
        agent = self.client.signed_in(room["servedBy"])
        self._post(agent, "room.onHold", roomId=self.rooms[room["_id"]])

    def _close(self, room: dict[str, Any]) -> None:
        rid = self.rooms[room["_id"]]
        if room["closedBy"] == "visitor":
            self._post(self.client, "room.close", rid=rid, token=f"{room['visitor']}-token")
            return
        closing = {"comment": room["comment"], "tags": room.get("tags", [])}
        self._post(self.client.signed_in(room["closedBy"]), "room.closeByUser", rid=rid, **closing)

    def _post(self, client: Client, operation: str, **body: Any) -> None:
        answer = client.post(f"/api/v1/livechat/{operation}", body)
        assert answer.status == 200, answer.body


def plain(document: Document | None) -> dict[str, Any]:
    """Return a document without the ids that differ from run to run."""
    assert document is not None
    kept: dict[str, Any] = msgspec.to_builtins(document)
    for key in ("_id", "rid", "contactId"):
        kept.pop(key, None)
    for inner in (kept.get("lastMessage"), kept.get("source")):
        for key in ("_id", "rid", "destination"):
            (inner or {}).pop(key, None)
    return kept


def _introduction(token: str, department: str) -> dict[str, str]:
    return {"token": token, "department": department}
