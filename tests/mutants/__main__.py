"""Show which seeded faults each check catches: `python -m tests.mutants`, or `make mutants`.

`--whole` plants groups of faults and runs the kit on all operations, to show when each is seen.
"""

import argparse
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants import families, groups, table, whole
from tests.mutants.campaign import Campaign, Outcome
from tests.mutants.registry import MUTANTS, Mutant

__all__ = ["families"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen mutants; gives 1 when the sound mock is not green, else 0."""
    given = _parser().parse_args(arguments)
    chosen = [mutant for mutant in MUTANTS.values() if _is_chosen(mutant, given)]
    if not chosen:
        print("No mutant has such a name or family.")
        return 2
    if given.list:
        for mutant in chosen:
            print(f"{mutant.family}  {mutant.name}  [{mutant.kills}]  {mutant.about}")
        return 0
    if given.whole:
        return _whole(chosen, given)
    began = time.monotonic()
    with TemporaryDirectory(prefix="mutants-") as folder:
        campaign = Campaign(Path(folder), given.jobs, given.seed, with_bare=not given.no_bare)
        outcome = campaign.carry_out(chosen)
    lines = [*table.page(outcome), ""]
    if given.page:
        given.page.write_text("\n".join([given.page.read_text().split(MARK)[0] + MARK, "", *lines]))
    print("\n".join(lines))
    return _end(outcome, time.monotonic() - began)


def _whole(chosen: Sequence[Mutant], given: argparse.Namespace) -> int:
    """Run the kit whole on groups of the chosen faults."""
    planted = groups.grouped(chosen)
    wanted = given.group or range(1, len(planted) + 1)
    picked = [planted[number - 1] for number in wanted if 0 < number <= len(planted)]
    more = shlex.split(given.options)
    with TemporaryDirectory(prefix="mutants-") as folder:
        runs = whole.carry_out(picked, Path(folder), given.jobs, given.seed, more, given.cap)
    print("\n".join(whole.page(runs)))
    return 0


MARK = "<!-- written by make mutants, do not edit below -->"


def _end(outcome: Outcome, seconds: float) -> int:
    killed = sum(trial.killed for trial in outcome.trials)
    for keys, said in outcome.spurious:
        what = ", ".join(said.checks) or said.remark
        print(f"Spurious: the sound mock is not green on {', '.join(keys)}: {what}")
    print(
        f"{killed} of {len(outcome.trials)} mutants killed, {len(outcome.spurious)} spurious,"
        f" {seconds / 60:.1f} minutes."
    )
    return 1 if outcome.spurious else 0


def _is_chosen(mutant: Mutant, given: argparse.Namespace) -> bool:
    return (not given.family or mutant.family in given.family) and (
        not given.name or mutant.name in given.name
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--family", action="append", default=[], metavar="NAME")
    parser.add_argument("--name", action="append", default=[], metavar="NAME")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--no-bare", action="store_true", help="without bare Schemathesis beside")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the tables into a page")
    parser.add_argument("--list", action="store_true", help="name the mutants and run none")
    parser.add_argument("--whole", action="store_true", help="when a whole run sees each fault")
    parser.add_argument(
        "--group", type=int, action="append", metavar="N", help="of --whole: this group alone"
    )
    parser.add_argument(
        "--cap", type=float, default=whole.CAP, metavar="S", help="of --whole: end a run after S s"
    )
    parser.add_argument("--options", default="", metavar="TEXT", help="of --whole: for the kit")
    return parser


if __name__ == "__main__":
    sys.exit(main())
