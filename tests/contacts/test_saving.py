"""Contacts made by hand: created, read, changed, and settled where values conflict."""

from typing import Any

import pytest

from tests.client import Client
from tests.contacts.steps import CONTACTS, conflicting, contact, create, make_field, update
from tests.talks.steps import API, body

NO_MORE = "must NOT have additional properties"


def refused(client: Client, operation: str, given: dict[str, Any]) -> str | None:
    """Return the words with which a request is refused."""
    answered = client.post(f"{CONTACTS}{operation}", given)
    assert answered.status == 400, answered.body
    return answered.error


def test_a_contact_has_what_it_was_made_with_and_waits_for_its_first_channel(agent: Client) -> None:
    contact_id = create(
        agent, emails=["ada@example.com"], phones=["+15550100"], contactManager="lee.keith"
    )

    made = contact(agent, contact_id)

    assert made.pop("_updatedAt") == made.pop("createdAt") == "2020-09-11T09:00:00.000Z"
    assert made == {
        "_id": contact_id,
        "name": "Ada Byron",
        "emails": [{"address": "ada@example.com"}],
        "phones": [{"phoneNumber": "+15550100"}],
        "contactManager": "lee.keith",
        "customFields": {},
        "channels": [],
        "unknown": False,
        "preRegistration": True,
    }


def test_a_contact_without_a_manager_has_no_key_for_one(agent: Client) -> None:
    contact_id = create(agent, contactManager=None, customFields=None)

    made = contact(agent, contact_id)

    assert "contactManager" not in made
    assert made["customFields"] == {}


@pytest.mark.parametrize("nobody", ["nobody", "user"])
@pytest.mark.parametrize("operation", ["", ".update", ".conflicts"])
def test_only_an_agent_manages_contacts(
    visitor: Client, agent: Client, operation: str, nobody: str
) -> None:
    contact_id = conflicting(visitor, agent)
    new = {"name": "Eve", "emails": [], "phones": []}
    given = new if operation == "" else {"contactId": contact_id}

    words = refused(agent, operation, {**given, "contactManager": nobody})

    assert words == "error-contact-manager-not-found"


def test_a_change_replaces_what_it_names_and_keeps_the_rest(agent: Client) -> None:
    contact_id = create(agent, emails=["ada@example.com"], phones=["+15550100"])

    changed = update(agent, contact_id, name="Ada L.", emails=["lovelace@example.com"])

    assert changed["name"] == "Ada L."
    assert changed["emails"] == [{"address": "lovelace@example.com"}]
    assert changed["phones"] == [{"phoneNumber": "+15550100"}]
    assert changed == contact(agent, contact_id)


def test_null_changes_nothing_and_an_empty_manager_is_none(agent: Client) -> None:
    contact_id = create(agent, emails=["ada@example.com"], contactManager="lee.keith")

    kept = update(agent, contact_id, emails=None, contactManager=None)
    gone = update(agent, contact_id, contactManager="")

    assert (kept["emails"], kept["contactManager"]) == (
        [{"address": "ada@example.com"}],
        "lee.keith",
    )
    assert "contactManager" not in gone


def test_whoever_says_nothing_of_a_contact_does_not_make_it_known(agent: Client) -> None:
    untouched = update(agent, "zoe-contact")

    touched = update(agent, "zoe-contact", phones=["+15550111"])

    assert untouched["unknown"] is True
    assert touched["unknown"] is False


def test_an_empty_name_is_refused_and_changes_nothing(agent: Client) -> None:
    contact_id = create(agent)

    words = refused(agent, ".update", {"contactId": contact_id, "name": ""})

    assert words == "error-invalid-operation"
    assert contact(agent, contact_id)["name"] == "Ada Byron"


@pytest.mark.parametrize("operation", [".update", ".conflicts"])
def test_a_contact_that_is_not_there_cannot_be_changed(agent: Client, operation: str) -> None:
    words = refused(agent, operation, {"contactId": "nobody", "name": "Eve"})

    assert words == "error-contact-not-found"


def test_a_contact_that_is_not_there_is_not_found(agent: Client) -> None:
    answered = agent.get(f"{CONTACTS}.get", contactId="nobody")

    assert (answered.status, answered.error) == (404, "Resource not found")


def test_a_settled_name_is_the_name_and_the_conflict_is_over(
    visitor: Client, agent: Client
) -> None:
    contact_id = conflicting(visitor, agent)
    before = contact(agent, contact_id)["conflictingFields"]

    answered = agent.post(
        f"{CONTACTS}.conflicts", {"contactId": contact_id, "name": "Countess Ada"}
    )

    assert before == [{"field": "name", "value": "Countess"}]
    settled = body(answered)["result"]
    assert (settled["name"], settled["conflictingFields"]) == ("Countess Ada", [])
    assert settled == contact(agent, contact_id)


def test_what_is_not_settled_stays_open_until_it_is_wiped(visitor: Client, agent: Client) -> None:
    contact_id = conflicting(visitor, agent)
    path = f"{CONTACTS}.conflicts"

    other = body(agent.post(path, {"contactId": contact_id, "customFields": {"tier": "gold"}}))
    wiped = body(agent.post(path, {"contactId": contact_id, "wipeConflicts": True}))

    assert other["result"]["conflictingFields"] == [{"field": "name", "value": "Countess"}]
    assert other["result"]["customFields"] == {"tier": "gold"}
    assert wiped["result"]["conflictingFields"] == []
    assert wiped["result"]["name"] == "Ada Byron"


def test_an_update_wipes_conflicts_when_asked(visitor: Client, agent: Client) -> None:
    contact_id = conflicting(visitor, agent)

    kept = update(agent, contact_id, phones=["+15550100"])
    wiped = update(agent, contact_id, wipeConflicts=True)

    assert kept["conflictingFields"] == [{"field": "name", "value": "Countess"}]
    assert wiped["conflictingFields"] == []


def test_nothing_is_settled_where_nothing_conflicts(agent: Client) -> None:
    words = refused(agent, ".conflicts", {"contactId": create(agent), "name": "Eve"})

    assert words == "error-contact-has-no-conflicts"


def test_custom_fields_are_judged_by_their_definitions(manager: Client, agent: Client) -> None:
    make_field(manager, "tier", required=True, regexp="^[0-9]+$", label="Tier of customer")
    new = {"name": "Eve", "emails": [], "phones": []}

    missing = refused(agent, "", new)
    bad = refused(agent, "", {**new, "customFields": {"tier": "gold"}})
    other = refused(agent, "", {**new, "customFields": {"tier": "1", "mood": "fine"}})
    contact_id = create(agent, customFields={"tier": " 12 "})

    assert missing == bad == "Invalid value for Tier of customer field"
    assert other == "Custom field mood is not allowed"
    assert contact(agent, contact_id)["customFields"] == {"tier": "12"}


def test_hidden_fields_and_fields_of_rooms_are_no_fields_of_contacts(
    manager: Client, agent: Client
) -> None:
    make_field(manager, "tier", visibility="hidden")
    make_field(manager, "order", scope="room")
    new = {"name": "Eve", "emails": [], "phones": []}

    hidden = refused(agent, "", {**new, "customFields": {"tier": "1"}})
    of_room = refused(agent, "", {**new, "customFields": {"order": "1"}})

    assert hidden == "Custom field tier is not allowed"
    assert of_room == "Custom field order is not allowed"


def test_a_value_of_a_deleted_field_stays_as_it_is(manager: Client, agent: Client) -> None:
    make_field(manager, "tier")
    make_field(manager, "mood")
    contact_id = create(agent, customFields={"tier": "1", "mood": "fine"})
    body(manager.post(f"{API}/custom-fields.delete", {"customFieldId": "mood"}))

    named = update(agent, contact_id, customFields={"tier": "2", "mood": "bad"})
    unnamed = update(agent, contact_id, customFields={})
    words = refused(agent, ".update", {"contactId": contact_id, "customFields": {"other": "1"}})

    assert named["customFields"] == {"tier": "2", "mood": "fine"}
    assert unnamed["customFields"] == {"mood": "fine"}
    assert words == "Custom field other is not allowed"


@pytest.mark.parametrize(
    ("operation", "given", "words"),
    [
        ("", {"emails": [], "phones": []}, "must have required property 'name'"),
        ("", {"name": "Eve", "phones": []}, "must have required property 'emails'"),
        ("", {"name": "Eve", "emails": []}, "must have required property 'phones'"),
        ("", {"name": "Eve", "emails": [{"x": 1}], "phones": []}, "must be string"),
        (
            "",
            {"name": "E", "emails": [], "phones": [], "x": 1},
            "must NOT have additional properties",
        ),
        (".update", {"name": "Eve"}, "must have required property 'contactId'"),
        (".update", {"contactId": "x", "unknown": True}, NO_MORE),
        (".conflicts", {}, "must have required property 'contactId'"),
    ],
)
def test_a_request_of_the_wrong_form_is_refused(
    agent: Client, operation: str, given: dict[str, Any], words: str
) -> None:
    assert refused(agent, operation, given) == f"{words} [invalid-params]"


@pytest.mark.parametrize("operation", ["", ".update", ".conflicts"])
def test_who_lacks_the_permission_changes_nothing(user: Client, operation: str) -> None:
    answered = user.post(f"{CONTACTS}{operation}", {})

    assert answered.status == 403
