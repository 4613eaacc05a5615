"""Departments: every field that one takes, its members, and what an archived one refuses."""

from typing import Any

from conformance.model.departments import (
    ARCHIVE,
    ARCHIVED,
    CHANGE,
    CHANGE_MEMBERS,
    CREATE,
    LIST,
    MEMBER,
    MEMBERS,
    OF_AGENT,
    READ,
    SHOWN,
    UNARCHIVE,
    fields,
)
from conformance.model.replay import RUN
from conformance.model.steps import Step
from conformance.model.tours.tour import does

BY_IDS = f"{LIST}.listByIds"
BEGINNING = f"{LIST}.autocomplete"
NONE = f"{RUN}none"
ONE, TWO = {"_id": "{department 1}"}, {"_id": "{department 2}"}
EVERY = (
    *SHOWN[:-2],
    "fallbackForwardDepartment#",
    "numAgents",
    "departmentsAllowedToForward",
    "allowReceiveForwardOffline",
    "offlineMessageChannelName",
    "abandonedRoomsCloseCustomMessage",
    "waitingQueueMessage",
    "maxNumberSimultaneousChat",
    "visitorInactivityTimeoutInSeconds",
)
MADE = tuple(key for key in EVERY if key != "numAgents")
"""The answer tells the members' number only on some servers."""
ALL = {
    "showOnRegistration": False,
    "showOnOfflineForm": False,
    "requestTagBeforeClosingChat": True,
    "chatClosingTags": ["first", "second"],
    "allowReceiveForwardOffline": True,
    "offlineMessageChannelName": "none",
    "abandonedRoomsCloseCustomMessage": "Gone",
    "waitingQueueMessage": "Wait",
    "maxNumberSimultaneousChat": 7,
    "visitorInactivityTimeoutInSeconds": 700,
}
HIDDEN = {"showOnRegistration": False, "showOnOfflineForm": False}
AGENT = {"agentId": "{agent}", "username": "{agent name}"}
OTHER = {"agentId": "{second agent}", "username": "{second agent name}"}


def _read(department: dict[str, str]) -> Step:
    return does(READ, path=department, shows={"department": EVERY, "agents[agentId]": MEMBER})


def _listed() -> tuple[Step, ...]:
    """Both departments wherever departments are listed."""
    query, shows = {"text": RUN, "count": 100}, {"": ("total", "count"), "departments[_id]": EVERY}
    both = {"ids[]": ["{department 1}", "{department 2}", NONE]}
    term = {"term": RUN, "exceptions": [], "conditions": {}}
    named = {"items[_id]": ("name",)}
    return (
        does(LIST, query=query, shows=shows),
        does(LIST, query={**query, "enabled": True}, shows=shows),
        does(LIST, query={**query, "showArchived": True}, shows=shows),
        does(LIST, query={**query, "excludeDepartmentId": "{department 1}"}, shows=shows),
        does(ARCHIVED, query=query, shows=shows),
        does(BY_IDS, query=both, shows={"departments[_id]": EVERY}),
        does(BEGINNING, query={"selector": term}, shows=named),
    )


def _changed(name: str, agents: list[dict[str, Any]] | None = None, **more: Any) -> Step:
    body = {"department": fields(name, **{"enabled": True, "description": "", **HIDDEN, **more})}
    said = {**body, **({} if agents is None else {"agents": agents})}
    shows = {"department": EVERY, "agents[agentId]": MEMBER}
    return does(CHANGE, said, path=ONE, shows=shows)


def _seated(upsert: list[dict[str, Any]], remove: list[dict[str, Any]]) -> tuple[Step, ...]:
    shows = {"": ("total", "count"), "agents[*]": (*MEMBER, "username", "departmentId#")}
    return (
        does(CHANGE_MEMBERS, {"upsert": upsert, "remove": remove}, path=ONE),
        _read(ONE),
        does(MEMBERS, path=ONE, shows=shows),
    )


def _of_agents() -> tuple[Step, ...]:
    shows = {"departments[departmentId]": (*MEMBER, "username")}
    enabled = {"enabledDepartmentsOnly": True}
    return (
        does(OF_AGENT, path={"agentId": "{agent}"}, shows=shows),
        does(OF_AGENT, path={"agentId": "{second agent}"}, query=enabled, shows=shows),
    )


STEPS = (
    does(
        CREATE,
        {
            "department": {**fields(f"{RUN}one", True, "Of the kit"), **ALL},
            "agents": [{"agentId": "{agent}", "count": 2, "order": 3}, {"agentId": NONE}],
        },
        keeps={"{department 1}": "department._id"},
        shows={"department": MADE, "agents[agentId]": MEMBER},
    ),
    does(
        CREATE,
        {
            "department": {
                **fields(f"{RUN}two", True, ""),
                **HIDDEN,
                "fallbackForwardDepartment": "{department 1}",
                "departmentsAllowedToForward": ["{department 1}"],
            },
            "agents": [{"agentId": "{second agent}"}, {"agentId": "{agent}", "order": 1}],
        },
        keeps={"{department 2}": "department._id"},
        shows={"department": MADE, "agents[agentId]": MEMBER},
    ),
    _read(ONE),
    _read(TWO),
    *_listed(),
    *_of_agents(),
    does(CREATE, {"department": {**fields(NONE, True, ""), "requestTagBeforeClosingChat": True}}),
    does(CREATE, {"department": {**fields(NONE, True, ""), "fallbackForwardDepartment": NONE}}),
    _changed(f"{RUN}new", description="New", chatClosingTags=["third"]),
    _changed(f"{RUN}new", fallbackForwardDepartment="{department 1}"),
    _changed(f"{RUN}new", fallbackForwardDepartment=NONE),
    _changed(f"{RUN}new", requestTagBeforeClosingChat=True, chatClosingTags=[]),
    does(CHANGE, {"department": fields(NONE, True, "")}, path={"_id": NONE}),
    _read(ONE),
    _changed(f"{RUN}one", agents=[{"agentId": "{second agent}", "count": 1, "order": 5}]),
    _changed(f"{RUN}one", enabled=False, fallbackForwardDepartment="{department 2}"),
    _read(ONE),
    *_listed(),
    *_of_agents(),
    _changed(f"{RUN}one", enabled=True, showOnRegistration=False),
    *_seated([{**AGENT, "count": 4}, {**OTHER, "order": 6}], []),
    *_seated([OTHER], [AGENT]),
    *_seated([AGENT], [AGENT, OTHER]),
    *_seated([{"agentId": NONE, "username": NONE}], []),
    *_seated([], [{"agentId": NONE, "username": NONE}]),
    does(CHANGE_MEMBERS, {"upsert": [], "remove": []}, path={"_id": NONE}),
    does(READ, path={"_id": NONE}, shows={"": ("department", "agents")}),
    does(MEMBERS, path={"_id": NONE}, shows={"": ("total",), "agents[*]": ("agentId",)}),
    does(READ, path=ONE, query={"includeAgents": "false"}, shows={"": ("agents",)}),
    does(ARCHIVE, path={"_id": NONE}),
    does(UNARCHIVE, path={"_id": NONE}),
    does(ARCHIVE, path=ONE),
    does(ARCHIVE, path=ONE),
    _read(ONE),
    *_listed(),
    *_of_agents(),
    _changed(f"{RUN}late", enabled=True),
    _changed(f"{RUN}late", enabled=False),
    *_seated([OTHER], []),
    does(UNARCHIVE, path=ONE),
    _read(ONE),
    *_listed(),
    _changed(f"{RUN}back", enabled=True),
    _read(ONE),
    does(ARCHIVE, path=ONE),
    does(ARCHIVE, path=TWO),
)
"""Two departments that share their agents."""
