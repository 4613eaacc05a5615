"""Messages that visitors leave while nobody is there."""

from typing import Any

import pytest

from mockserver.world.outbox.documents import Mail
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, body, set_setting

FAILED = "Error sending Omnichannel offline message"


@pytest.fixture(autouse=True)
def _address(world: World) -> None:
    """The workspace has an address for such messages."""
    set_setting(world, "Livechat_offline_email", "desk@example.com")


def leave(visitor: Client, **more: Any) -> Answer:
    given = {"name": "Ada", "email": "ada@example.com", "message": "Call me back, please", **more}
    return visitor.post(f"{API}/offline.message", given)


def test_a_message_goes_to_the_address_of_the_workspace(visitor: Client, world: World) -> None:
    left = leave(visitor)

    assert (left.status, left.body) == (
        200,
        {"message": "Livechat offline message sent", "success": True},
    )
    (mail,) = world.all(Mail)
    assert (mail.to, mail.reply_to) == ("desk@example.com", "Ada <ada@example.com>")
    assert mail.subject == "Livechat offline message from Ada: Call me back, please"


@pytest.mark.parametrize("name", ["support", "Support"])
def test_a_department_has_its_own_address(visitor: Client, world: World, name: str) -> None:
    body(leave(visitor, department=name))

    assert [mail.to for mail in world.all(Mail)] == ["support@example.com"]


def test_an_unknown_department_leaves_it_to_the_workspace(visitor: Client, world: World) -> None:
    body(leave(visitor, department="nowhere"))

    assert [mail.to for mail in world.all(Mail)] == ["desk@example.com"]


def test_the_mail_says_where_the_visitor_was(visitor: Client, world: World) -> None:
    body(leave(visitor, host="https://shop.example"))

    assert world.all(Mail)[0].text.splitlines()[0] == "Sent from: https://shop.example"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("Livechat_display_offline_form", False), ("Livechat_offline_email", "")],
)
def test_a_workspace_without_form_or_address_takes_no_message(
    visitor: Client, world: World, setting: str, value: Any
) -> None:
    set_setting(world, setting, value)

    refused = leave(visitor)

    assert (refused.status, refused.error, refused.error_type) == (400, FAILED, None)
    assert world.all(Mail) == []


@pytest.mark.parametrize("email", ["", "ada", "ada@example", "ada@nowhere.invalid", "ada@-x.com"])
def test_an_address_that_takes_no_mail_is_refused(
    visitor: Client, world: World, email: str
) -> None:
    refused = leave(visitor, email=email)

    assert (refused.status, refused.error) == (400, FAILED)
    assert world.all(Mail) == []


def test_the_workspace_may_believe_any_address(visitor: Client, world: World) -> None:
    set_setting(world, "Livechat_validate_offline_email", False)

    assert leave(visitor, email="ada@nowhere.invalid").status == 200


@pytest.mark.parametrize("missing", ["name", "email", "message"])
def test_name_address_and_message_must_be_sent(visitor: Client, missing: str) -> None:
    given = {"name": "x", "email": "x", "message": "x"}
    del given[missing]

    refused = visitor.post(f"{API}/offline.message", given)

    assert refused.error == f"must have required property '{missing}' [invalid-params]"
