"""The kill matrix as a person reads it: mutant by mutant, check by check, and what survived."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tests.mutants.campaign import Outcome, Trial

Row = Sequence[str]
TWIN = "twin_agrees"
"""The check that can only judge mocks of ours."""


def page(outcome: Outcome) -> Iterator[str]:
    """All tables as Markdown, which reads well on a terminal too."""
    trials = outcome.trials
    yield from _table(
        ("Family", "Mutants", "Killed by the kit", "without the twin", "by bare Schemathesis"),
        families(trials),
    )
    yield ""
    yield from _table(("Check", "Kills", "Alone", "Named for", "Quickest"), checks(trials))
    yield ""
    yield from _table(MUTANTS, (_row(trial) for trial in trials))
    survivors = [trial for trial in trials if not trial.killed]
    if survivors:
        yield ""
        yield from _table(
            ("Survivor", "Should be found by", "Why it survives"), map(_survivor, survivors)
        )


MUTANTS = ("Mutant", "Fault", "On", "Killed by", "After", "Bare Schemathesis")


def families(trials: Sequence[Trial]) -> Iterator[Row]:
    """How many of each family were killed, and of all."""
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.mutant.family.replace("_", " ")].append(trial)
    for family, members in [*groups.items(), ("**all**", list(trials))]:
        killed = sum(trial.killed for trial in members)
        alone = sum(bool({*trial.kit.checks} - {TWIN}) for trial in members)
        ran = [trial.bare for trial in members if trial.bare]
        bare = _share(sum(bool(said.checks) for said in ran), ran)
        yield (
            family,
            str(len(members)),
            _share(killed, members),
            _share(alone, members),
            bare if len(ran) == len(members) else f"{bare} of {len(ran)}" if ran else "not run",
        )


def checks(trials: Iterable[Trial]) -> Iterator[Row]:
    """For each check: its kills, those that no other check made, those meant for it."""
    killed: dict[str, list[Trial]] = defaultdict(list)
    named: dict[str, int] = defaultdict(int)
    for trial in trials:
        named[trial.mutant.kills] += 1
        for check in trial.kit.checks:
            killed[check].append(trial)
    for check in sorted(killed.keys() | named.keys()):
        made = killed[check]
        alone = sum(len(trial.kit.checks) == 1 for trial in made)
        quickest = f"{min(trial.kit.seconds for trial in made):.1f} s" if made else "-"
        yield f"`{check}`", str(len(made)), str(alone), str(named[check]), quickest


def _row(trial: Trial) -> Row:
    mutant, said = trial.mutant, trial.kit
    first = sorted(said.checks, key=lambda check: (check != mutant.kills, check))
    by = ", ".join(f"**`{c}`**" if c == mutant.kills else f"`{c}`" for c in first)
    return (
        f"`{mutant.name}`",
        " ".join(mutant.about.split()),
        ", ".join(f"`{key.replace('/api/v1/', '')}`" for key in mutant.faulty),
        by or "survives",
        f"{said.seconds:.1f} s" if said.checks else "-",
        "not run" if trial.bare is None else ", ".join(trial.bare.checks) or "-",
    )


def _survivor(trial: Trial) -> Row:
    reason = trial.mutant.survives or trial.kit.remark or "not known"
    return f"`{trial.mutant.name}`", f"`{trial.mutant.kills}`", reason


def _share(part: int, members: Sequence[object]) -> str:
    return f"{part} ({100 * part // len(members)} %)" if members else "-"


def _table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
