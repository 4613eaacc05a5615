"""What a run set out to test and could not, wholly or in part."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from conformance.coverage import Coverage
from conformance.layers import CONTRACT
from conformance.results import Trouble

NAMED = 3


def gaps(troubles: Iterable[Trouble], coverage: Coverage) -> list[Trouble]:
    """The troubles of a run; one stays partial where the contract was checked all the same."""
    return [replace(t, is_partial=t.is_partial and _was_checked(t, coverage)) for t in troubles]


def named(troubles: Sequence[Trouble]) -> str:
    """The operations of some troubles in a sentence, the first few by name."""
    names = list(dict.fromkeys(trouble.operation or "the run" for trouble in troubles))
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _was_checked(trouble: Trouble, coverage: Coverage) -> bool:
    row = coverage.rows.get(trouble.operation or "")
    if row is None or CONTRACT not in coverage.by_layer:
        return row is not None and row.calls > 0
    return any(layer == CONTRACT for layer, _ in row.judged)
