"""Reads the numbers of dashboards and reports, whatever form they come in."""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations.windows import ROOMS

ANALYTICS = "GET /api/v1/livechat/analytics/"
CHARTS = f"{ANALYTICS}dashboards/charts/"
CHATS = f"{CHARTS}chats"
PER_AGENT = f"{CHARTS}chats-per-agent"
PER_DEPARTMENT = f"{CHARTS}chats-per-department"
AGENTS_STATUS = f"{CHARTS}agents-status"
TIMINGS = f"{CHARTS}timings"
TOTALIZERS = f"{ANALYTICS}dashboards/conversation-totalizers"
CHATS_TOTALIZERS = f"{ANALYTICS}dashboards/chats-totalizers"
PRODUCTIVITY = f"{ANALYTICS}dashboards/productivity-totalizers"
AGENTS_PRODUCTIVITY = f"{ANALYTICS}dashboards/agents-productivity-totalizers"
CHARTS_DATA = "GET /api/v1/livechat/livechat/analytics/dashboards/charts-data"
OVERVIEW = f"{ANALYTICS}overview"
AGENT_OVERVIEW = f"{ANALYTICS}agent-overview"
BY = f"{ANALYTICS}dashboards/conversations-by-"
REPORTS = [f"{BY}{what}" for what in ("source", "status", "department", "tags", "agent")]
SORTED_REPORTS = [f"{BY}{what}" for what in ("department", "tags", "agent")]
OF_AGENTS = [f"{ANALYTICS}agents/{what}-service-time" for what in ("average", "total")]
OF_DEPARTMENTS = [
    f"{ANALYTICS}departments/{what}"
    for what in (
        "amount-of-chats",
        "average-service-time",
        "average-chat-duration-time",
        "total-service-time",
        "average-waiting-time",
        "total-transferred-chats",
        "total-abandoned-chats",
        "percentage-abandoned-chats",
    )
]
COUNTS_OF_DEPARTMENTS = {
    OF_DEPARTMENTS[0]: "rooms",
    OF_DEPARTMENTS[5]: "numberOfTransferredRooms",
    OF_DEPARTMENTS[6]: "abandonedRooms",
}
COUNTED = [CHATS, PER_AGENT, PER_DEPARTMENT]
"""Charts that count conversations."""
TIME = re.compile(r"\d+:\d\d:\d\d")
SHARE = re.compile(r"\d+(\.\d+)?%?")


def counts(answer: Answer) -> Counter[str]:
    """Every whole number of a chart, by its place: `open`, or `anna open`."""
    found: Counter[str] = Counter()
    for name, value in answer.data.items():
        if isinstance(value, Mapping):
            found.update({f"{name} {key}": n for key, n in value.items()})
        elif isinstance(value, int) and not isinstance(value, bool):
            found[name] = value
    return found


def parts(answer: Answer, key: str) -> int:
    """One number of a chart over all its agents or departments."""
    return sum(v.get(key, 0) for v in answer.data.values() if isinstance(v, Mapping))


def titled(answer: Answer) -> dict[str, Any]:
    """The values of totalizers and overviews by their titles."""
    rows = answer.body if answer.is_success else answer.data
    rows = rows.get("totalizers", []) if isinstance(rows, dict) else rows
    return {row["title"]: row["value"] for row in rows}


def number(value: Any) -> float:
    """The number of a value: a share without its sign, a time of hours, minutes in seconds.

    NaN where the value is none, such as the hours of the busiest time.
    """
    if not isinstance(value, str):
        return float(value)
    if TIME.fullmatch(value):
        hours, minutes, seconds = map(int, value.split(":"))
        return 3600 * hours + 60 * minutes + seconds
    return float(value.removesuffix("%")) if SHARE.fullmatch(value) else math.nan


def labelled(answer: Answer) -> Counter[str]:
    """The values of a report by their labels."""
    found: Counter[str] = Counter()
    for row in answer.items:
        found[row["label"]] += row["value"]
    return found


def by_department(answer: Answer, key: str) -> Counter[str]:
    """One number of a list of departments by the department."""
    return Counter({str(row["_id"]): row[key] for row in answer.items})


def without_order(value: Any) -> Any:
    """A JSON value whose lists are sorted, for answers that promise no order."""
    if isinstance(value, dict):
        return {name: without_order(part) for name, part in value.items()}
    if isinstance(value, list):
        return sorted(map(without_order, value), key=lambda part: json.dumps(part, sort_keys=True))
    return value


def rooms(call: Caller, **filters: Any) -> int:
    """How many conversations the list has with these filters."""
    return call(ROOMS, count=1, **filters).total


def states(call: Caller, **filters: Any) -> Counter[str]:
    """How many conversations of each state the list has."""
    asked: dict[str, dict[str, Any]] = {
        "open": {"open": True},
        "closed": {"open": False},
        "queued": {"queued": True},
        "onhold": {"onhold": True},
    }
    return Counter({state: rooms(call, **filters, **how) for state, how in asked.items()})


def not_more(part: Counter[str], whole: Counter[str]) -> list[str]:
    """Where a part is larger than its whole."""
    return [f"{name}: {n} of {whole[name]}" for name, n in part.items() if n > whole[name]]
