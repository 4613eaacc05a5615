"""Administration: what is saved is not what is read, and what breaks a rule is saved."""

from mockserver.world.contacts import saving as contacts
from mockserver.world.tags import labels
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

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
