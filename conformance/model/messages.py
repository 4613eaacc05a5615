"""Messages: written by visitors and agents, edited, deleted, read on both ends."""

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, multiple

from conformance.model.machine import FLAGS, MOST, NOWHERE, calls
from conformance.model.sides import Sides
from conformance.model.steps import ALL
from conformance.model.talk import BASE, WHO, Visits

SEND_MANY = f"POST {BASE}/messages"
SEND = f"POST {BASE}/message"
READ = f"GET {BASE}/message/{{_id}}"
EDIT = f"PUT {BASE}/message/{{_id}}"
DELETE = f"DELETE {BASE}/message/{{_id}}"
HISTORY = f"GET {BASE}/messages.history/{{rid}}"
AS_USER = f"GET {BASE}/messages/{{rid}}"
ANSWER = "POST /api/v1/chat.sendMessage"
MESSAGE = ("msg", "rid#", "u._id#", "editedAt?", "editedBy._id#", "tmid#", ALL)
TOTAL = ("total",)
TEXTS = st.sampled_from(("Hello", "Is anybody there?", "Thanks"))


class Messages(Visits):
    """Chains of messages in rooms."""

    name = "messages"
    title = "Messages go another way than predicted"
    chains = 28
    needs = (*Visits.needs, SEND)
    rooms = Visits.rooms
    sent = Bundle("messages")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.room_of: dict[str, str] = {}

    @calls(SEND, target=sent, room=rooms, text=TEXTS)
    def send(self, room: str, text: str) -> str | MultipleResults[str]:
        """The visitor writes."""
        body = {"token": self.token[room], "rid": room, "msg": text}
        return self._sent(room, SEND, as_=None, body=body)

    @calls(ANSWER, target=sent, room=rooms, who=WHO, text=TEXTS)
    def answer(self, room: str, who: str, text: str) -> str | MultipleResults[str]:
        """An agent writes."""
        who = who if who in self.sides.mirrored.actors else "admin"
        return self._sent(room, ANSWER, as_=who, body={"message": {"rid": room, "msg": text}})

    @calls(ANSWER, target=sent, message=sent, text=TEXTS)
    def answer_in_thread(self, message: str, text: str) -> str | MultipleResults[str]:
        """The administrator answers one message."""
        room = self.room_of[message]
        body = {"message": {"rid": room, "msg": text, "tmid": message}}
        return self._sent(room, ANSWER, body=body)

    @calls(EDIT, message=sent, text=TEXTS)
    def edit(self, message: str, text: str) -> None:
        """The visitor changes a message."""
        room = self.room_of[message]
        body = {"token": self.token[room], "rid": room, "msg": text}
        shows = {"message": MESSAGE}
        self.do(EDIT, as_=None, path={"_id": message}, body=body, shows=shows)

    @calls(DELETE, message=sent)
    def delete(self, message: str) -> None:
        """The visitor deletes a message."""
        self.do(DELETE, as_=None, path={"_id": message}, body=self._as_visitor(message))

    @calls(READ, message=sent)
    def read(self, message: str) -> None:
        """The visitor reads one message."""
        query, shows = self._as_visitor(message), {"message": MESSAGE}
        self.do(READ, as_=None, path={"_id": message}, query=query, shows=shows)

    @calls(SEND_MANY, room=rooms, texts=st.lists(TEXTS, min_size=1, max_size=3), known=FLAGS)
    def send_many(self, room: str, texts: list[str], known: bool) -> None:
        """The visitor, or nobody, writes several messages at once."""
        token = self.token[room] if known else NOWHERE
        body = {"visitor": {"token": token}, "messages": [{"msg": text} for text in texts]}
        self.do(SEND_MANY, body=body, shows={"": ("messages~",)})

    def follow(self, thing: str) -> None:
        room = self.room_of.get(thing, thing)
        if room in self.token:
            self.see(AS_USER, path={"rid": room}, shows={"": TOTAL, "messages[_id]": MESSAGE})

    def ends(self) -> None:
        for room in self._rooms():
            self.see(AS_USER, path={"rid": room}, shows={"": TOTAL, "messages[_id]": MESSAGE})
            query = {"token": self.token[room], "limit": 100}
            shows = {"messages[_id]": MESSAGE}
            self.see(HISTORY, as_=None, path={"rid": room}, query=query, shows=shows)
        super().ends()

    def _rooms(self) -> Iterator[str]:
        return (thing for thing in self.things if thing in self.token)

    def _as_visitor(self, message: str) -> dict[str, str]:
        room = self.room_of[message]
        return {"token": self.token[room], "rid": room}

    def _sent(self, room: str, operation: str, **step: object) -> str | MultipleResults[str]:
        shows = {"message": MESSAGE}
        if len(self.room_of) >= 2 * MOST:
            return multiple()
        made = self.make("message", "message._id", operation, shows=shows, **step)
        if isinstance(made, str):
            self.room_of[made] = room
        return made
