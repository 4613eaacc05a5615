"""The survey: a visitor says what he thinks of his conversation."""

from typing import Any

import pytest

from tests.client import Answer, Client
from tests.talks.steps import API, TOKEN, body, closed_room, open_room, register, room

RATINGS = ["satisfaction", "agentKnowledge", "agentResposiveness", "agentFriendliness"]


def answer(visitor: Client, rid: str, *items: tuple[str, Any], token: str = TOKEN) -> Answer:
    data = [{"name": name, "value": value} for name, value in items]
    return visitor.post(f"{API}/room.survey", {"token": token, "rid": rid, "data": data})


@pytest.mark.parametrize("name", RATINGS)
@pytest.mark.parametrize("value", ["1", "5"])
def test_a_rating_from_one_to_five_is_kept(
    visitor: Client, manager: Client, name: str, value: str
) -> None:
    rid = open_room(visitor)

    given = body(answer(visitor, rid, (name, value)))

    assert given == {"rid": rid, "data": {name: value}, "success": True}
    assert room(manager, rid)["surveyFeedback"] == {name: value}


def test_a_closed_room_can_be_rated_too(visitor: Client, agent: Client, manager: Client) -> None:
    rid = closed_room(visitor, agent)

    body(answer(visitor, rid, ("satisfaction", "4")))

    assert room(manager, rid)["surveyFeedback"] == {"satisfaction": "4"}


def test_any_text_is_feedback(visitor: Client) -> None:
    rid = open_room(visitor)

    given = body(answer(visitor, rid, ("additionalFeedback", "Quick and kind")))

    assert given["data"] == {"additionalFeedback": "Quick and kind"}


def test_what_the_survey_does_not_ask_is_dropped(visitor: Client) -> None:
    rid = open_room(visitor)

    given = body(
        answer(visitor, rid, ("satisfaction", "5"), ("agentKnowledge", "6"), ("mood", "5"))
    )

    assert given["data"] == {"satisfaction": "5"}


def test_a_number_counts_as_its_text(visitor: Client) -> None:
    rid = open_room(visitor)

    assert body(answer(visitor, rid, ("satisfaction", 3)))["data"] == {"satisfaction": "3"}


def test_later_answers_replace_earlier_ones(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(answer(visitor, rid, ("satisfaction", "5")))

    body(answer(visitor, rid, ("agentKnowledge", "2")))

    assert room(manager, rid)["surveyFeedback"] == {"agentKnowledge": "2"}


def test_answers_that_the_survey_does_not_ask_at_all_are_refused(
    visitor: Client, manager: Client
) -> None:
    rid = open_room(visitor)

    refused = answer(visitor, rid, ("question", "answer"))

    assert (refused.status, refused.error, refused.error_type) == (400, "invalid-data", None)
    assert "surveyFeedback" not in room(manager, rid)


def test_an_unknown_token_is_refused_before_the_room(visitor: Client) -> None:
    refused = answer(visitor, "nowhere", ("satisfaction", "5"), token="nobody")

    assert (refused.status, refused.error) == (400, "invalid-token")


def test_the_room_of_another_visitor_is_no_room(visitor: Client) -> None:
    rid = open_room(visitor)
    register(visitor, "eve-token")

    refused = answer(visitor, rid, ("satisfaction", "5"), token="eve-token")

    assert (refused.status, refused.error) == (400, "invalid-room")


def test_no_answer_at_all_is_refused(visitor: Client) -> None:
    refused = answer(visitor, "nowhere")

    assert (refused.status, refused.error) == (
        400,
        "must NOT have fewer than 1 items [invalid-params]",
    )
