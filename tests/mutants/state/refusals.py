"""Refusals: what must not be done is done, or leaves something behind."""

from mockserver.world.inquiries import taking
from mockserver.world.messages import sending
from mockserver.world.rooms import (
    closing,
    holding,
)
from mockserver.world.sla import policies
from mockserver.world.tags import labels
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

UNCHANGED = "refusal_changes_nothing"


@spoils_mock(kills="a_step_is_taken_once", on=at.CLOSE)
def closed_twice_by_visitor(plant: Plant) -> None:
    """A visitor may close what is closed."""
    plant.edit(closing.close_by_visitor, "if room.open is not True:", "if False:")


@spoils_mock(kills="a_step_is_taken_once", on=at.CLOSE_BY_USER)
def closed_twice_by_user(plant: Plant) -> None:
    """A user may close what is closed."""
    plant.edit(closing.close_by_user, "if room.open is not True and not is_forced:", "if False:")


@spoils_mock(kills=UNCHANGED, on=at.SEND, beside=(at.HISTORY,))
def refused_message_is_stored(plant: Plant) -> None:
    """A message that is refused stands in the room."""
    plant.edit(
        sending.send_as_visitor,
        "        raise lookup.RoomClosed",
        "        receiving.receive(world, room, visitor, msg, key=key)\n"
        "        world.store.commit()\n"
        "        raise lookup.RoomClosed",
    )


@spoils_mock(kills=UNCHANGED, on=at.CLOSE_BY_USER, beside=(at.ROOMS,))
def refused_closing_leaves_a_tag(plant: Plant) -> None:
    """Who may not close a room again has put his tag on it."""
    plant.edit(
        closing.close_by_user,
        "        raise RoomAlreadyClosed",
        "        room.tags = [*(room.tags or ()), comment or 'late']\n"
        "        world.save(room)\n"
        "        world.store.commit()\n"
        "        raise RoomAlreadyClosed",
    )


@spoils_mock(kills=UNCHANGED, on=at.CHANGE_SLA, beside=(at.SLAS,))
def refused_change_is_stored(plant: Plant) -> None:
    """A policy whose new name is refused gets another one all the same."""
    plant.edit(
        policies._check_different,
        "            raise PolicyDuplicated",
        "            other.name += '!'\n"
        "            world.save(other)\n"
        "            world.store.commit()\n"
        "            raise PolicyDuplicated",
    )


@spoils_mock(kills="a_step_is_taken_once", on=at.TAKE)
def taken_twice(plant: Plant) -> None:
    """An inquiry may be taken from the agent who has it."""
    plant.edit(taking.take, 'if inquiry.status == "taken":', "if False:")


@spoils_mock(kills="a_step_is_taken_once", on=at.ON_HOLD)
def held_twice(plant: Plant) -> None:
    """What is on hold may be put on hold again."""
    plant.edit(holding.hold, "if room.on_hold is True:", "if False:")


@spoils_mock(kills="model_rooms", on=at.SEND, beside=(at.CLOSE,))
def closed_room_takes_messages(plant: Plant) -> None:
    """A visitor may write into a closed room."""
    plant.edit(sending.send_as_visitor, "if room.open is not True:", "if False:")


@spoils_mock(kills="model_tags", on=at.SAVE_TAG, beside=(at.TAGS,))
def name_is_given_twice(plant: Plant) -> None:
    """Two tags may have one name."""
    plant.replace(labels._check_unique, lambda world, tag: None)
