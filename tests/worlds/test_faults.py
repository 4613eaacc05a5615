"""A world file with faults is refused with every fault, each with its file and its line."""

from pathlib import Path

import pytest

from mockserver.world.load import WorldError, load

SOUND = """\
about: A sound world that the cases below spoil.
now: 2026-03-02T09:00:00Z
licence: [livechat-enterprise]
users:
  - {_id: sam, name: Sam, roles: [livechat-agent]}
  - {_id: kit, name: Kit, roles: [livechat-agent]}
departments:
  - {_id: shop, name: Shop, agents: [sam, kit]}
  - {_id: yard, name: Yard}
visitors:
  - {_id: vic, name: Vic}
  - {_id: val, name: Val}
rooms:
  - _id: hello
    visitor: vic
    department: shop
    ts: 2026-03-01T10:00:00Z
    servedBy: sam
    servedAt: 2026-03-01T10:01:00Z
    messages:
      - {at: 2026-03-01T10:00:30Z, from: visitor, msg: "Hello?"}
      - {at: 2026-03-01T10:02:00Z, from: sam, msg: "Hello!"}
    closedAt: 2026-03-01T10:05:00Z
    closedBy: sam
  - _id: again
    visitor: vic
    ts: 2026-03-02T08:00:00Z
"""
SERVED = "    servedBy: sam\n    servedAt: 2026-03-01T10:01:00Z\n"

SPOILED = [
    # what stands in the sound world, what stands there instead, the one fault
    ("about: A sound", "abuot: A sound", ":1: abuot: unknown field"),
    (
        "visitor: vic\n    dep",
        "visitor: v9\n    dep",
        ":15: rooms[0].visitor: there is no visitor v9",
    ),
    (
        "department: shop",
        "department: mall",
        ":16: rooms[0].department: there is no department mall",
    ),
    ("servedBy: sam", "servedBy: sue", ":18: rooms[0].servedBy: there is no user sue"),
    ("closedBy: sam", "closedBy: sue", ":24: rooms[0].closedBy: there is no user sue"),
    ("from: sam", "from: sue", ":22: rooms[0].messages[1].from: there is no user sue"),
    ("[sam, kit]", "[sam, sue]", ":8: departments[0].agents[1]: there is no user sue"),
    ("[sam, kit]", "[sam, sam]", ":8: departments[0].agents[1]: sam stands here twice"),
    (
        "name: Yard",
        "name: Yard, fallbackForwardDepartment: mall",
        ":9: departments[1].fallbackForwardDepartment: there is no department mall",
    ),
    (
        "name: Yard",
        "name: Yard, fallbackForwardDepartment: yard",
        ":9: departments[1].fallbackForwardDepartment: a department is not its own fallback",
    ),
    ("_id: again", "_id: hello", ":25: rooms[1]._id: hello is taken by rooms[0]"),
    ("{_id: val, name: Val}", "{_id: vic}", ":12: visitors[1]._id: vic is taken by visitors[0]"),
    ("name: Val", "token: vic-token", ":12: visitors[1].token: vic-token is taken by visitors[0]"),
    ("name: Kit,", "name: Kit, username: SAM,", ":6: users[1].username: sam is taken by users[0]"),
    (
        "name: Kit, roles: [livechat-agent]",
        "name: Kit, roles: [king]",
        ":6: users[1].roles[0]: there is no role king",
    ),
    ("name: Kit", "name: 5", ":6: users[1].name: must be a text, not 5"),
    (
        "name: Kit",
        "name: Kit, status: asleep",
        ':6: users[1].status: must be one of away, busy, offline, online, not "asleep"',
    ),
    ("{_id: kit, name: Kit", "{_id: kit", ":6: users[1]: the field name is missing"),
    (
        "now: 2026-03-02T09",
        "now: 2026-02-30T09",
        ":2: now: 2026-02-30T09:00:00Z is no date such as 2020-09-10T23:59:22.345Z",
    ),
    (
        "10:02:00Z",
        "10:02:00",
        ":22: rooms[0].messages[1].at: 2026-03-01T10:02:00 is no date such as "
        "2020-09-10T23:59:22.345Z",
    ),
    (
        "10:05:00Z",
        "09:59:00Z",
        ":23: rooms[0].closedAt: is before the room began (2026-03-01T10:00:00Z)",
    ),
    (
        "10:02:00Z",
        "10:06:00Z",
        ":22: rooms[0].messages[1].at: is after the room closed (2026-03-01T10:05:00Z)",
    ),
    (
        "10:00:30Z",
        "10:02:30Z",
        ":22: rooms[0].messages[1].at: is earlier than what stands before it",
    ),
    (
        "10:02:00Z",
        "10:00:40Z",
        ":22: rooms[0].messages[1].from: sam writes before anybody serves the room",
    ),
    ("2026-03-02T08", "2026-03-02T10", ":27: rooms[1].ts: is later than the world's now"),
    (
        "visitor: vic\n    ts: 2026-03-02T08:00:00Z",
        "visitor: vic\n    ts: 2026-03-01T10:03:00Z",
        ":27: rooms[1].ts: begins while hello of the same visitor is open",
    ),
    ("    closedBy: sam\n", "", ":23: rooms[0].closedAt: says nothing without closedBy"),
    (
        "    servedAt: 2026-03-01T10:01:00Z\n",
        "    servedAt: 2026-03-01T10:01:00Z\n    heldAt: 2026-03-01T10:04:00Z\n",
        ":20: rooms[0].heldAt: a closed room is not on hold",
    ),
    (
        "licence: [livechat-enterprise]",
        "settings: {Livechat_titel: x}",
        ":3: settings.Livechat_titel: there is no setting Livechat_titel",
    ),
    (
        "licence: [livechat-enterprise]",
        "settings: {Livechat_enabled: 1}",
        ":3: settings.Livechat_enabled: must be a boolean, not 1",
    ),
    (
        "licence: [livechat-enterprise]",
        "settings: {Livechat_waiting_queue: true}",
        ":3: settings.Livechat_waiting_queue: needs the licence livechat-enterprise",
    ),
    (
        "licence: [livechat-enterprise]",
        "permissions: {fly: [admin]}",
        ":3: permissions.fly: there is no permission fly",
    ),
    (
        "licence: [livechat-enterprise]",
        "permissions: {view-l-room: [king]}",
        ":3: permissions.view-l-room[0]: there is no role king",
    ),
    (
        "licence: [livechat-enterprise]",
        "licence: [gold]",
        ":3: licence[0]: must be one of canned-responses, contact-id-verification, "
        'livechat-enterprise, not "gold"',
    ),
    (
        "closedAt: 2026",
        "forwards: [{at: 2026-03-01T10:03:00Z, by: sam}]\n    closedAt: 2026",
        ":23: rooms[0].forwards[0]: goes either to an agent (to) or to a department",
    ),
    (
        "name: Kit,",
        "name: Kit, shifts: [{from: 2026-03-01T22:00:00Z, to: 2026-03-02T02:00:00Z}],",
        ":6: users[1].shifts[0].to: a shift ends on the day on which it began",
    ),
]

UNREADABLE = [
    ("about: x\n  now: y\n", ":2: is no YAML: mapping values are not allowed in this context"),
    ("about: *x\n", ":1: *x: a world file has no aliases, write the value out"),
    ("about: x\nabout: y\n", ":2: about stands here twice"),
    (
        "about: !!python/object:os.system x\n",
        ":1: tag:yaml.org,2002:python/object:os.system: a world file has no tags",
    ),
    ("about: x\n---\nabout: y\n", ":2: a world file is one document"),
    ("? [a]\n: b\n", ":1: a key must be a text"),
    ("", ":1: a world file is a mapping, and not empty"),
    ("- about\n", ":1: a world file is a mapping, and not empty"),
    ("about: " + "[" * 60 + "]" * 60, ":1: is nested deeper than 40 levels"),
    ('about: "\x00"\n', ":1: is no YAML: control characters are not allowed"),
]


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    return tmp_path / "spoiled.yaml"


def refusal(path: Path, text: str) -> list[str]:
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(WorldError) as raised:
        load(str(path))
    return str(raised.value).splitlines()


def test_the_sound_world_loads(spoiled: Path) -> None:
    spoiled.write_text(SOUND, encoding="utf-8")

    assert load(str(spoiled)).now() == "2026-03-02T09:00:00.000Z"


@pytest.mark.parametrize(("sound", "instead", "fault"), SPOILED, ids=[case[2] for case in SPOILED])
def test_a_fault_is_told_with_its_file_and_line(
    spoiled: Path, sound: str, instead: str, fault: str
) -> None:
    assert sound in SOUND

    assert f"spoiled.yaml{fault}" in refusal(spoiled, SOUND.replace(sound, instead, 1))


@pytest.mark.parametrize(("text", "fault"), UNREADABLE, ids=[case[1] for case in UNREADABLE])
def test_a_text_that_is_no_world_is_refused_with_its_line(
    spoiled: Path, text: str, fault: str
) -> None:
    assert refusal(spoiled, text) == [f"spoiled.yaml{fault}"]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(spoiled: Path) -> None:
    text = SOUND.replace("abo", "obo", 1).replace("visitor: vic", "visitor: v9")
    text = text.replace("closedBy: sam", "closedBy: sue\n    colour: red").replace("[sam,", "[sue,")

    lines = refusal(spoiled, text)

    assert lines == [
        "spoiled.yaml:1: the field about is missing",
        "spoiled.yaml:1: obout: unknown field",
        "spoiled.yaml:8: departments[0].agents[0]: there is no user sue",
        "spoiled.yaml:15: rooms[0].visitor: there is no visitor v9",
        "spoiled.yaml:24: rooms[0].closedBy: there is no user sue",
        "spoiled.yaml:25: rooms[0].colour: unknown field",
        "spoiled.yaml:27: rooms[1].visitor: there is no visitor v9",
    ]


def test_a_part_with_a_fault_of_its_own_still_counts_for_the_others(spoiled: Path) -> None:
    lines = refusal(spoiled, SOUND.replace("name: Sam", "name: 5"))

    assert lines == ["spoiled.yaml:5: users[0].name: must be a text, not 5"]


def test_endless_nesting_is_refused_and_not_followed(spoiled: Path) -> None:
    (line,) = refusal(spoiled, "about: " + "[" * 200_000)

    assert line.startswith("spoiled.yaml:1: is no")


def test_a_file_that_is_not_utf_8_is_refused_in_one_sentence(spoiled: Path) -> None:
    assert refusal(spoiled, "about: \udcff") == [f"{spoiled}: the world is not written in UTF-8"]


def test_ids_that_the_mock_would_make_twice_are_refused(spoiled: Path) -> None:
    text = SOUND.replace("_id: kit, name: Kit", "_id: b-kit, name: Kit").replace(
        "[sam, kit]", "[b-kit]"
    )
    text = text.replace("{_id: yard, name: Yard}", "{_id: shop-b, name: Yard, agents: [kit]}")
    text = text.replace("departments:\n", "  - {_id: kit, name: Kit}\ndepartments:\n")

    (line,) = refusal(spoiled, text)

    assert line == (
        "spoiled: two documents of the kind Member would have the id shop-b-kit; "
        "rename what it is made of"
    )
