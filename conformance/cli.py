"""The command: connect, plan, run, report, and one exit code with one plain sentence."""

import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from conformance import ownmock, surface, target
from conformance import plan as planning
from conformance.coverage import Coverage
from conformance.options import Options, parse
from conformance.plan import Plan
from conformance.reports import junit, terminal
from conformance.results import Trouble
from conformance.run import Outcome, carry_out
from conformance.target import Target
from conformance.verdict import CannotTest, Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives 0 conforms, 1 deviates, 2 could not test, 130 interrupted."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        options.report_dir.mkdir(parents=True, exist_ok=True)
        with _address(options) as url:
            return _check(url, options)
    except CannotTest as reason:
        return _end(Exit.NOT_TESTED, f"Could not test: {reason}")
    except OSError as error:
        where = error.filename or options.report_dir
        return _end(Exit.NOT_TESTED, f"Could not test: {where}: {error.strerror}.")
    except KeyboardInterrupt:
        return _end(Exit.INTERRUPTED, "Interrupted before anything was tested.")
    except Exception as error:
        details = options.report_dir / "error.txt"
        details.write_text(traceback.format_exc())
        return _end(
            Exit.NOT_TESTED,
            f"Could not test: the kit itself failed with {type(error).__name__}, see {details}.",
        )


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _address(options: Options) -> Iterator[str]:
    """The address to check; without one our own mock serves for the length of the run."""
    if options.url:
        yield options.url
    else:
        with ownmock.serving(options.report_dir) as url:
            yield url


def _check(url: str, options: Options) -> int:
    began = time.monotonic()
    server = target.connect(url, options)
    plan = planning.choose(surface.contract(), server.effects, options.include, options.exclude)
    _say(terminal.opening(server, plan, options))
    outcome = carry_out(plan, server, options)
    seconds = time.monotonic() - began
    if outcome.failed and not outcome.interrupted and not outcome.coverage.calls:
        raise CannotTest(f"the runner could not begin, see {outcome.failed[0]}.")
    _report(outcome, plan, server, options, seconds)
    return _verdict(outcome, options, seconds)


def _report(outcome: Outcome, plan: Plan, server: Target, options: Options, seconds: float) -> None:
    coverage = outcome.coverage
    _say([""])
    _say(terminal.table(coverage))
    _say([""])
    _say(terminal.layers(coverage))
    _say(terminal.left_out(plan, coverage, outcome.troubles, outcome.tally, options.layers))
    _say(terminal.deviations(outcome.findings, server, options))
    _say([""])
    junit.write(coverage, server.url, seconds, options.report_dir / "junit.xml")


def _verdict(outcome: Outcome, options: Options, seconds: float) -> int:
    coverage = outcome.coverage
    summary = (
        f"{outcome.tally.sent or coverage.calls} requests in {seconds:.0f} s,"
        f" {coverage.reached} of {coverage.offered} offered operations answered 2xx,"
        f" seed {options.seed}"
    )
    if outcome.interrupted:
        return _end(Exit.INTERRUPTED, f"Interrupted: {summary}.")
    if outcome.findings:
        named = {finding.operation for finding in outcome.findings}
        return _end(
            Exit.DEVIATES,
            f"Deviates: {len(outcome.findings)} deviations in {len(named)} operations; {summary}.",
        )
    if not coverage.reached:
        return _end(Exit.NOT_TESTED, f"Could not test: nothing answered 2xx; {summary}.")
    if troubles := [t for t in outcome.troubles if not _is_harmless(t, coverage)]:
        return _end(
            Exit.NOT_TESTED,
            f"Could not test everything: {len(troubles)} troubles, see above; {summary}.",
        )
    if outcome.failed:
        return _end(Exit.NOT_TESTED, f"Could not test: the runner failed, see {outcome.failed[0]}.")
    return _end(Exit.CONFORMS, f"Conforms: {summary}.")


def _is_harmless(trouble: Trouble, coverage: Coverage) -> bool:
    """Whether the operation was called all the same."""
    row = coverage.rows.get(trouble.operation or "")
    return trouble.is_partial and row is not None and row.calls > 0


def _end(code: Exit, sentence: str) -> int:
    print(sentence, flush=True)
    return int(code)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()
