"""Faults inside one answer: parts that contradict each other, and usual orders not kept."""

from mockserver.world.analytics import charts, reports
from mockserver.world.tags import labels
from tests.mutants import operations as at
from tests.mutants.bodies import each
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_mock, spoils_request

CHARTS_DATA = f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data"
OVERVIEW = f"GET {at.LIVECHAT}/analytics/overview"
CHANNELS = f"GET {at.OMNICHANNEL}/contacts.channels"


@spoils_mock(kills="parts_agree", on=CHARTS_DATA)
def points_end_with_the_last_chat(plant: Plant) -> None:
    """A chart has no points behind the last one that is not 0."""
    old = '"dataPoints": points'
    new = '"dataPoints": points[: max((n + 1 for n, p in enumerate(points) if p), default=0)]'
    plant.edit(charts.chart, old, new)


@spoils_answer(kills="parts_agree", on=OVERVIEW)
def conversations_a_day_as_number(reply: Reply) -> None:
    """The mean of conversations a day has one decimal only."""
    if reply.status == 200 and isinstance(reply.body, list):
        for row in reply.body:
            if row["title"] == "Conversations_per_day":
                row["value"] = row["value"][:-1]


@spoils_answer(kills="parts_agree", on=at.MEMBERS)
def members_of_another_department(reply: Reply) -> None:
    """The members of a department say that they belong to another."""
    each(reply, lambda member: member.update(departmentId=f"{member['departmentId']}x"))


@spoils_mock(kills="sort_holds", on=at.TAGS)
def tags_stand_backwards(plant: Plant) -> None:
    """Tags stand from Z to A where nobody asks for an order."""
    plant.edit(labels.listing, '(("name", 1),)', '(("name", -1),)')


@spoils_mock(kills="parts_agree", on=f"GET {at.BOARDS}/conversations-by-tags")
def most_used_tag_first(plant: Plant) -> None:
    """The report by tag begins with the largest number where nobody asks for an order."""
    plant.edit(reports.by_tag, "order or FEWEST_FIRST", 'order or (("total", -1),)')


@spoils_request(kills="filters_hold", on=f"GET {at.LIVECHAT}/queue")
def queue_of_all_departments(scope: Scope) -> None:
    """The queue of a department has that of all."""
    kept = [part for part in scope["query_string"].split(b"&") if b"departmentId" not in part]
    scope["query_string"] = b"&".join(kept)


@spoils_answer(kills="what_names_nothing_is_shown_empty", on=CHANNELS)
def nobody_has_null_channels(reply: Reply) -> None:
    """Who asks for the channels of nobody gets null for a list."""
    if reply.ok and not reply.body["channels"]:
        reply.body["channels"] = None
