"""The kit's tables name operations, slots and lists that are there."""

import pytest

from conformance import creations, exclusions, finds, slots
from conformance.surface import contract

KEYS = contract().operations.keys()


@pytest.mark.parametrize(
    "table", [exclusions.NEVER_CALLED, exclusions.NOT_CHECKED, exclusions.HARMFUL_BODIES]
)
def test_every_excluded_operation_is_one_of_the_contract(table: tuple[exclusions.Exclusion, ...]):
    assert {entry.operation for entry in table} <= KEYS


def test_every_platform_operation_that_changes_something_but_messages_is_never_called():
    changing = {o.key for o in contract() if o.document == "platform" and o.effect != "read"}

    excluded = {entry.operation for entry in exclusions.NEVER_CALLED}

    assert changing - excluded == {"POST /api/v1/chat.sendMessage"}


def test_every_completed_operation_is_one_of_the_contract():
    assert creations.COMPLETE.keys() <= KEYS


def test_every_list_that_is_read_is_one_of_the_contract():
    assert all(contract().find("GET", shelf.path) for shelf in finds.SHELVES)


def test_every_thing_that_is_made_is_made_by_an_operation_of_the_contract():
    assert {f"POST {thing.path}" for thing in creations.SIMPLE.values()} <= KEYS


def test_every_meaning_has_values_from_somewhere():
    named = {meaning.slot for meaning in slots.MEANINGS if meaning.slot}

    from_lists = {slot for shelf in finds.SHELVES for slot in shelf.fields}
    from_messages = {"message.id"}
    fixed = slots.FIXED.keys() | slots.WINDOWS

    assert named <= from_lists | from_messages | fixed | creations.MAKERS.keys()


def test_places_in_a_body_are_written_as_the_runner_reads_them():
    save = contract()["POST /api/v1/livechat/appearance"]

    keys = {place.key for place in slots.places(contract(), save)}

    assert keys == {"body.[*]._id"}
