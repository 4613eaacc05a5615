"""Who works there: the agents, their departments and their hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from mockserver.world.generate.names import different_names
from mockserver.world.generate.plan import DAY, Plan, weekday
from mockserver.world.generate.topics import SUBJECTS, Subject
from mockserver.world.jsdate import iso
from mockserver.world.load.file import GivenDepartment, GivenShift, GivenUser

HOUR: Final = DAY // 24
_SHIFTS: Final = ((8.0, 16.5), (11.5, 20.0), (9.0, 17.5))
"""Hours of the day at which agents begin and end, given out in turn."""
_MONDAYS: Final = frozenset({0, 1, 2, 3, 4})
_SATURDAYS: Final = frozenset({1, 2, 3, 4, 5})
_AWAY: Final = 7
"""Of a hundred days of work an agent is away for so many: ill, or on holiday."""
_AGENTS_PER_DEPARTMENT: Final = 4
_MIXES: Final = (0x9E3779B1, 0x85EBCA77)
SECOND_DEPARTMENT: Final = 0.3
"""The share of agents who help out in a department besides their own."""


@dataclass(frozen=True)
class Agent:
    """An agent; of two who are free the one with more zeal takes more conversations."""

    key: str
    name: str
    number: int
    departments: tuple[str, ...]
    zeal: float

    def duty(self, day: int) -> tuple[int, int] | None:
        """Return when he works on a day counted from 1970, in epoch milliseconds."""
        return _hours(self.number, day)

    def on_duty_from(self, at: int) -> int:
        """Return the first instant from `at` on at which he works."""
        day = at // DAY
        while True:
            hours = self.duty(day)
            if hours is not None and at < hours[1]:
                return max(at, hours[0])
            day += 1

    def shifts(self, plan: Plan) -> Iterator[GivenShift]:
        """Return his shifts up to the present; one that still lasts has no end."""
        for day in range(plan.first_day, plan.now // DAY + 1):
            begins, ends = self.duty(day) or (plan.now, plan.now)
            if begins < plan.now:
                is_over = ends <= plan.now
                yield GivenShift(from_=iso(begins), **({"to": iso(ends)} if is_over else {}))


def agents(plan: Plan, chance: Random) -> list[Agent]:
    """Return the agents of a plan."""
    subjects = subjects_of(plan)
    homes = _homes(plan.agents, subjects)
    made = []
    for number, name in enumerate(different_names(plan.agents, chance)):
        others = [subject.key for subject in subjects if subject.key != homes[number]]
        helps = bool(others) and chance.random() < SECOND_DEPARTMENT
        departments = (homes[number], *([chance.choice(others)] if helps else ()))
        zeal = chance.paretovariate(1.2)
        made.append(Agent(name.lower().replace(" ", "."), name, number, departments, zeal))
    return made


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """Return the subjects that a plan has enough agents for, each with a department."""
    count = (plan.agents + 2) // _AGENTS_PER_DEPARTMENT
    return SUBJECTS[: max(1, min(count, len(SUBJECTS)))]


def users(plan: Plan, staff: list[Agent]) -> list[GivenUser]:
    """Return all accounts, agents without their shifts; they are as old as the world."""
    made = iso(plan.first_day * DAY)
    office: tuple[tuple[str, str, list[str]], ...] = (
        ("admin", "Ada Admin", ["admin"]),
        ("manager", "Mona Manager", ["livechat-manager"]),
        ("monitor", "Miro Monitor", ["livechat-monitor"]),
        ("user", "Uma User", []),
    )
    people = [
        GivenUser(_id=key, name=name, roles=roles, status="online", created_at=made)
        for key, name, roles in office
    ]
    bot = GivenUser(_id="rocket.cat", name="Rocket.Cat", type="bot", roles=["bot"], created_at=made)
    return [*people, bot, *(_account(agent, plan, made) for agent in staff)]


def departments(plan: Plan, staff: list[Agent]) -> list[GivenDepartment]:
    """Return the departments with their members."""
    return [
        GivenDepartment(
            _id=subject.key,
            name=subject.name,
            agents=[agent.key for agent in staff if subject.key in agent.departments],
        )
        for subject in subjects_of(plan)
    ]


def _account(agent: Agent, plan: Plan, made: str) -> GivenUser:
    works = agent.on_duty_from(plan.now) == plan.now
    return GivenUser(
        _id=agent.key,
        name=agent.name,
        roles=["livechat-agent"],
        status="online" if works else "offline",
        status_livechat="available" if works else "not-available",
        created_at=made,
    )


def _homes(count: int, subjects: tuple[Subject, ...]) -> list[str]:
    """Return a department for each agent, so that each has agents by its demand."""
    demand = sum(subject.demand for subject in subjects)
    homes: list[str] = []
    for number in range(1, count + 1):
        lacking = {s.key: s.demand * number / demand - homes.count(s.key) for s in subjects}
        homes.append(max(lacking, key=lambda key: lacking[key]))
    return homes


@lru_cache(maxsize=4096)
def _hours(number: int, day: int) -> tuple[int, int] | None:
    """Return the hours of an agent by his number; they are asked for again and again."""
    days = _SATURDAYS if number % 4 == 3 else _MONDAYS
    luck = _luck(number, day)
    if weekday(day) not in days or luck % 100 < _AWAY:
        return None
    late = luck % 240_000
    begins, ends = _SHIFTS[number % len(_SHIFTS)]
    return day * DAY + int(begins * HOUR) + late, day * DAY + int(ends * HOUR) + 2 * late


def _luck(number: int, day: int) -> int:
    """Return a number that looks like chance, the same whenever an agent's day is asked for."""
    mixed = (number + 1) * _MIXES[0] ^ day * _MIXES[1]
    return (mixed ^ mixed >> 15) * _MIXES[1] >> 8 & 0xFFFFFF
