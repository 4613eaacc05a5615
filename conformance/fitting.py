"""What makes the parts of one answer fit one another: titles, labels, sums and orders.

Each function takes the answer's body and what the query said, and yields a sentence for each part
that does not fit. `FITS` names the operations, most of them dashboards and reports.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

Asked = Mapping[str, str]
Fits = Callable[[Any, Asked], Iterator[str]]
V1 = "GET /api/v1/"
ANALYTICS = f"{V1}livechat/analytics/"
BOARDS = f"{ANALYTICS}dashboards/"
BY = f"{BOARDS}conversations-by-"
_TIME = r"(-?\d+:-?\d{2}:-?\d{2}|NaN:NaN:NaN)"
_FORMS = {
    "Busiest_day": ".+",
    "Busiest_time": r"(-|\d{1,2}[AP]M - \d{1,2}[AP]M)",
    "Conversations_per_day": r"(-?\d+\.\d\d|NaN)",
    "Avg_of_abandoned_chats": r"\d+(\.\d+)?(e-\d+)?%",
}
"""How a text reads, by its title; all other titles that begin with `Avg` have times."""
_PER_DAY = ("Total_conversations", "Open_conversations", "On_Hold_conversations", "Total_messages")
_MEANS = ("Avg_response_time", "Avg_first_response_time", "Avg_reaction_time")
_OVERVIEWS = {
    "Conversations": (*_PER_DAY, "Busiest_day", "Conversations_per_day", "Busiest_time"),
    "Productivity": _MEANS,
}
_DESCENDING = {"Total_conversations", "Avg_chat_duration", "Total_messages"}
_STATES = {"Open", "Closed", "Queued", "On_Hold"}


def _totals(of_days: Sequence[str], of_instants: Sequence[str]) -> Fits:
    """Totals in their order; those of whole days are missing where the days cannot be read."""

    def fits(body: Any, asked: Asked) -> Iterator[str]:
        rows = body["totalizers"]
        titles = [row["title"] for row in rows]
        if titles not in ([*of_days, *of_instants], list(of_instants)):
            yield f"the totals are {titles}"
        yield from _values(rows)

    return fits


def _overview(body: Any, asked: Asked) -> Iterator[str]:
    titles = _OVERVIEWS.get(asked.get("name", ""))
    if isinstance(body, list) and titles:
        if [row["title"] for row in body] != list(titles):
            yield f"the overview of {asked['name']} has {[row['title'] for row in body]}"
        yield from _values(body)


def _values(rows: Sequence[Any]) -> Iterator[str]:
    """Each value has the form of its title, and no more are open than there are."""
    values = {row["title"]: row["value"] for row in rows}
    for title, value in values.items():
        form = _FORMS.get(title, _TIME if title.startswith("Avg") else None)
        if form is None and not _is_count(value):
            yield f"{title} is {value!r}, and no number"
        elif form and not (isinstance(value, str) and re.fullmatch(form, value)):
            yield f"{title} is {value!r}"
    whole, open_ = (values.get(name) for name in _PER_DAY[:2])
    if isinstance(whole, int) and isinstance(open_, int) and open_ > whole:
        yield f"{open_} of {whole} conversations are open"


def _agents(body: Any, asked: Asked) -> Iterator[str]:
    name = asked.get("name", "")
    if "head" not in body or not name:
        return
    column = "%_of_conversations" if name == "Total_conversations" else name
    if [one["name"] for one in body["head"]] != ["Agent", column]:
        yield f"the columns of {name} are {body['head']}"
    # The server compares what number a text begins with.
    numbers = [n for row in body["data"] if (n := _leading(row["value"])) is not None]
    if numbers != sorted(numbers, reverse=name in _DESCENDING):
        yield f"the values of {name} stand as {numbers}"
    for row in body["data"]:
        text, is_whole = row["value"], name == "Total_messages"
        form = r"\d+\.\d\d%" if name == "Total_conversations" else _TIME
        if is_whole != _is_count(text) or not (is_whole or re.fullmatch(form, str(text))):
            yield f"{name} of {row['name']} is {text!r}"


def _leading(value: Any) -> int | None:
    found = re.match(r"-?\d+", str(value))
    return int(found[0]) if found else None


def _chart(body: Any, asked: Asked) -> Iterator[str]:
    labels, points, name = body["dataLabels"], body["dataPoints"], asked.get("chartName")
    if len(labels) != len(points):
        yield f"there are {len(labels)} labels and {len(points)} points"
    if name is not None and body["chartLabel"] != name:
        yield f"asked for the chart {name!r}, got {body['chartLabel']!r}"
    if name not in CHARTS:
        return
    wanted = _points(asked.get("start", ""), asked.get("end", ""))
    if wanted is not None and len(points) != wanted:
        yield f"there are {len(points)} points instead of {wanted}"
    if name.startswith("Total") and not all(map(_is_count, points)):
        yield f"the points of {name} are {points}"


CHARTS = frozenset(
    {
        *("Total_conversations", "Avg_chat_duration", "Total_messages", "Best_first_response_time"),
        *_MEANS,
    }
)


def _points(start: str, end: str) -> int | None:
    """The hours of a day, or one point a day, where both ends are dates that all read alike."""
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", start) or not re.fullmatch(r"20\d\d-\d\d-\d\d", end):
        return None
    try:
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:
        return None
    return 24 if days == 0 else days + 1 if days > 0 else None


def _by_status(body: Any, asked: Asked) -> Iterator[str]:
    labels, total = [row["label"] for row in body["data"]], body["total"]
    if sorted(labels) != (sorted(_STATES) if total else []):
        yield f"of {total} conversations the states are {labels}"
    if sum(row["value"] for row in body["data"]) > total:
        yield f"the states have more than the {total} conversations"
    yield from _ordered(body["data"], -1)


def _rows(way: int = 0) -> Fits:
    """Rows that sum to their total; `way` is the order of their values where none is asked for."""

    def fits(body: Any, asked: Asked) -> Iterator[str]:
        found = sum(row["value"] for row in body["data"])
        if found != body["total"]:
            yield f"the rows sum to {found}, and the total is {body['total']}"
        if way and (way < 0 or not any(name.startswith("sort") for name in asked)):
            yield from _ordered(body["data"], way)

    return fits


def _ordered(rows: Sequence[Any], way: int) -> Iterator[str]:
    values = [row["value"] for row in rows]
    if values != sorted(values, reverse=way < 0):
        yield f"the values stand as {values}"


def _presences(body: Any, asked: Asked) -> Iterator[str]:
    missing = {"_id", "offline", "away", "busy", "available"} - body.keys()
    if 0 < len(missing) < 5:
        yield f"{', '.join(sorted(missing))} is missing"


def _hours(body: Any, asked: Asked) -> Iterator[str]:
    for hours in body.get("businessHours", [body.get("businessHour")]):
        days = hours["workHours"] if hours else []
        # The days of a saved one are those that were sent; only one never saved has codes.
        if any("code" in day for day in days) and [day.get("code") for day in days] != [*_WEEK]:
            yield f"the week has the days {[day['day'] for day in days]}"


_WEEK = range(1, 8)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


FITS: Mapping[str, Fits] = {
    f"{BOARDS}conversation-totalizers": _totals(_PER_DAY, ["Total_visitors"]),
    f"{BOARDS}productivity-totalizers": _totals(_MEANS, ["Avg_of_waiting_time"]),
    f"{BOARDS}chats-totalizers": _totals(
        [], ["Total_abandoned_chats", "Avg_of_abandoned_chats", "Avg_of_chat_duration_time"]
    ),
    f"{BOARDS}agents-productivity-totalizers": _totals(
        ["Busiest_time"], ["Avg_of_available_service_time", "Avg_of_service_time"]
    ),
    f"{ANALYTICS}overview": _overview,
    f"{ANALYTICS}agent-overview": _agents,
    f"{V1}livechat/livechat/analytics/dashboards/charts-data": _chart,
    f"{BOARDS}charts/agents-status": _presences,
    f"{BY}status": _by_status,
    f"{BY}source": _rows(-1),
    f"{BY}department": _rows(1),
    f"{BY}tags": _rows(1),
    f"{BY}agent": _rows(),
    f"{V1}livechat/business-hour": _hours,
    f"{V1}livechat/business-hours": _hours,
}
