"""Ends: what a closed conversation refuses, what it still allows, and how it goes altogether."""

from conformance.model.replay import RUN
from conformance.model.rooms import CLOSE_BY_USER, FORWARD, GIVE_BACK, HOLD, RESUME, SAVE
from conformance.model.rooms import DELETE as DELETE_ROOM
from conformance.model.steps import Step
from conformance.model.talk import BASE, CLOSE, INQUIRY, OPEN, QUEUE, ROOMS, TAKE
from conformance.model.tours import desk
from conformance.model.tours.desk import MESSAGES, ROOM, token
from conformance.model.tours.tour import does
from conformance.model.tours.visits import (
    DELETE,
    EDIT,
    FORGET,
    HIS,
    INFO,
    MESSAGE,
    OF_VISITOR,
    OTHERS,
    PAGES,
    READ,
    SURVEY,
    WHOLE,
)

TRANSFER = f"POST {BASE}/visitor/department.transfer"
JOIN = f"GET {BASE}/room.join"
ORDER = f"POST {BASE}/transcript/{{rid}}"
CANCEL = f"DELETE {BASE}/transcript/{{rid}}"
MAIL = f"POST {BASE}/transcript"
PRINT = "POST /api/v1/omnichannel/{rid}/request-transcript"
WAY = f"GET {BASE}/transfer.history/{{rid}}"
CHATS = f"GET {BASE}/visitors.chatHistory/room/{{roomId}}/visitor/{{visitorId}}"
SEARCHED = f"GET {BASE}/visitors.searchChats/room/{{roomId}}/visitor/{{visitorId}}"
REMOVE_ALL = f"POST {BASE}/rooms.removeAllClosedRooms"
ADDRESS = {"email": "kit@example.org", "subject": "Kit"}
NONE = f"{RUN}none"
TAGGED = {"_id": "{room 1}", "tags": ["own", "a"]}
UNSENT = {"sendToVisitor": False}
_ROOM = {"roomId": "{room 1}"}
_BOTH = {"roomId": "{room 1}", "visitorId": "{visitor 1}"}
_PAST = {
    "": ("total", "count"),
    "history[_id]": ("fname", "closedAt?", "closer", "servedBy._id#", "tags", "v._id#"),
}


def _ordered() -> tuple[Step, ...]:
    """A transcript is ordered and cancelled, each of it once, and mailed to who may have it."""
    path = {"rid": "{room 1}"}
    again = {"email": "again@example.org", "subject": "Again"}
    return (
        does(CANCEL, path=path),
        does(ORDER, ADDRESS, path=path),
        desk.rooms(),
        does(ORDER, again, path=path),
        desk.rooms(),
        does(ORDER, ADDRESS, path={"rid": NONE}),
        does(CANCEL, path={"rid": NONE}),
        does(CANCEL, path=path),
        does(CANCEL, path=path),
        desk.rooms(),
        does(ORDER, again, path=path),
        does(MAIL, {**OTHERS, "email": "kit@example.org"}, as_=None),
        does(MAIL, {**HIS, "rid": NONE, "email": "kit@example.org"}, as_=None),
        does(PRINT, path=path),
        does(PRINT, path={"rid": NONE}),
        desk.rooms(),
    )


def _closed(number: int) -> tuple[Step, ...]:
    """What is refused and what is not, once a room is closed."""
    room, whose = f"{{room {number}}}", {"token": token(number), "rid": f"{{room {number}}}"}
    guest = {"_id": f"{{visitor {number}}}"}
    return (
        does(OPEN, as_=None, query=whose),
        desk.writes(number, "Still there?"),
        does(CLOSE, whose, as_=None),
        does(CLOSE_BY_USER, {"rid": room, "comment": "Again"}),
        does(CLOSE_BY_USER, {"rid": room, "comment": ""}),
        does(FORWARD, {"roomId": room, "userId": "{second agent}"}),
        does(FORWARD, {"roomId": room, "departmentId": "{department 2}"}),
        does(TRANSFER, {**whose, "department": "{department 2}"}, as_=None),
        does(JOIN, query={"roomId": room}),
        does(INQUIRY, query={"roomId": room}, shows={"": ("inquiry",)}),
        does(TAKE, {"inquiryId": f"{{inquiry {number}}}", "userId": "{agent}"}),
        does(GIVE_BACK, {"roomId": room}),
        does(HOLD, {"roomId": room}),
        does(RESUME, {"roomId": room}),
        does(ORDER, ADDRESS, path={"rid": room}),
        does(CANCEL, path={"rid": room}),
        desk.rooms(),
        desk.said(number),
        does(
            SAVE,
            {"guestData": guest, "roomData": {"_id": room, "topic": "Late", "tags": ["late"]}},
        ),
        does(SURVEY, {**whose, "data": [{"name": "satisfaction", "value": "2"}]}, as_=None),
        does(WAY, path={"rid": room}, shows={"": ("total",)}),
        does(PAGES, path={"roomId": room}, shows={"": ("total",)}),
        desk.rooms(),
    )


STEPS = (
    desk.department(1, "{agent}", chatClosingTags=["closing"]),
    desk.department(2, "{second agent}"),
    desk.registered(1),
    desk.opened(1),
    desk.waiting(1),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_="agent"),
    desk.writes(1, "Hello", _id=f"{RUN}hello"),
    *_ordered(),
    desk.registered(2),
    desk.opened(2),
    desk.waiting(2),
    does(CLOSE, {**OTHERS, "rid": "{room 1}"}, as_=None),
    does(CLOSE, {"token": f"{RUN}nobody", "rid": "{room 1}"}, as_=None),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": " "}),
    does(CLOSE_BY_USER, {"rid": NONE, "comment": "Done"}),
    does(DELETE_ROOM, {"roomId": "{room 1}"}),
    desk.rooms(),
    does(SAVE, {"guestData": {"_id": "{visitor 1}"}, "roomData": TAGGED}),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done", "tags": ["b", "a", "b"]}),
    *_closed(1),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done", "forceClose": True}),
    does(MESSAGE, as_=None, path={"_id": f"{RUN}hello"}, query=HIS, shows={"message": WHOLE}),
    does(EDIT, {**HIS, "msg": "Hi"}, as_=None, path={"_id": f"{RUN}hello"}),
    does(DELETE, HIS, as_=None, path={"_id": f"{RUN}hello"}),
    does(PRINT, path={"rid": "{room 1}"}),
    does(MAIL, {**HIS, "email": "kit@example.org"}, as_=None),
    does(INFO, as_=None, path=HIS, shows={"agent": ("_id#", "username")}),
    does(OF_VISITOR, path={"token": token(1)}, shows={"rooms[_id]": ("t",)}),
    does(CLOSE, {"token": token(2), "rid": "{room 2}"}, as_=None, shows={"": ("rid#",)}),
    *_closed(2),
    desk.opened(1, 3),
    desk.waiting(3),
    does(ORDER, ADDRESS, path={"rid": "{room 3}"}),
    does(CHATS, path=_BOTH, shows=_PAST),
    does(CHATS, path={**_BOTH, "roomId": NONE}),
    does(SEARCHED, path=_BOTH, query={"closedChatsOnly": "true"}, shows=_PAST),
    does(SEARCHED, path=_BOTH, query={"servedChatsOnly": "true"}, shows=_PAST),
    does(ROOMS, query={"roomName": RUN, "open": "false"}, shows={"rooms[_id]": ROOM}),
    does(QUEUE, query={"count": 100}, shows={"inquiries[rid]": ("name", "status")}),
    does(DELETE_ROOM, {"roomId": "{room 3}"}),
    does(DELETE_ROOM, {"roomId": NONE}),
    does(DELETE_ROOM, {"roomId": "{room 1}"}),
    does(DELETE_ROOM, {"roomId": "{room 1}"}),
    does(MESSAGES, path={"rid": "{room 1}"}),
    desk.rooms(),
    does(REMOVE_ALL, {"departmentIds": ["{department 1}"]}, shows={"": ("removedRooms",)}),
    desk.rooms(),
    does(REMOVE_ALL, {"departmentIds": ["{department 1}"]}, shows={"": ("removedRooms",)}),
    does(FORGET, path={"token": token(1)}),
    does(CLOSE_BY_USER, {"rid": "{room 3}", "comment": "Done", "transcriptEmail": UNSENT}),
    desk.rooms(),
    does(FORGET, path={"token": token(1)}, shows={"visitor": ("_id#", "ts?")}),
    does(FORGET, path={"token": token(1)}),
    does(READ, as_=None, path={"token": token(1)}),
    desk.profile(1),
    does(MESSAGES, path={"rid": "{room 3}"}),
    does(FORGET, path={"token": token(2)}),
    desk.rooms(),
    desk.archived(1),
    desk.archived(2),
)
"""Two conversations that end, by a user and by the visitor, and what is left of them."""
