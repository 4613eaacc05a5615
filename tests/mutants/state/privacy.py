"""Privacy: what is gone or another's is shown all the same."""

from mockserver.world.canned_responses import finding
from mockserver.world.units import supervision
from mockserver.world.uploads import sending
from mockserver.world.visitors import lookup
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

UPLOAD = f"POST {at.LIVECHAT}/upload/{{rid}}"
RESPONSE = f"GET {at.V1}/canned-responses/{{_id}}"


@spoils_mock(kills="a_deleted_visitor_is_nobody", on=at.VISITOR, beside=(at.REGISTER,))
def deleted_visitor_is_known(plant: Plant) -> None:
    """A visitor who was deleted is known by the old token."""
    plant.edit(
        lookup.known, "VISITORS.c.token == token, ~VISITORS.c.disabled", "VISITORS.c.token == token"
    )


@spoils_mock(kills="a_private_response_is_private", on=RESPONSE, beside=(at.CANNED,))
def private_response_for_everybody(plant: Plant) -> None:
    """Who knows the id of another's private response reads it."""
    plant.edit(finding.get, "if not rules.has_permission(world, caller, VIEW_ALL):", "if False:")


@spoils_mock(kills="responses_are_found_by_their_tags", on=at.CANNED)
def tags_of_responses_ignored(plant: Plant) -> None:
    """A tag narrows the list of responses not at all."""
    plant.edit(finding.listing, "    if tags:\n", "    if False:\n")


@spoils_mock(kills="a_monitor_sees_own_departments", on=at.ROOMS, beside=(at.DEPARTMENTS,))
def monitors_see_everything(plant: Plant) -> None:
    """Units keep no conversation from their monitors."""
    plant.edit(supervision.rooms, "if not restricts(world, user):", "if True:")


@spoils_mock(kills="a_file_comes_from_the_visitor_of_the_conversation", on=UPLOAD)
def file_from_any_visitor(plant: Plant) -> None:
    """Whoever has a conversation sends files into all others."""
    kept = "    room = lookup.open_of_visitor(world, token)\n"
    new = "    room = lookup.by_id(world, rid)\n"
    plant.edit(sending.send, kept, new)
