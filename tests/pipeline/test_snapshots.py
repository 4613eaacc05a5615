"""A snapshot of the world, taken and restored from outside."""

from tests.client import Client

SNAPSHOT, RESTORE = "/__mock__/snapshot", "/__mock__/restore"
DEPARTMENTS = "/api/v1/livechat/department"


def taken(client: Client) -> str:
    return str(client.call("POST", SNAPSHOT).body["snapshot"])


def test_restoring_a_snapshot_brings_back_rows_and_clock(manager: Client):
    before = manager.get(DEPARTMENTS).body
    health = manager.get("/__mock__/health").body
    snapshot = taken(manager)
    manager.delete(f"{DEPARTMENTS}/{before['departments'][0]['_id']}")

    restored = manager.call("POST", RESTORE, query={"snapshot": snapshot})

    assert restored.body["now"] == health["now"]
    assert manager.get(DEPARTMENTS).body == before


def test_a_snapshot_that_is_not_there_is_a_404(manager: Client):
    assert manager.call("POST", RESTORE, query={"snapshot": "none"}).status == 404
    assert manager.call("POST", RESTORE).status == 404


def test_the_oldest_snapshot_gives_way(manager: Client):
    numbers = [taken(manager) for _ in range(5)]

    statuses = [
        manager.call("POST", RESTORE, query={"snapshot": number}).status for number in numbers
    ]

    assert statuses == [404, 200, 200, 200, 200]


def test_snapshots_are_asked_for_by_post_alone(manager: Client):
    assert manager.get(SNAPSHOT).status == 405
