"""Trees as `report.json` has them, for tests of the reports that are made of it."""

import json
from importlib.resources import files
from typing import Any

import jsonschema_rs

ROOMS, AGENTS = "GET /api/v1/livechat/rooms", "GET /api/v1/livechat/users/agent"
ME = "GET /api/v1/me"
SCHEMA = json.loads((files("conformance.reports") / "report.schema.json").read_text())
CLEAN = {"exit": 0, "sentence": "Conforms: 12 requests in 1 s, seed 1."}
LISTS = (
    *("deviations", "known", "failing_entries", "not_judged", "not_offered", "left_out"),
    *("not_checked", "not_tested", "left_behind", "requests_not_sent"),
)
FOUND = {"exit": 1, "sentence": "Deviates: 1 deviations in 1 operations; seed 1."}


def tree(**parts: Any) -> dict[str, Any]:
    """A report of a run over two operations, with some parts of its own."""
    report = {
        "kit": {"version": "1.0", "contract_version": "8.0.0"},
        "run": {
            "target": "http://chat",
            "seed": 1,
            "began": "2026-03-02T09:00:00.000Z",
            "seconds": 1.5,
            "layers": ["contract"],
            "command": "omnichannel-check http://chat --seed 1",
            "requests": 12,
            "probes": 2,
        },
        "verdict": FOUND if parts.get("deviations") else CLEAN,
        "operations": [operation(ROOMS), operation(AGENTS)],
        **{name: [] for name in LISTS},
        "coverage": {
            "operations": {"covered": 2, "offered": 2},
            "statuses": {"met": 4, "documented": 6},
            "parameters": {"sent": 2, "documented": 4},
            "roles": {"cells": 12, "judged": 2},
            "relations": {"judged": 1, "all": 2, "missing": ["pages_join_to_the_whole"]},
        },
        **parts,
    }
    jsonschema_rs.validator_for(SCHEMA).validate(report)
    return report


def empty(code: int, sentence: str) -> dict[str, Any]:
    """The report of a run that ended before its first call."""
    return tree(operations=[], verdict={"exit": code, "sentence": sentence})


def operation(key: str, **parts: Any) -> dict[str, Any]:
    """An operation that conforms, with one status, one parameter and one role missing."""
    return {
        "key": key,
        "tag": "Rooms" if key == ROOMS else "Agents",
        "effect": "read",
        "outcome": "conforms",
        "reason": "",
        "calls": 10,
        "layers": {"contract": {"calls": 10, "statuses": {"200": 9, "401": 1}}},
        "statuses": {"200": 9, "401": 1},
        "documented": ["200", "401", "403"],
        "not_met": ["403"],
        "parameters": {"count": {"in": "query", "sent": 3}, "text": {"in": "query", "sent": 0}},
        "roles": [
            {"role": "admin", "allowed": 9, "refused": 0, "judged": True},
            {"role": "monitor", "allowed": 1, "refused": 0, "judged": False},
        ],
        "relations": [],
        "latency_ms": {"p50": 1.5, "p95": 3.5, "p99": 4.5, "max": 5.5, "calls": 12},
        **parts,
    }


def deviation(**parts: Any) -> dict[str, Any]:
    """A deviation of the list of rooms."""
    return {
        "operation": ROOMS,
        "layer": "contract",
        "phase": "coverage",
        "check": "page_within_count",
        "title": "Page longer than count",
        "message": "asked for 1 rooms, got 2",
        "request": {"method": "GET", "url": "http://chat/api/v1/livechat/rooms", "body": None},
        "answer": {"status": 200, "content_type": "application/json", "body": '{"rooms": []}'},
        "curl": """curl -gi "$URL"'/api/v1/livechat/rooms?count=1'""",
        "before": [],
        "known": False,
        **parts,
    }


def entry(**parts: Any) -> dict[str, Any]:
    """An accepted deviation of the list of rooms."""
    return {
        "operation": ROOMS,
        "check": "page_within_count",
        "match": "Page longer than count",
        "reason": "Our proxy merges pages; ticket 4711.",
        "owner": "desk-team",
        "until": "2027-01-31",
        "status": None,
        "sometimes": False,
        **parts,
    }
