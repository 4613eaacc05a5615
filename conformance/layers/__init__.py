"""The layers of a run: kinds of test that look at a server from different sides.

`contract` is Schemathesis with our checks, in a process of its own. Every other layer is pytest in
a process of its own: a Python file or a folder with tests that use the fixture `call`, which
`calling.py` describes. What they find goes through the same journal into the same reports. To add a
layer, name it here.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
CONTRACT = "contract"

TWIN = "twin"

TESTS: Mapping[str, Path] = {
    "roles": PACKAGE / "roles",
    "relations": PACKAGE / "layers" / "relations.py",
    TWIN: PACKAGE / "layers" / "twin.py",
    "model": PACKAGE / "layers" / "model.py",
}
"""Where the tests of a layer are; a layer without them does not exist yet."""

SHARES: Mapping[str, int] = {"relations": 2, "roles": 1, CONTRACT: 5, TWIN: 1, "model": 2}
"""How `--max-time` is shared out, and the order of the layers.

What is cheap and deep comes first, while the world is still as it was found. Measured with
groups of faults planted at once: relations see nearly half of them, within 2,000 requests.
"""

SHARED = ("roles", CONTRACT)
"""Layers that several workers may share; the others say something about numbers of things."""

BY_DEFAULT = ("relations", "roles", CONTRACT, TWIN, "model")


def known() -> tuple[str, ...]:
    """The layers that exist, in the order in which they run."""
    return tuple(name for name in SHARES if name == CONTRACT or TESTS[name].exists())


def shares(layers: Iterable[str], seconds: float) -> Iterator[tuple[str, float]]:
    """Each layer with its part of so many seconds; what one does not need goes to the next ones."""
    chosen = list(layers)
    ends = time.monotonic() + seconds
    for place, layer in enumerate(chosen):
        rest = sum(SHARES[name] for name in chosen[place:])
        yield layer, max(0.0, ends - time.monotonic()) * SHARES[layer] / rest
