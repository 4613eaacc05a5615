"""How a run ends: one exit code and one plain sentence for everything that it found."""

from collections.abc import Iterator, Sequence

from conformance import deviations, layers
from conformance.gaps import named
from conformance.options import PHASES, Options
from conformance.results import Trouble
from conformance.run import Outcome
from conformance.verdict import Exit


def is_whole(outcome: Outcome, options: Options) -> bool:
    """Whether all was tried that can meet a known deviation."""
    everything = set(layers.BY_DEFAULT).intersection(layers.known()) <= set(options.layers)
    return everything and options.phases == PHASES and not outcome.interrupted


def verdict(
    outcome: Outcome,
    open_ends: Sequence[Trouble],
    wrong: Sequence[str],
    options: Options,
    seconds: float,
) -> tuple[Exit, str]:
    """The code and the sentence; `wrong` are entries of known deviations that fail."""
    summary = _summary(outcome, open_ends, seconds, options.seed)
    if outcome.findings and options.update_deviations:
        path = options.deviations or deviations.DEFAULT
        written = deviations.append(path, outcome.findings)
        summary = f"{written} entries written to {path}, {summary}"
    code, sentence = next(_ends(outcome, open_ends, wrong, options))
    return code, f"{sentence}{summary}."


def _ends(
    outcome: Outcome, open_ends: Sequence[Trouble], wrong: Sequence[str], options: Options
) -> Iterator[tuple[Exit, str]]:
    """Every end that the run has come to, the gravest first."""
    if outcome.interrupted:
        yield Exit.INTERRUPTED, "Interrupted: "
    if outcome.lost:
        found = f"{len(outcome.findings)} deviations until then; " if outcome.findings else ""
        advice = "see that it runs, then run again"
        what = f"the server stopped answering half-way ({outcome.lost}); {advice}"
        yield Exit.NOT_TESTED, f"Could not test everything: {what}; {found}"
    if outcome.findings and not options.update_deviations:
        where = {finding.operation for finding in outcome.findings}
        count = f"{len(outcome.findings)} deviations in {len(where)} operations"
        yield Exit.DEVIATES, f"Deviates: {count}; "
    if wrong:
        yield Exit.DEVIATES, f"Deviates: {len(wrong)} entries of the known deviations fail; "
    if not outcome.coverage.reached:
        yield Exit.NOT_TESTED, "Could not test: nothing answered 2xx; "
    if outcome.coverage.reached < options.min_covered:
        few = f"{outcome.coverage.reached} of the {options.min_covered} asked for"
        yield Exit.NOT_TESTED, f"Could not test enough: {few} answered 2xx; "
    if outcome.tally.put_off:
        kept = f"the server's rate limit kept {outcome.tally.put_off} calls from being made"
        advice = "have it switched off (API_Enable_Rate_Limiter), or give --rate 10/m or slower"
        yield Exit.NOT_TESTED, f"Could not test everything: {kept}; {advice}; "
    if barred := [row.operation for row in outcome.coverage.rows.values() if row.barred]:
        needs = next(iter((*barred[0].all_of, *barred[0].any_of)), "a permission")
        lacks = f"the account lacks the permission for {len(barred)} operations ({needs} for one)"
        advice = "give an administrator, or choose with --include and --exclude"
        yield Exit.NOT_TESTED, f"Could not test everything: {lacks}; {advice}; "
    if any(not trouble.is_partial for trouble in open_ends):
        yield Exit.NOT_TESTED, "Could not test everything: "
    if outcome.failed:
        yield Exit.NOT_TESTED, f"Could not test: a layer failed, see {outcome.failed[0]}; "
    yield Exit.CONFORMS, "Conforms: "


def _summary(outcome: Outcome, open_ends: Sequence[Trouble], seconds: float, seed: int) -> str:
    coverage = outcome.coverage
    requests = outcome.tally.sent or coverage.calls
    probes = max(0, requests - coverage.calls)
    known, waited = len(outcome.known.met), outcome.tally.waited
    whole = [trouble for trouble in open_ends if not trouble.is_partial]
    part = [trouble for trouble in open_ends if trouble.is_partial]
    facts = (
        f"{requests} requests in {seconds:.0f} s, {probes} of them the kit's own probes",
        f"{coverage.reached} of {coverage.offered} offered operations answered 2xx",
        f"known deviations: {known}" if known else "",
        f"not tested: {named(whole)}" if whole else "",
        f"tested in part only: {named(part)}" if part else "",
        f"waited {waited:.0f} s for its rate limit" if waited else "",
        f"seed {seed}",
    )
    return ", ".join(filter(None, facts))
