"""Relations: what must hold between the answers of several calls, whatever the data are.

One file for each of Segura's output patterns (`PATTERNS`), and further files for subjects that have
many (`SUBJECTS`). A relation is a function:

    @relation(pattern="equality", operations=paged_lists)
    def pages_join_to_the_whole(call, operation):
        \"\"\"Reading page by page gives the same items as reading all at once.\"\"\"
        whole = call(operation, count=100).items
        ...
        assert joined == whole

It runs once for each of its operations. Its first line is the title of a deviation, the message of
the failed assertion says what was expected and seen. The calls so far are printed as commands.

**operations** is a list of keys (`["GET /api/v1/livechat/rooms"]`) or a function from the contract
to operations; those that several relations share are in `selection.py`.

**Ids** are never written down. `call(operation)` fills the path and the required parameters of its
operation from the target's own lists, and skips the test when there is nothing to fill them with;
`call.records("room.id", "visitor.token")` gives things that exist and have these slots, which
`slots.py` names. A list operation that is called first gives ids as well.

**Refusals** skip a relation (other checks judge them), unless the same operation answered 2xx
before in the same test. So `items`, `total` and `data` of an answer can be used without asking.

**Writing.** `writes=True` marks a relation that changes the target; it runs where writing is
allowed and starts with things of its own: `call.make("department.id")`. Each change is taken back:
say `call.undo("DELETE /api/v1/…", path={…})` right after it, which runs however the relation ends.
What `make` makes is deleted at the end of the run.

A relation that reads is tried twice before it is held against a server where others write as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, get_args

from conformance.surface import Surface
from mockserver.contract import Operation

if TYPE_CHECKING:
    from conformance.layers.calling import Caller

Pattern = Literal["equivalence", "equality", "subset", "disjoint", "complete", "difference"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
SUBJECTS = (
    "recounts",
    "unknowns",
    "filters",
    "conversations",
    "lifecycles",
    "privacy",
    "orders",
    "daily",
    "texts",
    "administration",
    "refusals",
    "likeness",
    "duty",
    "units",
    "reach",
    "ranks",
    "contacts",
    "workspace",
    "people",
    "settings",
    "causes",
    "totals",
    "defaults",
)
Holds = Callable[["Caller", Operation], None]
Selection = Callable[[Surface], Iterable[Operation]]


@dataclass(frozen=True)
class Relation:
    """One relation: `operations` finds what it is about, `holds` raises where it does not hold."""

    name: str
    title: str
    pattern: Pattern
    operations: Selection
    writes: bool
    holds: Holds


RELATIONS: dict[str, Relation] = {}


def relation(
    *, pattern: Pattern, operations: Selection | Iterable[str], writes: bool = False
) -> Callable[[Holds], Holds]:
    """Register a relation; raises `ValueError` for a second one of the same name."""
    select = operations if callable(operations) else _keys(tuple(operations))

    def register(holds: Holds) -> Holds:
        name = holds.__name__
        if name in RELATIONS:
            raise ValueError(f"there are two relations {name}")
        title = (holds.__doc__ or name).strip().splitlines()[0].rstrip(".")
        RELATIONS[name] = Relation(name, title, pattern, select, writes, holds)
        return holds

    return register


def _keys(keys: tuple[str, ...]) -> Selection:
    return lambda surface: [surface[key] for key in keys]


for _file in (*PATTERNS, *SUBJECTS):
    import_module(f"conformance.relations.{_file}")
