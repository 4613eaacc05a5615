"""Rooms and inquiries: taken, given back, handed over, put on hold, closed, deleted."""

from hypothesis import strategies as st

from conformance.model.machine import FLAGS, calls
from conformance.model.mirror import label_of
from conformance.model.replay import RUN
from conformance.model.steps import ALL
from conformance.model.talk import BASE, INQUIRY, QUEUE, ROOM, ROOMS, TAKE, WAITING, WHO, Visits

CLOSE_BY_USER = f"POST {BASE}/room.closeByUser"
GIVE_BACK = f"POST {BASE}/inquiries.returnAsInquiry"
FORWARD = f"POST {BASE}/room.forward"
ANSWER = "POST /api/v1/chat.sendMessage"
HOLD = f"POST {BASE}/room.onHold"
RESUME = f"POST {BASE}/room.resumeOnHold"
SEND = f"POST {BASE}/message"
SAVE = f"POST {BASE}/room.saveInfo"
DELETE = f"POST {BASE}/rooms.delete"
OF_VISITOR = f"GET {BASE}/visitor/{{token}}/room"
TAGS = st.sampled_from(([], ["first"], ["first", "second"]))
COMMENTS = st.sampled_from(("", "Done"))


class Rooms(Visits):
    """Chains of what becomes of rooms and their inquiries."""

    name = "rooms"
    title = "Conversations go another way than predicted"
    chains = 40
    rooms = Visits.rooms

    @calls(TAKE, room=rooms, who=WHO)
    def give_to(self, room: str, who: str) -> None:
        """The administrator gives an inquiry to an agent."""
        agent = label_of(who)
        if agent in self.sides.mirrored.agents:
            self.do(TAKE, body={"inquiryId": self.inquiry[room], "userId": agent})

    @calls(GIVE_BACK, room=rooms)
    def give_back(self, room: str) -> None:
        """A room goes back into the queue."""
        self.do(GIVE_BACK, body={"roomId": room}, shows={"": ("result",)})

    @calls(FORWARD, room=rooms, who=WHO)
    def forward(self, room: str, who: str) -> None:
        """A room is handed over to an agent."""
        agent = label_of(who)
        if agent in self.sides.mirrored.agents:
            self.do(FORWARD, body={"roomId": room, "userId": agent, "comment": "Yours"})

    @calls(SEND, room=rooms)
    def write(self, room: str) -> None:
        """The visitor writes, which wakes what is on hold."""
        body = {"token": self.token[room], "rid": room, "msg": "Are you there?"}
        self.do(SEND, as_=None, body=body, shows={"message": ("msg", "rid#", ALL)})

    @calls(ANSWER, HOLD, room=rooms)
    def hold(self, room: str) -> None:
        """A room is put on hold, once an answer was given."""
        self.do(ANSWER, body={"message": {"rid": room, "msg": "One moment"}})
        self.do(HOLD, body={"roomId": room})

    @calls(RESUME, room=rooms)
    def resume(self, room: str) -> None:
        """A room that is on hold goes on."""
        self.do(RESUME, body={"roomId": room})

    @calls(CLOSE_BY_USER, room=rooms, comment=COMMENTS, tags=TAGS)
    def close_by_user(self, room: str, comment: str, tags: list[str]) -> None:
        """The administrator closes a room."""
        self.do(CLOSE_BY_USER, body={"rid": room, "comment": comment, "tags": tags})

    @calls(SAVE, room=rooms, topic=st.sampled_from(("", "One", "Two")), tags=TAGS)
    def save(self, room: str, topic: str, tags: list[str]) -> None:
        """A topic and tags are saved."""
        guest = {"_id": self.visitor[room], "name": self.token[room]}
        self.do(
            SAVE, body={"guestData": guest, "roomData": {"_id": room, "topic": topic, "tags": tags}}
        )

    @calls(DELETE, room=rooms)
    def delete(self, room: str) -> None:
        """A closed room is deleted."""
        self.do(DELETE, body={"roomId": room})

    @calls(INQUIRY, room=rooms)
    def look_at_inquiry(self, room: str) -> None:
        """What waits, or waits no longer."""
        self.do(INQUIRY, query={"roomId": room}, shows={"inquiry": WAITING})

    @calls(OF_VISITOR, room=rooms)
    def look_as_visitor(self, room: str) -> None:
        """The open room of a visitor."""
        shows = {"rooms[_id]": ("servedBy._id#", ALL)}
        self.do(OF_VISITOR, as_=None, path={"token": self.token[room]}, shows=shows)

    @calls(ROOMS, room=rooms, is_open=FLAGS)
    def look(self, room: str, is_open: bool) -> None:
        """The rooms that are open, or those that are not."""
        query = {"roomName": RUN, "count": 100, "open": is_open}
        self.do(ROOMS, query=query, shows={"rooms[_id]": ROOM})

    @calls(QUEUE, room=rooms)
    def look_at_queue(self, room: str) -> None:
        """What waits in the queue."""
        self.do(QUEUE, query={"count": 100}, shows={"inquiries[rid]": WAITING})
