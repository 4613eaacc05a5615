"""The first calls get a good answer where a server has one to give."""

from datetime import UTC, datetime, timedelta

import pytest

from conformance.finds import Finds
from conformance.slots import NEWEST
from tests.conformance.conftest import Faulty, Kit

FIRST = ("--layers", "contract", "--phases", "examples")
RENAME = "PUT /api/v1/livechat/priorities/{priorityId}"


def test_a_read_only_run_of_examples_reaches_every_report(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    account = ("--user", "admin", "--password", "admin")
    ended = kit(faulty.url, *account, *FIRST, "--include", "Reports")

    assert "5 of 5 offered operations answered 2xx" in ended.output


@pytest.mark.parametrize("board", ["overview", "agent-overview"])
def test_a_read_only_run_of_examples_reaches_the_overviews(board: str, faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    account = ("--user", "admin", "--password", "admin")
    ended = kit(faulty.url, *account, *FIRST, "--include", f"/api/v1/livechat/analytics/{board}")

    assert "1 of 1 offered operations answered 2xx" in ended.output


def test_an_operation_with_a_body_of_two_forms_is_called_with_one_that_fits(
    faulty: Faulty, kit: Kit
):
    ended = kit(faulty.url, *FIRST, "--include", RENAME)

    assert ended.code == 0, ended.output
    assert "1 of 1 offered operations answered 2xx" in ended.output
    assert "Could not be tested" not in ended.output


def test_windows_of_time_end_a_day_after_the_newest_conversation():
    finds = Finds([{NEWEST: "2020-09-10T08:00:00.000Z"}, {NEWEST: "2019-01-01T00:00:00.000Z"}])

    windows = {slot: finds.values(slot)[0] for slot in ("moment.first", "moment.last", "day.last")}

    assert windows == {
        "moment.first": "2020-05-13T08:00:00.000Z",
        "moment.last": "2020-09-11T08:00:00.000Z",
        "day.last": "2020-09-11",
    }


def test_without_conversations_windows_of_time_end_a_day_after_now():
    last = datetime.fromisoformat(Finds().values("moment.last")[0])

    assert timedelta(hours=23) < last - datetime.now(UTC) <= timedelta(days=1)
