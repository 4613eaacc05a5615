"""What no rule and no relation speaks of: only a world that was told the same shows it."""

from mockserver.world.rooms import closing
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock


@spoils_mock(kills="twin_agrees", on=at.CLOSE_BY_USER)
def closed_rooms_keep_their_subscriptions(plant: Plant) -> None:
    """Who served a conversation is subscribed to it still when it is closed."""
    plant.edit(closing._close, "world.remove(Subscription,", "(Subscription,")


@spoils_answer(kills="twin_agrees", on=at.APPEARANCE)
def another_colour_than_was_set(reply: Reply) -> None:
    """One colour of the widget is told wrongly."""
    for one in reply.body["appearance"] if reply.ok else ():
        if one["_id"] == "Livechat_title_color":
            one["value"] = "#C1272E"
