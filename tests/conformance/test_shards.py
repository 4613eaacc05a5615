"""Shards: parts of a run that share out the operations, each of them exactly once."""

import json
import re
from collections import Counter
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from conformance import layers, plan, surface
from conformance.model import CHAINS
from conformance.options import parse
from conformance.plan import Plan
from conformance.shards import Shard
from tests.conformance.conftest import Kit

EVERYTHING = frozenset({"read", "write", "destructive"})
THIRDS = ("1/3", "2/3", "3/3")
SOME = ("--include", "Omnichannel Tags", "--layers", "roles,contract", "--phases", "examples")


def whole() -> Plan:
    return plan.choose(surface.contract(), EVERYTHING, [], [])


def keys(part: Plan) -> list[str]:
    return [operation.key for operation in part.operations]


@pytest.mark.parametrize("of", [1, 2, 3, 4, 5, 6, 7])
def test_the_parts_have_each_operation_exactly_once(of):
    parts = [whole().part(Shard(number, of)) for number in range(1, of + 1)]

    assert Counter(key for part in parts for key in keys(part)) == Counter(keys(whole()))


def test_the_parts_name_each_operation_that_is_left_out_exactly_once():
    left_out = [o.key for o, _ in whole().left_out]

    parts = [whole().part(Shard(number, 3)) for number in (1, 2, 3)]

    assert Counter(o.key for part in parts for o, _ in part.left_out) == Counter(left_out)


@pytest.mark.parametrize("of", [2, 3, 4, 5, 6])
def test_no_part_is_much_larger_than_the_others(of):
    sizes = [len(whole().part(Shard(number, of)).operations) for number in range(1, of + 1)]

    assert max(sizes) < 1.15 * sum(sizes) / of


def test_an_operation_stays_where_it_is_when_the_contract_changes():
    part, before = Shard(2, 3), keys(whole())
    changed = Random(7).sample(before, len(before) - 20)

    assert {k for k in changed if part.holds(k)} == {k for k in before if part.holds(k)} & {
        *changed
    }


def test_one_shard_more_takes_operations_and_moves_no_others():
    for key in keys(whole()):
        before = next(n for n in (1, 2, 3) if Shard(n, 3).holds(key))

        after = next(n for n in (1, 2, 3, 4) if Shard(n, 4).holds(key))

        assert after in (before, 4)


@pytest.mark.parametrize("wrong", ["0/3", "4/3", "x", "1", "/", "1/0", "-1/3", "1/3/3", "1/9999"])
def test_a_part_that_is_none_ends_with_2_and_one_sentence(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        parse([f"--shard={wrong}"])

    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"{wrong!r} is no part such as 1/3, 2/3 or 3/3" in said
    assert said.count("\n") == 1


def test_a_part_without_any_of_the_chosen_operations_ends_with_2(kit: Kit):
    one = "GET /api/v1/livechat/tags"
    empty = next(part for part in (Shard(1, 3), Shard(2, 3)) if not part.holds(one))

    ended = kit("--shard", str(empty), "--include", one)

    assert ended.code == 2
    assert f"No operation of this selection belongs to the shard {empty}." in ended.output


def test_a_dry_run_shows_the_part(kit: Kit):
    ended = kit("--dry-run", "--shard", "2/3", *SOME)

    chosen = plan.choose(surface.contract(), EVERYTHING, ["Omnichannel Tags"], [])
    shown = re.findall(r"^(\S+ /\S+)  +(?:read|write|destructive)", ended.output, re.MULTILINE)
    assert sorted(shown) == sorted(keys(chosen.part(Shard(2, 3))))
    assert f"(shard 2/3 of {chosen.whole} operations)" in ended.output


def test_the_shards_together_report_each_operation_and_make_each_test_once(kit: Kit):
    tested: list[str] = []
    judged: Counter[tuple[str, str, str]] = Counter()
    for shard in THIRDS:
        ended = kit("--shard", shard, *SOME)
        assert ended.code == 0, ended.output
        tested += [case for case in cases(ended.folder) if " /api/" in case]
        judged += judged_in(ended.folder)

    ended = kit(*SOME)

    assert Counter(tested) == Counter(case for case in cases(ended.folder) if " /api/" in case)
    assert judged == judged_in(ended.folder)


def cases(folder: Path) -> list[str]:
    """The names of the cases in JUnit."""
    root = ElementTree.parse(folder / "junit.xml").getroot()
    return [str(case.get("name")) for case in root.iter("testcase")]


def judged_in(folder: Path) -> Counter[tuple[str, str, str]]:
    """How often each test of the layers that are made of tests was run."""
    events = map(json.loads, (folder / "events.jsonl").read_text().splitlines())
    return Counter(
        (event["layer"], judged["operation"], judged["check"])
        for event in events
        if event["event"] == "Scenario" and event["layer"] != "contract"
        for judged in event["judged"]
    )


def test_time_that_a_layer_does_not_need_goes_to_the_next_ones(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(layers.time, "monotonic", lambda: now[0])
    shares = layers.shares(("relations", "roles", "contract"), 80)

    first = next(shares)
    now[0] += 5

    assert first == ("relations", 20)
    assert list(shares) == [("roles", 12.5), ("contract", 75)]


@pytest.mark.parametrize("machine", CHAINS, ids=lambda machine: machine.name)
def test_each_machine_of_the_model_is_played_in_one_shard(machine):
    parts = [whole().part(Shard(number, 2)) for number in (1, 2)]

    played = [machine.about(part.selected) in keys(part) for part in parts]

    assert played.count(True) == 1
