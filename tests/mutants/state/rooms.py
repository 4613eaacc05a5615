"""Rooms: what was done to a conversation is not there afterwards."""

from mockserver.world.messages import history, posting
from mockserver.world.priorities import ranking
from mockserver.world.priorities.documents import Priority
from mockserver.world.rooms import (
    closing,
    editing,
    forwarding,
    holding,
    opening,
    serving,
)
from mockserver.world.rooms import removal as rooms
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

CLOSED = "a_closed_conversation_moves_from_open_to_closed"


@spoils_mock(kills=CLOSED, on=at.CLOSE, beside=(at.ROOMS,))
def closed_room_stays_open(plant: Plant) -> None:
    """A room that was closed is still open in the lists."""
    plant.edit(closing._close, "room.open = room.on_hold = UNSET", "room.on_hold = UNSET")


@spoils_mock(kills="model_rooms", on=at.CLOSE_BY_USER, beside=(at.ROOMS,))
def closed_without_a_time(plant: Plant) -> None:
    """A closed room does not say when it was closed."""
    plant.edit(closing._close, "    room.closed_at = now\n", "")


@spoils_mock(kills="queued_inquiries_are_queued_rooms", on=at.CLOSE, beside=(at.INQUIRIES,))
def closed_room_stays_in_the_queue(plant: Plant) -> None:
    """The inquiry of a closed room still waits."""
    plant.edit(closing._close, "    world.remove(Inquiry, INQUIRIES.c.rid == room._id)\n", "")


@spoils_mock(kills="a_deleted_conversation_is_gone", on=at.DELETE_ROOM, beside=(at.ROOMS,))
def deleted_room_is_still_there(plant: Plant) -> None:
    """A room that was deleted is still listed."""
    plant.edit(rooms.remove, "    world.remove(Room, ROOMS.c._id == room._id)\n", "")


@spoils_mock(
    kills="a_taken_conversation_moves_from_queued_to_open",
    on=at.TAKE,
    beside=(at.ROOMS, at.INQUIRIES),
)
def taken_inquiry_still_waits(plant: Plant) -> None:
    """What an agent has taken still waits in the queue."""
    plant.edit(
        serving.serve,
        'inquiry.status, inquiry.taken_at = "taken", world.now()',
        'inquiry.status, inquiry.taken_at = "queued", world.now()',
    )


@spoils_mock(kills="a_taken_conversation_moves_from_queued_to_open", on=at.TAKE, beside=(at.ROOMS,))
def taken_by_nobody(plant: Plant) -> None:
    """A room that was taken has no agent."""
    plant.edit(serving.serve, "    room.users_count += 1\n", "    room.served_by = UNSET\n")


@spoils_mock(kills="a_held_conversation_moves_from_open_to_held", on=at.ON_HOLD, beside=(at.ROOMS,))
def held_room_goes_on(plant: Plant) -> None:
    """A room that was put on hold is not."""
    plant.edit(holding.hold, "    room.on_hold = True\n", "")


@spoils_mock(kills="a_visitor_has_one_open_conversation", on=at.OPEN_ROOM, beside=(at.ROOMS,))
def second_room_is_opened(plant: Plant) -> None:
    """A visitor who has an open room gets another."""
    plant.edit(
        opening.open_or_find,
        "found = lookup.open_of_visitor(world, token)",
        "found = lookup.open_of_visitor(world, token) if rid else None",
    )


@spoils_mock(
    kills="a_forwarded_conversation_changes_its_department", on=at.FORWARD, beside=(at.ROOMS,)
)
def forwarded_room_stays(plant: Plant) -> None:
    """A room that was forwarded to a department stays in its own."""
    moved = forwarding._to_department
    plant.replace(moved, lambda *_: None)


@spoils_mock(
    kills="a_priority_that_is_taken_away_leaves_nothing",
    on=f"DELETE {at.LIVECHAT}/room/{{rid}}/priority",
    beside=(f"POST {at.LIVECHAT}/room/{{rid}}/priority", at.ROOMS),
)
def priority_stays(plant: Plant) -> None:
    """A priority that was taken away stays."""
    plant.edit(ranking.take, "_set(world, room, None)", "_set(world, room, _kept(world, room))")
    plant.set(ranking, "_kept", lambda world, room: world.get(Priority, room.priority_id))


@spoils_mock(kills="what_is_noted_of_a_conversation_is_shown", on=at.SAVE_ROOM, beside=(at.ROOMS,))
def topic_is_not_saved(plant: Plant) -> None:
    """The topic of a room is answered as saved and is not."""
    plant.edit(editing._save_room, "if given.topic is not None:", "if False:")


@spoils_mock(kills="a_tag_of_closing_counts_once", on=at.CLOSE_BY_USER, beside=(at.ROOMS,))
def tags_of_closing_are_lost(plant: Plant) -> None:
    """The tags that come with closing a room are not kept."""
    plant.edit(
        closing.close_by_user,
        "_tags(world, room, tags, is_asked=True)",
        "_tags(world, room, (), is_asked=True)",
    )


@spoils_mock(
    kills="a_message_is_one_more_until_it_is_deleted",
    on=at.SEND,
    beside=(at.HISTORY, f"DELETE {at.LIVECHAT}/message/{{_id}}"),
)
def message_is_not_kept(plant: Plant) -> None:
    """A message is answered and not stored."""
    plant.edit(
        posting._post, "    world.add(message)\n", "    world.add(message) if message.t else None\n"
    )


@spoils_mock(
    kills="a_message_is_one_more_until_it_is_deleted",
    on=f"DELETE {at.LIVECHAT}/message/{{_id}}",
    beside=(at.SEND, at.HISTORY),
)
def deleted_message_is_still_there(plant: Plant) -> None:
    """A message that was deleted is still read."""
    plant.edit(history.delete, "    world.remove(Message, MESSAGES.c._id == message_id)\n", "")


@spoils_mock(
    kills="model_messages",
    on=f"PUT {at.LIVECHAT}/message/{{_id}}",
    beside=(at.MESSAGE, at.HISTORY),
)
def edited_message_is_as_before(plant: Plant) -> None:
    """A message that was edited is read as it was."""
    plant.edit(history.edit, "    world.save(message)\n    if", "    if")
