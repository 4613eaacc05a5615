"""Which keys of whole things the model compares, and what of their values."""

from typing import Any

import pytest

from conformance.model.keys import Keys
from conformance.model.replay import Names, differences, shown
from conformance.model.steps import ALL

READ = "GET /api/v1/livechat/tags/{tagId}"


class Both:
    """Two sides that answer with one thing each, on our own mock or on another server."""

    def __init__(self, *, is_ours: bool) -> None:
        self._keys = Keys(is_ours=is_ours)
        self._predicted, self._got = (Names(run, {}) for run in ("here-", "there-"))

    def wrong(self, predicted: dict[str, Any], got: dict[str, Any]) -> list[str]:
        """The keys at which the two are told to differ."""
        sides = (predicted, self._predicted), (got, self._got)
        shows = self._keys.named(READ, {"": (ALL,)}, *sides)
        told, seen = shown(shows, *sides[0]), shown(shows, *sides[1])
        return [line.partition("~")[0] for line in differences(told, seen)]


@pytest.fixture(params=[True, False], ids=["ours", "foreign"])
def both(request: pytest.FixtureRequest) -> Both:
    return Both(is_ours=request.param)


@pytest.mark.parametrize(
    ("predicted", "got"), [({"name": "a"}, {}), ({}, {"name": "a"}), ({"name": "a"}, {"name": ""})]
)
def test_a_key_that_one_side_has_never_shown_says_nothing(both: Both, predicted: Any, got: Any):
    assert both.wrong(predicted, got) == []


def test_a_key_that_both_have_shown_is_missed_when_it_goes(both: Both):
    both.wrong({"name": "a"}, {"name": "a"})

    assert both.wrong({"name": "a"}, {}) == ["name"]


def test_a_key_that_stays_when_it_should_go_is_told(both: Both):
    both.wrong({"v": {"status": "away"}}, {"v": {"status": "away"}})

    assert both.wrong({}, {"v": {"status": "away"}}) == ["v.status"]


def test_another_value_is_told_at_once_on_our_own_mock():
    assert Both(is_ours=True).wrong({"name": "a"}, {"name": "b"}) == ["name"]


def test_another_value_says_nothing_on_a_foreign_server_before_both_agreed_once():
    both = Both(is_ours=False)

    before = both.wrong({"name": "a"}, {"name": "b"})
    both.wrong({"name": "a"}, {"name": "a"})
    after = both.wrong({"name": "a"}, {"name": "b"})

    assert (before, after) == ([], ["name"])


@pytest.mark.parametrize(
    ("predicted", "got"),
    [
        ("here-one", "there-one"),
        ("5f1b2c3d4e5f60718293a4b5", "vYx2mPqRtWzBcDfGh"),
        ("2026-03-02T09:00:00.000Z", "2020-09-11T09:00:00.066Z"),
        ("guest-1", "guest-55"),
        (1_772_442_000_000, 1_599_814_800_000),
        ({"roomId": "1"}, {"roomId": "2"}),
    ],
)
def test_what_no_two_servers_share_is_equal(both: Both, predicted: Any, got: Any):
    both.wrong({"key": predicted}, {"key": got})

    assert both.wrong({"key": predicted}, {"key": got}) == []
