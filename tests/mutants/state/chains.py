"""Chains: each call is right on its own, and what comes of several in a row is not."""

from typing import Any

from mockserver.world.canned_responses import saving as canned
from mockserver.world.custom_fields import definitions
from mockserver.world.departments import ending, members, saving
from mockserver.world.inquiries import taking
from mockserver.world.messages import history, receiving
from mockserver.world.rooms import forwarding, opening, transfers
from mockserver.world.routing import availability
from mockserver.world.tags import labels
from mockserver.world.triggers import keeping
from mockserver.world.units import saving as units
from mockserver.world.visitors import registration
from mockserver.world.world import World
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

DEPARTMENT_READ = (at.NEW_DEPARTMENT, at.DEPARTMENT)
UNARCHIVE = f"POST {at.LIVECHAT}/department/unarchive/{{_id}}"
CHANGE_MEMBERS = f"POST {at.MEMBERS.removeprefix('GET ')}"
GIVE_BACK = f"POST {at.LIVECHAT}/inquiries.returnAsInquiry"
AGENT_STATUS = f"POST {at.LIVECHAT}/agent.status"
EDIT_MESSAGE = f"PUT {at.LIVECHAT}/message/{{_id}}"
DELETE_MESSAGE = f"DELETE {at.LIVECHAT}/message/{{_id}}"
NEW_CANNED = f"POST {at.V1}/canned-responses"
SAVE_FIELD = f"POST {at.LIVECHAT}/custom-fields.save"
DELETE_FIELD = f"POST {at.LIVECHAT}/custom-fields.delete"
FIELD = f"GET {at.LIVECHAT}/custom-fields/{{_id}}"
NEW_UNIT, CHANGE_UNIT = f"POST {at.LIVECHAT}/units", f"POST {at.LIVECHAT}/units/{{id}}"
SAVE_TRIGGER = f"POST {at.LIVECHAT}/triggers"
ANSWER = f"POST {at.V1}/chat.sendMessage"
MINE = f"GET {at.LIVECHAT}/inquiries.queuedForUser"


@spoils_mock(
    kills="model_departments", on=at.CHANGE_DEPARTMENT, beside=(at.ARCHIVE, at.NEW_DEPARTMENT)
)
def archived_department_is_enabled_again(plant: Plant) -> None:
    """A department is enabled in the archive."""
    plant.edit(saving.change, "department.archived is True and fields", "False and fields")


@spoils_mock(kills="model_departments", on=UNARCHIVE, beside=(at.ARCHIVE, *DEPARTMENT_READ))
def archive_forgets_members(plant: Plant) -> None:
    """A department comes out of the archive without its agents."""
    plant.edit(
        ending.unarchive,
        "    members.set_enabled(world, department_id, enabled=True)\n",
        "    world.remove(members.Member, members.MEMBERS.c.department_id == department_id)\n",
    )


@spoils_mock(kills="model_departments", on=at.CHANGE_DEPARTMENT, beside=DEPARTMENT_READ)
def members_of_a_disabled_department_stay_enabled(plant: Plant) -> None:
    """A department is disabled, and its agents do not carry it."""
    plant.edit(saving._save, "if was_enabled != department.enabled:", "if False:")


@spoils_mock(kills="model_departments", on=CHANGE_MEMBERS, beside=DEPARTMENT_READ)
def who_leaves_is_still_counted(plant: Plant) -> None:
    """A department counts the agents who have left."""
    plant.edit(members.change, "    if wanted or unwanted:\n", "    if wanted:\n")


@spoils_mock(kills="model_tags", on=at.SAVE_TAG, beside=(at.TAGS,))
def name_given_up_stays_taken(plant: Plant) -> None:
    """A name that a tag has given up is not given again."""
    unique = labels._check_unique
    taken: dict[str, str] = {}

    def check(world: World, tag: Any) -> None:
        unique(world, tag)
        if taken.setdefault(str(tag.name), tag._id) != tag._id:
            raise labels.DuplicateKey("livechat_tag", "name", tag.name)

    plant.replace(unique, check)


@spoils_mock(
    kills="model_canned_responses",
    on=NEW_CANNED,
    beside=(at.CANNED, f"DELETE {at.V1}/canned-responses/{{_id}}"),
)
def shortcut_of_a_deleted_one_stays_taken(plant: Plant) -> None:
    """The shortcut of a canned response that was deleted is not given again."""
    unique = canned._check_shortcut
    taken: dict[str, str | None] = {}

    def check(world: World, response_id: str | None, shortcut: str) -> None:
        unique(world, response_id, shortcut)
        if response_id is None and shortcut in taken:
            raise canned.ShortcutTaken
        taken[shortcut] = response_id

    plant.replace(unique, check)


@spoils_mock(kills="model_custom_fields", on=SAVE_FIELD, beside=(FIELD, DELETE_FIELD))
def deleted_field_comes_back(plant: Plant) -> None:
    """A custom field that is made again after it was deleted has the label of before."""
    new = definitions._new
    before: dict[str, str] = {}

    def made(key: str, data: Any) -> Any:
        return new(key, {**data, "label": before.setdefault(key, data["label"])})

    plant.replace(new, made)


@spoils_mock(kills="model_units", on=CHANGE_UNIT, beside=(NEW_UNIT, at.UNITS))
def visibility_of_a_unit_stays(plant: Plant) -> None:
    """A unit that is changed keeps who sees it."""
    plant.edit(
        units.change,
        "    world.save(unit)\n",
        "    unit.visibility = world.get(Unit, unit_id).visibility\n    world.save(unit)\n",
    )


@spoils_mock(kills="model_triggers", on=SAVE_TRIGGER, beside=(at.TRIGGERS,))
def changed_trigger_runs_once(plant: Plant) -> None:
    """A trigger that is changed runs once from then on."""
    plant.edit(keeping.save, "run_once=run_once", "run_once=run_once or bool(trigger_id)")


@spoils_mock(
    kills="a_conversation_is_forwarded_again_and_again",
    on=at.FORWARD,
    beside=(at.ROOMS, at.TAKE),
)
def forwarded_twice_stays(plant: Plant) -> None:
    """A room that is handed over a second time stays with its agent."""
    plant.edit(
        forwarding._to_agent,
        "    agent = _user(world, user_id)\n",
        "    stays = room.served_by and room.users_count > 2\n"
        "    agent = _user(world, room.served_by._id if stays else user_id)\n",
    )


@spoils_mock(kills="model_rooms", on=at.TAKE, beside=(GIVE_BACK, at.OPEN_ROOM))
def given_back_is_not_taken_again(plant: Plant) -> None:
    """What an agent has given back counts as taken."""
    take = taking.take

    def once(world: World, inquiry_id: str, user_id: str, **more: Any) -> None:
        inquiry = world.get(taking.Inquiry, inquiry_id)
        if inquiry is not None and world.total(transfers.history(world, inquiry.rid)):
            raise taking.InquiryTaken(details=taking.DETAILS)
        take(world, inquiry_id, user_id, **more)

    plant.replace(take, once)


@spoils_mock(kills="model_rooms", on=GIVE_BACK, beside=(at.TAKE,))
def given_back_twice(plant: Plant) -> None:
    """What waits already is given back, too."""
    plant.edit(taking.give_back, "        return False\n", "        return True\n")


@spoils_mock(kills="model_rooms", on=at.SEND, beside=(ANSWER, at.ON_HOLD, at.TAKE, at.ROOMS))
def held_room_sleeps_on(plant: Plant) -> None:
    """A visitor writes, and his conversation stays on hold."""
    plant.edit(receiving.receive, "if room.on_hold is True:", "if False:")


@spoils_mock(kills="model_rooms", on=at.OPEN_ROOM, beside=(at.CLOSE,))
def closed_room_is_opened_again(plant: Plant) -> None:
    """Who comes back after the end of a conversation gets the closed room."""
    plant.edit(
        opening.open_or_find,
        "    if found is not None:\n        return found, False\n",
        "    if found is None and visitor.last_chat:\n"
        "        found = world.get(Room, visitor.last_chat._id)\n"
        "    if found is not None:\n        return found, False\n",
    )


@spoils_mock(
    kills="model_messages",
    on=DELETE_MESSAGE,
    beside=(at.SEND, EDIT_MESSAGE, at.MESSAGE, at.HISTORY),
)
def edited_message_is_not_deleted(plant: Plant) -> None:
    """A message that was edited is answered as deleted and is still there."""
    plant.edit(
        history.delete,
        "    _check_author(visitor, message)\n",
        "    _check_author(visitor, message)\n    if message.edited_at:\n        return\n",
    )


@spoils_mock(kills="model_desk", on=MINE, beside=(at.CHANGE_DEPARTMENT, at.REGISTER))
def queue_of_a_disabled_department_is_seen(plant: Plant) -> None:
    """Agents see what waits in a department that was disabled."""
    plant.edit(availability.departments_of, ", DEPARTMENTS.c.enabled)", ")")


@spoils_mock(kills="who_is_off_duty_takes_nothing", on=at.TAKE, beside=(AGENT_STATUS, at.OPEN_ROOM))
def who_is_away_takes(plant: Plant) -> None:
    """An agent takes a conversation though he takes none."""
    plant.edit(taking.take, "if not availability.is_available(world, user_id):", "if False:")


@spoils_mock(kills="model_visitors", on=at.REGISTER, beside=(at.VISITOR,))
def second_registration_forgets(plant: Plant) -> None:
    """Who registers again and says less is known by less."""
    plant.edit(
        registration._update,
        "    if given.name:\n        visitor.name = given.name\n",
        "    visitor.name = given.name or UNSET\n",
    )
