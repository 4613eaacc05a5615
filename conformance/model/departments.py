"""Departments: made, changed, archived and back again, with agents who join and leave."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model.machine import FLAGS, MOST, NAMES, TEXTS, Machine, calls, mostly
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import ALL

BASE = "/api/v1/livechat/department"
CREATE = f"POST {BASE}"
LIST = f"GET {BASE}"
READ = f"GET {BASE}/{{_id}}"
CHANGE = f"PUT {BASE}/{{_id}}"
DELETE = f"DELETE {BASE}/{{_id}}"
ARCHIVE = f"POST {BASE}/archive/{{_id}}"
UNARCHIVE = f"POST {BASE}/unarchive/{{_id}}"
ARCHIVED = "GET /api/v1/livechat/departments/archived"
MEMBERS = f"GET {BASE}/{{_id}}/agents"
CHANGE_MEMBERS = f"POST {BASE}/{{_id}}/agents"
OF_AGENT = "GET /api/v1/livechat/agents/{agentId}/departments"

SHOWN = (
    "name",
    "enabled",
    "archived",
    "email",
    "description",
    "showOnRegistration",
    "showOnOfflineForm",
    "requestTagBeforeClosingChat",
    "chatClosingTags",
    "fallbackForwardDepartment",
    "numAgents",
    ALL,
)
MEMBER = ("agentId", "count", "order", "departmentEnabled", ALL)
TAGS = st.sampled_from([[], ["first"], ["first", "second"]])
AGENTS = st.sampled_from(["{agent}", "{second agent}"])


def fields(name: str, enabled: bool, description: str, **more: Any) -> dict[str, Any]:
    """What a request says of a department."""
    return {
        "name": name,
        "enabled": enabled,
        "email": "kit@example.org",
        "showOnRegistration": True,
        "showOnOfflineForm": True,
        "description": description,
        **more,
    }


def coming(sides: Sides, agent: str) -> list[dict[str, Any]]:
    """An agent as a department's request has him; nobody where the run may not name him."""
    return [{"agentId": agent}] if agent in sides.mirrored.agents else []


def named(sides: Sides, agent: str) -> list[dict[str, Any]]:
    """An agent as a change of members has him."""
    return [{**one, "username": agent.replace("}", " name}")} for one in coming(sides, agent)]


def put_away(machine: Machine, made: list[str]) -> None:
    """Archive departments at the end of a chain, so that no later visitor comes to them."""
    for department in made:
        if machine.sides.may(ARCHIVE):
            machine.do(ARCHIVE, path={"_id": department})


class Departments(Machine):
    """Chains about departments and who belongs to them."""

    name = "departments"
    title = "Departments go another way than predicted"
    chains = 32
    needs = (CREATE,)
    seen = (READ, LIST, ARCHIVED, MEMBERS)
    made = Bundle("departments")

    @initialize(target=made, name=NAMES, agent=AGENTS)
    def begin(self, name: str, agent: str) -> str | MultipleResults[str]:
        return self._created(fields(name, True, ""), agents=coming(self.sides, agent))

    @calls(CREATE, target=made, name=NAMES, enabled=FLAGS, description=TEXTS)
    def create(self, name: str, enabled: bool, description: str) -> str | MultipleResults[str]:
        return self._created(fields(name, enabled, description))

    @calls(CREATE, target=made, name=NAMES, asks=FLAGS, tags=TAGS)
    def create_with_tags(
        self, name: str, asks: bool, tags: list[str]
    ) -> str | MultipleResults[str]:
        more = {"requestTagBeforeClosingChat": asks, "chatClosingTags": tags}
        return self._created(fields(name, True, "", **more))

    @calls(CREATE, target=made, name=NAMES, other=made)
    def create_with_fallback(self, name: str, other: str) -> str | MultipleResults[str]:
        return self._created(fields(name, True, "", fallbackForwardDepartment=other))

    @calls(CHANGE, department=mostly(made), name=NAMES, enabled=FLAGS, description=TEXTS)
    def change(self, department: str, name: str, enabled: bool, description: str) -> None:
        body = {"department": fields(name, enabled, description)}
        self.do(CHANGE, path={"_id": department}, body=body, shows={"department": SHOWN})

    @calls(CHANGE, department=mostly(made), other=made, agent=AGENTS)
    def change_fallback(self, department: str, other: str, agent: str) -> None:
        body = {
            "department": fields(f"{RUN}a", True, "", fallbackForwardDepartment=other),
            "agents": coming(self.sides, agent),
        }
        self.do(CHANGE, path={"_id": department}, body=body, shows={"department": SHOWN})

    @calls(ARCHIVE, department=mostly(made))
    def archive(self, department: str) -> None:
        self.do(ARCHIVE, path={"_id": department})

    @calls(UNARCHIVE, department=mostly(made))
    def unarchive(self, department: str) -> None:
        self.do(UNARCHIVE, path={"_id": department})

    @calls(DELETE, department=mostly(made))
    def delete(self, department: str) -> None:
        self.do(DELETE, path={"_id": department})

    @calls(CHANGE_MEMBERS, department=made, agent=AGENTS, count=st.integers(0, 2))
    def join(self, department: str, agent: str, count: int) -> None:
        who = [{**one, "count": count} for one in named(self.sides, agent)]
        body = {"upsert": who, "remove": []}
        self.do(CHANGE_MEMBERS, path={"_id": department}, body=body)

    @calls(CHANGE_MEMBERS, department=made, agent=AGENTS)
    def leave(self, department: str, agent: str) -> None:
        body = {"upsert": [], "remove": named(self.sides, agent)}
        self.do(CHANGE_MEMBERS, path={"_id": department}, body=body)

    @calls(LIST, department=made, archived=FLAGS, enabled=FLAGS)
    def look(self, department: str, archived: bool, enabled: bool) -> None:
        query = {"text": RUN, "count": 100, "showArchived": archived, "enabled": enabled}
        self.do(LIST, query=query, shows={"departments[_id]": SHOWN})

    @calls(OF_AGENT, department=made, agent=AGENTS, enabled=FLAGS)
    def departments_of_agent(self, department: str, agent: str, enabled: bool) -> None:
        if agent in self.sides.mirrored.agents:
            shows = {"departments[departmentId]": MEMBER}
            query = {"enabledDepartmentsOnly": enabled}
            self.do(OF_AGENT, path={"agentId": agent}, query=query, shows=shows)

    def follow(self, thing: str) -> None:
        shows = {"department": SHOWN, "agents[agentId]": MEMBER}
        self.see(READ, path={"_id": thing}, shows=shows)
        self.see(LIST, query={"text": RUN, "count": 100}, shows={"departments[_id]": SHOWN})

    def ends(self) -> None:
        for department in self.things:
            self.see(MEMBERS, path={"_id": department}, shows={"agents[agentId]": MEMBER})
        query, shows = {"text": RUN, "count": 100}, {"departments[_id]": SHOWN}
        self.see(ARCHIVED, query=query, shows=shows)
        put_away(self, self.things)

    def _created(self, department: dict[str, Any], **more: Any) -> str | MultipleResults[str]:
        if len(self.things) >= MOST:
            return multiple()
        # The answer tells the members' number only on some servers.
        shows = {"department": tuple(key for key in SHOWN if key != "numAgents")}
        body = {"department": department, **more}
        return self.make("department", "department._id", CREATE, body=body, shows=shows)
