"""The heart of the product, read with the client libraries that people use."""

from rocketchat_API.rocketchat import RocketChat

from tests.clients.stories import told

DOCUMENTED = {
    "test.cat": {"open": 1, "closed": 4},
    "kim.jane": {"open": 1, "closed": 3},
    "lee.keith": {"open": 0, "closed": 4},
    "success": True,
}


def test_the_javascript_client_signs_in_and_reads_chats_per_agent(live_server: str) -> None:
    assert told("reading.cjs", live_server) == {
        "me": "manager",
        "chats": DOCUMENTED,
        "refused": 401,
        "agents": ["lee.keith", "test.cat"],
    }


def test_the_python_client_signs_in_and_reads_chats_per_agent(live_server: str) -> None:
    client = RocketChat("manager", "manager", server_url=live_server)

    chats = client.call_api_get(
        "livechat/analytics/dashboards/charts/chats-per-agent",
        start="2020-09-09T00:11:22.345Z",
        end="2020-09-10T23:59:22.345Z",
    )

    assert client.me()["username"] == "manager"
    assert chats == DOCUMENTED
