"""Texts: what people write comes back letter by letter, wherever a server shows it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.creations import SIMPLE
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import desk, equivalence, relation, things
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

BASE = "/api/v1/livechat/"
OMNICHANNEL = "/api/v1/omnichannel/"
ODD = " Zoë \U0001f642 <b>&amp; 'it' \"is\" \\ a/b  100%20 + {x}"
LONG = ODD + " and so on" * 30
NOT_WHOLE = frozenset({"md", "urls"})
"""Keys of messages under which a server takes their text apart."""


@dataclass(frozen=True)
class Text:
    """A text of odd letters; `mark` is its beginning, in letters that no server changes."""

    mark: str
    whole: str

    def is_whole_in(self, value: Any) -> None:
        """Fail where an answer shows the text otherwise than it was written, or not at all."""
        shown = [text for text in _texts(value) if self.mark in text]
        assert shown, f"{self.mark} is nowhere in the answer"
        assert [text for text in shown if self.whole not in text] == [], self.whole


def odd(more: str = ODD) -> Text:
    """A text that nothing has."""
    mark = things.fresh()
    return Text(mark, mark + more)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_WHOLE:
                yield from _texts(part)


WORDED: Mapping[str, Mapping[str, str]] = {
    things.DEPARTMENTS: {"name": ODD, "description": LONG},
    things.TAGS: {"name": ODD, "description": LONG},
    things.UNITS: {"name": ODD},
    things.POLICIES: {"name": ODD, "description": LONG},
    things.FIELDS: {"label": ODD},
    things.CANNED: {"shortcut": ODD, "text": LONG},
}
"""Kinds of things and those of their words that may be any, by the list that shows them."""
SHOWING = {
    **{f"POST {SIMPLE[things.NOUNS[noun].slot].path}": noun for noun in WORDED},
    **{equivalence.LISTED[noun][0]: noun for noun in WORDED},
    **{noun: noun for noun in WORDED},
}
"""Operations that make, read and list a kind of thing."""


@relation(pattern="equality", operations=SHOWING, writes=True)
def words_of_a_thing_come_back_whole(call: Caller, operation: Operation) -> None:
    """Odd words of a new thing are whole in its answer, in the list, and read by its id."""
    kind = SHOWING[operation.key]
    noun, words = things.NOUNS[kind], WORDED[kind]
    text = things.fresh()
    body = _worded(things.body(kind, things.fresh()), words, text)

    made = call(f"POST {SIMPLE[noun.slot].path}", body=body)
    listed = call(kind, text=text)

    _ = made.data
    for item in listed.items:
        call.undo(noun.delete, **noun.by(item["_id"]))
    assert len(listed.items) == 1, f"{text} stands {len(listed.items)} times in the list"
    shown = [listed.items[0], _read(call, kind, listed.items[0]["_id"])]
    for name, more in words.items():
        whole = Text(f"{text}-{name}", f"{text}-{name}{more}")
        for one in shown if name in listed.items[0] else shown[1:]:
            whole.is_whole_in(one.get(name))
        if whole.mark in str(made.body):
            whole.is_whole_in(made.body)


def _worded(body: Any, words: Mapping[str, str], text: str) -> Any:
    """A body whose innermost object has these words, each with a beginning of its own."""
    inner = next((name for name, part in body.items() if isinstance(part, dict)), None)
    if inner is not None:
        return {**body, inner: _worded(body[inner], words, text)}
    return {**body, **{name: f"{text}-{name}{more}" for name, more in words.items()}}


def _read(call: Caller, noun: str, thing: str) -> dict[str, Any]:
    reader, parameter, _, where = equivalence.LISTED[noun]
    whole = call(reader, path={parameter: thing}).data
    read: dict[str, Any] = whole[where] if where else whole
    return read


@dataclass(frozen=True)
class Spoken:
    """A conversation in which everything that can be written is this text."""

    text: Text
    place: desk.Desk
    chat: desk.Chat
    message: str
    answers: Mapping[str, Answer]

    @property
    def path(self) -> dict[str, str]:
        return {"rid": self.chat.room}


Reading = Callable[[Caller, Spoken], Any]
EDIT = f"PUT {BASE}message/{{_id}}"
SAY = f"POST {BASE}message"
READERS: Mapping[str, Reading] = {
    desk.VISITOR: lambda call, s: s.answers[desk.VISITOR].data,
    SAY: lambda call, s: s.answers[SAY].data,
    EDIT: lambda call, s: _edited(call, s).data,
    ROOMS: lambda call, s: s.place.room(s.chat),
    desk.ROOM: lambda call, s: call(desk.ROOM, token=s.chat.token).data,
    desk.INQUIRY: lambda call, s: call(desk.INQUIRY, roomId=s.chat.room).data,
    f"GET {BASE}visitor/{{token}}": lambda call, s: (
        call(f"GET {BASE}visitor/{{token}}", path={"token": s.chat.token}).data
    ),
    f"GET {BASE}visitors.info": lambda call, s: (
        call(f"GET {BASE}visitors.info", visitorId=s.chat.began["v"]["_id"]).data
    ),
    f"GET {BASE}visitors.search": lambda call, s: (
        call(f"GET {BASE}visitors.search", term=s.text.mark).items
    ),
    f"GET {BASE}message/{{_id}}": lambda call, s: (
        call(
            f"GET {BASE}message/{{_id}}",
            path={"_id": s.message},
            token=s.chat.token,
            rid=s.chat.room,
        ).data
    ),
    f"GET {BASE}messages/{{rid}}": lambda call, s: (
        call(f"GET {BASE}messages/{{rid}}", path=s.path).items
    ),
    f"GET {BASE}messages.history/{{rid}}": lambda call, s: (
        call(f"GET {BASE}messages.history/{{rid}}", path=s.path, token=s.chat.token).data
    ),
    f"GET {OMNICHANNEL}contacts.search": lambda call, s: (
        call(f"GET {OMNICHANNEL}contacts.search", searchText=s.text.mark, unknown=True).items
        or call(f"GET {OMNICHANNEL}contacts.search", searchText=s.text.mark).items
    ),
    f"GET {OMNICHANNEL}contacts.get": lambda call, s: (
        call(f"GET {OMNICHANNEL}contacts.get", contactId=s.chat.began["contactId"]).data
    ),
}
"""How each operation shows what was written in a conversation."""


@relation(pattern="equality", operations=READERS, writes=True)
def words_of_a_conversation_come_back_whole(call: Caller, operation: Operation) -> None:
    """Odd words in a visitor's name, a message or a topic are whole wherever they are shown."""
    spoken = _speak(call)

    shown = READERS[operation.key](call, spoken)

    spoken.text.is_whole_in(shown)


def _speak(call: Caller) -> Spoken:
    place, text, token = desk.open_desk(call), odd(), things.fresh()
    visitor = {"token": token, "name": text.whole, "department": place.department}
    registered = call(desk.VISITOR, body={"visitor": visitor})
    _ = registered.data
    call.undo(f"DELETE {BASE}visitor/{{token}}", path={"token": token})
    room = call(desk.ROOM, token=token).data["room"]
    call.undo(desk.DELETE, body={"roomId": room["_id"]})
    call.undo(desk.LEAVE, body={"rid": room["_id"], "token": token})
    said = call(SAY, body={"token": token, "rid": room["_id"], "msg": text.whole})
    chat = desk.Chat(room["_id"], token, room)
    answers = {desk.VISITOR: registered, SAY: said}
    return Spoken(text, place, chat, said.data["message"]["_id"], answers)


def _edited(call: Caller, spoken: Spoken) -> Answer:
    body = {"token": spoken.chat.token, "rid": spoken.chat.room, "msg": f"{spoken.text.whole}!"}
    return call(EDIT, path={"_id": spoken.message}, body=body)


TRIGGERS = f"GET {BASE}triggers"


@relation(
    pattern="equality",
    operations=[TRIGGERS, f"{TRIGGERS}/{{_id}}", f"POST {BASE}triggers"],
    writes=True,
)
def words_of_a_trigger_come_back_whole(call: Caller, operation: Operation) -> None:
    """Odd words of a trigger are whole in the list, and read by its id."""
    text = odd()
    action = {"name": "send-message", "params": {"sender": "queue", "msg": text.whole}}
    body = {**SIMPLE["trigger.id"].body(text.whole), "actions": [action]}

    _ = call(f"POST {BASE}triggers", body={**body, "description": text.whole}).data
    made = [one for one in call(TRIGGERS, count=100).items if text.mark in str(one)]
    for one in made:
        call.undo(f"DELETE {BASE}triggers/{{_id}}", path={"_id": one["_id"]})

    text.is_whole_in(made)
    text.is_whole_in(call(f"{TRIGGERS}/{{_id}}", path={"_id": made[0]["_id"]}).data)


@relation(pattern="equality", operations=[desk.VISITOR], writes=True)
def a_token_is_any_text(call: Caller, operation: Operation) -> None:
    """A visitor may choose any text for a token, and is known by it letter by letter."""
    # What has a slash in it some servers find in no path again, and so cannot take away.
    endings = (" é#?%+&", "/a\\") if call.run.target.is_our_mock else (" é#?%+&",)
    for ending in endings:
        token = f"{things.fresh()}{ending}"

        made = call(operation, body={"visitor": {"token": token, "name": token}})
        call.undo(f"DELETE {BASE}visitor/{{token}}", path={"token": token})

        assert made.is_success, f"{token!r} was answered with {made.status}"
        assert made.data["visitor"]["token"] == token
        if "/" not in token:
            read = call(f"GET {BASE}visitor/{{token}}", path={"token": token}).data["visitor"]
            assert read["token"] == token
