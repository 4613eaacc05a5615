"""What an erratum names as its evidence is a source that speaks of the operation."""

import re

import pytest

from tests.contract import files
from tests.contract.schemas import Node

SOURCE = re.compile(
    r"(api|ee|lib|services|models|tests|apps/meteor/(server|tests)|packages/[\w-]+)/[\w./-]+\.ts"
)
"""A file of the vendor's repository, whole or shortened as the head of errata.yaml says."""


def entries() -> list[Node]:
    """Give all that names evidence: aliases, deliberate differences, errata, added statuses."""
    sections = ("aliases", "deliberate", "errata", "added-statuses")
    return [entry for name in sections for entry in files.errata()[name]]


def validated() -> set[str]:
    """Name the operations with a request validator, by the document's path and the server's."""
    aliases = {alias["server"]: alias["document"] for alias in files.errata()["aliases"]}
    servers = files.facts("validators").keys()
    return {*servers, *(aliases[server] for server in servers if server in aliases)}


def typed() -> set[str]:
    """Name the operations and the named types of which the answer types say something."""
    answers = files.facts("answers")
    return {*answers["operations"], *(f"types/{name}" for name in answers["definitions"])}


def unknown(entry: Node) -> list[str]:
    """Give the words of an entry's evidence that lead nowhere."""
    subjects = entry.get("operations", [entry.get("operation", "")])
    return [
        word
        for word in entry["evidence"].split(", ")
        if not all(leads_somewhere(word, subject) for subject in subjects)
    ]


def leads_somewhere(word: str, subject: str) -> bool:
    """Tell whether one piece of evidence can speak of an operation, a parameter or a type."""
    kind, _, named = word.partition(" of ")
    if kind == "validator":
        shared = subject.startswith("parameters/")
        return (named or subject) in validated() or (shared and not named)
    if kind == "type":
        return (named or subject) in typed()
    return word == "document" or SOURCE.fullmatch(word) is not None


def test_the_evidence_of_every_entry_leads_to_a_source() -> None:
    lost = [(e.get("operation"), e.get("where"), words) for e in entries() if (words := unknown(e))]

    assert lost == []


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("validator", "GET /api/v1/me"),
        ("validator of POST /api/v1/nowhere", "GET /api/v1/me"),
        ("type", "types/INothing"),
        ("api/users", "GET /api/v1/me"),
        ("from memory", "GET /api/v1/me"),
    ],
)
def test_evidence_that_leads_nowhere_is_noticed(word: str, subject: str) -> None:
    assert not leads_somewhere(word, subject)
