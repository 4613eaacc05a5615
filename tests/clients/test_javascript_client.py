"""@rocket.chat/api-client through a day of those who run the live chat."""

from typing import Any

import pytest

from tests.clients.stories import told


@pytest.fixture(scope="module")
def seen(live_server: str) -> Any:
    """What admin, manager and agent saw, by the story's part."""
    return told("desk.cjs", live_server)


def grown(seen: Any, board: str) -> dict[str, Any]:
    """Return what the story has added to the numbers of a board."""
    before, after = seen["before"][board], seen["after"][board]
    changes = {name: value - before.get(name, 0) for name, value in after.items()}
    return {name: change for name, change in changes.items() if change}


def test_a_new_department_is_found_with_its_agent(seen: Any) -> None:
    hired = seen["hired"]

    assert hired["made"] == hired["mates"] == ["runa"]
    assert hired["found"] == [{"name": "Workshop", "numAgents": 1}]
    assert hired["departments"] == [hired["department"]]


def test_nobody_writes_to_a_department_without_agents_online(seen: Any) -> None:
    refused = "Sorry, no online agents [no-agent-online]"

    assert seen["nobodyThere"] == {"status": 400, "error": refused}


def test_an_answer_for_the_department_is_seen_by_its_agents_alone(seen: Any) -> None:
    assert seen["prepared"] == {"theirs": ["We sew it in a week."], "others": []}


def test_a_contact_is_found_by_the_name_that_he_was_given_last(seen: Any) -> None:
    contact = seen["noted"]["contact"]

    assert seen["noted"]["found"] == [contact["name"]] == ["Odd H. Berg"]
    assert contact["emails"] == [{"address": "odd@example.com"}]
    assert contact["phones"] == [{"phoneNumber": "+4712345678"}]


def test_the_conversation_stands_in_the_history_of_the_contact_who_had_its_address(
    seen: Any,
) -> None:
    (talk,) = seen["history"]

    assert talk["_id"] == seen["talk"]["rid"]
    assert (talk["servedBy"]["username"], talk["tags"]) == ("runa", ["repair"])
    assert talk["lastMessage"]["msg"] == "To be sewn"


def test_an_agent_ends_a_conversation_once(seen: Any) -> None:
    assert seen["talk"]["again"] == {"status": 400, "error": "error-not-authorized"}


def test_the_list_of_rooms_shows_what_the_agent_noted(seen: Any) -> None:
    assert seen["before"]["rooms"] == []
    assert seen["after"]["rooms"] == [[seen["talk"]["rid"], "user", ["repair"], "Seam"]]


def test_the_chats_of_the_agent_and_of_the_department_are_counted(seen: Any) -> None:
    after = seen["after"]

    assert after["chats"] == {**seen["before"]["chats"], "runa": {"open": 0, "closed": 1}}
    assert after["departments"] == {
        **seen["before"]["departments"],
        "Workshop": {"open": 0, "closed": 1},
    }


def test_the_totals_of_the_day_grow(seen: Any) -> None:
    assert grown(seen, "totals") == {
        "Total_conversations": 1,
        "Total_messages": 2,
        "Total_visitors": 1,
    }


@pytest.mark.parametrize(
    ("report", "added"),
    [
        ("status", {"Closed": 1}),
        ("sources", {"api": 1}),
        ("tags", {"repair": 1}),
        ("agents", {"Runa Vik": 1}),
    ],
)
def test_the_reports_of_the_day_grow(seen: Any, report: str, added: dict[str, int]) -> None:
    assert grown(seen, report) == added


def test_the_agents_share_of_the_day_is_told(seen: Any) -> None:
    assert {"name": "runa", "value": "50.00%"} in seen["after"]["overview"]


def test_an_archived_department_leaves_the_list(seen: Any) -> None:
    assert "Workshop" not in seen["left"]["left"]
    assert "Workshop" in seen["left"]["archived"]


def test_who_is_dismissed_is_no_agent_and_may_not_look_at_rooms(seen: Any) -> None:
    assert "runa" not in seen["left"]["agents"]
    assert seen["forbidden"]["status"] == 403
