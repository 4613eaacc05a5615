"""Faults of reference: ids that name nothing, or that are given twice."""

from collections.abc import Iterable
from typing import Any

from msgspec import UNSET, UnsetType

from mockserver.world.load import dates, defaults
from mockserver.world.load.departments import as_member
from mockserver.world.load.draft import Draft
from mockserver.world.load.faults import Place
from mockserver.world.load.file import GivenSlaPolicy
from mockserver.world.load.people import token_of, user_token_of, username_of
from mockserver.world.pages.visiting import HOUSE_BOT

VISITOR = "visitor"


def judge(draft: Draft) -> None:
    """Note every fault of reference in a draft."""
    _workspace(draft)
    _users(draft)
    _departments(draft)
    _visitors(draft)
    _rooms(draft)


def known(draft: Draft, section: str, key: str | UnsetType, place: Place) -> bool:
    """Say whether an id names something; note a fault at its place when it does not."""
    if key is UNSET or draft.knows(section, key):
        return True
    draft.add(place, f"there is no {section.removesuffix('s')} {key}")
    return False


def date(draft: Draft, text: str | UnsetType, place: Place) -> int | None:
    """Return the epoch milliseconds of a date; note a fault when it is none."""
    if text is UNSET:
        return None
    ms = dates.read(text)
    if ms is None:
        draft.add(place, f"{text} {dates.EXPECTED}")
    return ms


def _workspace(draft: Draft) -> None:
    date(draft, draft.top("now", str) or UNSET, ("now",))
    licence = draft.top("licence", list[str]) or []
    _once(draft, licence, ("licence",))
    for name, value in (draft.top("settings", dict[str, Any]) or {}).items():
        if words := defaults.setting_fault(name, value, licence):
            draft.add(("settings", name), words)
    permissions = {permission._id for permission in defaults.permissions(licence, {})}
    for name, held in (draft.top("permissions", dict[str, list[str]]) or {}).items():
        if name not in permissions:
            draft.add(("permissions", name), f"there is no permission {name}")
        _roles(draft, held, ("permissions", name))


def _users(draft: Draft) -> None:
    _different_ids(draft, "users")
    users = {user._id: (index, user) for index, user in reversed(draft.users.items())}.values()
    named = [(i, username_of(user).casefold(), "username") for i, user in users]
    _different(draft, "users", named)
    _different(draft, "users", [(i, user_token_of(user), "token") for i, user in users])
    for index, user in draft.users.items():
        place = ("users", index)
        _roles(draft, user.roles, (*place, "roles"))
        date(draft, user.created_at, (*place, "createdAt"))
        if user._id == VISITOR:
            draft.add((*place, "_id"), "visitor stands for the visitor of a room")


def _departments(draft: Draft) -> None:
    _different_ids(draft, "departments")
    for index, department in draft.departments.items():
        place = ("departments", index)
        members = [as_member(given).agent for given in department.agents]
        _once(draft, members, (*place, "agents"))
        for number, agent in enumerate(members):
            known(draft, "users", agent, (*place, "agents", number))
        fallback = department.fallback_forward_department
        known(draft, "departments", fallback, (*place, "fallbackForwardDepartment"))
        if fallback == department._id:
            draft.add((*place, "fallbackForwardDepartment"), "a department is not its own fallback")
        for number, key in enumerate(department.departments_allowed_to_forward or ()):
            known(draft, "departments", key, (*place, "departmentsAllowedToForward", number))


def _visitors(draft: Draft) -> None:
    visitors = draft.visitors
    _different_ids(draft, "visitors")
    different = {v._id: (index, v) for index, v in reversed(visitors.items())}.values()
    _different(draft, "visitors", [(i, token_of(v), "token") for i, v in different])
    named = [(i, v.username or f"guest-{i + 1}", "username") for i, v in different]
    _different(draft, "visitors", named)
    for index, visitor in visitors.items():
        known(draft, "departments", visitor.department, ("visitors", index, "department"))
        date(draft, visitor.ts, ("visitors", index, "ts"))


def _rooms(draft: Draft) -> None:
    _different_ids(draft, "rooms")
    policies = {policy._id for policy in draft.top("slaPolicies", list[GivenSlaPolicy]) or ()}
    for index, room in draft.rooms.items():
        place = ("rooms", index)
        known(draft, "visitors", room.visitor, (*place, "visitor"))
        known(draft, "departments", room.department, (*place, "department"))
        known(draft, "users", room.served_by, (*place, "servedBy"))
        known(draft, "users", room.wished_agent, (*place, "wishedAgent"))
        if room.promise:
            known(draft, "users", room.promise.by, (*place, "promise", "by"))
            if room.promise.policy not in policies:
                words = f"there is no SLA policy {room.promise.policy}"
                draft.add((*place, "promise", "policy"), words)
        if room.closed_by != VISITOR:
            known(draft, "users", room.closed_by, (*place, "closedBy"))
        if room.pages:
            known(draft, "users", HOUSE_BOT, (*place, "pages"))
        for number, message in enumerate(room.messages):
            if message.from_ != VISITOR:
                known(draft, "users", message.from_, (*place, "messages", number, "from"))
        for number, forward in enumerate(room.forwards):
            at = (*place, "forwards", number)
            known(draft, "users", forward.by, (*at, "by"))
            known(draft, "users", forward.to, (*at, "to"))
            known(draft, "users", forward.taken_by, (*at, "takenBy"))
            known(draft, "departments", forward.department, (*at, "department"))


def _roles(draft: Draft, held: list[str], place: Place) -> None:
    roles = {role._id for role in defaults.roles(draft.top("licence", list[str]) or [])}
    _once(draft, held, place)
    for number, role in enumerate(held):
        if role not in roles:
            draft.add((*place, number), f"there is no role {role}")


def _once(draft: Draft, values: Iterable[str], place: Place) -> None:
    """Note each value of a list that stands there for the second time."""
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            draft.add((*place, number), f"{value} stands here twice")
        seen.add(value)


def _different_ids(draft: Draft, section: str) -> None:
    ids = [(i, key, "_id") for i, key in enumerate(draft.ids[section]) if isinstance(key, str)]
    _different(draft, section, ids)


def _different(draft: Draft, section: str, values: Iterable[tuple[int, str, str]]) -> None:
    """Note each part of a section whose value another part has already."""
    owner: dict[str, int] = {}
    for index, value, name in sorted(values):
        if value in owner:
            other = f"{section}[{owner[value]}]"
            draft.add((section, index, name), f"{value} is taken by {other}")
        owner.setdefault(value, index)
