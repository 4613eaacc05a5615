"""The desk: who takes a waiting conversation, and when."""

from heapq import heapreplace
from random import Random
from typing import Final

from mockserver.world.generate.staff import Agent

AT_ONCE: Final = 2
"""How many conversations an agent has at the same time."""


class Desk:
    """Gives conversations to the first agent who is there and has a hand free."""

    def __init__(self, staff: list[Agent], chance: Random) -> None:
        self._staff = staff
        self._chance = chance
        self._busy = {agent.number: [0] * AT_ONCE for agent in staff}
        self._of: dict[str | None, list[Agent]] = {None: staff}
        for key in {key for agent in staff for key in agent.departments}:
            self._of[key] = [agent for agent in staff if key in agent.departments]

    def first_free(
        self, department: str | None, at: int, but: Agent | None = None
    ) -> tuple[Agent, int] | None:
        """Return who of a department (None: of all) can take a conversation first, and when."""
        first: list[Agent] = []
        earliest = -1
        for agent in self._of[department]:
            free = self._busy[agent.number][0]
            if agent is but or (earliest == at and free > at):
                continue
            begins = agent.on_duty_from(max(at, free))
            if earliest < 0 or begins < earliest:
                earliest, first = begins, [agent]
            elif begins == earliest:
                first.append(agent)
        if not first:
            return None
        (chosen,) = self._chance.choices(first, [agent.zeal for agent in first])
        return chosen, earliest

    def occupy(self, agent: Agent, until: int) -> None:
        """Note that an agent has one hand less until an instant."""
        heapreplace(self._busy[agent.number], until)
