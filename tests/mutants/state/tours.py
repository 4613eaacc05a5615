"""Tours: what chance seldom comes to, such as a rule for a state that is rare."""

from mockserver.world.custom_fields import values
from mockserver.world.departments import saving
from mockserver.world.inquiries import taking
from mockserver.world.rooms import closing, survey
from mockserver.world.users import agents
from mockserver.world.visitors import removal
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

BULK = f"POST {at.LIVECHAT}/messages"
FORGET = f"DELETE {at.LIVECHAT}/visitor/{{token}}"
FIELDS = f"POST {at.LIVECHAT}/custom.fields"
GIVE_BACK = f"POST {at.LIVECHAT}/inquiries.returnAsInquiry"
STATUS = f"POST {at.LIVECHAT}/agent.status"
SURVEY = f"POST {at.LIVECHAT}/room.survey"


@spoils_mock(kills="tour_visits", on=FORGET)
def visitor_goes_while_talking(plant: Plant) -> None:
    """A visitor whose conversation is open is removed, and the conversation with him."""
    plant.edit(removal.remove, "if is_talking and not value(world, CONSENT):", "if False:")


@spoils_answer(kills="tour_visits", on=BULK)
def last_message_unconfirmed(reply: Reply) -> None:
    """Of several messages that were sent the last one is not confirmed."""
    if reply.ok and len(reply.body["messages"]) > 1:
        reply.body["messages"].pop()


@spoils_mock(kills="tour_visits", on=SURVEY, beside=(at.ROOMS,))
def answers_are_added_to_earlier_ones(plant: Plant) -> None:
    """What a visitor answers is added to what he answered before, in place of replacing it."""
    plant.edit(survey.answer, "dict(kept)", "{**(room.survey_feedback or {}), **kept}")


@spoils_mock(kills="tour_ends", on=at.CLOSE_BY_USER)
def closing_again_is_worded_otherwise(plant: Plant) -> None:
    """A user who closes what is closed is told so in the words for visitors."""
    plant.set(closing.RoomAlreadyClosed, "reason", "room-closed")


@spoils_mock(kills="tour_service", on=GIVE_BACK)
def unserved_conversation_was_given_back(plant: Plant) -> None:
    """Who returns a conversation that nobody serves is told that it went back."""
    plant.edit(taking.give_back, "return False", "return True")


@spoils_mock(kills="tour_colleagues", on=STATUS)
def colleague_is_switched_off(plant: Plant) -> None:
    """An agent may say of a colleague that he takes no conversations."""
    plant.edit(agents.switch, "        raise Forbidden", "        pass")


@spoils_mock(kills="tour_seats", on=at.CHANGE_DEPARTMENT)
def archive_enables_departments(plant: Plant) -> None:
    """A department in the archive may be enabled there."""
    plant.edit(saving.change, "raise ArchivedCannotBeEnabled(details=METHOD)", "pass")


@spoils_mock(kills="tour_values", on=FIELDS)
def known_values_are_stored_beside_an_unknown_one(plant: Plant) -> None:
    """Of several values those of known fields are stored, though one field is unknown."""
    unknown = "            raise FieldUnknown\n        check"
    plant.edit(values.put_all, unknown, "            continue\n        check")
