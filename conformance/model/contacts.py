"""Contacts: made by hand, changed, found, and taken over by visitors who come later."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model.machine import FLAGS, MOST, NAMES, NOWHERE, Machine, calls, mostly
from conformance.model.mirror import BOT, Mirror
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import ALL

BASE = "/api/v1/omnichannel"
CREATE = f"POST {BASE}/contacts"
CHANGE = f"POST {BASE}/contacts.update"
SETTLE = f"POST {BASE}/contacts.conflicts"
READ = f"GET {BASE}/contacts.get"
SEARCH = f"GET {BASE}/contacts.search"
EXISTS = f"GET {BASE}/contacts.checkExistence"
HISTORY = f"GET {BASE}/contacts.history"
CHANNELS = f"GET {BASE}/contacts.channels"
REGISTER = "POST /api/v1/livechat/visitor"
OPEN = "GET /api/v1/livechat/room"
CLOSE = "POST /api/v1/livechat/room.close"

CONTACT = ("name", "emails~", "phones~", "unknown", "contactManager#", "preRegistration", ALL)
FOUND = ("name", "emails~", "phones~", "unknown", "contactManager.username", ALL)
PAST = ("fname", "closer", "v.token", ALL)
EMAILS = st.sampled_from([f"{RUN}{word}@example.org" for word in ("one", "two")])
DIGITS = st.sampled_from("12")
MANAGERS = st.sampled_from(["{agent}", "{second agent}", "", BOT, NOWHERE])
"""Agents, nobody, one who is no agent, and one who does not exist."""


class Contacts(Machine):
    """Chains about contacts, and the visitors who turn out to be one of them."""

    name = "contacts"
    title = "Contacts go another way than predicted"
    chains = 14
    needs = (CREATE, READ)
    seen = (SEARCH,)
    helps = (REGISTER, OPEN)
    made = Bundle("contacts")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.rooms: dict[str, str] = {}

    @classmethod
    def unfit(cls, mirrored: Mirror) -> str | None:
        if mirrored.settings.get("Livechat_Routing_Method") != "Manual_Selection":
            return "conversations are given out by rules that look at those of others too"
        return super().unfit(mirrored)

    @initialize(target=made, name=NAMES, email=EMAILS)
    def begin(self, name: str, email: str) -> str | MultipleResults[str]:
        """The first contact."""
        return self._created({"name": name, "emails": [email], "phones": []})

    @calls(CREATE, target=made, name=NAMES, email=EMAILS, digit=DIGITS, manager=MANAGERS)
    def create(self, name: str, email: str, digit: str, manager: str) -> str | MultipleResults[str]:
        """A contact, perhaps with who looks after it."""
        told = {"name": name, "emails": [email], "phones": [self._phone(digit)]}
        return self._created({**told, **self._managed(manager)})

    @calls(CHANGE, contact=mostly(made), name=NAMES, emails=st.lists(EMAILS, unique=True))
    def change(self, contact: str, name: str, emails: list[str]) -> None:
        """A contact has another name and other addresses."""
        self._changed(contact, {"name": name, "emails": emails})

    @calls(CHANGE, contact=made, manager=MANAGERS, digits=st.lists(DIGITS, unique=True))
    def change_manager(self, contact: str, manager: str, digits: list[str]) -> None:
        """Somebody else looks after a contact, or nobody."""
        self._changed(contact, {"phones": [*map(self._phone, digits)], **self._managed(manager)})

    @calls(SETTLE, contact=mostly(made), name=NAMES)
    def settle(self, contact: str, name: str) -> None:
        """What does not contradict itself is not settled."""
        self.do(SETTLE, body={"contactId": contact, "name": name})

    @calls(REGISTER, OPEN, contact=made, email=EMAILS, digit=DIGITS, calls_too=FLAGS)
    def come(self, contact: str, email: str, digit: str, calls_too: bool) -> None:
        """A visitor with an address or a number comes, who may be a contact, and opens a room."""
        if len(self.rooms) >= MOST:
            return
        token = f"{RUN}visitor-{len(self.rooms)}"
        visitor = {"token": token, "name": token, "email": email}
        said = {**visitor, "phone": self._phone(digit)} if calls_too else visitor
        self.do(REGISTER, as_=None, body={"visitor": said}, shows={"visitor": ("name", ALL)})
        room = self.sides.label("room")
        shows = {"": ("newRoom",), "room": ("fname", "contactId#", ALL)}
        keeps = {room: "room._id"}
        self.do(OPEN, as_=None, query={"token": token}, keeps=keeps, shows=shows)
        self.rooms[room] = token

    @calls(CLOSE, HISTORY, contact=made, number=st.integers(0, MOST - 1))
    def leave(self, contact: str, number: int) -> None:
        """A visitor goes, and what was said is history."""
        for room, token in [*self.rooms.items()][number : number + 1]:
            self.do(CLOSE, as_=None, body={"rid": room, "token": token})
            query, shows = {"contactId": contact, "count": 50}, {"history[_id]": PAST}
            self.do(HISTORY, query=query, shows={"": ("total",), **shows})

    @calls(EXISTS, contact=made, email=EMAILS, digit=DIGITS, number=st.integers(0, 3))
    def ask(self, contact: str, email: str, digit: str, number: int) -> None:
        """Whether somebody has an address, or whether a contact exists."""
        of = [{"contactId": contact}, {"contactId": NOWHERE}, {"phone": self._phone(digit)}]
        query = of[number] if number < len(of) else {"email": email}
        self.do(EXISTS, query=query, shows={"": ("exists",)})

    @calls(CHANNELS, contact=mostly(made))
    def look_at_channels(self, contact: str) -> None:
        """The ways by which a contact came; none is an empty list."""
        shows = {"": ("channels=" if contact == NOWHERE else ALL,)}
        self.do(CHANNELS, query={"contactId": contact}, shows=shows)

    def follow(self, thing: str) -> None:
        self.see(READ, query={"contactId": thing}, shows={"contact": CONTACT})
        self.ends()

    def ends(self) -> None:
        query = {"searchText": RUN, "count": 100}
        self.see(SEARCH, query=query, shows={"contacts[_id]": FOUND})

    def _phone(self, digit: str) -> str:
        """A number of this chain alone."""
        return f"+49{self.sides.number:010}{digit}"

    def _managed(self, manager: str) -> dict[str, str]:
        """A manager as a request names him; nobody where the run may not name him."""
        is_named = manager in (*self.sides.mirrored.agents, "", BOT, NOWHERE)
        return {"contactManager": manager} if is_named else {}

    def _changed(self, contact: str, said: dict[str, Any]) -> None:
        shows = {"contact": CONTACT}
        self.do(CHANGE, body={"contactId": contact, **said}, shows=shows)

    def _created(self, contact: dict[str, Any]) -> str | MultipleResults[str]:
        if len(self.things) >= MOST:
            return multiple()
        return self.make("contact", "contactId", CREATE, body=contact)
