"""The command: connect, plan, run, report, and one exit code with one plain sentence."""

import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from conformance import deviations, interrupts, ownmock, rehearsal, surface, target, transport
from conformance import plan as planning
from conformance.child import deaf
from conformance.ending import is_whole, verdict
from conformance.gaps import gaps
from conformance.options import Options, WrongOptions, folder_of, parse
from conformance.plan import Plan
from conformance.reports import bundle, covered, folder, github, junit, terminal
from conformance.reports.stdout import say
from conformance.reports.summary import Ended
from conformance.roles import rights
from conformance.run import Outcome, carry_out
from conformance.target import Target
from conformance.transport import Way
from conformance.verdict import CannotTest, Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives 0 conforms, 1 deviates, 2 could not test, 130 interrupted."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    began = time.time()
    interrupts.listen()
    try:
        folder.clear(options.report_dir)
        if options.dry_run:
            say(rehearsal.rehearse(options))
            return Exit.CONFORMS
        with _address(options) as url:
            return _check(url, options, began)
    except CannotTest as reason:
        return _fail(options, began, f"Could not test: {reason}")
    except OSError as error:
        where = error.filename or options.report_dir
        advice = "name another folder with --report-dir" if error.filename else "look at the disk"
        return _fail(options, began, f"Could not test: {where}: {error.strerror}; {advice}.")
    except KeyboardInterrupt:
        sentence = "Interrupted before anything was tested."
        return _fail(options, began, sentence, Exit.INTERRUPTED)
    except Exception as error:  # whatever goes wrong, a user is shown a sentence
        details = options.report_dir / "error.txt"
        details.write_text(traceback.format_exc())
        what = type(error).__name__
        sentence = f"Could not test: the kit itself failed with {what}, see {details}."
        return _fail(options, began, sentence)


def _options(arguments: Sequence[str]) -> Options:
    """Read the command line; a wrong one leaves no report of an earlier run behind."""
    try:
        return parse(arguments)
    except WrongOptions as wrong:
        with suppress(OSError):
            folder.clear(folder_of(arguments))
            junit.write_error(wrong.sentence, folder_of(arguments) / folder.JUNIT)
        raise


def _fail(options: Options, began: float, sentence: str, code: Exit = Exit.NOT_TESTED) -> int:
    """End a run that said nothing about the target, in the reports for machines as well."""
    with suppress(OSError, CannotTest):
        report = bundle.write(Ended(options, code, sentence, began, time.time() - began))
        github.tell(report, options.report_dir / folder.PAGE)
    return _end(code, sentence)


@contextmanager
def _address(options: Options) -> Iterator[str]:
    """The address to check; without one our own mock serves for the length of the run."""
    if options.url:
        yield options.url
    else:
        with ownmock.serving(options.report_dir) as url:
            yield url


def _check(url: str, options: Options, began: float) -> int:
    start = time.monotonic()
    known = deviations.Known(_known(options))
    transport.choose(Way(url, options.headers, options.ca))
    server = target.connect(url, options)
    rights.check_plain(server, options.timeout)
    plan = planning.choose(
        surface.contract(), server.effects, options.include, options.exclude, server.lasting
    ).part(options.shard)
    say(terminal.opening(server, plan, options))
    cleans = options.url is not None and server.snapshot is None
    with ownmock.given_back(server, options.timeout):
        outcome = carry_out(plan, server, options, known, cleans=cleans)
    with deaf():
        return _conclude(outcome, plan, server, options, known, (began, time.monotonic() - start))


def _conclude(
    outcome: Outcome,
    plan: Plan,
    server: Target,
    options: Options,
    known: deviations.Known,
    when: tuple[float, float],
) -> int:
    """Report what was found; `when` is the beginning (since 1970) and the seconds it took."""
    began, seconds = when
    if outcome.failed and not outcome.interrupted and not outcome.coverage.calls:
        raise CannotTest(f"the runner could not begin, see {outcome.failed[0]}.")
    wrong = list(known.wrong(outcome.coverage, is_whole=is_whole(outcome, options)))
    with github.quoted():
        _report(outcome, plan, server, options, wrong)
    open_ends = gaps(outcome.troubles, outcome.coverage)
    code, sentence = verdict(outcome, open_ends, wrong, options, seconds)
    report = bundle.write(
        Ended(
            *(options, code, sentence, began, seconds),
            *(outcome, plan, server, open_ends, wrong),
        )
    )
    say(covered.lines(report["coverage"]))
    say(covered.slowest(outcome.coverage.rows.values()))
    say([""])
    page = options.report_dir / folder.PAGE
    github.tell(report, page)
    say([f"Report: {page}"])
    return _end(code, sentence)


def _known(options: Options) -> tuple[deviations.Entry, ...]:
    """The deviations that are accepted; a file that was named must be there."""
    path = options.deviations or deviations.DEFAULT
    if path.exists() or (options.deviations and not options.update_deviations):
        return deviations.load(path, surface.contract())
    return ()


def _report(
    outcome: Outcome, plan: Plan, server: Target, options: Options, wrong: Sequence[str]
) -> None:
    coverage = outcome.coverage
    say([""])
    say(terminal.table(coverage))
    say([""])
    say(terminal.layers(coverage))
    say(terminal.left_out(plan, coverage, outcome.troubles, outcome.tally, options.layers))
    say(terminal.left_behind(outcome.left))
    say(terminal.known(outcome.known, wrong))
    say(terminal.deviations(outcome.findings, server, options))
    say([""])


def _end(code: Exit, sentence: str) -> int:
    say([sentence])
    return int(code)
