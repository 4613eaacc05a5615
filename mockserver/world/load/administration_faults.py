"""Faults of what managers administer: ids that name nothing, and what the API would refuse."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from mockserver.world.business_hours import week
from mockserver.world.load.draft import Draft
from mockserver.world.load.file import (
    GivenBusinessHour,
    GivenCannedResponse,
    GivenCustomField,
    GivenSlaPolicy,
    GivenTag,
    GivenUnit,
)
from mockserver.world.load.references import known
from mockserver.world.refusal import Refusal

MONITOR = "livechat-monitor"
KEY = re.compile(r"[0-9a-zA-Z_-]+")
LICENSED = {
    "tags": "livechat-enterprise",
    "units": "livechat-enterprise",
    "slaPolicies": "livechat-enterprise",
    "cannedResponses": "canned-responses",
}


def judge(draft: Draft) -> None:
    """Note every fault of the sections that managers administer."""
    licence = draft.top("licence", list[str]) or []
    for section, module in LICENSED.items():
        if draft.value.get(section) and module not in licence:
            draft.add((section,), f"needs the licence {module}")
    _custom_fields(draft, draft.top("customFields", list[GivenCustomField]) or [])
    _business_hours(draft, draft.top("businessHours", list[GivenBusinessHour]) or [])
    _tags(draft, draft.top("tags", list[GivenTag]) or [])
    _units(draft, draft.top("units", list[GivenUnit]) or [])
    _sla_policies(draft, draft.top("slaPolicies", list[GivenSlaPolicy]) or [])
    _canned_responses(draft, draft.top("cannedResponses", list[GivenCannedResponse]) or [])


def _custom_fields(draft: Draft, given: Sequence[GivenCustomField]) -> None:
    _different(draft, "customFields", "_id", [field._id for field in given])
    for index, field in enumerate(given):
        if not KEY.fullmatch(field._id):
            words = f"{field._id} may hold letters, digits, _ and - alone"
            draft.add(("customFields", index, "_id"), words)


def _business_hours(draft: Draft, given: Sequence[GivenBusinessHour]) -> None:
    _different(draft, "businessHours", "_id", [hour._id for hour in given])
    _different(draft, "businessHours", "name", [hour.name for hour in given])
    kept: set[str] = set()
    for index, hour in enumerate(given):
        _departments(draft, "businessHours", index, hour.departments, kept)
        if hour.type == "default" and hour.departments:
            draft.add(("businessHours", index, "departments"), "the default hour has none")
        if hour.type == "custom" and not hour.name:
            draft.add(("businessHours", index), "a custom hour needs a name")
        for number, work in enumerate(hour.work_hours):
            zone = hour.timezone
            try:
                week.work_hour(
                    work.day, work.start, work.finish, is_open=work.open, zone=zone, now=0
                )
            except Refusal as refusal:
                place = ("businessHours", index, "workHours", number)
                draft.add(place, f"the API would refuse it: {refusal.words}")


def _tags(draft: Draft, given: Sequence[GivenTag]) -> None:
    _different(draft, "tags", "_id", [tag._id for tag in given])
    _different(draft, "tags", "name", [tag.name for tag in given])
    for index, tag in enumerate(given):
        _departments(draft, "tags", index, tag.departments, set())


def _units(draft: Draft, given: Sequence[GivenUnit]) -> None:
    _different(draft, "units", "_id", [unit._id for unit in given])
    kept: set[str] = set()
    monitors = {user._id for user in draft.users.values() if MONITOR in user.roles}
    malformed = set(draft.ids["users"]) - {user._id for user in draft.users.values()}
    for index, unit in enumerate(given):
        if draft.knows("departments", unit._id):
            draft.add(("units", index, "_id"), f"{unit._id} is the id of a department")
        _departments(draft, "units", index, unit.departments, kept)
        for number, key in enumerate(unit.monitors):
            place = ("units", index, "monitors", number)
            if known(draft, "users", key, place) and key not in monitors | malformed:
                draft.add(place, f"{key} is no {MONITOR}")


def _sla_policies(draft: Draft, given: Sequence[GivenSlaPolicy]) -> None:
    _different(draft, "slaPolicies", "_id", [policy._id for policy in given])
    _different(draft, "slaPolicies", "name", [policy.name for policy in given])
    minutes = [policy.due_time_in_minutes for policy in given]
    _different(draft, "slaPolicies", "dueTimeInMinutes", minutes)


def _canned_responses(draft: Draft, given: Sequence[GivenCannedResponse]) -> None:
    _different(draft, "cannedResponses", "_id", [response._id for response in given])
    _different(draft, "cannedResponses", "shortcut", [response.shortcut for response in given])
    for index, response in enumerate(given):
        place = ("cannedResponses", index)
        known(draft, "users", response.created_by, (*place, "createdBy"))
        known(draft, "departments", response.department, (*place, "department"))
        if (response.scope == "department") != (response.department is not UNSET):
            draft.add(place, "a department belongs to the scope department, and only there")


def _departments(
    draft: Draft, section: str, index: int, keys: Iterable[str], kept: set[str]
) -> None:
    """Note unknown departments, and those that an earlier part has taken, or this one twice."""
    for number, key in enumerate(keys):
        place = (section, index, "departments", number)
        known(draft, "departments", key, place)
        if key in kept:
            draft.add(place, f"{key} stands here twice")
        kept.add(key)


def _different(draft: Draft, section: str, name: str, values: Sequence[Any]) -> None:
    """Note each part whose value an earlier part has already."""
    owner: dict[Any, int] = {}
    for index, value in enumerate(values):
        if value in owner:
            words = f"{value} is taken by {section}[{owner[value]}]"
            draft.add((section, index, name), words)
        owner.setdefault(value, index)
