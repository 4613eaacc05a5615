"""Permission: somebody does or sees what his roles do not allow."""

from mockserver.middleware.access import Access
from mockserver.world.access import rules
from mockserver.world.messages import history
from mockserver.world.rooms import access, lookup
from tests.mutants import operations as at
from tests.mutants.authentication import ADMIN, USER, be, credentials
from tests.mutants.bodies import refuse
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_mock, spoils_request

OF_VISITORS = "visitors_keep_to_their_rooms"


def _admin_for(scope: Scope, *callers: bytes) -> None:
    if credentials(scope).get(USER) in callers:
        be(scope, ADMIN)


@spoils_request(kills="permission_required", on=at.NEW_DEPARTMENT)
def write_without_permission(scope: Scope) -> None:
    """Every signed-in user may create what only managers may."""
    _admin_for(scope, b"user")


@spoils_request(kills="permission_of_monitor", on=at.SAVE_TAG)
def monitors_are_managers(scope: Scope) -> None:
    """Monitors may do what managers may."""
    _admin_for(scope, b"monitor")


@spoils_answer(kills="permission_required", on=at.VISITORS)
def validation_before_permission(reply: Reply) -> None:
    """The request is looked at before the permission is."""
    if reply.status == 403 and "term" not in reply.asked.query:
        error = "must have required property 'term' [invalid-params]"
        refuse(reply, 400, error, "invalid-params")


@spoils_answer(kills="permission_required", on=at.CANNED)
def forbidden_with_200(reply: Reply) -> None:
    """Who may not see a list gets an empty one."""
    if reply.status == 403:
        reply.status = 200
        reply.body = {"cannedResponses": [], "count": 0, "offset": 0, "total": 0, "success": True}


@spoils_answer(kills="permission_required", on=at.BUSINESS_HOURS)
def forbidden_as_not_signed_in(reply: Reply) -> None:
    """Who lacks a permission is told to sign in."""
    if reply.status == 403:
        message = "You must be logged in to do this."
        reply.status, reply.body = 401, {"status": "error", "message": message}


@spoils_mock(kills="permission_required", on=at.SAVE_TAG)
def refused_after_it_is_done(plant: Plant) -> None:
    """The permission is looked at when the work is done."""
    refused_late = Access.__call__

    # It stands for a method, whose types the middleware has.
    async def call(self, scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["path"].endswith("/tags.save") and scope["method"] == "POST":
            be(scope, ADMIN) if credentials(scope).get(USER) == b"user" else None
        await refused_late(self, scope, receive, send)

    plant.set(Access, "__call__", call)


@spoils_mock(kills=OF_VISITORS, on=at.HISTORY)
def any_token_reads_a_room(plant: Plant) -> None:
    """A visitor's token opens the messages of any room."""
    plant.edit(
        history.for_visitor, "lookup.of_visitor(world, rid, token)", "lookup.by_id(world, rid)"
    )


@spoils_mock(kills=OF_VISITORS, on=at.CLOSE)
def any_token_closes_a_room(plant: Plant) -> None:
    """A visitor may close the conversation of another."""
    plant.edit(lookup.of_visitor, "or room.v.token != token", "")


@spoils_mock(kills=OF_VISITORS, on=at.SEND)
def any_token_writes_into_a_room(plant: Plant) -> None:
    """A visitor may write into the conversation of another."""
    plant.edit(lookup.of_visitor, "room.v.token != token", "not token")


@spoils_mock(kills="agents_keep_to_their_rooms", on=at.MESSAGES)
def agents_read_every_room(plant: Plant) -> None:
    """An agent reads the conversations of all others."""
    plant.replace(access.can_access, lambda world, room, user: True)


@spoils_mock(kills="agents_keep_to_their_rooms", on=at.ROOMS)
def agents_list_every_room(plant: Plant) -> None:
    """Agents may list the rooms of all others."""
    held = rules.has_permission
    plant.replace(
        held,
        lambda world, user, name: name == "view-livechat-rooms" or held(world, user, name),
    )
