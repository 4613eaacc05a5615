"""The history of a workspace: its people, and one conversation after another up to the present."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from mockserver.world.generate import staff
from mockserver.world.generate.crowd import Crowd, Guest
from mockserver.world.generate.plan import NOW, Plan
from mockserver.world.generate.rhythm import arrivals
from mockserver.world.generate.telling import Telling
from mockserver.world.generate.topics import POLICIES
from mockserver.world.load.file import GivenRoom, WorldFile

MANAGER = "manager"


class Visit(NamedTuple):
    """A conversation, who came for it, and whether he may come back later in this history."""

    guest: Guest
    room: GivenRoom
    returns: bool


class History:
    """A generated world: the same plan gives the same one, conversation by conversation."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.agents = staff.agents(plan, self._chance("staff"))

    def head(self) -> WorldFile:
        """Return everything but shifts, visitors and conversations, which may be very many."""
        plan = self.plan
        call = f"--rooms {plan.rooms} --agents {plan.agents} --days {plan.days} --seed {plan.seed}"
        return WorldFile(
            about=f"A web shop on a Monday morning, made by: generate {call}",
            now=NOW,
            licence=["livechat-enterprise", "canned-responses", "contact-id-verification"],
            settings={"Livechat_Routing_Method": "Manual_Selection"},
            users=staff.users(plan, self.agents),
            sla_policies=list(POLICIES),
            departments=staff.departments(plan, self.agents),
        )

    def visits(self) -> Iterator[Visit]:
        """Tell all conversations in the order in which they begin."""
        plan, width = self.plan, len(str(self.plan.rooms))
        crowd = Crowd(self._chance("crowd"), width)
        subjects = staff.subjects_of(plan)
        telling = Telling(self.agents, subjects, MANAGER, self._chance("talk"))
        for number, at in enumerate(arrivals(plan, self._chance("rhythm")), 1):
            guest = crowd.next(at)
            talk = telling.tell(f"chat-{number:0{width}}", guest, at)
            guest.busy_until = talk.closed_at
            returns = talk.closed_at < plan.now and crowd.leave(guest)
            yield Visit(guest, talk.given(plan.now), returns)

    def _chance(self, of: str) -> Random:
        """Return a source of chance of its own, so that one part's draws don't move another's."""
        return Random(f"{self.plan.seed}:{of}")
