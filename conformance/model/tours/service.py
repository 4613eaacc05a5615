"""Service: a conversation waits, is taken, handed over, put on hold, ranked and given back."""

from conformance.model.desk import MINE
from conformance.model.replay import RUN
from conformance.model.rooms import CLOSE_BY_USER, FORWARD, GIVE_BACK, HOLD, RESUME, SAVE
from conformance.model.steps import Step
from conformance.model.talk import BASE, QUEUE, ROOMS, TAKE
from conformance.model.tours import desk
from conformance.model.tours.desk import token
from conformance.model.tours.ends import JOIN, TRANSFER, WAY
from conformance.model.tours.tour import does
from conformance.model.tours.visits import HIS, INFO

PRIORITIES = f"GET {BASE}/priorities"
RANK = f"POST {BASE}/room/{{rid}}/priority"
UNRANK = f"DELETE {BASE}/room/{{rid}}/priority"
PROMISE = f"PUT {BASE}/inquiry.setSLA"
NEW_POLICY = f"POST {BASE}/sla"
NONE = f"{RUN}none"
SERVED = f"GET {BASE}/queue"
ROOM = {"roomId": "{room 1}"}
_SERVED = {"": ("total", "count"), "queue[*]": ("chats", "department._id#", "user._id#")}
PATH = {"rid": "{room 1}"}
_MOVED = (
    "scope",
    "comment",
    "nextDepartment._id#",
    "previousDepartment#",
    "transferredBy._id#",
    "transferredBy.userType",
    "transferredTo._id#",
)
_GUEST = {"_id": "{visitor 1}"}


def _way() -> Step:
    return does(WAY, path=PATH, shows={"": ("total", "count"), "history[*]": _MOVED})


def _queue() -> tuple[Step, ...]:
    """What waits, in all lists that tell it."""
    shows = {"inquiries[rid]": ("_id#", "name", "status", "department#")}
    query = {"department": "{department 1}", "count": 100}
    other = {"department": "{department 2}", "count": 100}
    return (
        does(QUEUE, query=query, shows={"": ("total", "count"), **shows}),
        does(QUEUE, query={**query, "department": f"{RUN}1"}, shows=shows),
        does(QUEUE, query=other, shows={"": ("total", "count"), **shows}),
        does(SERVED, query={"departmentId": "{department 1}"}, shows=_SERVED),
        does(MINE, as_="agent", query={"count": 100}, shows=shows),
        does(MINE, as_="second-agent", query={"count": 100}, shows=shows),
        desk.waiting(1),
        desk.rooms(),
    )


def _moved(**more: str) -> Step:
    return does(FORWARD, {**ROOM, **more})


def _ranked() -> tuple[Step, ...]:
    """A conversation gets a priority and a policy, and loses them."""
    policy = {"name": f"{RUN}policy", "dueTimeInMinutes": 719_713}
    return (
        does(PRIORITIES, query={"count": 100}, keeps={"{priority 1}": "priorities[i18n=High]._id"}),
        does(RANK, {"priorityId": NONE}, path=PATH),
        does(RANK, {"priorityId": "{priority 1}"}, path={"rid": NONE}),
        does(RANK, {"priorityId": "{priority 1}"}, path=PATH),
        desk.rooms(),
        desk.waiting(1),
        does(UNRANK, path={"rid": NONE}),
        does(UNRANK, path=PATH),
        desk.rooms(),
        desk.waiting(1),
        does(NEW_POLICY, policy, keeps={"{policy 1}": "sla._id"}),
        does(PROMISE, {**ROOM, "sla": NONE}),
        does(PROMISE, {"roomId": NONE, "sla": "{policy 1}"}),
        does(PROMISE, {**ROOM, "sla": "{policy 1}"}),
        desk.rooms(),
        desk.waiting(1),
        does(SAVE, _saved(priorityId="{priority 1}", slaId="")),
        desk.rooms(),
        desk.waiting(1),
        does(SAVE, _saved(priorityId="", slaId="{policy 1}")),
        desk.rooms(),
        does(SAVE, _saved(slaId="")),
        desk.rooms(),
        desk.waiting(1),
    )


def _saved(**room: str) -> dict[str, object]:
    return {"guestData": _GUEST, "roomData": {"_id": "{room 1}", **room}}


STEPS = (
    desk.department(1, "{agent}", "{second agent}"),
    desk.department(2, "{second agent}", requestTagBeforeClosingChat=True, chatClosingTags=["two"]),
    desk.registered(1),
    desk.opened(1),
    *_queue(),
    does(TAKE, {"inquiryId": NONE}, as_="agent"),
    does(TAKE, {"inquiryId": "{inquiry 1}", "userId": NONE}),
    does(GIVE_BACK, ROOM, shows={"": ("result",)}),
    does(GIVE_BACK, {"roomId": NONE}),
    does(HOLD, ROOM),
    does(HOLD, {"roomId": NONE}),
    does(RESUME, ROOM),
    does(RESUME, {"roomId": NONE}),
    does(JOIN, query={"roomId": NONE}),
    _moved(),
    _moved(departmentId="{department 1}"),
    _moved(departmentId=NONE),
    _moved(userId=NONE),
    _moved(departmentId="{department 2}", userId="{agent}"),
    does(FORWARD, {"roomId": NONE, "userId": "{agent}"}),
    does(TRANSFER, {**HIS, "department": NONE}, as_=None),
    does(TRANSFER, {**HIS, "department": "{department 1}"}, as_=None),
    does(TRANSFER, {**HIS, "token": NONE, "department": "{department 2}"}, as_=None),
    does(TRANSFER, {**HIS, "rid": NONE, "department": "{department 2}"}, as_=None),
    *_queue(),
    *_ranked(),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_="agent"),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_="second-agent"),
    does(PROMISE, {**ROOM, "sla": "{policy 1}"}),
    *_queue(),
    does(INFO, as_=None, path=HIS, shows={"agent": ("_id#", "username")}),
    does(ROOMS, query={"roomName": RUN, "open": "true"}, shows={"rooms[_id]": desk.ROOM}),
    desk.answers(1, "agent"),
    does(RESUME, ROOM),
    does(HOLD, ROOM, as_="agent"),
    does(HOLD, ROOM, as_="agent"),
    does(ROOMS, query={"roomName": RUN, "onhold": "true"}, shows={"rooms[_id]": desk.ROOM}),
    _moved(userId="{second agent}"),
    _moved(departmentId="{department 2}"),
    does(TRANSFER, {**HIS, "department": "{department 2}"}, as_=None),
    does(GIVE_BACK, ROOM),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": ""}),
    *_queue(),
    does(RESUME, ROOM, as_="agent"),
    does(RESUME, ROOM, as_="agent"),
    desk.rooms(),
    does(HOLD, ROOM),
    desk.writes(1, "I am back"),
    desk.rooms(),
    _moved(userId="{agent}"),
    _moved(userId="{second agent}", comment="Yours"),
    _way(),
    *_queue(),
    does(GIVE_BACK, ROOM, shows={"": ("result",)}),
    _way(),
    *_queue(),
    does(TAKE, {"inquiryId": "{inquiry 1}", "userId": "{second agent}"}),
    desk.rooms(),
    does(TRANSFER, {**HIS, "department": "{department 2}"}, as_=None),
    _way(),
    *_queue(),
    _moved(departmentId="{department 1}", comment="Back"),
    _way(),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_="agent"),
    does(GIVE_BACK, {**ROOM, "departmentId": "{department 2}"}, shows={"": ("result",)}),
    *_queue(),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_="second-agent"),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done"}, as_="second-agent"),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done", "tags": ["one"]}),
    desk.said(1),
    desk.noted(1),
    _way(),
    *_queue(),
    does(f"DELETE {BASE}/sla/{{slaId}}", path={"slaId": "{policy 1}"}),
    does(f"DELETE {BASE}/visitor/{{token}}", path={"token": token(1)}),
    desk.archived(1),
    desk.archived(2),
)
"""One conversation between two departments and two agents, and what each step must not do."""
