"""What all tours begin with: departments of their own, and a visitor who comes to one of them."""

from typing import Any

from conformance.model import departments
from conformance.model.departments import fields
from conformance.model.replay import RUN
from conformance.model.steps import Step
from conformance.model.talk import BASE, INQUIRY, OPEN, REGISTER, ROOMS
from conformance.model.tours.tour import does

MESSAGES = f"GET {BASE}/messages/{{rid}}"
HISTORY = f"GET {BASE}/messages.history/{{rid}}"
SEND = f"POST {BASE}/message"
ANSWER = "POST /api/v1/chat.sendMessage"
PROFILE = f"GET {BASE}/visitors.info"
ROOM = (
    "open",
    "fname",
    "lastMessage.msg",
    "lastMessage.t",
    "lastMessage.u._id#",
    "metrics.chatDuration?",
    "msgs",
    "responseBy._id#",
    "topic",
    "tags",
    "closedAt?",
    "closedBy._id#",
    "closer",
    "contactId?",
    "departmentId#",
    "livechatData",
    "onHold",
    "priorityId#",
    "priorityWeight",
    "queuedAt?",
    "servedBy._id#",
    "slaId#",
    "source.type",
    "surveyFeedback",
    "transcriptRequest.email",
    "transcriptRequest.requestedBy._id#",
    "transcriptRequest.subject",
    "usersCount",
    "v._id#",
    "v.status",
    "v.token",
    "waitingResponse",
)
"""What the list shows of a room."""
BEGUN = tuple(key for key in ROOM if key != "queuedAt?")
INQUIRED = (
    "_id#",
    "rid#",
    "name",
    "message",
    "lastMessage.msg",
    "status",
    "department#",
    "priorityId#",
    "priorityWeight",
    "queuedAt?",
    "slaId#",
    "takenAt?",
    "v._id#",
    "v.status",
    "v.token",
)
VISITOR = ("_id#", "name", "visitorEmails", "phone", "livechatData", "status", "username?")
SAID = ("t", "msg", "u._id#", "token")


def department(number: int, *agents: str, **more: Any) -> Step:
    """A department that no visitor comes to who does not name it."""
    asked = fields(f"{RUN}{number}", True, "", **more)
    asked |= {"showOnRegistration": False, "showOnOfflineForm": False}
    body = {"department": asked, "agents": [{"agentId": agent} for agent in agents]}
    label = f"{{department {number}}}"
    return does(departments.CREATE, body, keeps={label: "department._id"})


def archived(number: int) -> Step:
    """A department is put away."""
    return does(departments.ARCHIVE, path={"_id": f"{{department {number}}}"})


def registered(number: int, department: str = "{department 1}", **more: Any) -> Step:
    """A visitor says who he is."""
    visitor = {"token": token(number), "name": token(number), "department": department, **more}
    shows = {"visitor": (*VISITOR, "token", "department#")}
    keeps = {f"{{visitor {number}}}": "visitor._id"}
    return does(REGISTER, {"visitor": visitor}, as_=None, keeps=keeps, shows=shows)


def opened(number: int, room: int | None = None) -> Step:
    """A visitor opens a room, or asks for the one that is open."""
    keeps = {f"{{room {room or number}}}": "room._id"}
    shows = {"": ("newRoom",), "room": BEGUN}
    return does(OPEN, as_=None, query={"token": token(number)}, keeps=keeps, shows=shows)


def waiting(room: int) -> Step:
    """The inquiry of a room."""
    keeps = {f"{{inquiry {room}}}": "inquiry._id"}
    query = {"roomId": f"{{room {room}}}"}
    return does(INQUIRY, query=query, keeps=keeps, shows={"inquiry": INQUIRED})


def rooms() -> Step:
    """The rooms of the tour, as the list has them."""
    query = {"roomName": RUN, "count": 100}
    return does(ROOMS, query=query, shows={"rooms[_id]": ROOM})


def said(room: int) -> Step:
    """What people wrote in a room."""
    shows = {"messages[*]": SAID}
    return does(MESSAGES, path={"rid": f"{{room {room}}}"}, query={"count": 100}, shows=shows)


def noted(number: int, room: int | None = None) -> Step:
    """Everything that was written in a visitor's room, the server's own notes too."""
    path = {"rid": f"{{room {room or number}}}"}
    query = {"token": token(number), "limit": 100}
    return does(HISTORY, as_=None, path=path, query=query, shows={"messages[+]": SAID})


def writes(number: int, text: str, **more: Any) -> Step:
    """A visitor writes into his room."""
    body = {"token": token(number), "rid": f"{{room {number}}}", "msg": text, **more}
    shows = {"message": ("msg", "rid#", "token", "u._id#")}
    return does(SEND, body, as_=None, shows=shows)


def answers(room: int, as_: str, text: str = "One moment", **more: str) -> Step:
    """A user writes into a room."""
    body = {"message": {"rid": f"{{room {room}}}", "msg": text, **more}}
    return does(ANSWER, body, as_=as_, shows={"message": ("msg", "rid#", "u._id#")})


def profile(number: int) -> Step:
    """A visitor as users see him."""
    query = {"visitorId": f"{{visitor {number}}}"}
    return does(PROFILE, query=query, shows={"visitor": VISITOR})


def token(number: int) -> str:
    """The token of a visitor, who is called by it as well."""
    return f"{RUN}visitor{number}"
