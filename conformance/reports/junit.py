"""JUnit XML: a case for each operation; what is not offered or never answered 2xx is skipped.

What could not be tested is an error, in part only it is skipped; a run that ends with 2 has one
error more, with its last sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from conformance import curl
from conformance.coverage import Coverage, Row
from conformance.results import Trouble

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RUN = "the run"


def write(
    coverage: Coverage,
    gaps: Iterable[Trouble],
    base_url: str,
    seconds: float,
    path: Path,
    error: str = "",
    wrong: Iterable[str] = (),
) -> None:
    """Write the report; characters that XML cannot hold become `?`."""
    root = ElementTree.Element("testsuites", name="omnichannel-check", time=f"{seconds:.3f}")
    tags: dict[str, list[Row]] = defaultdict(list)
    for row in coverage.rows.values():
        tags[row.operation.tag].append(row)
    of_operation: dict[str, list[Trouble]] = defaultdict(list)
    for gap in gaps:
        of_operation[gap.operation or ""].append(gap)
    for tag, rows in sorted(tags.items()):
        suite = ElementTree.SubElement(root, "testsuite", name=_text(tag))
        for row in rows:
            _case(suite, tag, row, of_operation[row.operation.key], base_url)
        _count(suite)
    _add_wrong(root, wrong)
    if error:
        _add_error(root, error)
    _save(root, path)


def write_error(sentence: str, path: Path) -> None:
    """Write the report of a run that could not begin."""
    root = ElementTree.Element("testsuites", name="omnichannel-check")
    _add_error(root, sentence)
    _save(root, path)


def _add_wrong(root: ElementTree.Element, wrong: Iterable[str]) -> None:
    """A failed case for each entry of the known deviations that is stale or past its date."""
    if not (entries := list(wrong)):
        return
    suite = ElementTree.SubElement(root, "testsuite", name="known deviations")
    for number, entry in enumerate(entries, 1):
        case = ElementTree.SubElement(suite, "testcase", classname="known deviations")
        case.set("name", f"failing entry {number}")
        ElementTree.SubElement(case, "failure", type="known_deviation", message=_text(entry))
    _count(suite)


def _add_error(root: ElementTree.Element, sentence: str) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=_RUN)
    case = ElementTree.SubElement(suite, "testcase", classname=_RUN, name=_RUN)
    ElementTree.SubElement(case, "error", message=_text(sentence))
    _count(suite)


def _case(
    suite: ElementTree.Element, tag: str, row: Row, gaps: Sequence[Trouble], base_url: str
) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=_text(tag), name=_text(row.operation.key)
    )
    for finding in row.findings:
        failure = ElementTree.SubElement(case, "failure", type=finding.check)
        failure.set("message", _text(finding.title))
        failure.text = _text(f"{finding.message}\n{curl.command(finding.request, base_url)}")
    if row.findings:
        return
    whole = [gap.message for gap in gaps if not gap.is_partial]
    part = [f"could be tested in part only: {gap.message}" for gap in gaps if gap.is_partial]
    if whole:
        ElementTree.SubElement(case, "error", message=_text("; ".join(whole)))
    elif reasons := [*filter(None, [row.remark]), *part]:
        ElementTree.SubElement(case, "skipped", message=_text("; ".join(reasons)))


def _count(suite: ElementTree.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for kind, total in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(total, str(sum(case.find(kind) is not None for case in cases)))


def _save(root: ElementTree.Element, path: Path) -> None:
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _text(value: str) -> str:
    return _NO_XML.sub("?", value)
