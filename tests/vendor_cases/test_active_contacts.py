"""The contacts of the month that the licence counts: those who were answered."""

from typing import Any

from tests.client import Client
from tests.talks.steps import TOKEN, answer, close, taken_room
from tests.vendor_cases.desk import API, V1, body


def counted(admin: Client) -> Any:
    limits = body(admin.get(f"{V1}/licenses.info", loadValues="true"))["license"]["limits"]
    return limits["monthlyActiveContacts"]["value"]


def test_a_contact_counts_once_he_is_answered(
    visitor: Client, agent: Client, admin: Client
) -> None:
    before = counted(admin)
    rid = taken_room(visitor, agent)
    unanswered = counted(admin)

    answer(agent, rid)

    assert (unanswered, counted(admin)) == (before, before + 1)


def test_a_second_conversation_does_not_count_again(
    visitor: Client, agent: Client, admin: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    close(agent, rid)
    before = counted(admin)

    answer(agent, taken_room(visitor, agent))

    assert counted(admin) == before


def test_a_visitor_who_is_removed_still_counts(
    visitor: Client, agent: Client, admin: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    close(agent, rid)
    before = counted(admin)

    body(visitor.delete(f"{API}/visitor/{TOKEN}"))

    assert counted(admin) == before
