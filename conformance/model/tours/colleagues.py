"""Colleagues: what one agent may do with another and with his conversation, and what not."""

from conformance.model.mirror import STATUS
from conformance.model.replay import RUN
from conformance.model.rooms import CLOSE_BY_USER, FORWARD, HOLD, RESUME, SAVE
from conformance.model.steps import Step
from conformance.model.talk import BASE, ROOMS, TAKE
from conformance.model.tours import desk
from conformance.model.tours.ends import JOIN
from conformance.model.tours.tour import does

AGENT = f"GET {BASE}/users/{{type}}/{{_id}}"
APPOINT = f"POST {BASE}/users/{{type}}"
DISMISS = f"DELETE {BASE}/users/{{type}}/{{_id}}"
SAVE_AGENT = f"POST {BASE}/agents.saveInfo"
NONE = f"{RUN}none"
OWN, OTHER = "agent", "second-agent"
ROOM = {"roomId": "{room 1}"}


def _switched(agent: str, status: str | None, as_: str = "admin") -> tuple[Step, Step]:
    """An agent is switched, and what is known of him then."""
    body = {"agentId": agent, **({"status": status} if status else {})}
    path = {"type": "agent", "_id": agent}
    return (
        does(STATUS, body, as_=as_, shows={"": ("status",)}),
        does(AGENT, path=path, shows={"user": ("_id#", "username", "statusLivechat")}),
    )


STEPS = (
    *_switched("{agent}", "available"),
    *_switched("{second agent}", "available"),
    *_switched("{agent}", "not-available", OTHER),
    *_switched("{agent}", "available", OTHER),
    *_switched("{agent}", None, OTHER),
    *_switched(NONE, "available"),
    *_switched("{agent}", "not-available", OWN),
    *_switched("{agent}", None, OWN),
    *_switched("{agent}", None, OWN),
    *_switched("{agent}", "available", OTHER),
    *_switched("{agent}", "available"),
    *_switched("{agent}", "not-available"),
    desk.department(1, "{agent}", "{second agent}"),
    desk.registered(1),
    desk.opened(1),
    desk.waiting(1),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_=OWN),
    does(TAKE, {"inquiryId": "{inquiry 1}", "userId": "{agent}"}),
    desk.rooms(),
    *_switched("{agent}", "available"),
    does(TAKE, {"inquiryId": "{inquiry 1}"}, as_=OWN),
    desk.answers(1, OWN),
    desk.answers(1, OTHER),
    does(ROOMS, as_=OTHER, query={"agents[]": "{agent}"}),
    does(ROOMS, as_=OTHER, query={"count": 1}),
    does(HOLD, ROOM, as_=OTHER),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done"}, as_=OTHER),
    does(FORWARD, {**ROOM, "userId": "{second agent}"}, as_=OTHER),
    does(
        SAVE,
        {"guestData": {"_id": "{visitor 1}", "name": "X"}, "roomData": {"_id": "{room 1}"}},
        as_=OTHER,
    ),
    does(JOIN, as_=OTHER, query=ROOM),
    desk.rooms(),
    desk.profile(1),
    desk.said(1),
    does(HOLD, ROOM, as_=OWN),
    does(RESUME, ROOM, as_=OTHER),
    desk.rooms(),
    does(RESUME, ROOM, as_=OWN),
    does(
        SAVE,
        {"guestData": {"_id": "{visitor 1}"}, "roomData": {"_id": "{room 1}", "topic": "Own"}},
        as_=OWN,
    ),
    does(FORWARD, {**ROOM, "userId": "{second agent}"}),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done"}, as_=OWN),
    does(HOLD, ROOM, as_=OWN),
    desk.rooms(),
    *_switched("{second agent}", "not-available", OTHER),
    does(FORWARD, {**ROOM, "userId": "{second agent}"}),
    does(CLOSE_BY_USER, {"rid": "{room 1}", "comment": "Done"}, as_=OTHER),
    desk.rooms(),
    *_switched("{second agent}", "available", OTHER),
    does(APPOINT, {"username": "{agent name}"}, path={"type": "monitor"}),
    does(APPOINT, {"username": NONE}, path={"type": "agent"}),
    does(
        APPOINT,
        {"username": "{agent name}"},
        path={"type": "agent"},
        shows={"user": ("_id#", "username")},
    ),
    does(AGENT, path={"type": "monitor", "_id": "{agent}"}),
    does(AGENT, path={"type": "agent", "_id": NONE}, shows={"": ("user",)}),
    does(DISMISS, path={"type": "agent", "_id": NONE}),
    does(DISMISS, path={"type": "monitor", "_id": NONE}),
    does(SAVE_AGENT, {"agentId": NONE, "agentData": {}, "agentDepartments": []}),
    does(f"DELETE {BASE}/visitor/{{token}}", path={"token": desk.token(1)}),
    desk.archived(1),
)
"""Two agents, one of whom tries what only the other may do."""
