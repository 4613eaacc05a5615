"""What all machines have in common: a machine plays the steps that Hypothesis chooses.

A machine is a class with a rule for each kind of step:

    class Tags(Machine):
        name = "tags"
        needs = (SAVE,)
        made = Bundle("tags")

        @calls(SAVE, target=made, name=NAMES)
        def create(self, name):
            return self.make("tag", "_id", SAVE, body={"tagData": {"name": name}, ...})

        @calls(TAGS)
        def look(self):
            self.do(TAGS, query={"text": RUN}, shows={"tags[_id]": ("name", "description")})

A rule is left out on a target where one of its operations may not be called; a machine that lacks
one of those that it `needs` is not played. `follow` looks at one thing after each rule that
writes, `ends` once more at everything at the end of each chain. What is made is removed in the end
of the run, as all that the kit makes.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, ClassVar, TypeVar, cast

from hypothesis import strategies as st
from hypothesis.stateful import (
    MultipleResults,
    RuleBasedStateMachine,
    RuleStrategy,
    multiple,
    precondition,
    rule,
)

from conformance import surface
from conformance.accounts import ADMIN
from conformance.model.mirror import Mirror
from conformance.model.replay import RUN
from conformance.model.sides import Sides
from conformance.model.steps import Shows, Step

Rule = TypeVar("Rule", bound=Callable[..., Any])
NAMES = st.sampled_from([f"{RUN}{letter}" for letter in "abc"])
"""Few names, so that two things are often given the same."""
MOST = 3
"""Things of one kind in one chain, so that its steps come back to the same ones."""
NOWHERE = f"{RUN}nowhere"
"""An id that nothing has."""
FILLED_IN = frozenset({"POST /api/v1/livechat/visitor", "POST /api/v1/omnichannel/contacts"})
"""Operations that are refused where a custom field that must be filled in is not."""
FLAGS = st.booleans()
TEXTS = st.sampled_from(["", "First", "Second words"])


def mostly(bundle: Any) -> Any:
    """Things of a bundle, and now and then one that does not exist."""
    return st.one_of(bundle, bundle, bundle, bundle, st.just(NOWHERE))


def calls(*operations: str, **rule_: Any) -> Callable[[Rule], Rule]:
    """Make a method a rule of its machine, where its operations may be called.

    An operation may be named by the attribute of the machine that holds its key (`CREATE`). A rule
    that writes is followed by a look at the thing that it was about (`Machine.follow`).
    """

    def decorate(function: Rule) -> Rule:
        def may_be_called(machine: "Machine") -> bool:
            return machine.sides.may(*(machine.key(operation) for operation in operations))

        ruled: Any = rule(**rule_)
        played = _followed(function) if _writes(operations) else function
        made: Rule = ruled(precondition(may_be_called)(played))
        # A rule is a function, which may bear more than its stub says.
        made.operations = operations  # type: ignore[attr-defined]
        return made

    return decorate


def _writes(operations: tuple[str, ...]) -> bool:
    """Whether some of these operations write; those that go by another name here, all do so."""
    contract = surface.contract()
    return any(
        contract[key].effect != "read" if " " in key else key not in ("READ", "LIST")
        for key in operations
    )


def _followed(function: Rule) -> Rule:
    @wraps(function)
    def played(machine: "Machine", **drawn: Any) -> Any:
        made = function(machine, **drawn)
        named = [made, *drawn.values()]
        about = next((one for one in named if one in machine.things), None)
        if about and not machine.sides.over:
            machine.follow(about)
        return made

    return cast(Rule, played)


class EveryRule(RuleStrategy):
    """Chooses the next rule among all that are possible.

    Hypothesis itself leaves some rules out of each chain, so that others come more often. Of chains
    as short as these most would then do nothing of interest.
    """

    def _rule_is_enabled(self, one: Any) -> bool:
        return bool(self.is_valid(one))


class Machine(RuleBasedStateMachine):
    """Chains about one kind of thing.

    `seen` are operations that only `ends` and `follow` call, `helps` are those that are called
    where they are not to be tested, since others say nothing without them; `chains` is how many
    chains are tried.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    seen: ClassVar[tuple[str, ...]] = ()
    helps: ClassVar[tuple[str, ...]] = ()
    chains: ClassVar[int] = 10

    def __init__(self, sides: Sides) -> None:
        super().__init__()
        self._rules_strategy = EveryRule(self)
        self.sides = sides
        self.things: list[str] = []

    @classmethod
    def check(cls) -> str:
        """The name under which reports tell its deviations."""
        return f"model_{cls.name}"

    @classmethod
    def operations(cls) -> tuple[str, ...]:
        """The operations that its chains call."""
        rules = (getattr(getattr(cls, name), "operations", ()) for name in dir(cls))
        called = [cls.key(operation) for operations in rules for operation in operations]
        return tuple(dict.fromkeys([*cls.needs, *map(cls.key, cls.seen), *called]))

    @classmethod
    def about(cls, chosen: frozenset[str]) -> str:
        """The operation that it counts for in a run: the first of its own that is chosen."""
        operations = cls.operations()
        return next((key for key in operations if key in chosen), operations[0])

    @classmethod
    def key(cls, operation: str) -> str:
        """The key of an operation, which may be named by an attribute."""
        return operation if " " in operation else str(getattr(cls, operation))

    @classmethod
    def unfit(cls, mirrored: Mirror) -> str | None:
        """Why its chains cannot be predicted on a target, None where they can."""
        if not mirrored.settings:
            return "the target does not tell its settings"
        if mirrored.is_demanding and FILLED_IN.intersection(cls.operations()):
            return "visitors must fill in custom fields there"
        return None

    def do(
        self,
        operation: str,
        *,
        as_: str | None = ADMIN,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        keeps: Mapping[str, str] | None = None,
        shows: Shows | None = None,
    ) -> bool | None:
        """Play a step; gives whether it succeeded on both sides."""
        step = Step(operation, as_, path or {}, query or {}, body, keeps or {}, shows or {})
        return self.sides.play_anew(step)

    def see(self, operation: str, **step: Any) -> None:
        """Play a step that reads, where its operation may be called."""
        if self.sides.may(operation):
            self.do(operation, **step)

    def make(self, kind: str, at: str, operation: str, **step: Any) -> str | MultipleResults[str]:
        """Play a step that makes a thing, whose id stands at a place of the answer."""
        label = self.sides.label(kind)
        if not self.do(operation, keeps={label: at}, **step):
            return multiple()
        self.things.append(label)
        return label

    def follow(self, thing: str) -> None:
        """Look at a thing after a call that changed it, or should have been refused."""

    def ends(self) -> None:
        """Look at everything that the chain has made."""

    def teardown(self) -> None:
        """End the chain, unless it was broken off."""
        if sys.exc_info()[0] is None:
            self.ends()


def listed(kind: str, things: list[str]) -> Iterator[str]:
    """The things of one kind."""
    return (thing for thing in things if thing.startswith("{" + kind + " "))
