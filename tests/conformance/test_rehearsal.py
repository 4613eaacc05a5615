"""The dry run: it tells what a run would call, and calls nothing."""

import json
import re
from collections import Counter
from pathlib import Path

from tests.conformance.conftest import Faulty, Kit

TAGS = ("--include", "Omnichannel Tags", "--phases", "examples,coverage")
LIST = "GET /api/v1/livechat/tags"


def bounds(output: str) -> dict[str, dict[str, int]]:
    """The numbers of each operation's row, by column."""
    head = re.search(r"^operation +effect +(.+)$", output, re.MULTILINE)
    assert head, output
    columns = head[1].split()
    rows = re.findall(r"^(\S+ /\S+) +(?:read|write|destructive) +([\d ]+)$", output, re.MULTILINE)
    return {key: dict(zip(columns, map(int, row.split()), strict=True)) for key, row in rows}


def calls(folder: Path) -> Counter[tuple[str, str]]:
    """The calls of each operation and phase in a run's journal."""
    counted: Counter[tuple[str, str]] = Counter()
    for line in (folder / "events.jsonl").read_text().splitlines():
        event = json.loads(line)
        for made in event.get("calls", ()):
            counted[made["operation"], event["phase"].lower()] += made["count"]
    return counted


def test_a_dry_run_sends_nothing(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, "--dry-run", *TAGS)

    assert ended.code == 0, ended.output
    assert ended.output.rstrip().endswith("Nothing was sent.")
    assert faulty.seen == []


def test_a_dry_run_needs_no_account_and_no_server(kit: Kit):
    ended = kit("https://chat.example.com", "--dry-run", *TAGS)

    assert ended.code == 0, ended.output
    assert LIST in bounds(ended.output)


def test_a_dry_run_leaves_out_what_the_run_may_not_call(kit: Kit):
    ended = kit("https://chat.example.com", "--dry-run", *TAGS, "--layers", "roles")

    assert "not called: POST /api/v1/livechat/tags.save: it changes things" in ended.output
    assert not re.search(r"^POST", ended.output, re.MULTILINE)


def test_a_run_makes_no_more_calls_than_its_dry_run_told(kit: Kit):
    rehearsed = kit("--dry-run", *TAGS).output
    told = bounds(rehearsed)

    ended = kit(*TAGS, "--layers", "relations,roles,contract,twin")

    made = calls(ended.folder)
    assert ended.code == 0, ended.output
    assert told[LIST]["coverage"] > 0
    assert re.search(r"about \d+ chains of the model", rehearsed)
    more = {(key, name): n for (key, name), n in made.items() if n > told.get(key, {}).get(name, 0)}
    # A relation is told with the operation that it is about, and calls others that help.
    assert [where for where in more if where[1] != "relations"] == []
    assert sum(n for (_, name), n in made.items() if name == "relations") <= sum(
        row["relations"] for row in told.values()
    )
