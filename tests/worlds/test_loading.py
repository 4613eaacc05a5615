"""A world file becomes a world, always the same one, at its own date or in the present."""

import time
from pathlib import Path

import pytest

from mockserver.world.access.documents import Permission, Role
from mockserver.world.access.rules import user_of
from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.jsdate import millis
from mockserver.world.licence import modules
from mockserver.world.load import WorldError, load, names
from mockserver.world.messages.documents import Message
from mockserver.world.resource import METADATA
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import Setting, value
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor

SMALL = """
about: One visitor who waits.
now: 2026-03-02T09:00:00Z
users: [{_id: sam, name: Sam, roles: [livechat-agent]}]
visitors: [{_id: vic}]
rooms: [{_id: hello, visitor: vic, ts: 2026-03-02T08:59:00Z}]
"""


@pytest.mark.parametrize("name", names())
def test_every_world_of_ours_loads(name: str) -> None:
    assert load(name).name == name


def test_a_world_outside_our_own_loads_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SMALL, encoding="utf-8")

    world = load(str(tmp_path / "mine.yaml"))

    assert [room._id for room in world.all(Room)] == ["hello"]


def test_a_frozen_world_stands_at_its_own_now() -> None:
    assert load("documented").now() == "2020-09-11T09:00:00.000Z"


@pytest.mark.parametrize("name", names())
def test_two_loads_give_the_same_bytes(name: str) -> None:
    assert load(name).store.snapshot() == load(name).store.snapshot()


def test_the_seed_changes_new_ids_but_nothing_that_the_file_says() -> None:
    one, other = load("documented", seed=1), load("documented", seed=2)

    assert one.store.snapshot() == other.store.snapshot()
    assert one.new_id() != other.new_id()


def test_a_live_world_stands_in_the_present() -> None:
    before = time.time_ns() // 1_000_000

    world = load("documented", clock="live")

    assert before <= world.now_ms() <= before + 60_000


def test_a_live_world_shifts_every_date_by_the_same_span() -> None:
    frozen, live = load("documented"), load("documented", clock="live")

    for kind, date in ((Room, "ts"), (Message, "ts"), (Visitor, "ts"), (User, "created_at")):
        spans = {
            millis(getattr(shifted, date)) - millis(getattr(given, date))
            for given, shifted in zip(frozen.all(kind), live.all(kind), strict=True)
        }
        (span,) = spans
        assert abs(live.now_ms() - frozen.now_ms() - span) < 60_000


def test_a_world_has_every_table_even_those_without_rows() -> None:
    world = load("empty")

    stored = world.store.snapshot()

    assert [table for table in METADATA.tables if f"TABLE {table}".encode() not in stored] == []


@pytest.mark.parametrize("username", ["admin", "manager", "monitor", "user", "test.cat"])
def test_a_user_has_the_token_that_is_made_of_his_name(username: str) -> None:
    user = user_of(load("documented"), f"{username}-token", username)

    assert user is not None
    assert user.username == username


def test_an_unlicensed_world_lacks_what_comes_with_the_licence() -> None:
    world = load("empty")

    assert modules(world) == []
    assert world.get(Role, "livechat-monitor") is None
    assert world.get(Permission, "view-livechat-reports") is None
    assert value(world, "Omnichannel_contact_manager_routing") is False


def test_a_licensed_world_has_what_comes_with_the_licence() -> None:
    world = load("documented")

    assert world.get(Role, "livechat-monitor") is not None
    assert world.get(Permission, "view-livechat-reports") is not None
    assert value(world, "Omnichannel_contact_manager_routing") is True


def test_a_setting_of_the_file_keeps_the_default_beside_it() -> None:
    setting = load("documented").get(Setting, "Livechat_Routing_Method")

    assert setting is not None
    assert (setting.value, setting.package_value) == ("Manual_Selection", "Auto_Selection")


def test_a_permission_of_the_file_has_only_the_roles_that_stand_there(tmp_path: Path) -> None:
    changed = SMALL + "permissions: {view-l-room: [admin]}\n"
    (tmp_path / "strict.yaml").write_text(changed, encoding="utf-8")

    permission = load(str(tmp_path / "strict.yaml")).get(Permission, "view-l-room")

    assert permission is not None
    assert permission.roles == ["admin"]


def test_the_next_guest_gets_a_number_that_the_file_does_not_use() -> None:
    world = load("documented")

    taken = {visitor.username for visitor in world.all(Visitor)}

    assert f"guest-{value(world, 'Livechat_guest_count')}" not in taken


def test_a_conversation_that_nobody_took_waits_in_the_queue(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SMALL, encoding="utf-8")

    (inquiry,) = load(str(tmp_path / "mine.yaml")).all(Inquiry)

    assert (inquiry.rid, inquiry.status) == ("hello", "queued")


def test_an_unknown_world_is_answered_with_the_worlds_that_exist() -> None:
    with pytest.raises(WorldError) as raised:
        load("atlantis")

    assert str(raised.value) == (
        f"there is no world atlantis; name one of {', '.join(names())}, or a world file"
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "gone.yaml")

    with pytest.raises(WorldError, match=r"there is no world .*gone\.yaml"):
        load(path)
