"""The things of the administration that have a name: made, changed, read, listed, deleted.

One base for all; each kind says which operations it has and how its requests look.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model.machine import FLAGS, NAMES, TEXTS, Machine, calls, mostly
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import ALL

LIVECHAT = "/api/v1/livechat"


class Catalogue(Machine):
    """Chains about one kind of thing that has a name.

    `place` is where an answer has one thing, `items` where it has the list; `at` is where the
    answer to its making has its id, or nothing where only the list tells it.
    """

    chains = 12
    seen = ("READ", "LIST")
    CREATE: ClassVar[str]
    CHANGE: ClassVar[str]
    READ: ClassVar[str]
    LIST: ClassVar[str]
    DELETE: ClassVar[str]
    kind: ClassVar[str]
    place: ClassVar[str] = ""
    items: ClassVar[str]
    at: ClassVar[str] = ""
    called: ClassVar[str] = "name"
    shown: ClassVar[tuple[str, ...]]
    narrowed: ClassVar[Mapping[str, Any]] = {"text": RUN, "count": 100}
    made = Bundle("made")

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        """What a request says of a thing."""
        raise NotImplementedError

    def new_name(self, name: str) -> str:
        """What a new thing is called."""
        return name

    def changed(self, thing: str, body: dict[str, Any]) -> dict[str, Any]:
        """A call that changes a thing: its path and its body."""
        return {"body": {**body, "_id": thing}}

    def address(self, thing: str) -> dict[str, Any]:
        """How a call that reads a thing names it."""
        return {"path": {"_id": thing}}

    def removal(self, thing: str) -> dict[str, Any]:
        """How a call that deletes a thing names it."""
        return self.address(thing)

    @initialize(target=made, name=NAMES, text=TEXTS, flag=FLAGS)
    def begin(self, name: str, text: str, flag: bool) -> str | MultipleResults[str]:
        """The first thing."""
        return self._created(name, text, flag)

    @calls("CREATE", target=made, name=NAMES, text=TEXTS, flag=FLAGS)
    def create(self, name: str, text: str, flag: bool) -> str | MultipleResults[str]:
        """One more thing."""
        return self._created(name, text, flag)

    def _created(self, name: str, text: str, flag: bool) -> str | MultipleResults[str]:
        name = self.new_name(name)
        step: dict[str, Any] = {"body": self.body(name, text, flag)}
        if self.at:
            step["shows"] = {self.at.rpartition(".")[0]: (*self.shown, ALL)}
            return self.make(self.kind, self.at, self.CREATE, **step)
        if not self.do(self.CREATE, **step):
            return multiple()
        where = f"{self.items}[{self.called}={name}]._id"
        return self.make(self.kind, where, self.LIST, query=self.narrowed)

    @calls("CHANGE", thing=mostly(made), name=NAMES, text=TEXTS, flag=FLAGS)
    def change(self, thing: str, name: str, text: str, flag: bool) -> None:
        """A thing is another one afterwards."""
        self.do(self.CHANGE, **self.changed(thing, self.body(name, text, flag)))

    @calls("DELETE", thing=mostly(made))
    def delete(self, thing: str) -> None:
        """A thing is deleted."""
        self.do(self.DELETE, **self.removal(thing))

    def follow(self, thing: str) -> None:
        self.see(self.READ, **self.address(thing), shows={self.place: (*self.shown, ALL)})
        self.ends()

    def ends(self) -> None:
        shows = {f"{self.items}[_id]": (*self.shown, ALL)}
        self.see(self.LIST, query=self.narrowed, shows=shows)


class Tags(Catalogue):
    """Tags: two may not have one name."""

    name = "tags"
    title = "Tags go another way than predicted"
    CREATE = CHANGE = f"POST {LIVECHAT}/tags.save"
    READ = f"GET {LIVECHAT}/tags/{{tagId}}"
    LIST = f"GET {LIVECHAT}/tags"
    DELETE = f"POST {LIVECHAT}/tags.delete"
    needs = (CREATE, LIST)
    kind, items, at = "tag", "tags", "_id"
    shown = ("name", "description", "departments", "numDepartments")
    narrowed: ClassVar[Mapping[str, Any]] = {**Catalogue.narrowed, "viewAll": True}

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        of = [f"{RUN}nowhere"] if flag else []
        return {"tagData": {"name": name, "description": text}, "tagDepartments": of}

    def address(self, thing: str) -> dict[str, Any]:
        return {"path": {"tagId": thing}}

    def removal(self, thing: str) -> dict[str, Any]:
        return {"body": {"id": thing}}


class Units(Catalogue):
    """Units without monitors and departments."""

    name = "units"
    title = "Units go another way than predicted"
    CREATE = f"POST {LIVECHAT}/units"
    CHANGE = f"POST {LIVECHAT}/units/{{id}}"
    READ = f"GET {LIVECHAT}/units/{{id}}"
    LIST = f"GET {LIVECHAT}/units"
    DELETE = f"DELETE {LIVECHAT}/units/{{id}}"
    needs = (CREATE, LIST)
    kind, items, at = "unit", "units", "_id"
    shown = ("name", "visibility", "numMonitors", "numDepartments")

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        data = {"name": name, "visibility": "private" if flag else "public"}
        return {"unitData": data, "unitMonitors": [], "unitDepartments": []}

    def address(self, thing: str) -> dict[str, Any]:
        return {"path": {"id": thing}}

    def changed(self, thing: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"path": {"id": thing}, "body": body}


class CannedResponses(Catalogue):
    """Canned responses: a shortcut belongs to one of them."""

    name = "canned_responses"
    title = "Canned responses go another way than predicted"
    CREATE = CHANGE = "POST /api/v1/canned-responses"
    READ = "GET /api/v1/canned-responses/{_id}"
    LIST = "GET /api/v1/canned-responses"
    DELETE = "DELETE /api/v1/canned-responses/{_id}"
    needs = (CREATE, LIST)
    kind, place, items, called = "response", "cannedResponse", "cannedResponses", "shortcut"
    shown = ("shortcut", "text", "scope", "tags", "departmentId#")

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        tags = [f"{RUN}tag"] if flag else []
        return {"shortcut": name, "text": text or "Hello", "scope": "global", "tags": tags}


class CustomFields(Catalogue):
    """Custom fields, whose key is their id."""

    name = "custom_fields"
    title = "Custom fields go another way than predicted"
    CREATE = CHANGE = f"POST {LIVECHAT}/custom-fields.save"
    READ = f"GET {LIVECHAT}/custom-fields/{{_id}}"
    LIST = f"GET {LIVECHAT}/custom-fields"
    DELETE = f"POST {LIVECHAT}/custom-fields.delete"
    needs = (CREATE, LIST)
    kind, place, items, at = "field", "customField", "customFields", "customField._id"
    shown = ("label", "scope", "visibility", "searchable", "regexp")

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        data = {"field": name, "label": f"{RUN}{text or 'Label'}", "scope": "room"}
        return {"customFieldData": {**data, "visibility": "visible", "searchable": flag}}

    def changed(self, thing: str, body: dict[str, Any]) -> dict[str, Any]:
        data = {**body["customFieldData"], "field": thing}
        return {"body": {"customFieldId": thing, "customFieldData": data}}

    def removal(self, thing: str) -> dict[str, Any]:
        return {"body": {"customFieldId": thing}}


class Triggers(Catalogue):
    """Triggers, none of which is enabled, so that no widget elsewhere obeys them."""

    name = "triggers"
    title = "Triggers go another way than predicted"
    CREATE = CHANGE = f"POST {LIVECHAT}/triggers"
    READ = f"GET {LIVECHAT}/triggers/{{_id}}"
    LIST = f"GET {LIVECHAT}/triggers"
    DELETE = f"DELETE {LIVECHAT}/triggers/{{_id}}"
    needs = (CREATE, LIST)
    kind, place, items = "trigger", "trigger", "triggers"
    shown = ("name", "description", "enabled", "runOnce", "conditions", "actions")
    narrowed: ClassVar[Mapping[str, Any]] = {"count": 100}

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        return {
            "name": name,
            "description": text,
            "enabled": False,
            "runOnce": flag,
            "conditions": [{"name": "time-on-site", "value": "5"}],
            "actions": [{"name": "send-message", "params": {"sender": "queue", "msg": "Hello"}}],
        }

    def new_name(self, name: str) -> str:
        # The list finds a new one by its name, which others may have here.
        return f"{name}{len(self.things)}"


class Policies(Catalogue):
    """SLA policies: two may have neither one name nor one time."""

    name = "policies"
    title = "SLA policies go another way than predicted"
    chains = 8
    CREATE = f"POST {LIVECHAT}/sla"
    CHANGE = f"PUT {LIVECHAT}/sla/{{slaId}}"
    READ = f"GET {LIVECHAT}/sla/{{slaId}}"
    LIST = f"GET {LIVECHAT}/sla"
    DELETE = f"DELETE {LIVECHAT}/sla/{{slaId}}"
    needs = (CREATE, LIST)
    kind, items, at = "policy", "sla", "sla._id"
    shown = ("name", "description", "dueTimeInMinutes")

    def body(self, name: str, text: str, flag: bool) -> dict[str, Any]:
        return policy(self.sides, name, flag, description=text)

    def address(self, thing: str) -> dict[str, Any]:
        return {"path": {"slaId": thing}}

    def changed(self, thing: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"path": {"slaId": thing}, "body": body}


def policy(sides: Sides, name: str, longer: int, **more: Any) -> dict[str, Any]:
    """What a request says of a policy, with minutes that those of no other chain have."""
    return {"name": name, "dueTimeInMinutes": 10 * sides.number + longer, **more}
