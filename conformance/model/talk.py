"""Conversations: what the machines about rooms, messages and the whole desk have in common."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model.machine import MOST, Machine, calls
from conformance.model.mirror import Mirror
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import ALL

BASE = "/api/v1/livechat"
REGISTER = f"POST {BASE}/visitor"
OPEN = f"GET {BASE}/room"
INQUIRY = f"GET {BASE}/inquiries.getOne"
TAKE = f"POST {BASE}/inquiries.take"
CLOSE = f"POST {BASE}/room.close"
ROOMS = f"GET {BASE}/rooms"
QUEUE = f"GET {BASE}/inquiries.list"

ROOM = (
    "open",
    "fname",
    "topic",
    "tags",
    "closedAt?",
    "closedBy._id#",
    "closer",
    "departmentId#",
    "onHold",
    "servedBy._id#",
    "v._id#",
    "v.token",
    "waitingResponse",
    ALL,
)
WAITING = ("_id#", "name", "status", "department#", ALL)
WHO = st.sampled_from(("agent", "second-agent"))


class Talk(Machine):
    """Chains of conversations."""

    needs: ClassVar[tuple[str, ...]] = (REGISTER, OPEN, INQUIRY)
    seen: ClassVar[tuple[str, ...]] = (ROOMS, QUEUE)
    rooms = Bundle("rooms")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.token: dict[str, str] = {}
        self.visitor: dict[str, str] = {}
        self.inquiry: dict[str, str] = {}

    @classmethod
    def unfit(cls, mirrored: Mirror) -> str | None:
        method = mirrored.settings.get("Livechat_Routing_Method")
        if method != "Manual_Selection":
            return f"conversations are given out by {method}, which looks at those of others too"
        if mirrored.settings.get("Livechat_maximum_chats_per_agent"):
            return "agents have a limit, in which the conversations of others count"
        return super().unfit(mirrored)

    @calls(OPEN, target=rooms, room=rooms)
    def open_again(self, room: str) -> str | MultipleResults[str]:
        """The visitor asks for a room once more: the same, or a new one after the end."""
        return self._open(self.token[room], self.visitor[room])

    @calls(TAKE, room=rooms, who=WHO)
    def take(self, room: str, who: str) -> None:
        """An agent takes the inquiry of a room."""
        if who in self.sides.mirrored.actors:
            self.do(TAKE, as_=who, body={"inquiryId": self.inquiry[room]})

    @calls(CLOSE, room=rooms)
    def close(self, room: str) -> None:
        """The visitor closes his room."""
        body = {"rid": room, "token": self.token[room]}
        self.do(CLOSE, as_=None, body=body, shows={"": ("comment",)})

    def opened(self, department: str | None = None) -> str | MultipleResults[str]:
        """Register a visitor, perhaps with a department, and open a room."""
        if len(self.token) >= MOST:
            return multiple()
        label = self.sides.label("visitor")
        token = f"{RUN}{label.strip('{}').replace(' ', '-')}"
        visitor: dict[str, Any] = {"token": token, "name": token, "email": f"{token}@example.org"}
        if department is not None:
            visitor["department"] = department
        keeps = {label: "visitor._id"}
        shows = {"visitor": ("token", "name", "department#", ALL)}
        if not self.do(REGISTER, as_=None, body={"visitor": visitor}, keeps=keeps, shows=shows):
            return multiple()
        return self._open(token, label)

    def _open(self, token: str, visitor: str) -> str | MultipleResults[str]:
        shows = {"": ("newRoom",), "room": ROOM}
        made = self.make("room", "room._id", OPEN, as_=None, query={"token": token}, shows=shows)
        if not isinstance(made, str) or self.sides.is_alias(made):
            return multiple()
        self._check_department()
        self.token[made] = token
        self.visitor[made] = visitor
        self.inquiry[made] = self.sides.label("inquiry")
        keeps = {self.inquiry[made]: "inquiry._id"}
        self.do(INQUIRY, query={"roomId": made}, keeps=keeps, shows={"inquiry": WAITING})
        return made

    def _check_department(self) -> None:
        """Go on only where the department, given by the server, asks nothing of conversations."""
        given = self.sides.stranger("room.departmentId")
        if given is not None and given not in self.sides.mirrored.plain_departments:
            self.sides.over = True

    def follow(self, thing: str) -> None:
        if thing in self.token:
            self._look()

    def ends(self) -> None:
        self._look()
        self.see(QUEUE, query={"count": 100}, shows={"inquiries[rid]": WAITING})

    def _look(self) -> None:
        query, shows = {"roomName": RUN, "count": 100}, {"rooms[_id]": ROOM}
        self.see(ROOMS, query=query, shows=shows)


class Visits(Talk):
    """Chains of conversations that come to no department of theirs."""

    rooms = Talk.rooms

    @initialize(target=rooms)
    def begin(self) -> str | MultipleResults[str]:
        """The first room."""
        return self.opened()

    @calls(REGISTER, OPEN, INQUIRY, target=rooms)
    def open(self) -> str | MultipleResults[str]:
        """A new visitor opens a room."""
        return self.opened()
