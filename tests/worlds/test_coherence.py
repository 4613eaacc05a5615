"""In every world of ours each reference resolves, and what hangs together agrees."""

from pathlib import Path

import pytest

from mockserver.generate_command import generate
from mockserver.world.access.documents import Password, Permission, Role, Token
from mockserver.world.analytics.documents import Availability
from mockserver.world.departments.documents import Department, Member
from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.load import load, names, opened
from mockserver.world.messages.documents import Message, Subscription
from mockserver.world.rooms.documents import Room
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

GENERATED = "generated"


@pytest.fixture(scope="module", params=[*names(), GENERATED])
def given(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Each of our own worlds, and a generated store."""
    if request.param != GENERATED:
        return load(request.param)
    store: Path = tmp_path_factory.mktemp("stores") / "generated.sqlite"
    generate(["--rooms", "400", "--seed", "3", "--out", str(store)])
    return opened(store, "")


def ids(world: World, kind: type[User] | type[Room]) -> set[str]:
    return {document._id for document in world.all(kind)}


def test_every_role_that_anybody_holds_exists(given: World) -> None:
    held = {role for user in given.all(User) for role in user.roles}

    assert held <= {role._id for role in given.all(Role)}


def test_every_user_has_a_password_and_a_token(given: World) -> None:
    users = ids(given, User)

    assert {password._id for password in given.all(Password)} == users
    assert {token.user_id for token in given.all(Token)} == users


def test_every_licensed_role_is_among_the_holders_of_a_permission(given: World) -> None:
    holders = {role for permission in given.all(Permission) for role in permission.roles}

    assert {"admin", "livechat-agent", "livechat-manager"} <= holders


def test_every_member_is_a_user_under_his_present_name(given: World) -> None:
    for member in given.all(Member):
        user = given.get(User, member.agent_id)
        assert user is not None
        assert user.username == member.username


def test_every_department_counts_its_members(given: World) -> None:
    members = given.all(Member)

    for department in given.all(Department):
        own = [member for member in members if member.department_id == department._id]
        assert department.num_agents == len(own)
        assert all(member.department_enabled == department.enabled for member in own)


def test_every_room_shows_its_visitor_as_he_is(given: World) -> None:
    for room in given.all(Room):
        visitor = given.get(Visitor, room.v._id)
        assert visitor is not None
        assert (room.v.token, room.v.username) == (visitor.token, visitor.username)
        assert room.fname == (visitor.name or visitor.username)


def test_every_room_is_in_a_department_that_exists(given: World) -> None:
    departments = {department._id for department in given.all(Department)}

    assert {room.department_id for room in given.all(Room) if room.department_id} <= departments


def test_every_agent_who_serves_or_closed_a_room_exists_under_his_name(given: World) -> None:
    for room in given.all(Room):
        for person in (room.served_by, room.response_by):
            if person:
                user = given.get(User, person._id)
                assert user is not None
                assert user.username == person.username
        if room.closed_by:
            closer = User if room.closer == "user" else Visitor
            assert given.get(closer, room.closed_by._id) is not None


def test_a_room_is_either_open_or_closed_with_all_that_belongs_to_it(given: World) -> None:
    for room in given.all(Room):
        is_closed = room.closed_at and room.closed_by and room.closer
        assert bool(room.open) != bool(is_closed)
        assert bool(is_closed) == ("chatDuration" in (room.metrics or {}))


def test_every_visitor_has_at_most_one_open_room(given: World) -> None:
    visitors = [room.v._id for room in given.all(Room) if room.open]

    assert len(visitors) == len(set(visitors))


def test_the_last_chat_of_a_visitor_is_his_latest_room(given: World) -> None:
    rooms = given.all(Room)

    for visitor in given.all(Visitor):
        own = [(room.ts, room._id) for room in rooms if room.v._id == visitor._id]
        last = visitor.last_chat and (visitor.last_chat.ts, visitor.last_chat._id)
        assert (last or None) == max(own, default=None)


def test_every_open_room_and_no_other_has_one_inquiry(given: World) -> None:
    inquiries = [inquiry.rid for inquiry in given.all(Inquiry)]

    assert sorted(inquiries) == sorted(room._id for room in given.all(Room) if room.open)


def test_an_inquiry_agrees_with_its_room(given: World) -> None:
    for inquiry in given.all(Inquiry):
        room = given.get(Room, inquiry.rid)
        assert room is not None
        assert inquiry.status == ("taken" if room.served_by else "queued")
        assert inquiry.department == room.department_id
        assert (inquiry.name, inquiry.ts, inquiry.v.token) == (room.fname, room.ts, room.v.token)
        assert bool(inquiry.queued_at) != bool(inquiry.taken_at)


def test_the_serving_agent_of_every_open_room_and_nobody_else_is_subscribed(given: World) -> None:
    served = {(r._id, r.served_by._id) for r in given.all(Room) if r.open and r.served_by}

    assert {(seat.rid, seat.user_id) for seat in given.all(Subscription)} == served


def test_every_message_is_of_a_room_and_of_somebody_who_exists(given: World) -> None:
    rooms = ids(given, Room)

    for message in given.all(Message):
        author = Visitor if message.token else User
        assert message.rid in rooms
        assert given.get(author, message.u._id) is not None


def test_every_room_counts_its_messages_and_shows_the_last(given: World) -> None:
    messages = given.all(Message)

    for room in given.all(Room):
        own = [message for message in messages if message.rid == room._id]
        assert room.msgs == len(own)
        assert room.lm == room.last_message["ts"]
        assert room.last_message["_id"] in {message._id for message in own}


def test_nothing_happened_after_the_present(given: World) -> None:
    now = given.now()

    assert all(message.ts <= now for message in given.all(Message))
    assert all(record.last_started_at <= now for record in given.all(Availability))


def test_who_is_available_has_a_shift_that_goes_on(given: World) -> None:
    going_on = {record.agent_id for record in given.all(Availability) if not record.last_stopped_at}

    available = {user._id for user in given.all(User) if user.status_livechat == "available"}

    assert going_on == available
