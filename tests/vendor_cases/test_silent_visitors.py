"""When a visitor who was answered counts as gone."""

from typing import Any

import pytest

from mockserver.world.jsdate import millis
from tests.client import Client
from tests.talks.steps import answer, ask, room, taken_room
from tests.vendor_cases.desk import hire, office, set_setting

FORESEEN = "predictedVisitorAbandonmentAt"


@pytest.fixture
def minute(admin: Client) -> None:
    """Close conversations whose visitors say nothing for a minute."""
    set_setting(admin, "Livechat_abandoned_rooms_action", "close")
    set_setting(admin, "Livechat_visitor_inactivity_timeout", 60)


def seconds_to_go(room: Any) -> float:
    first = room["responseBy"]["firstResponseTs"]
    return (millis(room["omnichannel"][FORESEEN]) - millis(first)) / 1000


@pytest.mark.usefixtures("minute")
def test_the_first_answer_says_when_the_visitor_will_be_gone(
    visitor: Client, agent: Client, admin: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)

    answer(agent, rid)

    assert seconds_to_go(room(admin, rid)) == 60


@pytest.mark.usefixtures("minute")
def test_a_further_answer_changes_nothing_about_it(
    visitor: Client, agent: Client, admin: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    before = room(admin, rid)["omnichannel"]

    answer(agent, rid)

    assert room(admin, rid)["omnichannel"] == before


@pytest.mark.usefixtures("minute")
def test_a_department_may_have_a_time_of_its_own(visitor: Client, admin: Client) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann, visitorInactivityTimeoutInSeconds=30)
    rid = taken_room(visitor, ann, department=tents)

    answer(ann, rid)

    assert seconds_to_go(room(admin, rid)) == 30


def test_a_workspace_that_does_nothing_about_silence_foresees_nothing(
    visitor: Client, agent: Client, admin: Client
) -> None:
    rid = taken_room(visitor, agent)

    answer(agent, rid)

    assert "omnichannel" not in room(admin, rid)
