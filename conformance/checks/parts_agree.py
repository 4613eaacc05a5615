"""The parts of one answer fit one another, and what was asked for: titles, sums, orders, owners."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from schemathesis import Response

from conformance.answers import json_of
from conformance.asked import path_values, single_values
from conformance.checks.rule import Case, Deviation, rule
from conformance.fitting import FITS
from mockserver.contract import Operation

LIVECHAT, OMNICHANNEL = "GET /api/v1/livechat/", "GET /api/v1/omnichannel/"
OF_VISITOR = "/room/{roomId}/visitor/{visitorId}"
BELONGS: Mapping[str, tuple[str, str, str]] = {
    f"{LIVECHAT}department/{{_id}}": ("agents", "departmentId", "_id"),
    f"{LIVECHAT}department/{{_id}}/agents": ("agents", "departmentId", "_id"),
    f"{LIVECHAT}agents/{{agentId}}/departments": ("departments", "agentId", "agentId"),
    f"{LIVECHAT}units/{{unitId}}/monitors": ("monitors", "unitId", "unitId"),
    f"{LIVECHAT}units/{{unitId}}/departments": ("departments", "parentId", "unitId"),
    f"{LIVECHAT}messages/{{rid}}": ("messages", "rid", "rid"),
    f"{LIVECHAT}messages.history/{{rid}}": ("messages", "rid", "rid"),
    f"{LIVECHAT}message/{{_id}}": ("message", "rid", "rid"),
    f"{LIVECHAT}visitors.pagesVisited/{{roomId}}": ("pages", "rid", "roomId"),
    f"{LIVECHAT}visitors.chatHistory{OF_VISITOR}": ("history", "v._id", "visitorId"),
    f"{LIVECHAT}visitors.searchChats{OF_VISITOR}": ("history", "v._id", "visitorId"),
    f"{LIVECHAT}visitors.info": ("visitor", "_id", "visitorId"),
    f"{LIVECHAT}inquiries.getOne": ("inquiry", "rid", "roomId"),
    f"{LIVECHAT}room": ("room", "v.token", "token"),
    f"{OMNICHANNEL}contacts.get": ("contact", "_id", "contactId"),
}
"""By the operation: where its things stand, what they belong to, and the parameter that says so."""


class PartsDisagree(Deviation):
    """One part of an answer contradicts another, or the request."""

    kind_title = "Parts of an answer contradict each other"


@rule
def parts_agree(response: Response, case: Case, operation: Operation) -> None:
    body = json_of(response)
    if response.status_code != 200 or not isinstance(body, dict | list):
        return
    url = str(response.request.url)
    asked = single_values(url)
    # What does not even have the documented keys and types is the schema's affair.
    with suppress(AttributeError, KeyError, TypeError):
        for fault in (*_strangers(operation, body, url), *_misfits(operation, body, asked)):
            raise PartsDisagree(case, fault)


def _misfits(operation: Operation, body: Any, asked: Mapping[str, str]) -> Iterator[str]:
    if operation.key in FITS:
        yield from FITS[operation.key](body, asked)


def _strangers(operation: Operation, body: Any, url: str) -> Iterator[str]:
    """Things that belong to another than the one that was asked for."""
    if operation.key not in BELONGS:
        return
    where, key, parameter = BELONGS[operation.key]
    wanted = {**single_values(url), **(path_values(operation, url) or {})}.get(parameter)
    found = body.get(where)
    for thing in found if isinstance(found, list) else [found] if found else []:
        value: Any = thing
        for step in key.split("."):
            value = value.get(step)
        if wanted is not None and value is not None and value != wanted:
            yield f"asked for {parameter} {wanted!r}, got {where} whose {key} is {value!r}"
