"""`report.json` has the joined facts of a run, in the shape that its schema gives."""

import json
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
import requests

from conformance import parameters
from tests.conformance.conftest import Ended, Kit, free_port
from tests.conformance.test_command import ADMIN, ends
from tests.mutants.registry import MUTANTS

SCHEMA = json.loads((files("conformance.reports") / "report.schema.json").read_text())
AGENTS = "GET /api/v1/livechat/department/{_id}/agents"
FAULT = "count_as_text"


def report(ended: Ended) -> dict[str, Any]:
    """What stands in the file of a run; the schema must allow it."""
    value: dict[str, Any] = json.loads((ended.folder / "report.json").read_text())
    jsonschema_rs.validator_for(SCHEMA, validate_formats=True).validate(value)
    return value


def operation(ended: Ended, key: str) -> dict[str, Any]:
    return next(one for one in report(ended)["operations"] if one["key"] == key)


def test_a_run_without_deviations_says_so(sound: Ended):
    told = report(sound)

    assert told["verdict"] == {"exit": 0, "sentence": sound.output.splitlines()[-1]}
    assert told["deviations"] == []


def test_an_operation_has_its_calls_by_layer_and_status(sound: Ended):
    told = operation(sound, AGENTS)

    assert told["outcome"] == "conforms"
    assert told["layers"].keys() == {"roles", "relations", "contract"}
    assert sum(layer["calls"] for layer in told["layers"].values()) == told["calls"]
    assert set(told["documented"]) == set(told["statuses"]) == {"200", "400", "401", "403"}


def test_an_operation_tells_which_parameters_were_sent(sound: Ended):
    sent = operation(sound, AGENTS)["parameters"]

    assert sent.keys() == {"_id", "count", "offset", "sort"}
    assert all(parameter["sent"] > 0 for parameter in sent.values())


def test_an_operation_tells_who_was_let_in_and_who_was_refused(sound: Ended):
    roles = {one.pop("role"): one for one in operation(sound, AGENTS)["roles"]}

    assert roles["admin"]["allowed"] > 0
    assert roles["plain"]["allowed"] == 0 < roles["plain"]["refused"]
    assert roles["plain"]["judged"]
    assert roles["nobody"]["allowed"] == roles["stranger"]["allowed"] == 0


def test_an_operation_tells_how_long_its_answers_took(sound: Ended):
    told = operation(sound, AGENTS)

    figures = told["latency_ms"]
    assert 0 < figures["p50"] <= figures["p95"] <= figures["p99"] <= figures["max"]
    assert figures["calls"] >= told["calls"]


def test_what_was_not_called_stands_there_with_the_reason(sound: Ended):
    told = operation(sound, "POST /api/v1/logout")

    assert told["outcome"] == "not_called"
    assert told["reason"] == report(sound)["left_out"][0]["reason"] != ""


def test_coverage_counts_what_was_reached_of_what_there_is(sound: Ended):
    coverage = report(sound)["coverage"]

    assert coverage["operations"] == {"covered": 1, "offered": 1}
    assert coverage["statuses"] == {"met": 4, "documented": 4}
    assert coverage["parameters"] == {"sent": 4, "documented": 4}
    assert coverage["roles"] == {"cells": 6, "judged": 6}
    assert coverage["relations"]["judged"] > 0


def test_a_deviation_stands_there_with_request_answer_and_command(run_with: Kit):
    ended = run_with(FAULT)

    found = [d for d in report(ended)["deviations"] if d["check"] == MUTANTS[FAULT].kills]
    assert {one["operation"] for one in found} == {MUTANTS[FAULT].on}
    assert found[0]["answer"]["status"] == 200
    assert found[0]["answer"]["content_type"].startswith("application/json")
    assert found[0]["curl"] in ended.output
    assert operation(ended, MUTANTS[FAULT].on)["outcome"] == "deviates"


def test_no_secret_stands_in_the_report(sound: Ended):
    text = (sound.folder / "report.json").read_text()

    assert "open-sesame" not in text
    assert "admin-token" not in text


def test_a_run_that_cannot_begin_leaves_a_report(capsys, tmp_path):
    code, said = ends(capsys, tmp_path, f"http://127.0.0.1:{free_port()}", *ADMIN)

    told = report(Ended(code, said, "", tmp_path))
    assert told["verdict"] == {"exit": 2, "sentence": said.strip()}
    assert told["operations"] == []


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"name": "Ann", "unknown": 1}},
        {"data": {"name": "Ann"}},
        {"files": {"name": (None, "Ann")}},
    ],
    ids=["json", "form", "parts"],
)
def test_the_keys_of_a_body_count_as_parameters(sent: dict[str, Any]):
    request = requests.Request("POST", "http://chat/api/v1/omnichannel/contact", **sent)

    carried = parameters.sent("POST /api/v1/omnichannel/contact", request.prepare())

    assert carried == {"body.name"}


def test_a_list_in_the_query_counts_as_its_parameter():
    query = {"agents[]": ["kim", "lee"], "count": "5"}
    request = requests.Request("GET", "http://chat/api/v1/livechat/rooms", params=query)

    carried = parameters.sent("GET /api/v1/livechat/rooms", request.prepare())

    assert carried == {"agents", "count"}
