"""Canned responses: saved by scope, seen by whom they are for, changed and deleted."""

from typing import Any

import pytest

from tests.administration.steps import made_unit
from tests.client import Answer, Client

RESPONSES = "/api/v1/canned-responses"


def save(client: Client, shortcut: str = "t-hi", scope: str = "user", **more: Any) -> Answer:
    return client.post(RESPONSES, {"shortcut": shortcut, "text": "Hello", "scope": scope, **more})


def by_shortcut(manager: Client, shortcut: str = "t-hi") -> Any:
    found = manager.get(RESPONSES, shortcut=shortcut).body["cannedResponses"]
    return found[0] if found else None


def listed(client: Client, **query: Any) -> list[str]:
    """List the responses that a test made itself; their shortcuts begin with a t- ."""
    found = client.get(RESPONSES, text="t-", **query).body["cannedResponses"]
    return [response["shortcut"] for response in found]


def usable(client: Client) -> list[str]:
    found = client.get(f"{RESPONSES}.get").body["responses"]
    return sorted(one["shortcut"] for one in found if one["shortcut"].startswith("t-"))


def test_saving_answers_no_id(manager: Client) -> None:
    assert save(manager).body == {"success": True}


def test_a_private_response_is_its_makers(manager: Client, agent: Client) -> None:
    save(agent, departmentId="support")

    found = by_shortcut(manager)
    assert found["userId"] == "test.cat"
    assert found["createdBy"] == {"_id": "test.cat", "username": "test.cat"}
    assert (found["scope"], found["tags"], "departmentId" in found) == ("user", [], False)
    assert found["_createdAt"] == found["_updatedAt"]


def test_a_response_of_a_department_names_it(manager: Client) -> None:
    save(manager, scope="department", departmentId="sales", tags=["vip"])

    found = by_shortcut(manager)
    assert (found["departmentId"], found["tags"], "userId" in found) == ("sales", ["vip"], False)


def test_a_response_is_read_by_id(manager: Client) -> None:
    save(manager)
    known = by_shortcut(manager)

    assert manager.get(f"{RESPONSES}/{known['_id']}").body["cannedResponse"] == known


@pytest.fixture
def one_of_each(manager: Client, agent: Client) -> None:
    """A private one of test.cat and of manager, one of two departments each, a global one."""
    save(agent, "t-cat")
    save(manager, "t-manager")
    save(manager, "t-sales", "department", departmentId="sales")
    save(manager, "t-support", "department", departmentId="support")
    save(manager, "t-global", "global")


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize(
    ("caller", "seen"),
    [
        ("manager", ["t-cat", "t-global", "t-manager", "t-sales", "t-support"]),
        ("test.cat", ["t-cat", "t-global", "t-support"]),
        ("kim.jane", ["t-global", "t-sales", "t-support"]),
        ("monitor", ["t-global"]),
    ],
)
def test_a_list_shows_what_one_may_see_by_shortcut(
    visitor: Client, caller: str, seen: list[str]
) -> None:
    assert listed(visitor.signed_in(caller)) == seen


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize(
    ("caller", "seen"),
    [
        ("manager", ["t-global", "t-manager", "t-sales", "t-support"]),
        ("test.cat", ["t-cat", "t-global", "t-support"]),
        ("monitor", ["t-global"]),
    ],
)
def test_nobody_uses_the_private_responses_of_others(
    visitor: Client, caller: str, seen: list[str]
) -> None:
    assert usable(visitor.signed_in(caller)) == seen


@pytest.mark.usefixtures("one_of_each")
def test_whoever_names_a_department_sees_all_of_it(agent: Client) -> None:
    assert listed(agent, departmentId="sales") == ["t-sales"]


def test_a_monitor_sees_responses_of_a_disabled_department_too(
    manager: Client, monitor: Client
) -> None:
    made_unit(manager, monitors=["monitor"], departments=["trade-fair"])
    save(manager, "t-fair", "department", departmentId="trade-fair")

    assert (listed(monitor), usable(monitor)) == (["t-fair"], ["t-fair"])


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"scope": "global"}, ["t-b"]),
        ({"createdBy": "manager"}, ["t-a", "t-b"]),
        ({"createdBy": "kim.jane"}, []),
        ({"tags[]": "vip"}, ["t-b"]),
        ({"tags": ["new", "none"]}, ["t-a"]),
        ({"tags": "vi"}, []),
    ],
)
def test_a_list_is_narrowed(manager: Client, query: dict[str, Any], seen: list[str]) -> None:
    save(manager, "t-a", tags=["new"])
    save(manager, "t-b", "global", tags=["vip"])

    assert listed(manager, **query) == seen


def test_text_finds_a_part_of_shortcut_or_text(manager: Client) -> None:
    save(manager, "t-a", text="Zebra.")

    found = manager.get(RESPONSES, text="ZEBRA.").body["cannedResponses"]

    assert [one["shortcut"] for one in found] == ["t-a"]


def test_fields_are_refused(manager: Client) -> None:
    answer = manager.get(RESPONSES, fields="{}")

    assert answer.error == "must NOT have additional properties [invalid-params]"


def test_what_one_may_not_see_is_not_found(manager: Client, agent: Client) -> None:
    save(manager)

    answer = agent.get(f"{RESPONSES}/{by_shortcut(manager)['_id']}")

    assert (answer.status, answer.error) == (404, "Resource not found")


def test_an_unknown_response_is_not_found(manager: Client) -> None:
    assert manager.get(f"{RESPONSES}/nope").error == "Resource not found"


@pytest.mark.parametrize(
    ("caller", "scope", "allowed"),
    [
        ("manager", "global", True),
        ("admin", "department", True),
        ("monitor", "global", False),
        ("monitor", "department", True),
        ("test.cat", "global", False),
        ("test.cat", "department", False),
        ("test.cat", "user", True),
        ("test.cat", "odd", True),
    ],
)
def test_who_may_save_for_whom(visitor: Client, caller: str, scope: str, allowed: bool) -> None:
    answer = save(visitor.signed_in(caller), scope=scope, departmentId="sales")

    if allowed:
        assert answer.status == 200
    else:
        assert answer.status == 400
        assert answer.body == {
            "success": False,
            "error": f"Not allowed to modify canned responses on *{scope}* scope"
            " [error-not-allowed]",
            "errorType": "error-not-allowed",
            "details": {"method": "saveCannedResponse"},
        }


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, "Shortcut provided already exists [error-invalid-shortcut]"),
        (
            {"shortcut": "t-2", "scope": "department"},
            "Invalid department [error-invalid-department]",
        ),
        (
            {"shortcut": "t-2", "scope": "global", "departmentId": "nope"},
            "Invalid department [error-invalid-department]",
        ),
        (
            {"shortcut": "t-2", "_id": "nope"},
            "Canned Response not found [error-canned-response-not-found]",
        ),
    ],
)
def test_what_cannot_be_saved_is_refused(
    manager: Client, change: dict[str, Any], error: str
) -> None:
    save(manager)

    answer = manager.post(RESPONSES, {"shortcut": "t-hi", "text": "x", "scope": "user", **change})

    assert (answer.status, answer.error) == (400, error)
    assert answer.body["details"] == {"method": "saveCannedResponse"}


def test_a_change_keeps_who_made_it_and_whose_it_is(manager: Client, agent: Client) -> None:
    save(agent, tags=["vip"])
    known = by_shortcut(manager)

    save(manager, "t-new", _id=known["_id"])

    changed = by_shortcut(manager, "t-new")
    for key in ("_id", "createdBy", "userId", "_createdAt"):
        assert changed[key] == known[key]
    assert changed["tags"] == []


def test_a_deleted_response_is_gone(manager: Client, agent: Client) -> None:
    save(manager)
    known = by_shortcut(manager)

    answer = agent.delete(f"{RESPONSES}/{known['_id']}")

    assert answer.body == {"success": True}
    assert by_shortcut(manager) is None


def test_an_unknown_response_is_not_deleted(manager: Client) -> None:
    answer = manager.delete(f"{RESPONSES}/nope")

    assert answer.status == 400
    assert answer.body == {
        "success": False,
        "error": "Canned Response not found [error-canned-response-not-found]",
        "errorType": "error-canned-response-not-found",
        "details": {"method": "removeCannedResponse"},
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "must have required property 'shortcut' [invalid-params]"),
        ({"shortcut": "x"}, "must have required property 'text' [invalid-params]"),
        ({"shortcut": "x", "text": "x"}, "must have required property 'scope' [invalid-params]"),
        (
            {"shortcut": "x", "text": "x", "scope": "user", "tags": "tag"},
            "must be array [invalid-params]",
        ),
    ],
)
def test_the_body_is_judged(manager: Client, body: Any, error: str) -> None:
    answer = manager.post(RESPONSES, body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


def test_a_user_without_role_has_no_canned_responses(user: Client) -> None:
    assert user.get(RESPONSES).status == 403
    assert user.get(f"{RESPONSES}.get").status == 403
    assert save(user).status == 403
    assert user.delete(f"{RESPONSES}/x").status == 403
