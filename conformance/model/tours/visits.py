"""A visitor's way: who he is, what he writes and reads, what is noted of his conversation."""

from conformance.model.replay import RUN
from conformance.model.rooms import SAVE
from conformance.model.steps import Step
from conformance.model.talk import BASE, OPEN, REGISTER, ROOMS
from conformance.model.tours import desk
from conformance.model.tours.desk import HISTORY, ROOM, SEND, VISITOR, token
from conformance.model.tours.tour import does

READ = f"GET {BASE}/visitor/{{token}}"
FORGET = f"DELETE {BASE}/visitor/{{token}}"
MESSAGE = f"GET {BASE}/message/{{_id}}"
EDIT = f"PUT {BASE}/message/{{_id}}"
DELETE = f"DELETE {BASE}/message/{{_id}}"
BULK = f"POST {BASE}/messages"
STATUS = f"POST {BASE}/visitors.status"
VISITED = f"POST {BASE}/page.visited"
PAGES = f"GET {BASE}/visitors.pagesVisited/{{roomId}}"
SURVEY = f"POST {BASE}/room.survey"
CONFIG = f"GET {BASE}/config"
OF_VISITOR = f"GET {BASE}/visitor/{{token}}/room"
SEARCH = f"GET {BASE}/visitors.search"
BEGINNING = f"GET {BASE}/visitors.autocomplete"
INFO = f"GET {BASE}/agent.info/{{rid}}/{{token}}"
NEXT = f"GET {BASE}/agent.next/{{token}}"
MESSAGES = desk.MESSAGES

HIS = {"token": token(1), "rid": "{room 1}"}
OTHERS = {"token": token(2), "rid": "{room 1}"}
NOBODYS = {"token": f"{RUN}nobody", "rid": "{room 1}"}
WHOLE = ("msg", "rid#", "u._id#", "token", "editedAt?", "editedBy._id#")
KNOWN = {"visitor": (*VISITOR, "token", "department#")}


def _messages() -> tuple[Step, ...]:
    one = {"_id": f"{RUN}first"}
    text, shows = {"msg": "Changed"}, {"message": WHOLE}
    kept = {"{message 1}": "message._id"}
    return (
        does(SEND, {**HIS, "msg": "First", **one}, as_=None, keeps=kept, shows=shows),
        desk.writes(1, "Second", _id=f"{RUN}second"),
        does(MESSAGE, as_=None, path=one, query=HIS, shows=shows),
        does(MESSAGE, as_=None, path=one, query=OTHERS),
        does(MESSAGE, as_=None, path=one, query=NOBODYS),
        does(MESSAGE, as_=None, path=one, query={**HIS, "rid": "{room 2}"}),
        does(MESSAGE, as_=None, path={"_id": f"{RUN}none"}, query=HIS),
        does(EDIT, {**OTHERS, **text}, as_=None, path=one),
        does(EDIT, {**NOBODYS, **text}, as_=None, path=one),
        does(EDIT, {**HIS, **text}, as_=None, path={"_id": f"{RUN}none"}),
        does(EDIT, {**HIS, **text}, as_=None, path=one, shows=shows),
        does(MESSAGE, as_=None, path=one, query=HIS, shows=shows),
        desk.said(1),
        does(MESSAGES, path={"rid": "{room 1}"}, query={"searchTerm": "CHANG"}, shows=_FOUND),
        does(HISTORY, as_=None, path={"rid": "{room 1}"}, query={"token": token(2)}),
        does(HISTORY, as_=None, path={"rid": "{room 1}"}, query=_page(1, 0), shows=_FOUND),
        does(HISTORY, as_=None, path={"rid": "{room 1}"}, query=_page(1, 1), shows=_FOUND),
        desk.answers(1, "admin", "How can I help?", _id=f"{RUN}answer"),
        does(EDIT, {**HIS, **text}, as_=None, path={"_id": f"{RUN}answer"}),
        does(DELETE, HIS, as_=None, path={"_id": f"{RUN}answer"}),
        desk.said(1),
        does(DELETE, OTHERS, as_=None, path=one),
        does(DELETE, NOBODYS, as_=None, path=one),
        does(DELETE, HIS, as_=None, path=one),
        does(DELETE, HIS, as_=None, path=one),
        does(MESSAGE, as_=None, path=one, query=HIS),
        does(EDIT, {**HIS, **text}, as_=None, path=one),
        does(SEND, {**OTHERS, "msg": "Mine"}, as_=None),
        does(SEND, {**NOBODYS, "msg": "Mine"}, as_=None),
        does(BULK, _bulk("Third", "Fourth", "Third"), shows={"messages[*]": ("msg", "username?")}),
        does(BULK, _bulk("Fifth"), as_="second-agent", shows={"messages[*]": ("msg", "ts?")}),
        desk.said(1),
        desk.noted(1),
    )


_FOUND = {"": ("total",), "messages[*]": desk.SAID}


def _page(limit: int, offset: int) -> dict[str, str | int]:
    return {"token": token(1), "limit": limit, "offset": offset}


def _bulk(*texts: str) -> dict[str, object]:
    return {"visitor": {"token": token(1)}, "messages": [{"msg": text} for text in texts]}


def _visited(href: str, change: str, whose: dict[str, str] = HIS) -> Step:
    page = {"title": f"{RUN}page", "change": change, "location": {"href": href}}
    shows = {"page": ("msg", "navigation.page.title", "navigation.page.change", "navigation.token")}
    return does(VISITED, {**whose, "pageInfo": page}, as_=None, shows=shows)


def _answered(*given: tuple[str, str], whose: dict[str, str] = HIS) -> Step:
    data = [{"name": name, "value": value} for name, value in given]
    names = ("satisfaction", "agentKnowledge", "agentFriendliness", "additionalFeedback")
    shows = {"": ("rid#",), "data": (*names, "agentResposiveness", "other")}
    return does(SURVEY, {**whose, "data": data}, as_=None, shows=shows)


def _saved(guest: dict[str, str], **room: object) -> Step:
    data = {"_id": "{room 1}", **room}
    return does(SAVE, {"guestData": {"_id": "{visitor 1}", **guest}, "roomData": data})


_GUEST = {
    "config": ("enabled",),
    "config.guest": ("name", "token", "visitorEmails", "department#"),
    "config.room": ("_id#", "open", "v._id#", "departmentId#", "servedBy._id#"),
    "config.agent": ("_id#",),
}
_HER_ROOMS = {"rooms[_id]": ("t", "cl", "servedBy._id#")}
_PAGES = {"": ("total", "count"), "pages[*]": ("t", "navigation.page.location.href")}
_FOUND_VISITORS = {"": ("total", "count"), "visitors[_id]": ("name", "phone", "visitorEmails")}
_NEW_TOKEN = {"visitor": {"token": f"{RUN}newer", "email": f"{RUN}two@example.org"}}
_OLD_TOKEN = {"visitor": {"token": token(2), "email": f"{RUN}TWO@example.org"}}
_BY_NAME = {"visitor": {"token": token(2), "department": f"{RUN}1"}}

STEPS = (
    desk.department(1, "{agent}", "{second agent}"),
    desk.registered(1, email=f" {RUN}ONE@example.org ", phone=f"{RUN}phone"),
    does(READ, as_=None, path={"token": token(1)}, shows=KNOWN),
    does(REGISTER, {"visitor": {"token": token(1)}}, as_=None, shows=KNOWN),
    does(
        REGISTER,
        {"visitor": {"token": f"{RUN}other", "phone": f"{RUN}phone"}},
        as_=None,
        shows=KNOWN,
    ),
    does(READ, as_=None, path={"token": f"{RUN}other"}),
    does(REGISTER, {"visitor": {"token": " ", "name": RUN}}, as_=None),
    does(REGISTER, {"visitor": {"token": f"{RUN}x", "department": f"{RUN}none"}}, as_=None),
    does(READ, as_=None, path={"token": f"{RUN}x"}),
    desk.registered(2, email=f"{RUN}two@example.org"),
    does(REGISTER, _NEW_TOKEN, as_=None, shows=KNOWN),
    does(READ, as_=None, path={"token": token(2)}),
    does(READ, as_=None, path={"token": f"{RUN}newer"}, shows=KNOWN),
    does(REGISTER, _OLD_TOKEN, as_=None, shows=KNOWN),
    does(REGISTER, _BY_NAME, as_=None, shows=KNOWN),
    *(
        does(SEARCH, query={"term": term}, shows=_FOUND_VISITORS)
        for term in (RUN, f"{RUN}phone", f"{RUN}two@example.org", f"{RUN}VISITOR2")
    ),
    does(BEGINNING, query={"selector": {"term": RUN}}, shows={"items[_id]": ("name",)}),
    _visited("https://example.org/before", "url", {"token": token(1)}),
    does(OPEN, as_=None, query={"token": f"{RUN}nobody"}),
    does(CONFIG, as_=None, query={"token": token(1)}, shows=_GUEST),
    does(CONFIG, as_=None, query={"token": f"{RUN}nobody"}, shows=_GUEST),
    does(OF_VISITOR, path={"token": token(1)}, shows=_HER_ROOMS),
    desk.opened(1),
    does(PAGES, path={"roomId": "{room 1}"}, shows=_PAGES),
    desk.opened(2),
    desk.opened(1),
    does(OPEN, as_=None, query=HIS, shows={"": ("newRoom",), "room": ("_id#",)}),
    does(OPEN, as_=None, query=OTHERS),
    does(OPEN, as_=None, query={"token": token(1), "rid": f"{RUN}none"}),
    desk.waiting(1),
    does(OF_VISITOR, path={"token": token(1)}, shows=_HER_ROOMS),
    does(CONFIG, as_=None, query={"token": token(1)}, shows=_GUEST),
    does(FORGET, path={"token": token(1)}),
    does(READ, as_=None, path={"token": token(1)}, shows=KNOWN),
    desk.registered(1, name=f"{RUN}new name"),
    desk.rooms(),
    desk.waiting(1),
    *_messages(),
    does(STATUS, {"token": token(1), "status": "away"}, as_=None, shows={"": ("token", "status")}),
    does(STATUS, {"token": f"{RUN}nobody", "status": "away"}, as_=None),
    desk.rooms(),
    desk.waiting(1),
    does(INFO, as_=None, path=HIS),
    does(NEXT, as_=None, path={"token": token(1)}, shows={"": ("agent?",)}),
    _visited("https://example.org/a", "url"),
    _visited("https://example.org/b", "title"),
    does(PAGES, path={"roomId": "{room 1}"}, shows=_PAGES),
    does(PAGES, path={"roomId": f"{RUN}none"}),
    _answered(("satisfaction", "5"), ("agentKnowledge", "6"), ("other", "1")),
    desk.rooms(),
    _answered(("agentResposiveness", "1"), ("agentFriendliness", "3"), ("additionalFeedback", "!")),
    _answered(("satisfaction", "0"), ("other", "1")),
    _answered(("satisfaction", "4"), whose=OTHERS),
    _answered(("satisfaction", "4"), whose=NOBODYS),
    desk.rooms(),
    _saved({"name": f" {RUN}saved ", "email": f"{RUN}s@example.org"}, topic=" Topic ", tags=["a"]),
    desk.profile(1),
    desk.rooms(),
    _saved({"phone": f"{RUN}new"}, tags=["b", "a"]),
    desk.profile(1),
    desk.rooms(),
    _saved({}, topic=" "),
    desk.rooms(),
    does(SAVE, {"guestData": {"_id": "{visitor 1}"}, "roomData": {"_id": f"{RUN}none"}}),
    does(ROOMS, query={"roomName": RUN, "open": "true"}, shows={"rooms[_id]": ROOM}),
    does(ROOMS, query={"roomName": RUN, "queued": "true"}, shows={"rooms[_id]": ROOM}),
    desk.archived(1),
)
"""All that one visitor does while his conversation waits, and another one who may not."""
