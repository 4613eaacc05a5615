"""What Meteor's `check()` asks of a department and its members, after the request's own schema.

These checks run inside the action, so their refusals come after others of the action. Source: the
server's `saveDepartment` and `updateDepartmentAgents`.
"""

from collections.abc import Mapping
from typing import Any

from mockserver.validation import Dialect, Validator, compile

TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
TEXTS = {"type": "array", "items": TEXT}
COUNTER = {"type": "integer"}

DEPARTMENT = {
    "type": "object",
    "required": ["enabled", "name", "showOnRegistration", "email", "showOnOfflineForm"],
    "properties": {
        "enabled": FLAG,
        "name": TEXT,
        "description": TEXT,
        "showOnRegistration": FLAG,
        "email": TEXT,
        "showOnOfflineForm": FLAG,
        "requestTagBeforeClosingChat": FLAG,
        "chatClosingTags": TEXTS,
        "fallbackForwardDepartment": TEXT,
        "departmentsAllowedToForward": TEXTS,
        "allowReceiveForwardOffline": FLAG,
    },
    "additionalProperties": {"anyOf": [TEXT, COUNTER, FLAG]},
}
MEMBERS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["agentId"],
        "properties": {"agentId": TEXT, "username": TEXT, "count": COUNTER, "order": COUNTER},
    },
}
BODY = {
    "type": "object",
    "required": ["department"],
    "properties": {
        "department": {"type": "object"},
        "agents": {"type": "array"},
        "departmentUnit": {
            "type": "object",
            "properties": {"_id": TEXT},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}


def _check(schema: dict[str, Any]) -> Validator:
    return compile(schema, dialect=Dialect.CHECK, place="body")


_department = _check(DEPARTMENT)
_members = _check({"type": "object", "properties": {"upsert": MEMBERS, "remove": MEMBERS}})
_body = _check(BODY)


def body(sent: Mapping[str, Any]) -> None:
    """Refuse a body whose parts are not of the right kind; their insides are checked later."""
    _body(sent)


def department(fields: Mapping[str, Any]) -> None:
    """Refuse a department with a key missing or with a value of a wrong type."""
    _department(fields)


def members(*, upsert: list[Any], remove: list[Any]) -> None:
    """Refuse lists of members in which one lacks its user or counts in fractions."""
    _members({"upsert": upsert, "remove": remove})
