"""Every item of a filtered list is one that was asked for."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from schemathesis import Response

from conformance import handoff
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from conformance.handoff import Handoff
from conformance.listing import page_of
from mockserver.contract import Operation

Item = Mapping[str, Any]
Holds = Callable[[Item, str], bool]
V1 = "GET /api/v1/"
YES = "true"
NO_VALUES = ("", "null")
"""How a query writes that there is no value; servers differ in reading the word."""
MANAGERS = "/livechat/users/manager"
"""A list that only `text` narrows; its other filters are for agents."""


class FilterBroken(Deviation):
    """A list shows what its request leaves out."""

    kind_title = "Item that the filter leaves out"


@rule
def filters_hold(response: Response, case: Case, operation: Operation) -> None:
    url = str(response.request.url)
    page = page_of(operation, response, url)
    if page is None:
        return
    is_for_managers = urlsplit(url).path.endswith(MANAGERS)
    for name, holds in FILTERS.get(operation.key.removeprefix(V1), {}).items():
        asked = page.asked.get(name, "")
        if asked in NO_VALUES or (is_for_managers and name != "text"):
            continue
        for item in page.items:
            if isinstance(item, Mapping) and not holds(item, asked):
                raise FilterBroken(case, f"{name}={asked!r} lists {_shown(item)}")


def _shown(item: Item) -> str:
    names = ("_id", "name", "username", "departmentId", "department", "enabled", "type", "status")
    return ", ".join(f"{name} {item[name]!r}" for name in names if name in item)


def _holds_text(*names: str) -> Holds:
    """One of these keys contains the text, in any case."""

    def holds(item: Item, text: str) -> bool:
        # How a server folds the case of other letters is its own affair.
        if not text.isascii() or not text.strip():
            return True
        values = [item[name] for name in names if item.get(name) is not None]
        if not text.isalnum() and not all(isinstance(value, str) for value in values):
            return True
        return any(text.lower() in str(value).lower() for value in values)

    return holds


def _is(name: str) -> Holds:
    """The key has this value; `a.b` leads into an object."""

    def holds(item: Item, text: str) -> bool:
        value: Any = item
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return bool(value == text)

    return holds


def _is_not(name: str) -> Holds:
    return lambda item, text: item.get(name) != text


def _when_true(name: str, *values: Any) -> Holds:
    """The key has one of these values where the parameter is `true`."""
    return lambda item, text: text != YES or item.get(name) in values


def _has(name: str) -> Holds:
    """The list under the key has this value."""
    return lambda item, text: text in (item.get(name) or ())


def _is_row_of(item: Item, text: str) -> bool:
    """The row is the department's; browsers send `undefined` for none."""
    return text == "undefined" or item.get("_id") == text


def _is_of_department(item: Item, text: str) -> bool:
    """The thing belongs to the department, where there is one: an unknown one is no filter."""
    run = handoff.current()
    if run is None or text not in run.finds.values("department.id"):
        return True
    return item.get("department") == text or not _is_there(run, text)


def _is_there(run: Handoff, department: str) -> bool:
    """Whether a department that was found is still there; the run itself may have removed it."""
    url = f"{run.target.url}/api/v1/livechat/department/{quote(department, safe='')}"
    answer = requests.get(url, headers=run.target.account.headers, timeout=run.timeout)
    body = json_of(answer)
    return isinstance(body, dict) and bool(body.get("department"))


_DEPARTMENTS: Mapping[str, Holds] = {
    "text": _holds_text("name"),
    "excludeDepartmentId": _is_not("_id"),
}
_SHARED: Mapping[str, Holds] = {"departmentId": _is_row_of}
_NAMED: Mapping[str, Holds] = {"text": _holds_text("name", "description")}

FILTERS: Mapping[str, Mapping[str, Holds]] = {
    "livechat/department": {**_DEPARTMENTS, "enabled": _when_true("enabled", True)},
    "livechat/departments/archived": _DEPARTMENTS,
    "livechat/sla": _NAMED,
    "livechat/tags": _NAMED,
    "livechat/units": {"text": _holds_text("name")},
    "livechat/custom-fields": {"text": _holds_text("label", "_id")},
    "livechat/priorities": {"text": _holds_text("name")},
    "livechat/monitors": {"text": _holds_text("username", "name", "emails")},
    "livechat/business-hours": {"name": _holds_text("name")},
    "livechat/units/{unitId}/departments/available": {"text": _holds_text("name")},
    "livechat/queue": {"agentId": _is("user._id"), "departmentId": _is("department._id")},
    "livechat/rooms": {
        "departmentId": _is("departmentId"),
        **dict.fromkeys(("agents", "agents[]"), _is("servedBy._id")),
        **dict.fromkeys(("tags", "tags[]"), _has("tags")),
    },
    **{
        f"livechat/analytics/departments/{figure}": _SHARED
        for figure in (
            *("amount-of-chats", "average-service-time", "average-chat-duration-time"),
            *("total-service-time", "average-waiting-time", "total-transferred-chats"),
            *("total-abandoned-chats", "percentage-abandoned-chats"),
        )
    },
    "livechat/users/{type}": {
        "text": _holds_text("username", "name", "emails"),
        "excludeId": _is_not("_id"),
        "onlyAvailable": _when_true("statusLivechat", "available"),
    },
    "livechat/messages/{rid}": {"searchTerm": _holds_text("msg")},
    "livechat/inquiries.list": {"department": _is_of_department},
    "canned-responses": {
        "scope": _is("scope"),
        "departmentId": _is("departmentId"),
        "createdBy": _is("createdBy._id"),
        "shortcut": _holds_text("shortcut"),
        "text": _holds_text("shortcut", "text"),
        **dict.fromkeys(("tags", "tags[]"), _has("tags")),
    },
    "omnichannel/contacts.search": {"searchText": _holds_text("name", "emails", "phones")},
}
"""By the key of a list: its filters, and what they ask of an item."""
