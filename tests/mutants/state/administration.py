"""Administration: what is saved is not what is read, and what breaks a rule is saved."""

from mockserver.handlers import room_states, sms
from mockserver.registry import Bare
from mockserver.world.business_hours import saving as hours
from mockserver.world.canned_responses import finding
from mockserver.world.canned_responses import saving as responses
from mockserver.world.contacts import blocking, searching
from mockserver.world.contacts import saving as contacts
from mockserver.world.departments import units as membership
from mockserver.world.monitors import appointment
from mockserver.world.priorities import naming
from mockserver.world.settings import appearance, listing, webhooks
from mockserver.world.sla import policies
from mockserver.world.tags import labels
from mockserver.world.units import saving as units
from mockserver.world.users import appointments
from mockserver.world.visitors import contact_form
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

CHANGE_CONTACT = f"POST {at.OMNICHANNEL}/contacts.update"
CHANGE_PRIORITY = f"PUT {at.LIVECHAT}/priorities/{{priorityId}}"
EXISTS = f"GET {at.OMNICHANNEL}/contacts.checkExistence"
HISTORY = f"GET {at.OMNICHANNEL}/contacts.history"
SETTLE = f"POST {at.OMNICHANNEL}/contacts.conflicts"
SAVE_HOURS = f"POST {at.LIVECHAT}/business-hours.save"
SAVE_WEBHOOKS = f"POST {at.OMNICHANNEL}/integrations"
SAVE_LOOKS = f"POST {at.LIVECHAT}/appearance"
TEXT_MESSAGES = f"POST {at.LIVECHAT}/sms-incoming/{{service}}"
DISMISS = f"DELETE {at.LIVECHAT}/users/{{type}}/{{_id}}"
REMOVE_CLOSED = f"POST {at.LIVECHAT}/rooms.removeAllClosedRooms"
SAVE_RESPONSE = f"POST {at.V1}/canned-responses"
SAVE_UNIT = f"POST {at.LIVECHAT}/units/{{id}}"
DISMISS_MONITOR = f"POST {at.LIVECHAT}/monitors.delete"
NEW_CONTACT = f"POST {at.OMNICHANNEL}/contacts"


@spoils_mock(kills="what_is_saved_is_read_everywhere", on=at.SAVE_TAG)
def last_department_of_a_tag_is_lost(plant: Plant) -> None:
    """Of several departments a tag has one less than was sent."""
    old = "of = list(departments or ())"
    plant.edit(labels.save, old, f"{old}\n    of = of[:-1] if len(of) > 1 else of")


@spoils_mock(kills="what_breaks_a_rule_is_refused", on=NEW_CONTACT)
def anybody_is_the_manager_of_a_contact(plant: Plant) -> None:
    """Who is no agent may be the manager of a contact."""
    plant.edit(contacts._check_manager, ", USERS.c.is_agent)", ")")


@spoils_mock(kills="a_unit_has_exactly_what_was_saved", on=SAVE_UNIT)
def department_out_of_a_unit_stays_in_it(plant: Plant) -> None:
    """A department that is left out when a unit is saved again stays in the unit."""
    plant.edit(units.change, "department._id not in departments", "not departments")


@spoils_mock(kills="a_department_moves_between_units", on=at.CHANGE_DEPARTMENT)
def left_unit_counts_its_department(plant: Plant) -> None:
    """A unit that a department leaves for another one counts it still."""
    plant.edit(membership._count, "num_departments += change", "num_departments += max(change, 0)")


@spoils_mock(kills="a_dismissed_monitor_watches_no_unit", on=DISMISS_MONITOR)
def dismissed_monitor_watches_on(plant: Plant) -> None:
    """Who is a monitor no more stands among the monitors of his units still."""
    plant.edit(
        appointment.dismiss, "world.remove(UnitMonitor, UNIT_MONITORS.c.monitor_id == user._id)", ""
    )


@spoils_mock(kills="tags_are_offered_to_their_departments", on=at.TAGS)
def everybody_is_offered_all_tags(plant: Plant) -> None:
    """Who does not manage tags may ask for all of them."""
    plant.edit(labels.listing, "if not (manages and view_all):", "if not view_all:")


@spoils_mock(kills="responses_are_there_for_their_scope", on=f"GET {at.V1}/canned-responses.get")
def agents_use_responses_of_all_departments(plant: Plant) -> None:
    """Agents may use the responses of departments that they are not in."""
    plant.edit(finding.usable, "if not rules.has_permission(world, caller, VIEW_ALL):", "if False:")


@spoils_mock(kills="a_deleted_tag_leaves_the_responses", on=f"POST {at.LIVECHAT}/tags.delete")
def responses_keep_a_deleted_tag(plant: Plant) -> None:
    """Responses keep a tag that is deleted."""
    plant.edit(labels.delete, "forgetting.forget_tag(world, tag.name)", "pass")


@spoils_mock(kills="priorities_can_be_reset_while_one_is_renamed", on=CHANGE_PRIORITY)
def renamed_priority_is_clean(plant: Plant) -> None:
    """A priority that was renamed is not marked so."""
    plant.edit(naming.rename, "priority.dirty = True", "pass")


@spoils_mock(kills="a_reset_takes_all_names", on=f"POST {at.LIVECHAT}/priorities.reset")
def reset_takes_one_name(plant: Plant) -> None:
    """A reset of the priorities takes the name of one of them alone."""
    plant.edit(naming.reset_all, "in renamed:", "in renamed[:1]:")


@spoils_mock(kills="a_policy_goes_with_its_conversations", on=at.DELETE_SLA)
def deleted_policy_stays_with_conversations(plant: Plant) -> None:
    """Conversations carry a policy that is deleted."""
    plant.edit(policies.delete, "promises.withdraw(world, policy_id)", "pass")


@spoils_mock(kills="a_contact_is_known_by_what_it_has", on=EXISTS)
def nobody_has_a_number(plant: Plant) -> None:
    """Contacts are not known by their numbers."""
    plant.edit(searching.exists, "lookup.has_phone", "lookup.has_email")


@spoils_mock(kills="a_contact_has_the_manager_who_was_named", on=CHANGE_CONTACT)
def change_of_a_contact_takes_its_manager(plant: Plant) -> None:
    """A contact that is changed loses its manager unless that one is named again."""
    plant.edit(contacts._set_manager, "if said.contact_manager is not UNSET:", "if True:")


@spoils_mock(kills="a_renamed_contact_renames_its_conversations", on=CHANGE_CONTACT)
def conversations_keep_the_name_of_a_contact(plant: Plant) -> None:
    """The conversations of a contact keep its old name."""
    plant.edit(contacts._rename, "room.fname = contact.name", "pass")


@spoils_mock(kills="conflicts_of_a_contact_are_settled", on=SETTLE)
def first_choice_settles_all_conflicts(plant: Plant) -> None:
    """Whoever settles one conflict of a contact settles all."""
    plant.edit(contacts.settle, "[] if said.wipe_conflicts else still", "[]")


@spoils_mock(kills="a_closed_conversation_is_of_its_contact", on=HISTORY)
def open_conversations_are_history(plant: Plant) -> None:
    """Conversations that are open stand in the history of their contact."""
    plant.edit(searching.history, ", ROOMS.c.closed_at.is_not(None)", "")


@spoils_mock(kills="business_hours_are_read_as_they_were_saved", on=SAVE_HOURS)
def departments_keep_old_business_hours(plant: Plant) -> None:
    """A department that is left out when business hours are saved again keeps them."""
    plant.edit(hours._link, "        department.business_hour_id = UNSET\n", "        pass\n")


@spoils_mock(kills="webhooks_are_read_as_they_were_saved", on=SAVE_WEBHOOKS)
def first_setting_of_webhooks_only(plant: Plant) -> None:
    """Of several settings of webhooks the first alone is saved."""
    plant.edit(webhooks.save, "changes.items()", "list(changes.items())[:1]")


@spoils_mock(kills="looks_are_saved_together", on=SAVE_LOOKS)
def first_look_only(plant: Plant) -> None:
    """Of several looks of the widget the first alone is saved."""
    real = appearance.save
    plant.replace(real, lambda world, sent: real(world, sent[:1]))


@spoils_mock(kills="text_messages_of_a_number_are_one_conversation", on=TEXT_MESSAGES)
def text_messages_are_acknowledged_in_json(plant: Plant) -> None:
    """Twilio's text messages are acknowledged in JSON."""
    plant.item(sms.RECEIPTS, "twilio", Bare({"success": True}))


@spoils_mock(kills="a_response_stays_its_author_s", on=SAVE_RESPONSE)
def changed_response_belongs_to_who_changed_it(plant: Plant) -> None:
    """Whoever changes a private response takes it over."""
    old = "response.tags = list"
    plant.edit(responses.save, old, f"response.user_id = caller._id\n    {old}")


@spoils_mock(kills="what_names_nothing_is_stored_nowhere", on=at.SAVE_TAG)
def change_of_no_tag_makes_one(plant: Plant) -> None:
    """A change of a tag that is not there makes a tag."""
    plant.edit(labels.save, "elif not tag_id:", "else:")


@spoils_mock(
    kills="a_channel_is_blocked_by_its_own_name", on=f"POST {at.OMNICHANNEL}/contacts.block"
)
def any_source_is_the_channel_s(plant: Plant) -> None:
    """A channel is blocked whatever source is named."""
    plant.edit(blocking._mark, "visitor_id, source.type", "visitor_id, 'api'")


@spoils_mock(kills="wiped_conflicts_leave_the_values", on=SETTLE)
def conflicts_are_not_wiped(plant: Plant) -> None:
    """Conflicts stay, though they shall be wiped."""
    plant.edit(contacts.settle, "[] if said.wipe_conflicts else still", "still")


@spoils_mock(kills="a_dismissed_agent_leaves_everything", on=DISMISS)
def dismissed_agent_is_a_member_still(plant: Plant) -> None:
    """Who is an agent no more is a member of departments still."""
    plant.edit(appointments.dismiss, "members.leave_all(world, user._id)", "pass")


@spoils_mock(kills="a_visitor_is_read_as_written_down", on=f"POST {at.OMNICHANNEL}/contact")
def address_left_out_stays(plant: Plant) -> None:
    """A visitor who is written down without an address keeps the old one."""
    plant.edit(contact_form.save, "if email else UNSET", "if email else visitor.visitor_emails")


@spoils_mock(kills="closed_conversations_of_a_department_are_removed", on=REMOVE_CLOSED)
def closed_conversations_of_all_departments_are_removed(plant: Plant) -> None:
    """Closed conversations are removed whatever departments are named."""
    plant.edit(room_states.delete_closed_rooms, "department_ids or ()", "()")


@spoils_mock(kills="public_settings_are_among_all", on=f"GET {at.V1}/settings.public")
def chosen_settings_are_all(plant: Plant) -> None:
    """Public settings are all listed, whichever are asked for."""
    plant.edit(listing.public, "if ids:", "if False:")


@spoils_mock(kills="others_see_public_settings_alone", on=f"GET {at.V1}/settings")
def everybody_sees_all_settings(plant: Plant) -> None:
    """Whoever is signed in sees all settings."""
    plant.edit(
        listing.visible,
        'not rules.has_permission(world, caller, "view-privileged-setting")',
        "False",
    )


@spoils_answer(kills="a_setting_is_the_same_alone_and_listed", on=f"GET {at.V1}/settings/{{_id}}")
def value_of_a_setting_is_text(reply: Reply) -> None:
    """A setting alone has its value as a text."""
    if reply.ok:
        reply.body["value"] = str(reply.body.get("value"))
