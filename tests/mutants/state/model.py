"""Faults that the machines of the model see: what several calls in a row leave behind."""

from mockserver.world.contacts import saving as contacts
from mockserver.world.custom_fields import values
from mockserver.world.priorities import naming
from mockserver.world.sla import policies
from mockserver.world.units import saving as units
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

NEW_CONTACT = f"POST {at.OMNICHANNEL}/contacts"
CHANGE_CONTACT = f"POST {at.OMNICHANNEL}/contacts.update"
NEW_UNIT, CHANGE_UNIT = f"POST {at.LIVECHAT}/units", f"POST {at.LIVECHAT}/units/{{id}}"
UNIT_DEPARTMENTS = f"GET {at.LIVECHAT}/units/{{unitId}}/departments"
RESET_ALL = f"POST {at.LIVECHAT}/priorities.reset"
RENAME = f"PUT {at.LIVECHAT}/priorities/{{priorityId}}"
PROMISE = f"PUT {at.LIVECHAT}/inquiry.setSLA"
PUT_VALUES = f"POST {at.LIVECHAT}/custom.fields"
SEND_MANY = f"POST {at.LIVECHAT}/messages"
INQUIRY = f"GET {at.LIVECHAT}/inquiries.getOne"


@spoils_mock(kills="model_contacts", on=CHANGE_CONTACT, beside=(NEW_CONTACT, at.CONTACT))
def anybody_becomes_a_manager(plant: Plant) -> None:
    """A contact that is there already is given to who is no agent."""
    plant.edit(contacts.change, "    _check_manager(world, said)\n", "")


@spoils_mock(
    kills="model_unit_members",
    on=CHANGE_UNIT,
    beside=(NEW_UNIT, at.NEW_DEPARTMENT, UNIT_DEPARTMENTS),
)
def unit_keeps_its_departments(plant: Plant) -> None:
    """A department that is in a unit's list no more belongs to it all the same."""
    plant.edit(units.change, "if department._id not in departments:", "if False:")


@spoils_mock(kills="model_ranks", on=at.CHANGE_SLA, beside=(at.NEW_SLA, PROMISE, INQUIRY, at.ROOMS))
def promise_keeps_its_old_time(plant: Plant) -> None:
    """Conversations are due after the minutes that their policy had when they got it."""
    plant.edit(
        policies.change, "known.due_time_in_minutes != sent.due_time_in_minutes", "known is None"
    )


@spoils_mock(kills="model_policies", on=at.CHANGE_SLA, beside=(at.NEW_SLA, at.SLA))
def minutes_of_another_policy_are_taken(plant: Plant) -> None:
    """A policy that takes the minutes of another one is changed."""
    plant.edit(
        policies._check_different,
        "same = other.name == name or other.due_time_in_minutes == minutes",
        "same = other.name == name or (not policy_id and other.due_time_in_minutes == minutes)",
    )


@spoils_mock(kills="model_priorities", on=RESET_ALL, beside=(RENAME, at.PRIORITIES))
def one_priority_is_reset(plant: Plant) -> None:
    """Of several priorities with names of their own only one gets its first name back."""
    plant.edit(naming.reset_all, "for priority in renamed:", "for priority in renamed[:1]:")


@spoils_mock(
    kills="model_values",
    on=PUT_VALUES,
    beside=(f"POST {at.LIVECHAT}/custom-fields.save", at.VISITOR, at.ROOMS),
)
def values_are_always_overwritten(plant: Plant) -> None:
    """A value that shall not replace another one does so, where several are sent."""
    plant.edit(values._put_on_visitor, "merged(full, given)", "merged({}, given)")


@spoils_answer(kills="model_messages", on=SEND_MANY)
def last_message_is_not_confirmed(reply: Reply) -> None:
    """Of several messages that were sent the last is not in the answer."""
    if reply.ok and len(reply.body["messages"]) > 1:
        reply.body["messages"].pop()
