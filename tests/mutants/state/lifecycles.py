"""Lifecycles: what was changed, tied or taken away is not so when it is read."""

from mockserver.world.contacts import saving as contacts
from mockserver.world.custom_fields import values
from mockserver.world.departments import ending, members
from mockserver.world.priorities import naming
from mockserver.world.settings import appearance
from mockserver.world.tags import labels
from mockserver.world.triggers import keeping
from mockserver.world.units import saving as units
from mockserver.world.users import agents, appointments
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

DELETE_TAG = f"POST {at.LIVECHAT}/tags.delete"
UNARCHIVE = f"POST {at.LIVECHAT}/department/unarchive/{{_id}}"
CHANGE_MEMBERS = f"POST {at.LIVECHAT}/department/{{_id}}/agents"
SAVE_AGENT = f"POST {at.LIVECHAT}/agents.saveInfo"
OF_AGENT = f"GET {at.LIVECHAT}/agents/{{agentId}}/departments"
DELETE_UNIT = f"DELETE {at.LIVECHAT}/units/{{id}}"
OF_UNIT = f"GET {at.LIVECHAT}/units/{{unitId}}/departments"
CHANGE_CONTACT = f"POST {at.OMNICHANNEL}/contacts.update"
CHANGE_PRIORITY = f"PUT {at.LIVECHAT}/priorities/{{priorityId}}"
PUT_VALUE = f"POST {at.LIVECHAT}/custom.field"
DISMISS = f"DELETE {at.LIVECHAT}/users/{{type}}/{{_id}}"
SAVE_LOOKS = f"POST {at.LIVECHAT}/appearance"
SAVE_TRIGGER = f"POST {at.LIVECHAT}/triggers"


@spoils_mock(kills="a_changed_thing_is_as_it_was_sent", on=at.SAVE_TAG, beside=(at.TAGS,))
def description_of_a_tag_is_lost(plant: Plant) -> None:
    """The description of a tag is not stored."""
    plant.edit(labels.save, 'description=data.get("description", UNSET)', "description=UNSET")


@spoils_mock(kills="a_deleted_thing_is_not_deleted_twice", on=DELETE_TAG, beside=(at.TAGS,))
def deleting_what_is_gone_succeeds(plant: Plant) -> None:
    """To delete a tag that is gone is fine."""
    old = 'raise NothingToDelete(details={"method": "livechat:removeTag"})'
    plant.edit(labels.delete, old, "return")


@spoils_mock(kills="a_trigger_is_changed_in_its_place", on=SAVE_TRIGGER, beside=(at.TRIGGERS,))
def changed_trigger_is_another_one(plant: Plant) -> None:
    """A trigger that is changed is added as a new one."""
    plant.edit(keeping.save, "_id=trigger_id or world.new_id()", "_id=world.new_id()")
    plant.edit(keeping.save, "    if not trigger_id:\n", "    if True:\n")


@spoils_mock(
    kills="members_of_a_department_are_counted",
    on=CHANGE_MEMBERS,
    beside=(at.DEPARTMENT, at.ROOMS),
)
def members_are_counted_only_when_they_join(plant: Plant) -> None:
    """Members who leave are counted still."""
    plant.edit(members.change, "if wanted or unwanted:", "if wanted:")


@spoils_mock(
    kills="an_archived_department_is_disabled_and_stays_so",
    on=UNARCHIVE,
    beside=(at.DEPARTMENT, at.DEPARTMENTS, at.ARCHIVE),
)
def department_from_the_archive_is_enabled(plant: Plant) -> None:
    """A department that leaves the archive is enabled again."""
    old = "department.archived = False"
    plant.edit(ending.unarchive, old, "department.archived, department.enabled = False, True")


@spoils_mock(
    kills="an_agent_is_in_the_departments_that_were_saved", on=SAVE_AGENT, beside=(OF_AGENT,)
)
def agent_stays_in_departments(plant: Plant) -> None:
    """An agent is never taken out of a department."""
    plant.edit(members.set_departments, "change(world, department, remove=item)", "pass")


@spoils_mock(
    kills="a_unit_has_its_department_until_it_is_deleted",
    on=DELETE_UNIT,
    beside=(OF_UNIT, at.UNITS, at.DEPARTMENTS, at.DEPARTMENT),
)
def department_stays_in_a_deleted_unit(plant: Plant) -> None:
    """Departments belong to a unit that is gone."""
    plant.edit(units.delete, "        put_out(world, department)", "        pass")


@spoils_mock(kills="a_contact_keeps_what_is_not_changed", on=CHANGE_CONTACT, beside=(at.CONTACT,))
def change_of_a_contact_takes_its_numbers(plant: Plant) -> None:
    """A contact that is changed loses its numbers unless they are sent again."""
    plant.edit(contacts.change, "    if said.phones is not UNSET:\n", "    if True:\n")


@spoils_mock(
    kills="a_renamed_priority_is_dirty_until_it_is_reset",
    on=CHANGE_PRIORITY,
    beside=(at.PRIORITIES, at.PRIORITY),
)
def reset_priority_is_dirty(plant: Plant) -> None:
    """A priority that was reset is dirty still."""
    plant.edit(naming._reset, "priority.dirty = False", "priority.dirty = True")


@spoils_mock(
    kills="a_value_is_overwritten_only_when_asked",
    on=PUT_VALUE,
    beside=(at.CUSTOM_FIELDS, at.VISITOR),
)
def every_value_overwrites(plant: Plant) -> None:
    """A value replaces another one, whatever `overwrite` says."""
    plant.edit(values.merged, "if one.overwrite or one.key not in values:", "if True:")


@spoils_mock(kills="a_manager_is_one_until_dismissed", on=DISMISS, beside=(at.PEOPLE, at.ROOMS))
def dismissed_manager_stays_one(plant: Plant) -> None:
    """Who was dismissed keeps the role."""
    plant.edit(
        appointments.dismiss, "    roles.take(world, user, role)\n", "    world.save(user)\n"
    )


@spoils_mock(kills="a_saved_look_is_read_back", on=SAVE_LOOKS, beside=(at.APPEARANCE,))
def looks_are_not_saved(plant: Plant) -> None:
    """Looks that are saved stay as they were."""
    plant.replace(appearance.save, lambda world, sent: None)


@spoils_mock(kills="an_agent_s_limits_are_those_that_were_saved", on=SAVE_AGENT)
def limits_are_added_to_those_before(plant: Plant) -> None:
    """What is saved of an agent is added to what was saved before."""
    kept = "agent.livechat = {key: value"
    plant.edit(agents.save_info, kept, "agent.livechat = (agent.livechat or {}) | {key: value")
