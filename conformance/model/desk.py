"""The whole desk: departments, their agents, and the conversations that come to them."""

from typing import ClassVar

from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model import departments
from conformance.model.departments import AGENTS, fields
from conformance.model.machine import FLAGS, MOST, NAMES, calls
from conformance.model.mirror import STATUS, label_of
from conformance.model.rooms import CLOSE_BY_USER, FORWARD, GIVE_BACK
from conformance.model.sides import Sides
from conformance.model.talk import BASE, INQUIRY, OPEN, QUEUE, REGISTER, WAITING, WHO, Talk

TRANSFER = f"POST {BASE}/visitor/department.transfer"
MINE = f"GET {BASE}/inquiries.queuedForUser"


class Desk(Talk):
    """Chains through departments, agents and rooms together."""

    name = "desk"
    title = "Departments, agents and conversations together go another way than predicted"
    chains = 48
    needs = (*Talk.needs, departments.CREATE)
    seen: ClassVar[tuple[str, ...]] = (*Talk.seen, departments.READ)
    rooms = Talk.rooms
    made = Bundle("departments")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.departments: list[str] = []

    @initialize(target=made, name=NAMES, agent=AGENTS)
    def begin(self, name: str, agent: str) -> str | MultipleResults[str]:
        """The first department."""
        return self._created(name, agent)

    @calls(departments.CREATE, target=made, name=NAMES, agent=AGENTS)
    def create(self, name: str, agent: str) -> str | MultipleResults[str]:
        """A department with an agent."""
        return self._created(name, agent)

    def _created(self, name: str, agent: str) -> str | MultipleResults[str]:
        if len(self.departments) >= MOST:
            return multiple()
        who = departments.coming(self.sides, agent)
        body = {"department": fields(name, True, ""), "agents": who}
        made = self.make("department", "department._id", departments.CREATE, body=body)
        if isinstance(made, str):
            self.departments.append(made)
        return made

    @calls(departments.ARCHIVE, department=made)
    def archive(self, department: str) -> None:
        """A department goes into the archive."""
        self.do(departments.ARCHIVE, path={"_id": department})

    @calls(departments.UNARCHIVE, department=made)
    def unarchive(self, department: str) -> None:
        """A department comes out of the archive."""
        self.do(departments.UNARCHIVE, path={"_id": department})

    @calls(departments.CHANGE, department=made, name=NAMES, enabled=FLAGS)
    def change(self, department: str, name: str, enabled: bool) -> None:
        """A department is renamed, or enabled, or not."""
        body = {"department": fields(name, enabled, "")}
        self.do(departments.CHANGE, path={"_id": department}, body=body)

    @calls(departments.CHANGE_MEMBERS, department=made, agent=AGENTS, joins=FLAGS)
    def change_members(self, department: str, agent: str, joins: bool) -> None:
        """An agent joins or leaves a department."""
        who = departments.named(self.sides, agent)
        body = {"upsert": who, "remove": []} if joins else {"upsert": [], "remove": who}
        self.do(departments.CHANGE_MEMBERS, path={"_id": department}, body=body)

    @calls(REGISTER, OPEN, INQUIRY, target=Talk.rooms, department=made)
    def begin_in(self, department: str) -> str | MultipleResults[str]:
        """A new visitor opens a room in a department."""
        return self.opened(department)

    @calls(FORWARD, room=rooms, department=made)
    def forward(self, room: str, department: str) -> None:
        """A room is handed over to a department."""
        self.do(FORWARD, body={"roomId": room, "departmentId": department, "comment": "Yours"})

    @calls(TRANSFER, room=rooms, department=made)
    def transfer(self, room: str, department: str) -> None:
        """The visitor goes to another department."""
        body = {"token": self.token[room], "rid": room, "department": department}
        self.do(TRANSFER, as_=None, body=body)

    @calls(GIVE_BACK, room=rooms, department=made)
    def give_back(self, room: str, department: str) -> None:
        """A room goes back into the queue of a department."""
        body = {"roomId": room, "departmentId": department}
        self.do(GIVE_BACK, body=body, shows={"": ("result",)})

    @calls(CLOSE_BY_USER, room=rooms)
    def close_by_user(self, room: str) -> None:
        """The administrator closes a room."""
        self.do(CLOSE_BY_USER, body={"rid": room, "comment": "Done"})

    @calls(STATUS, room=rooms, who=WHO, available=FLAGS)
    def switch(self, room: str, who: str, available: bool) -> None:
        """An agent stops or begins to take conversations."""
        if label_of(who) not in self.sides.mirrored.agents:
            return
        status = "available" if available else "not-available"
        body = {"status": status, "agentId": label_of(who)}
        self.do(STATUS, as_=who, body=body, shows={"": ("status",)})

    @calls(MINE, room=rooms, who=WHO)
    def look_as_agent(self, room: str, who: str) -> None:
        """What waits for an agent."""
        if who in self.sides.mirrored.actors:
            self.do(MINE, as_=who, query={"count": 100}, shows={"inquiries[rid]": WAITING})

    @calls(QUEUE, department=made)
    def look_at_queue(self, department: str) -> None:
        """What waits in the queue of a department."""
        query = {"department": department, "count": 100}
        self.do(QUEUE, query=query, shows={"inquiries[rid]": WAITING})

    def ends(self) -> None:
        for department in self.departments:
            shows = {"department": departments.SHOWN, "agents[agentId]": departments.MEMBER}
            if self.sides.may(departments.READ):
                self.do(departments.READ, path={"_id": department}, shows=shows)
        super().ends()
        departments.put_away(self, self.departments)
