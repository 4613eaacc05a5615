"""What the live-chat widget calls the server with: a whole conversation, from its side."""

from typing import Any

import pytest

from tests.clients.stories import told

QUESTION, REPLY = "Is it light?", "Two kilos."


@pytest.fixture(scope="module", params=["ddp-client", "sdk"])
def seen(request: pytest.FixtureRequest, live_server: str) -> Any:
    """What visitor, agent and manager saw, by the story's part; `client` names the client."""
    client = request.param
    return {"client": client, "token": f"{client}-nora", **told("widget.cjs", live_server, client)}


def test_the_widget_shows_that_somebody_is_there_and_which_departments_to_choose(seen: Any) -> None:
    before = seen["asked"]["before"]

    assert (before["enabled"], before["online"]) == (True, True)
    assert [department["name"] for department in before["departments"]] == ["Support", "Sales"]


def test_the_visitor_is_registered_with_what_the_form_says(seen: Any) -> None:
    visitor = seen["asked"]["visitor"]

    assert (visitor["name"], visitor["token"]) == ("Nora Lind", seen["token"])
    assert visitor["visitorEmails"] == [{"address": f"{seen['token']}@example.com"}]
    assert visitor["department"] == "sales"


def test_the_conversation_waits_in_the_department_of_the_form(seen: Any) -> None:
    room = seen["asked"]["room"]

    assert (room["open"], room["departmentId"]) == (True, "sales")
    assert "servedBy" not in room


def test_nobody_is_next_where_agents_choose_themselves(seen: Any) -> None:
    assert seen["asked"]["next"] == {"status": 400, "error": "agent-not-found"}


def test_who_opens_the_widget_again_finds_the_same_conversation(seen: Any) -> None:
    waiting = seen["asked"]["waiting"]

    assert seen["asked"]["isSame"]
    assert waiting["room"]["_id"] == seen["asked"]["rid"]
    assert waiting["guest"]["name"] == "Nora Lind"


def test_the_agent_finds_the_visitor_in_the_queue_until_he_takes_him(seen: Any) -> None:
    assert seen["taken"] == {"queued": seen["token"], "stillQueued": False}


def test_the_visitor_sees_who_answers(seen: Any) -> None:
    card = seen["talk"]["card"]

    assert (card["_id"], card["name"], card["status"]) == ("kim.jane", "Kim Jane", "online")
    assert "roles" not in card


def test_the_visitor_reads_the_edited_question_and_the_answer(seen: Any) -> None:
    assert seen["talk"]["read"] == ["livechat-started", QUESTION, "command", "uj", REPLY]
    assert seen["talk"]["single"] == QUESTION


def test_the_agent_sees_page_field_and_file_of_the_visitor_and_that_he_is_away(seen: Any) -> None:
    assert (seen["talk"]["status"], seen["talk"]["file"]) == ("away", "tent.txt")
    assert seen["looked"] == {
        "status": "away",
        "pages": ["Tents - https://outdoor.example/tents"],
        "company": "Fjell AS",
        "files": ["tent.txt"],
    }


def test_the_visitor_ends_the_conversation_and_reads_it_to_its_end(seen: Any) -> None:
    transcript, end = seen["ended"]["read"][-2:]

    assert (transcript, end) == ("livechat_transcript_history", "livechat-close")
    assert seen["found"] == {"open": False, "closer": "visitor", "servedBy": "kim.jane"}


def test_the_visitor_rates_a_conversation_that_has_ended(seen: Any) -> None:
    assert seen["ended"]["survey"] == {"satisfaction": "5"}


def test_nothing_more_can_be_said_in_a_conversation_that_has_ended(seen: Any) -> None:
    assert seen["ended"]["late"] == {"status": 400, "error": "room-closed"}


def test_the_next_conversation_is_another_one(seen: Any) -> None:
    assert seen["left"]["isNew"]


def test_the_visitor_goes_to_another_department(seen: Any) -> None:
    if seen["client"] == "sdk":  # it calls room.transfer, which the server has given up
        assert seen["left"]["moved"] == {"status": 404, "error": "API endpoint not found"}
    else:
        assert seen["left"]["moved"] == {"success": True}
        assert seen["left"]["departmentId"] == "support"
        assert seen["left"]["read"][-1] == "livechat_transfer_history"


def test_the_visitor_takes_a_message_back(seen: Any) -> None:
    if seen["client"] == "ddp-client":  # it sends neither room nor token
        missing = "must have required property 'token' [invalid-params]"
        assert seen["left"]["deleted"] == {"status": 400, "error": missing}
    else:
        assert seen["left"]["deleted"]["success"]
        assert seen["left"]["read"] == ["livechat-started"]


def test_the_visitor_is_forgotten_once_his_conversations_have_ended(seen: Any) -> None:
    refused = "Cannot remove visitors with opened rooms [visitor-has-open-rooms]"

    assert seen["left"]["tooEarly"] == {"status": 400, "error": refused}
    assert seen["left"]["gone"] == {"status": 400, "error": "[invalid-token]"}


def test_the_visitor_leaves_a_message_for_those_who_are_not_there(seen: Any) -> None:
    assert seen["offline"] == "Livechat offline message sent"
