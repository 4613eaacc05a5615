"""Units with their monitors and departments, which come, go, and belong elsewhere."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model import departments
from conformance.model.departments import fields
from conformance.model.machine import FLAGS, MOST, NAMES, Machine, calls, mostly
from conformance.model.mirror import APPOINT_MONITOR, DISMISS_MONITOR, label_of
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import ALL
from conformance.model.talk import WHO

BASE = "/api/v1/livechat"
CREATE = f"POST {BASE}/units"
CHANGE = f"POST {BASE}/units/{{id}}"
READ = f"GET {BASE}/units/{{id}}"
LIST = f"GET {BASE}/units"
DELETE = f"DELETE {BASE}/units/{{id}}"
MONITORS = f"GET {BASE}/units/{{unitId}}/monitors"
DEPARTMENTS = f"GET {BASE}/units/{{unitId}}/departments"
AVAILABLE = f"GET {BASE}/units/{{unitId}}/departments/available"

UNIT = ("name", "visibility", "numMonitors", "numDepartments", ALL)
MEMBER = ("name", "enabled", "archived", "parentId#", "ancestors~", ALL)
MONITOR = ("username", "unitId#", ALL)


class UnitMembers(Machine):
    """Chains about who belongs to units."""

    name = "unit_members"
    title = "Units with monitors and departments go another way than predicted"
    chains = 14
    needs = (CREATE, CHANGE, departments.CREATE)
    seen = (READ, DEPARTMENTS, MONITORS)
    made = Bundle("units")
    parts = Bundle("departments")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.departments: list[str] = []

    @initialize(target=parts, name=NAMES)
    def begin(self, name: str) -> str | MultipleResults[str]:
        """The first department, whose name nobody asks for."""
        return self._department(name)

    @calls(departments.CREATE, target=parts, name=NAMES)
    def create_department(self, name: str) -> str | MultipleResults[str]:
        """One more department."""
        return self._department(name)

    @calls(CREATE, target=made, name=NAMES, inside=st.lists(parts, max_size=2), who=WHO)
    def create(self, name: str, inside: list[str], who: str) -> str | MultipleResults[str]:
        """A unit with departments, and with a monitor where he is one."""
        if len(self.things) - len(self.departments) >= MOST:
            return multiple()
        return self.make("unit", "_id", CREATE, body=self._body(name, inside, who), shows=SHOWN)

    @calls(CHANGE, unit=mostly(made), name=NAMES, inside=st.lists(parts, max_size=2), who=WHO)
    def change(self, unit: str, name: str, inside: list[str], who: str) -> None:
        """A unit has other departments, perhaps none, and another monitor."""
        self.do(CHANGE, path={"id": unit}, body=self._body(name, inside, who), shows=SHOWN)

    @calls(CHANGE, unit=made, name=NAMES)
    def empty(self, unit: str, name: str) -> None:
        """Nobody and nothing belongs to a unit."""
        self.do(CHANGE, path={"id": unit}, body=self._body(name, [], ""), shows=SHOWN)

    @calls(DELETE, unit=mostly(made))
    def delete(self, unit: str) -> None:
        """A unit is deleted."""
        self.do(DELETE, path={"id": unit})

    @calls(departments.ARCHIVE, unit=made, department=parts)
    def archive(self, unit: str, department: str) -> None:
        """A department goes into the archive, whatever it belongs to."""
        self.do(departments.ARCHIVE, path={"_id": department})

    @calls(departments.DELETE, unit=made, department=parts)
    def delete_department(self, unit: str, department: str) -> None:
        """A department is deleted, whatever it belongs to."""
        self.do(departments.DELETE, path={"_id": department})

    @calls(departments.READ, department=parts)
    def read_department(self, department: str) -> None:
        """Where a department belongs."""
        self.do(departments.READ, path={"_id": department}, shows={"department": MEMBER})

    @calls(APPOINT_MONITOR, DISMISS_MONITOR, unit=made, who=WHO, appoints=FLAGS)
    def appoint(self, unit: str, who: str, appoints: bool) -> None:
        """Somebody becomes a monitor, or is none any more."""
        mirrored = self.sides.mirrored
        if label_of(who) in mirrored.agents and not mirrored.is_monitor(who):
            body = {"username": label_of(who, "name")}
            self.sides.undo(DISMISS_MONITOR, body=body)
            self.do(APPOINT_MONITOR if appoints else DISMISS_MONITOR, body=body)

    @calls(AVAILABLE, unit=mostly(made))
    def look_for_more(self, unit: str) -> None:
        """The departments that a unit may take."""
        query, shows = {"text": RUN, "count": 100}, {"departments[_id]": MEMBER}
        self.do(AVAILABLE, path={"unitId": unit}, query=query, shows=shows)

    def follow(self, thing: str) -> None:
        if thing in self.departments:
            return
        self.see(READ, path={"id": thing}, shows=SHOWN)
        self._look(thing)

    def ends(self) -> None:
        self.see(LIST, query={"text": RUN, "count": 100}, shows={"units[_id]": UNIT})
        for unit in self.things:
            if unit not in self.departments:
                self._look(unit)
        departments.put_away(self, self.departments)

    def _look(self, unit: str) -> None:
        shows = {"": ("total",), "departments[_id]": MEMBER}
        self.see(DEPARTMENTS, path={"unitId": unit}, query={"count": 100}, shows=shows)
        self.see(MONITORS, path={"unitId": unit}, shows={"monitors[monitorId]": MONITOR})

    def _department(self, name: str) -> str | MultipleResults[str]:
        if len(self.departments) >= MOST:
            return multiple()
        body = {"department": fields(name, True, "")}
        made = self.make("department", "department._id", departments.CREATE, body=body)
        if isinstance(made, str):
            self.departments.append(made)
        return made

    def _body(self, name: str, inside: Sequence[str], who: str) -> dict[str, Any]:
        one = {"monitorId": label_of(who), "username": label_of(who, "name")}
        is_named = who and label_of(who) in self.sides.mirrored.agents
        return {
            "unitData": {"name": name, "visibility": "public"},
            "unitMonitors": [one] if is_named else [],
            "unitDepartments": [{"departmentId": one} for one in dict.fromkeys(inside)],
        }


SHOWN = {"": UNIT}
