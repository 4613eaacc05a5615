"""Conversations: a step leaves no trace, or may be taken as often as one likes."""

from mockserver.world.contacts import blocking
from mockserver.world.pages import visiting
from mockserver.world.rooms import closing, editing, forwarding, holding
from mockserver.world.visitors import presence
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock

TRANSFERS = f"GET {at.LIVECHAT}/transfer.history/{{rid}}"
STATUS = f"POST {at.LIVECHAT}/visitors.status"
PAGES = f"GET {at.LIVECHAT}/visitors.pagesVisited/{{roomId}}"
VISITED = f"POST {at.LIVECHAT}/page.visited"
BLOCK = f"POST {at.OMNICHANNEL}/contacts.block"
CHANNELS = f"GET {at.OMNICHANNEL}/contacts.channels"


@spoils_mock(kills="a_step_is_taken_once", on=at.ON_HOLD, beside=(at.ROOMS,))
def held_as_often_as_one_likes(plant: Plant) -> None:
    """What is on hold is put on hold again."""
    plant.edit(holding.hold, "        raise AlreadyOnHold", "        pass")


@spoils_mock(
    kills="a_forwarded_conversation_tells_its_way",
    on=at.FORWARD,
    beside=(TRANSFERS, at.ROOMS, at.DEPARTMENTS),
)
def forwarded_without_a_record(plant: Plant) -> None:
    """Forwarding leaves no record in the conversation."""
    plant.edit(forwarding.Move.noted, "transfers.record(", "False and transfers.record(")


@spoils_mock(
    kills="a_closed_conversation_tells_who_closed_it", on=at.CLOSE_BY_USER, beside=(at.ROOMS,)
)
def closed_by_the_visitor_always(plant: Plant) -> None:
    """Whoever closes a conversation, its visitor did."""
    plant.edit(closing.close_by_user, 'room.closer = "user"', 'room.closer = "visitor"')


@spoils_mock(kills="what_is_noted_of_a_conversation_is_shown", on=at.SAVE_ROOM, beside=(at.ROOMS,))
def topic_is_lost(plant: Plant) -> None:
    """The topic that is saved with a conversation is lost."""
    plant.edit(editing._save_room, "room.topic = given.topic.strip() or UNSET", "pass")


@spoils_mock(kills="a_visitor_s_presence_shows_in_the_conversation", on=STATUS, beside=(at.ROOMS,))
def presence_is_not_shown(plant: Plant) -> None:
    """A visitor's status is not that of the conversation."""
    plant.edit(presence.set_status, "        room.v.status = status\n", "")


@spoils_mock(kills="a_visited_page_is_told_in_words", on=VISITED, beside=(PAGES, at.ROOMS))
def visited_page_without_its_title(plant: Plant) -> None:
    """A visited page is noted without its title."""
    plant.edit(visiting.told, "{page['title']} - ", "")


@spoils_mock(
    kills="a_blocked_channel_is_blocked_until_it_is_not", on=BLOCK, beside=(CHANNELS, at.ROOMS)
)
def blocked_channel_is_open(plant: Plant) -> None:
    """A blocked channel is not marked as such."""
    plant.edit(blocking._mark, "channel.blocked = is_blocked", "channel.blocked = False")


@spoils_mock(
    kills="a_conversation_goes_to_the_agent_it_is_forwarded_to",
    on=at.FORWARD,
    beside=(TRANSFERS, at.ROOMS, at.PEOPLE),
)
def forwarded_to_an_agent_without_a_record(plant: Plant) -> None:
    """A conversation that goes to another agent does not tell its way."""
    plant.edit(forwarding._to_agent, '    move.noted(world, room, "agent")\n', "")
