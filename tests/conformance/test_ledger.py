"""What a run makes it takes away again, whatever happens; what was there before stays as it was."""

import signal
import subprocess
from collections.abc import Mapping

import pytest
import requests

from conformance import ledger, surface, target, things
from conformance.finds import Finds
from conformance.handoff import Handoff
from conformance.options import parse
from tests.conformance.conftest import ROOT, Faulty, Kit, kit_command, wait_until
from tests.conformance.test_do_no_harm import guard, request

ADMIN = {"X-Auth-Token": "admin-token", "X-User-Id": "admin"}
FOREIGN = ("--user", "admin", "--password", "admin", "--allow-writes")
LISTS = (
    "livechat/department",
    "livechat/departments/archived",
    "livechat/tags?viewAll=true",
    "livechat/units",
    "livechat/sla",
    "livechat/custom-fields",
    "livechat/triggers",
    "canned-responses",
    "livechat/business-hours",
    "livechat/rooms",
    "livechat/rooms?open=false",
    "livechat/inquiries.list",
    "livechat/visitors.search?term=",
    "livechat/users/agent",
    "livechat/users/manager",
    "livechat/monitors",
    "omnichannel/contacts.search",
)
MAKERS = (
    "POST /api/v1/livechat/visitor",
    "GET /api/v1/livechat/room",
    "POST /api/v1/livechat/tags.save",
    "POST /api/v1/livechat/sla",
    "POST /api/v1/livechat/units",
    "POST /api/v1/livechat/custom-fields.save",
    "POST /api/v1/livechat/triggers",
    "POST /api/v1/canned-responses",
)
SAVE = surface.contract()["POST /api/v1/livechat/custom-fields.save"]
CONTACTS = "POST /api/v1/omnichannel/contacts"
ME = "GET /api/v1/me"
INCLUDED = tuple(word for key in MAKERS for word in ("--include", key))


def totals(url: str) -> Mapping[str, int]:
    """How many items each list has."""
    paths = {name: f"{url}/api/v1/{name}" for name in LISTS}
    return {
        name: requests.get(path, headers=ADMIN, timeout=10).json()["total"]
        for name, path in paths.items()
    }


def test_a_run_that_writes_leaves_the_lists_of_a_server_as_they_were(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")
    before = totals(faulty.url)

    ended = kit(faulty.url, *FOREIGN, *INCLUDED, "--layers", "contract")

    assert ended.code == 0, ended.output
    assert (ended.folder / "ledger.jsonl").read_text().count('"made"') > 50
    assert totals(faulty.url) == before
    assert "Left behind" not in ended.output


def test_an_interrupted_run_takes_away_what_it_made(faulty: Faulty, tmp_path):
    faulty.plant("foreign")
    before = totals(faulty.url)
    command = kit_command(tmp_path, (faulty.url, *FOREIGN, *INCLUDED, "--layers", "contract"))
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    book = tmp_path / "ledger.jsonl"
    wait_until(lambda: book.exists() and book.read_text().count('"made"') > 40)

    run.send_signal(signal.SIGINT)
    output = run.communicate(timeout=60)[0].decode()

    assert run.returncode == 130, output
    assert totals(faulty.url) == before


def test_our_own_mock_is_given_back_as_it_was(faulty: Faulty, kit: Kit):
    before = totals(faulty.url)
    health = requests.get(f"{faulty.url}/__mock__/health", timeout=5).json()

    ended = kit(faulty.url, *INCLUDED, "--layers", "contract", "--phases", "examples")

    assert ended.code == 0, ended.output
    assert totals(faulty.url) == before
    assert requests.get(f"{faulty.url}/__mock__/health", timeout=5).json() == health


def test_fields_that_must_be_filled_in_are_not_left_for_the_next_layer(faulty: Faulty, tmp_path):
    server = target.connect(faulty.url, parse([faulty.url], {}))
    run = Handoff(server, Finds(), tmp_path / "events.jsonl", 10, 1)
    book = ledger.of(run)
    for name, required in (("kit-asked", True), ("kit-free", False)):
        field = {"field": name, "label": name, "scope": "visitor", "visibility": "visible"}
        body = {"customFieldData": {**field, "regexp": "", "required": required}}
        answer = requests.post(faulty.url + SAVE.path, json=body, headers=ADMIN, timeout=10)
        book.note(SAVE, SAVE.path, body, answer)

    ledger.Cleaner(run, book).ease()

    path = f"{faulty.url}/api/v1/livechat/custom-fields"
    fields = requests.get(path, headers=ADMIN, timeout=10).json()["customFields"]
    assert {"kit-asked", "kit-free"} & {one["_id"] for one in fields} == {"kit-free"}


def test_what_cannot_be_removed_is_not_made(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    departments = "POST /api/v1/livechat/department"
    included = [word for key in (CONTACTS, departments, ME) for word in ("--include", key)]
    ended = kit(faulty.url, *FOREIGN, *included, "--layers", "roles")

    assert f"{CONTACTS}: what it makes cannot be removed again" in ended.output
    assert f"{departments}: the server does not allow to remove departments" in ended.output
    assert not {CONTACTS, departments}.intersection(faulty.seen)


def test_what_is_made_all_the_same_and_stays_is_listed(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    ended = kit(
        *(faulty.url, *FOREIGN, "--allow-destructive", "--include", CONTACTS),
        *("--layers", "contract", "--phases", "examples"),
    )

    assert "Left behind" in ended.output
    assert ": the API cannot remove it" in ended.output


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/livechat/department/old-one/agents", {"upsert": [], "remove": []}),
        ("POST", "/api/v1/livechat/room.close", {"rid": "old-one", "token": "kit-1"}),
        ("GET", "/api/v1/livechat/room?token=old-one", None),
    ],
)
def test_no_write_names_what_was_there_before(method: str, path: str, body: object):
    writing = guard(effects=frozenset({"read", "write"}))
    writing.protected = frozenset({"old-one"})

    assert writing.refusal(request(method, path, body)) is not None
    assert writing.refusal(request("GET", "/api/v1/livechat/department/old-one")) is None


@pytest.mark.parametrize(
    ("operation", "body", "answer", "called"),
    [
        (MAKERS[0], {"visitor": {"token": "kit-a"}}, {"visitor": {}}, "kit-a"),
        (MAKERS[2], {"tagData": {"name": "a"}}, {"_id": "t1"}, "t1"),
        (MAKERS[6], {"name": "kit-a"}, {"success": True}, "kit-a"),
        (MAKERS[6], {"description": "no name"}, {"success": True}, ""),
    ],
)
def test_a_made_thing_is_known_by_its_id_or_its_name(operation, body, answer, called):
    found = things.made(operation, body, answer)

    assert found is not None
    assert found[1] == called


@pytest.mark.parametrize("body", [{"_id": "t1", "tagData": {}}, None])
def test_a_change_makes_nothing(body):
    answer = {"_id": "t1"} if body else {}

    assert things.made(MAKERS[2], body, answer) is None


def test_names_begin_with_the_prefix_unless_they_are_known():
    bodies = [{"name": name} for name in ("new", "kit-new", "known", " ", 5)]

    for body in bodies:
        things.mark(MAKERS[3], body, lambda name: name == "known", all_of_them=False)

    assert [body["name"] for body in bodies] == ["kit-new", "kit-new", "known", " ", 5]
