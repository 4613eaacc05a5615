"""Forms: what can be said of a thing of the administration, change after change.

Each form has several versions of one thing: all there is to say, with two of everything that there
may be several of; then less of it, and other words. A version is what is sent and what is read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import things

LIVECHAT, OMNICHANNEL = "/api/v1/livechat", "/api/v1/omnichannel"
CANNED = "/api/v1/canned-responses"
CONTACTS = f"GET {OMNICHANNEL}/contacts.search"
TRIGGERS = f"GET {LIVECHAT}/triggers"
GONE = None
"""What is read of a value that is not there: nothing, or null."""

Document = Mapping[str, Any]
How = Mapping[str, Any]
Version = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Form:
    """One kind of thing: the calls that save it, those that read it, and its versions.

    `within` is where a change names the thing: in the path or in the body, by which key. `reads`
    are operations that show one thing, or several with it among them, by how they are asked.
    """

    create: str
    change: str
    within: tuple[str, str]
    reads: Mapping[str, Callable[[str, str], How]]
    versions: Callable[[Caller, str], Iterator[Version]]
    delete: tuple[str, Callable[[str], How]] | None = None
    plain: Callable[[Document], Document] = lambda document: document

    @property
    def operations(self) -> Iterable[str]:
        """All that the form is about; what saves comes first."""
        return dict.fromkeys((self.create, self.change, *self.reads))

    def changing(self, thing: str, body: Mapping[str, Any]) -> How:
        """How a call changes a thing."""
        where, key = self.within
        if where == "path":
            return {"path": {key: thing}, "body": body}
        return {"body": {key: thing, **body}}

    def shown(self, answer: Answer, thing: str) -> Document | None:
        """The thing as an answer shows it, alone or among others; None when it is not there."""
        data = answer.data
        if data.get("_id") == thing:
            return self.plain(data)
        parts = [part for part in data.values() if isinstance(part, dict | list)]
        found = [one for part in parts for one in (part if isinstance(part, list) else [part])]
        return next((self.plain(one) for one in found if one.get("_id") == thing), None)


def holds(expected: Any, seen: Any) -> bool:
    """Whether what is read has all that is expected; it may have more keys."""
    if isinstance(expected, Mapping):
        seen = seen if isinstance(seen, Mapping) else {}
        return all(holds(value, seen.get(key)) for key, value in expected.items())
    if isinstance(expected, list):
        return (
            isinstance(seen, list)
            and len(expected) == len(seen)
            and all(map(holds, expected, seen))
        )
    return bool(expected == seen) and isinstance(expected, bool) == isinstance(seen, bool)


def _tags(call: Caller, name: str) -> Iterator[Version]:
    first, second = f"{name}-1", f"{name}-2"
    for called, words, of in (
        ("a", "First words", [first, second]),
        ("b", "Second words", [second]),
        ("b", "", [second, first]),
        ("c", "Third words", []),
    ):
        data = {"name": f"{name}-{called}", "description": words}
        sent = {"tagData": data, **({"tagDepartments": of} if of else {})}
        yield sent, {**data, "departments": of, "numDepartments": len(of)}


def _policies(call: Caller, name: str) -> Iterator[Version]:
    due = 1_000_000 + crc32(name.encode()) % 1_000_000_000
    for called, words, minutes in (("a", "First", due), ("b", "Second", due + 1), ("b", "", due)):
        sent = {"name": f"{name}-{called}", "description": words, "dueTimeInMinutes": minutes}
        yield {**sent, "dueTimeInMinutes": minutes + 0.75}, sent


def _fields(call: Caller, name: str) -> Iterator[Version]:
    told = {"type": "select", "options": "b,a", "regexp": "^[ab]$", "defaultValue": "a"}
    flags = {"searchable": True, "public": False, "required": False}
    label, field = {"label": f"{name} first"}, {"field": name}
    first = {**label, "scope": "room", "visibility": "hidden", **told, **flags}
    yield {"customFieldData": {**field, **first}}, first
    second = {"label": f"{name} second", "scope": "visitor", "visibility": "visible"}
    yield {"customFieldData": {**field, **second}}, {**first, **second}
    third = {**second, "searchable": False, "options": "c", "type": "input"}
    renamed = {"field": f"{name}-renamed", **third}
    yield {"customFieldData": renamed}, {**first, **third, "_id": name}


def _responses(call: Caller, name: str) -> Iterator[Version]:
    made = things.make(call, things.DEPARTMENTS, things.fresh())["_id"]
    tags = [f"{name}-2", f"{name}-1"]
    first = {"shortcut": f"{name}-a", "text": "First words", "scope": "global", "tags": tags}
    yield first, {**first, "departmentId": GONE, "userId": GONE}
    second = {"shortcut": f"{name}-b", "text": "Second\n words", "tags": tags[:1]}
    of = {"scope": "department", "departmentId": made}
    yield {**second, **of}, {**second, **of}
    yield {**second, **of, "tags": []}, {**second, **of, "tags": []}


def _triggers(call: Caller, name: str) -> Iterator[Version]:
    conditions = [{"name": "time-on-site", "value": "7"}, {"name": "page-url", "value": "/kit"}]
    says = [
        {"name": "send-message", "params": {"sender": "custom", "name": "Kit", "msg": "Hello"}},
        {"name": "send-message", "params": {"sender": "queue", "msg": "Good day"}},
    ]
    first = {"name": f"{name}-a", "description": "First", "enabled": False, "runOnce": True}
    yield (both := {**first, "conditions": conditions, "actions": says}), both
    second = {"name": f"{name}-b", "description": "", "enabled": False, "runOnce": False}
    yield (one := {**second, "conditions": conditions[1:], "actions": says[1:]}), one


def _contacts(call: Caller, name: str) -> Iterator[Version]:
    number = f"+1555{crc32(name.encode()) % 10_000_000:07}"
    emails = [f"{name}-b@example.org", f"{name}-a@example.org"]
    keys = [_field(call) for _ in range(2)]
    sent: dict[str, Any] = {"name": f"{name}-a", "emails": emails}
    sent |= {"phones": [number, f"{number}1"], "customFields": dict.fromkeys(keys, "One")}
    yield sent, {**sent, "unknown": False}
    changes: tuple[dict[str, Any], ...] = (
        {"emails": emails[1:]},
        {"name": f"{name}-b"},
        {"phones": [f"{number}1"]},
        {"phones": [], "customFields": {keys[0]: "Two", keys[1]: "One"}},
        {"emails": emails, "phones": [number]},
    )
    for change in changes:
        sent = {**sent, **change}
        yield change, sent


def _field(call: Caller) -> str:
    """A field of ours that contacts may have."""
    key: str = things.make(call, things.FIELDS, things.fresh())["_id"]
    return key


def _plain_contact(contact: Document) -> Document:
    emails = [one.get("address") for one in contact.get("emails") or ()]
    phones = [one.get("phoneNumber") for one in contact.get("phones") or ()]
    return {"customFields": {}, **contact, "emails": emails, "phones": phones}


def _text(thing: str, name: str) -> How:
    return {"text": name}


def _in_path(key: str) -> Callable[[str, str], How]:
    return lambda thing, name: {"path": {key: thing}}


def _all(thing: str, name: str) -> How:
    return {}


FORMS = (
    Form(
        *(f"POST {LIVECHAT}/tags.save", f"POST {LIVECHAT}/tags.save", ("body", "_id")),
        {
            things.TAGS: lambda thing, name: {"text": name, "viewAll": "true"},
            f"GET {LIVECHAT}/tags/{{tagId}}": _in_path("tagId"),
        },
        *(_tags, (f"POST {LIVECHAT}/tags.delete", lambda thing: {"body": {"id": thing}})),
    ),
    Form(
        *(f"POST {LIVECHAT}/sla", f"PUT {LIVECHAT}/sla/{{slaId}}", ("path", "slaId")),
        {things.POLICIES: _text, f"GET {LIVECHAT}/sla/{{slaId}}": _in_path("slaId")},
        *(
            _policies,
            (f"DELETE {LIVECHAT}/sla/{{slaId}}", lambda thing: {"path": {"slaId": thing}}),
        ),
    ),
    Form(
        f"POST {LIVECHAT}/custom-fields.save",
        f"POST {LIVECHAT}/custom-fields.save",
        ("body", "customFieldId"),
        {things.FIELDS: _text, f"GET {LIVECHAT}/custom-fields/{{_id}}": _in_path("_id")},
        _fields,
        (
            f"POST {LIVECHAT}/custom-fields.delete",
            lambda thing: {"body": {"customFieldId": thing}},
        ),
    ),
    Form(
        *(f"POST {CANNED}", f"POST {CANNED}", ("body", "_id")),
        {
            f"GET {CANNED}": _text,
            f"GET {CANNED}/{{_id}}": _in_path("_id"),
            f"GET {CANNED}.get": _all,
        },
        *(_responses, (f"DELETE {CANNED}/{{_id}}", lambda thing: {"path": {"_id": thing}})),
    ),
    Form(
        *(f"POST {LIVECHAT}/triggers", f"POST {LIVECHAT}/triggers", ("body", "_id")),
        {
            TRIGGERS: lambda thing, name: {"count": 100},
            f"GET {LIVECHAT}/triggers/{{_id}}": _in_path("_id"),
        },
        *(
            _triggers,
            (f"DELETE {LIVECHAT}/triggers/{{_id}}", lambda thing: {"path": {"_id": thing}}),
        ),
    ),
    Form(
        f"POST {OMNICHANNEL}/contacts",
        f"POST {OMNICHANNEL}/contacts.update",
        ("body", "contactId"),
        {
            CONTACTS: lambda thing, name: {"searchText": name},
            f"GET {OMNICHANNEL}/contacts.get": lambda thing, name: {"contactId": thing},
        },
        _contacts,
        plain=_plain_contact,
    ),
)
