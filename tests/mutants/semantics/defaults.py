"""Faults of what is left out of a request, of filters by listed values, and of totals."""

from mockserver.handlers import dashboards, livechat
from mockserver.world.analytics import agent_service, department_means, reports
from mockserver.world.rooms import listing
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_mock, spoils_request

QUEUE = f"GET {at.LIVECHAT}/queue"
BY_AGENT = f"GET {at.BOARDS}/conversations-by-agent"
BY_SOURCE = f"GET {at.BOARDS}/conversations-by-source"
MEAN_SERVICE = f"GET {at.BY_AGENT}/average-service-time"
WAITING = f"GET {at.BY_DEPARTMENT}/average-waiting-time"
ABANDONED = f"GET {at.BY_DEPARTMENT}/total-abandoned-chats"


@spoils_answer(kills="a_default_may_be_spelled_out", on=at.DEPARTMENT)
def members_are_told_when_asked(reply: Reply) -> None:
    """A department has its members only for who asks for them."""
    if reply.ok and "includeAgents" not in reply.asked.query:
        reply.body.pop("agents", None)


@spoils_request(kills="a_filter_leaves_what_it_names", on=at.CANNED)
def scope_of_responses_ignored(scope: Scope) -> None:
    """Responses of a scope are those of all."""
    kept = [part for part in scope["query_string"].split(b"&") if not part.startswith(b"scope")]
    scope["query_string"] = b"&".join(kept)


@spoils_answer(
    kills="a_setting_is_read_alike_everywhere", on=f"GET {at.LIVECHAT}/integrations.settings"
)
def seconds_as_text(reply: Reply) -> None:
    """Numbers among the settings of the webhooks are texts."""
    for setting in reply.body.get("settings", ()) if reply.ok else ():
        if isinstance(setting["value"], int) and not isinstance(setting["value"], bool):
            setting["value"] = str(setting["value"])


@spoils_mock(
    kills="an_agent_leaves_the_queue_and_stays_in_the_whole_one",
    on=QUEUE,
    beside=(f"POST {at.LIVECHAT}/agent.status",),
)
def absent_agents_always_queue(plant: Plant) -> None:
    """The queue has agents who are not available, whatever is asked."""
    plant.edit(livechat.count_served, '== "true"', 'in ("true", None)')


@spoils_mock(kills="an_agent_asks_for_own_rooms_alone", on=at.ROOMS)
def first_agent_decides(plant: Plant) -> None:
    """An agent who names himself first sees the conversations of those whom he names next."""
    old = "wanted.agents == [user._id]"
    plant.edit(listing.search, old, "(wanted.agents or [None])[0] == user._id")


@spoils_mock(kills="the_usual_order_of_a_report_may_be_spelled_out", on=BY_AGENT)
def busiest_agent_first(plant: Plant) -> None:
    """The report by agent begins with who has most where nobody asks for an order."""
    plant.edit(reports.by_agent, "order or BY_NAME", 'order or (("total", -1),)')


@spoils_mock(kills="abandoned_chats_are_counted_from_the_rooms", on=at.CHAT_TOTALS)
def share_of_abandoned_chats_doubled(plant: Plant) -> None:
    """The mean share of abandoned chats is twice as large."""
    plant.edit(department_means.abandoned_percent, "return _mean(", "return 2 * _mean(")


@spoils_mock(kills="waiting_and_service_are_means_of_departments", on=at.AGENTS_PRODUCTIVITY)
def service_of_all_departments(plant: Plant) -> None:
    """The mean time of service does not regard the department."""
    plant.edit(
        dashboards.total_agents_productivity,
        "window = between(start, end, department_id)",
        "window = between(start, end)",
    )


@spoils_mock(kills="mean_service_of_agents_is_counted", on=MEAN_SERVICE)
def service_cut_instead_of_counted_full(plant: Plant) -> None:
    """The mean time of service is cut to whole seconds."""
    plant.edit(agent_service.means, "math.ceil(seconds / chats)", "int(seconds / chats)")


@spoils_answer(kills="means_of_departments_are_counted", on=WAITING)
def waiting_a_second_longer(reply: Reply) -> None:
    """Visitors of a department wait a second longer than they did."""
    for row in reply.body["departments"] if reply.ok else ():
        row["averageWaitingTimeInSeconds"] += 1


@spoils_answer(kills="abandoned_chats_of_departments_are_counted", on=ABANDONED)
def nobody_abandons_a_chat(reply: Reply) -> None:
    """The list of abandoned chats is always empty."""
    if reply.ok:
        reply.body.update(departments=[], count=0, total=0)


@spoils_answer(kills="mean_times_are_those_of_the_rooms", on=at.TIMINGS)
def reaction_told_as_response(reply: Reply) -> None:
    """The mean of the responses is that of the reactions."""
    if reply.ok:
        reply.body["response"]["avg"] = reply.body["reaction"]["avg"]


@spoils_answer(kills="rows_of_reports_are_counted_from_the_rooms", on=BY_SOURCE)
def api_told_as_other(reply: Reply) -> None:
    """Conversations that came by the API are among the others."""
    for row in reply.body["data"] if reply.ok else ():
        row["label"] = "other" if row["label"] == "api" else row["label"]
