"""Ranks: conversations with a priority or an SLA policy, which comes, changes and goes."""

from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple

from conformance.model.catalogue import Policies, policy
from conformance.model.machine import FLAGS, MOST, NAMES, calls, listed, mostly
from conformance.model.priorities import KNOWN, WHICH
from conformance.model.priorities import LIST as PRIORITIES
from conformance.model.sides import Sides
from conformance.model.talk import BASE, INQUIRY, TAKE, WAITING, Visits

PROMISE = f"PUT {BASE}/inquiry.setSLA"
GIVE = f"POST {BASE}/room/{{rid}}/priority"
WITHDRAW = f"DELETE {BASE}/room/{{rid}}/priority"


class Ranks(Visits):
    """Chains about what makes conversations come sooner."""

    name = "ranks"
    title = "Priorities and SLA policies of conversations go another way than predicted"
    chains = 14
    needs = (*Visits.needs, PRIORITIES)
    helps = (Policies.CREATE, TAKE)
    rooms = Visits.rooms
    policies = Bundle("policies")

    def __init__(self, sides: Sides) -> None:
        super().__init__(sides)
        self.knows = False

    @initialize(target=policies, name=NAMES, is_long=FLAGS)
    def prepare(self, name: str, is_long: bool) -> str | MultipleResults[str]:
        """The first policy."""
        return self._created(name, is_long)

    @calls(Policies.CREATE, target=policies, name=NAMES, is_long=FLAGS)
    def create(self, name: str, is_long: bool) -> str | MultipleResults[str]:
        """One more policy."""
        return self._created(name, is_long)

    def _created(self, name: str, is_long: bool) -> str | MultipleResults[str]:
        if not self.sides.may(Policies.CREATE) or len([*listed("policy", self.things)]) >= MOST:
            return multiple()
        body = policy(self.sides, name, is_long)
        return self.make("policy", "sla._id", Policies.CREATE, body=body)

    @calls(Policies.CHANGE, room=Visits.rooms, policy_=mostly(policies), name=NAMES, is_long=FLAGS)
    def change(self, room: str, policy_: str, name: str, is_long: bool) -> None:
        """A policy has another name or another time, which its conversations take over."""
        body = policy(self.sides, name, 2 + is_long)
        self.do(Policies.CHANGE, path={"slaId": policy_}, body=body)

    @calls(Policies.DELETE, room=Visits.rooms, policy_=policies)
    def delete(self, room: str, policy_: str) -> None:
        """A policy goes, and its conversations have none."""
        self.do(Policies.DELETE, path={"slaId": policy_})

    @calls(PROMISE, room=Visits.rooms, policy_=mostly(policies))
    def promise(self, room: str, policy_: str) -> None:
        """A conversation that waits has a policy."""
        self.do(PROMISE, body={"roomId": room, "sla": policy_})

    @calls(*Visits.needs, PROMISE, target=Visits.rooms, policy_=policies)
    def open_with(self, policy_: str) -> str | MultipleResults[str]:
        """A new visitor opens a room, which has a policy while it waits."""
        made = self.opened()
        if isinstance(made, str):
            self.do(PROMISE, body={"roomId": made, "sla": policy_})
        return made

    @calls(GIVE, room=mostly(Visits.rooms), priority=WHICH)
    def give(self, room: str, priority: str) -> None:
        """A conversation has a priority, open or closed."""
        if not self.knows:
            self.knows = bool(self.do(PRIORITIES, keeps=KNOWN))
        self.do(GIVE, path={"rid": room}, body={"priorityId": priority})

    @calls(WITHDRAW, room=mostly(Visits.rooms))
    def withdraw(self, room: str) -> None:
        """A conversation has no priority any more."""
        self.do(WITHDRAW, path={"rid": room})

    def follow(self, thing: str) -> None:
        super().follow(thing)
        if thing in self.token:
            self.see(INQUIRY, query={"roomId": thing}, shows={"inquiry": WAITING})
