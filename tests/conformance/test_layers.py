"""The layers beside the contract: which run, what they find, and that they keep the run's rules."""

import json

import pytest

from conformance import surface
from conformance.relations import PATTERNS, RELATIONS
from tests.conformance.conftest import Faulty, Kit

ROOMS = "GET /api/v1/livechat/rooms"
RELATION = "pages_join_to_the_whole"


def judged(folder) -> dict[str, str]:
    """How each operation ended in the journal of a run with one relation."""
    lines = (folder / "events.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in lines]
    return {
        entry["operation"]: entry["outcome"]
        for event in events
        for entry in event.get("judged", ())
        if entry["check"] == RELATION
    }


def test_a_layer_alone_makes_no_call_of_another(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, "--layers", "relations", "--include", ROOMS)

    assert ended.code == 0, ended.output
    assert "layer relations: " in ended.output
    assert " held" in ended.output
    assert "layer contract" not in ended.output
    assert not (ended.folder / "schemathesis.log").exists()


def test_an_unknown_layer_ends_with_2_and_its_name(kit: Kit):
    ended = kit("--layers", "relations,wishes")

    assert ended.code == 2
    assert "'wishes' is none of" in ended.errors


def test_a_relation_that_does_not_hold_is_a_deviation_with_its_calls(faulty: Faulty, kit: Kit):
    faulty.plant("pages_overlap")

    ended = kit(faulty.url, "--layers", "relations", "--include", ROOMS)

    commands = [line for line in ended.output.splitlines() if line.strip().startswith("curl")]
    assert ended.code == 1, ended.output
    assert f"{ROOMS}: Reading page by page gives the same items" in ended.output
    assert len(commands) >= 3
    assert "offset=" in commands[-1]


def test_an_answer_of_the_wrong_shape_deviates_in_the_layer_of_relations_too(
    faulty: Faulty, kit: Kit
):
    faulty.plant("date_as_milliseconds")

    ended = kit(faulty.url, "--layers", "relations", "--include", ROOMS)

    commands = [line for line in ended.output.splitlines() if line.strip().startswith("curl")]
    assert ended.code == 1, ended.output
    assert ended.output.count("[response_schema_conformance]") == 1
    assert 'is not of type "string"' in ended.output
    assert len(commands) == 1, "the last call alone shows it"
    assert "Could not be tested" not in ended.output


def test_results_of_several_layers_stand_in_one_table(faulty: Faulty, kit: Kit):
    faulty.plant("pages_overlap")

    ended = kit(
        *(faulty.url, "--layers", "relations,roles,contract"),
        *("--phases", "examples", "--include", ROOMS),
    )

    rows = [line for line in ended.output.splitlines() if line.startswith(f"{ROOMS} ")]
    assert len(rows) == 1
    assert RELATION in rows[0]
    assert f'type="{RELATION}"' in (ended.folder / "junit.xml").read_text()


def test_relations_are_judged_for_the_chosen_operations_only(faulty: Faulty, kit: Kit):
    ended = kit(
        *(faulty.url, "--layers", "relations", "--include", "Omnichannel Departments"),
        *("--exclude", "GET /api/v1/livechat/departments/archived"),
    )

    tags = {surface.contract()[operation].tag for operation in judged(ended.folder)}
    assert tags == {"Omnichannel Departments"}
    assert "GET /api/v1/livechat/departments/archived" not in judged(ended.folder)


def test_a_run_whose_time_is_up_says_what_it_did_not_judge(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, "--layers", "relations", "--max-time", "1", "--rate", "20/s")

    assert "no time was left for it" in ended.output


def test_an_account_that_lacks_the_permission_skips_a_relation(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")
    account = ("--user", "user", "--password", "user")

    ended = kit(faulty.url, *account, "--layers", "relations", "--include", ROOMS)

    assert ended.code == 2
    assert f"relations, {RELATION}, {ROOMS}: {ROOMS} answered 403" in ended.output


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=list(RELATIONS))
def test_each_relation_is_named_by_a_pattern_and_has_operations(relation):
    assert relation.pattern in PATTERNS
    assert list(relation.operations(surface.contract()))
