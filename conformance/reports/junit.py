"""JUnit XML: a case for each operation; what is not offered or never answered 2xx is skipped."""

import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from conformance import curl
from conformance.coverage import Coverage, Row

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(coverage: Coverage, base_url: str, seconds: float, path: Path) -> None:
    """Write the report; characters that XML cannot hold become `?`."""
    root = ElementTree.Element("testsuites", name="omnichannel-check", time=f"{seconds:.3f}")
    tags: dict[str, list[Row]] = defaultdict(list)
    for row in coverage.rows.values():
        tags[row.operation.tag].append(row)
    for tag, rows in sorted(tags.items()):
        suite = ElementTree.SubElement(root, "testsuite", name=_text(tag), tests=str(len(rows)))
        suite.set("failures", str(sum(bool(row.findings) for row in rows)))
        suite.set("errors", "0")
        suite.set("skipped", str(sum(not row.findings and bool(row.remark) for row in rows)))
        for row in rows:
            _case(suite, tag, row, base_url)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _case(suite: ElementTree.Element, tag: str, row: Row, base_url: str) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=_text(tag), name=_text(row.operation.key)
    )
    for finding in row.findings:
        failure = ElementTree.SubElement(case, "failure", type=finding.check)
        failure.set("message", _text(finding.title))
        failure.text = _text(f"{finding.message}\n{curl.command(finding.request, base_url)}")
    if row.remark and not row.findings:
        ElementTree.SubElement(case, "skipped", message=_text(row.remark))


def _text(value: str) -> str:
    return _NO_XML.sub("?", value)
