"""The dry run: what a run would call, found out by a run whose requests never leave the kit."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from conformance import crew, engine, firstcalls, handoff, layers, surface
from conformance import plan as planning
from conformance.accounts import ON_OUR_MOCK, OTHERS, Account
from conformance.exclusions import DEPARTMENTS_LAST, LASTING
from conformance.finds import Finds
from conformance.handoff import Handoff
from conformance.options import Options
from conformance.plan import Plan
from conformance.results import Scenario
from conformance.target import Target, effects_of
from mockserver.contract import Operation

NOWHERE = "http://127.0.0.1:9"
"""An address for our own mock, which is not started for a dry run."""
STEPS = 6
"""Calls of one chain, the runner's own limit."""
WITHOUT_TOKEN = 3
MODEL = "model"
COUNTED = ("examples", "coverage")
"""Phases whose calls do not depend on answers."""

Bounds = Mapping[str, Counter[str]]
"""For each operation how many calls each layer or phase makes at most."""


def rehearse(options: Options) -> Iterator[str]:
    """Tell what the run would call, line by line; nothing is sent."""
    target = _imagined(options)
    lasting = target.lasting
    plan = planning.choose(
        surface.contract(), target.effects, options.include, options.exclude, lasting
    ).part(options.shard)
    bounds = _bounds(plan, target, options)
    yield from _table(plan, bounds)
    yield ""
    for operation, reason in plan.left_out:
        yield f"not called: {operation.key}: {reason}"
    yield ""
    yield _summary(plan, bounds, options)


def _imagined(options: Options) -> Target:
    """The target as the options describe it, with accounts that are none."""
    is_our_mock = options.url is None
    given = [role for role in OTHERS if is_our_mock or options.logins[role].given]
    target = Target(
        url=options.url or NOWHERE,
        account=Account("kit-rehearsal", "kit-rehearsal"),
        others={role: Account(ON_OUR_MOCK[role], f"kit-{role}") for role in given},
        is_our_mock=is_our_mock,
        effects=effects_of(options, is_our_mock),
    )
    lasting = {e.operation: e.reason for e in (*LASTING, DEPARTMENTS_LAST)}
    return replace(target, lasting=lasting) if target.spares else target


def _bounds(plan: Plan, target: Target, options: Options) -> Bounds:
    bounds: Bounds = defaultdict(Counter)
    journal = (options.report_dir / "events.jsonl").resolve()
    keys = frozenset(operation.key for operation in plan.operations)
    run = Handoff(target, Finds(), journal, options.timeout, options.seed, operations=keys)
    run = replace(run, excluded=plan.excluded, selected=plan.selected)
    run = replace(run, shard=options.shard, rehearses=True)
    handoff.adopt(run)
    counted = replace(options, phases=tuple(p for p in options.phases if p in COUNTED))
    # Chains of the model depend on answers; the summary tells how many there are.
    aside = {MODEL} if target.is_our_mock else {MODEL, layers.TWIN}
    for layer in (name for name in options.layers if name not in aside):
        journal.write_bytes(b"")
        for event in crew.of(layer, run, plan.operations, counted, None).events():
            if isinstance(event, Scenario):
                for calls in event.calls:
                    bounds[calls.operation][event.phase.lower()] += calls.count
    if layers.CONTRACT in options.layers:
        _add_what_depends_on_answers(plan, bounds, options)
    return bounds


def _add_what_depends_on_answers(plan: Plan, bounds: Bounds, options: Options) -> None:
    for operation in plan.operations:
        count = bounds[operation.key]
        if "examples" in options.phases:
            # More things may be found, and a call that succeeds is sent twice without a token.
            more = 0 if operation.effect == "destructive" else firstcalls.FEW - 1
            count["examples"] = WITHOUT_TOKEN * (count["examples"] + more)
        if "fuzzing" in options.phases:
            count["fuzzing"] = options.max_examples


def _table(plan: Plan, bounds: Bounds) -> Iterator[str]:
    columns = list(dict.fromkeys(name for count in bounds.values() for name in count))
    width = max(len(operation.key) for operation in plan.operations)
    yield "Calls of each operation, at most:"
    yield f"{'operation':{width}}  {'effect':11}  {'  '.join(columns)}"
    for operation in sorted(plan.operations, key=_order):
        count = bounds.get(operation.key, Counter())
        cells = "  ".join(f"{count[name]:{len(name)}}" for name in columns)
        yield f"{operation.key:{width}}  {operation.effect:11}  {cells}"


def _order(operation: Operation) -> tuple[str, str, str]:
    return operation.tag, operation.path, operation.method


def _summary(plan: Plan, bounds: Bounds, options: Options) -> str:
    whole = sum(count.total() for count in bounds.values())
    parts = [f"at most {whole} calls of {len(plan.operations)} operations"]
    if not options.shard.is_whole:
        parts[0] += f" (shard {options.shard} of {plan.whole} operations)"
    if layers.CONTRACT in options.layers and "stateful" in options.phases:
        chains = engine.CHAINS * options.max_examples
        parts.append(f"{chains} chains of at most {STEPS} calls")
    if layers.CONTRACT in options.layers:
        parts.append("repeats by which checks see what changes")
    if MODEL in options.layers and any(o.effect != "read" for o in plan.operations):
        parts.append(f"about {_chains()} chains of the model")
    if options.max_time:
        parts.append(f"more random calls until {options.max_time} s are spent")
    return f"Would make {', '.join(parts)}. Nothing was sent."


def _chains() -> int:
    # Hypothesis takes its time to import, and a run itself does not need it in this process.
    from conformance.model import CHAINS

    return sum(one.chains for one in CHAINS)
