"""`run.har` is an HTTP archive of what all layers sent, without the secrets of the run."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from conformance import exchanges
from conformance.recorder import KEPT
from tests.conformance.conftest import Ended, Kit
from tests.mutants.registry import MUTANTS

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "har-1.2.schema.json").read_text())
FAULT = "count_as_text"


def entries(ended: Ended) -> list[dict[str, Any]]:
    """The entries of a run's archive; the schema of HAR 1.2 must allow it."""
    archive = json.loads((ended.folder / "run.har").read_text())
    jsonschema_rs.validator_for(SCHEMA, validate_formats=True).validate(archive)
    found: list[dict[str, Any]] = archive["log"]["entries"]
    return found


def test_the_archive_has_exchanges_of_every_layer(sound: Ended):
    layers = {entry["_layer"] for entry in entries(sound)}

    assert {"roles", "relations", "contract"} <= layers


def test_the_archive_keeps_the_first_exchanges_of_each_kind(sound: Ended):
    kinds = [(e["_operation"], e["_layer"], e["response"]["status"]) for e in entries(sound)]

    assert max(kinds.count(kind) for kind in kinds) == KEPT
    assert {status for _, _, status in kinds} >= {200, 400, 401, 403}


def test_the_archive_has_every_deviation(run_with: Kit):
    ended = run_with(FAULT)

    shown = [e for e in entries(ended) if f"[{MUTANTS[FAULT].kills}]" in e["comment"]]
    assert {entry["_operation"] for entry in shown} == {MUTANTS[FAULT].on}
    assert shown[0]["response"]["status"] == 200
    assert shown[0]["response"]["content"]["text"]


def test_no_secret_stands_in_the_archive(sound: Ended):
    text = (sound.folder / "run.har").read_text()

    assert "$TOKEN" in text
    assert "open-sesame" not in text
    assert "admin-token" not in text


def test_what_the_archive_was_made_of_is_gone(sound: Ended):
    assert not (sound.folder / exchanges.FILE).exists()


@pytest.mark.parametrize("body", [b"x" * 100_000, b"\xff" * 100_000], ids=["text", "bytes"])
def test_a_long_body_is_cut_and_says_so(body: bytes):
    content = exchanges.content_of(body)

    assert len(content["text"]) < 6000
    assert content["comment"].startswith(f"the first {exchanges.LONGEST} ")
