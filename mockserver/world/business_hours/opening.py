"""Opening and closing: what happens to agents when business hours begin, end or change.

With one business hour (`Single`) the default one counts for every agent; with several (`Multiple`)
a custom one counts for the members of its departments, and the default one for the others. Source:
the server's `SingleBusinessHourBehavior` and `MultipleBusinessHoursBehavior`.
"""

from msgspec import UnsetType

from mockserver.world.business_hours import duty, finding, week
from mockserver.world.business_hours.documents import (
    BUSINESS_HOURS,
    DEFAULT,
    WATCHES,
    BusinessHour,
    Watch,
)
from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department, Member
from mockserver.world.settings.documents import value
from mockserver.world.world import World

KEY = "business-hours"


def keep_time(world: World) -> bool:
    """Do what is due since the last request; return whether anything was.

    Hours begin or end, or are switched on or off.
    """
    watch = world.memo("watch over business hours", lambda: world.get(Watch, KEY))
    if not duty.are_on(world):
        if watch is None:
            return False
        duty.forget_all(world)
        world.remove(Watch, WATCHES.c._id == KEY)
        return True
    if watch is None or watch.kind != _kind(world):
        duty.forget_all(world)
        _start(world)
    elif set(watch.open) != set(_open_ids(world)):
        _pass_time(world, set(watch.open))
    else:
        return False
    _remember(world)
    return True


def saved(world: World, hour: BusinessHour) -> None:
    """Let agents follow business hours that were just saved."""
    if not duty.are_on(world):
        return
    if not _is_multiple(world):
        _open_default(world)
    elif week.is_open(hour, world.now_ms()):
        _open(world, hour)
    else:
        _close(world, hour._id)
    _remember(world)


def removed(world: World, hour: BusinessHour, departments: list[Department]) -> None:
    """Let agents follow the removal of a custom business hour, also where hours do nothing."""
    members = duty.members_of(world, departments)
    duty.close_for(world, members, [hour._id])
    duty.send_home(world)
    if duty.are_on(world):
        _remember(world)


def appointed(world: World, agent_id: str) -> None:
    """Let a new agent have what is open for him, or make him unavailable."""
    if not duty.are_on(world):
        return
    default = finding.default(world)
    if _is_multiple(world):
        for hour_id in _open_for_agent(world, agent_id):
            duty.open_for(world, [agent_id], hour_id)
    elif default is not None and week.is_open(default, world.now_ms()):
        duty.open_for(world, [agent_id], default._id)
    duty.send_home(world, [agent_id])


def joined(world: World, department: Department, agent_ids: list[str]) -> None:
    """Let new members of a department have its hour instead of the default one."""
    default = finding.default(world)
    if not agent_ids or default is None or not _acts(world):
        return
    hour: BusinessHour | None = default
    if department.business_hour_id:
        duty.close_for(world, agent_ids, [default._id])
        duty.send_home(world)
        hour = world.get(BusinessHour, department.business_hour_id)
    if hour is not None and week.is_open(hour, world.now_ms()):
        duty.open_for(world, agent_ids, hour._id)
        duty.call_in(world, agent_ids)


def left(world: World, department: Department, agent_ids: list[str]) -> None:
    """Let former members of a department lose its hour, and have the default one, if in none."""
    if not agent_ids or not _acts(world):
        return
    if department.business_hour_id:
        sharing = finding.departments_of(world, department.business_hour_id)
        leaving = set(agent_ids) - duty.members_of(world, sharing)
        duty.close_for(world, leaving, [department.business_hour_id])
        duty.send_home(world)
    default = finding.default(world)
    if default is not None and week.is_open(default, world.now_ms()):
        members = world.all(Member, MEMBERS.c.agent_id.in_(agent_ids))
        alone = set(agent_ids) - {member.agent_id for member in members}
        duty.open_for(world, alone, default._id)


def stopped(world: World, hour_id: str | UnsetType) -> None:
    """Let agents follow a department that keeps a business hour no more.

    It was disabled, archived or deleted, and its members with it. A custom hour that is left
    without departments becomes inactive.
    """
    hour = world.get(BusinessHour, hour_id) if hour_id else None
    default = finding.default(world)
    if hour is None or default is None or not _acts(world):
        return
    duty.close_for(world, None, [hour._id, default._id])
    if not finding.departments_of(world, hour._id):
        hour.active = False
        world.save(hour)
    for one in (hour, default):
        if week.is_open(one, world.now_ms()):
            _open(world, one, sends_home=False)
    duty.send_home(world)
    _remember(world)


def _acts(world: World) -> bool:
    return duty.are_on(world) and _is_multiple(world)


def _kind(world: World) -> str:
    return str(value(world, "Livechat_business_hour_type"))


def _is_multiple(world: World) -> bool:
    return _kind(world).casefold() == "multiple"


def _open_hours(world: World) -> list[BusinessHour]:
    """Return the hours that are open now, of those that count: with one hour the default one."""
    where = () if _is_multiple(world) else (BUSINESS_HOURS.c.type == DEFAULT,)
    now = world.now_ms()
    return [hour for hour in world.all(BusinessHour, *where) if week.is_open(hour, now)]


def _open_ids(world: World) -> list[str]:
    return [hour._id for hour in _open_hours(world)]


def _remember(world: World) -> None:
    watch = Watch(_id=KEY, kind=_kind(world), open=_open_ids(world))
    if world.get(Watch, KEY) is None:
        world.add(watch)
    else:
        world.save(watch)


def _start(world: World) -> None:
    if not _is_multiple(world):
        _open_default(world)
        return
    duty.send_home(world)
    for hour in _open_hours(world):
        _open(world, hour)


def _pass_time(world: World, before: set[str]) -> None:
    """Close what has ended since, then open what has begun."""
    now_open = {hour._id: hour for hour in _open_hours(world)}
    for hour_id in sorted(before - now_open.keys()):
        _close(world, hour_id)
    begun = [hour for hour_id, hour in now_open.items() if hour_id not in before]
    if begun and not _is_multiple(world):
        _open_default(world)
        return
    for hour in begun:
        _open(world, hour)


def _open_default(world: World) -> None:
    default = finding.default(world)
    is_open = default is not None and week.is_open(default, world.now_ms())
    duty.give_all(world, [default._id] if default is not None and is_open else [])
    if is_open:
        duty.call_in(world)
    duty.send_home(world)


def _open(world: World, hour: BusinessHour, *, sends_home: bool = True) -> None:
    if hour.type == DEFAULT:
        ids = duty.of_default(world)
    else:
        keeping = finding.departments_of(world, hour._id)
        ids = duty.members_of(world, [one for one in keeping if one.enabled])
    duty.open_for(world, ids, hour._id)
    duty.call_in(world, ids)
    if sends_home:
        duty.send_home(world)


def _close(world: World, hour_id: str) -> None:
    duty.close_for(world, None, [hour_id])
    duty.send_home(world)


def _open_for_agent(world: World, agent_id: str) -> list[str]:
    """Return the hours that are open for one agent, by the departments that he is in."""
    now_open = {hour._id: hour for hour in _open_hours(world)}
    default = [hour_id for hour_id, hour in now_open.items() if hour.type == DEFAULT]
    seats = world.all(Member, MEMBERS.c.agent_id == agent_id, MEMBERS.c.department_enabled)
    ids = [seat.department_id for seat in seats]
    kept = [one.business_hour_id for one in world.all(Department, DEPARTMENTS.c._id.in_(ids))]
    his = [hour_id for hour_id in kept if hour_id and hour_id in now_open]
    if his:
        return his
    others = [world.get(BusinessHour, hour_id) for hour_id in kept if hour_id]
    return [] if any(hour is not None and hour.active for hour in others) else default
