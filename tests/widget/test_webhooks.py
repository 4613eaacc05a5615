"""The settings of webhooks: read, saved, and tried."""

from typing import Any

import pytest

from tests.client import Client
from tests.widget.conftest import Stranger
from tests.widget.steps import API, set_setting

SAVE = "/api/v1/omnichannel/integrations"
READ = f"{API}/integrations.settings"
TEST = f"{API}/webhook.test"
IDS = [
    "Livechat_webhookUrl",
    "Livechat_secret_token",
    "Livechat_http_timeout",
    "Livechat_webhook_on_start",
    "Livechat_webhook_on_close",
    "Livechat_webhook_on_chat_taken",
    "Livechat_webhook_on_chat_queued",
    "Livechat_webhook_on_forward",
    "Livechat_webhook_on_offline_msg",
    "Livechat_webhook_on_visitor_message",
    "Livechat_webhook_on_agent_message",
]


def values(manager: Client) -> dict[str, Any]:
    return {one["_id"]: one["value"] for one in manager.get(READ).body["settings"]}


def test_the_settings_of_webhooks_are_listed(manager: Client) -> None:
    assert sorted(values(manager)) == sorted(IDS)


def test_a_setting_is_shown_whole(manager: Client) -> None:
    listed = {one["_id"]: one for one in manager.get(READ).body["settings"]}

    secret = listed["Livechat_secret_token"]
    assert (secret["type"], secret["value"], secret["packageValue"]) == ("string", "", "")
    assert (secret["group"], secret["section"]) == ("Omnichannel", "CRM_Integration")
    assert (secret["i18nLabel"], secret["secret"]) == ("Secret_token", True)
    assert {"ts", "createdAt", "_updatedAt", "sorter", "env", "blocked"} <= secret.keys()


def test_saved_settings_are_listed_and_the_others_stay(manager: Client) -> None:
    before = values(manager)

    answer = manager.post(
        SAVE, {"LivechatWebhookUrl": "http://localhost:8080", "LivechatWebhookOnStart": True}
    )

    assert answer.body == {"success": True}
    changed = {"Livechat_webhookUrl": "http://localhost:8080", "Livechat_webhook_on_start": True}
    assert values(manager) == {**before, **changed}


def test_each_name_of_the_request_changes_its_own_setting(manager: Client) -> None:
    body = {
        "LivechatWebhookUrl": "http://localhost:8080",
        "LivechatSecretToken": "s3cret",
        "LivechatHttpTimeout": 3000,
        "LivechatWebhookOnStart": True,
        "LivechatWebhookOnClose": True,
        "LivechatWebhookOnChatTaken": True,
        "LivechatWebhookOnChatQueued": True,
        "LivechatWebhookOnForward": True,
        "LivechatWebhookOnOfflineMsg": True,
        "LivechatWebhookOnVisitorMessage": True,
        "LivechatWebhookOnAgentMessage": True,
    }

    manager.post(SAVE, body)

    found = values(manager)
    assert [found[one] for one in IDS] == list(body.values())


def test_texts_lose_the_space_around_them(manager: Client) -> None:
    manager.post(SAVE, {"LivechatSecretToken": "  s3 cret\n"})

    assert values(manager)["Livechat_secret_token"] == "s3 cret"


def test_a_number_where_a_text_belongs_is_kept_as_text(manager: Client) -> None:
    answer = manager.post(SAVE, {"LivechatWebhookUrl": 8000})

    assert answer.status == 200
    assert values(manager)["Livechat_webhookUrl"] == "8000"


def test_saving_nothing_changes_nothing(manager: Client) -> None:
    before = values(manager)

    assert manager.post(SAVE, {}).body == {"success": True}
    assert values(manager) == before


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"LivechatWebhook_url": "http://localhost"}, "must NOT have additional properties"),
        ({"LivechatHttpTimeout": "soon"}, "must be number"),
        ({"LivechatWebhookOnStart": "yes"}, "must be boolean"),
    ],
)
def test_settings_that_make_no_sense_are_refused(manager: Client, body: Any, error: str) -> None:
    before = values(manager)

    answer = manager.post(SAVE, body)

    assert (answer.status, answer.error) == (400, f"{error} [invalid-params]")
    assert values(manager) == before


def test_a_webhook_that_answers_200_is_fine(manager: Client, stranger: Stranger) -> None:
    manager.post(SAVE, {"LivechatWebhookUrl": stranger.url, "LivechatSecretToken": "s3cret"})

    answer = manager.post(TEST)

    assert answer.body == {"success": True}
    [(headers, body)] = stranger.received
    assert headers["x-rocketchat-livechat-token"] == "s3cret"
    assert body["type"] == "LivechatSession"
    assert {"visitor", "agent", "messages", "tags", "customFields"} <= body.keys()


@pytest.mark.parametrize("status", [201, 204, 302, 400, 500])
def test_a_webhook_that_answers_otherwise_is_wrong(
    manager: Client, stranger: Stranger, status: int
) -> None:
    manager.post(SAVE, {"LivechatWebhookUrl": stranger.url})
    stranger.status, stranger.content = status, ""

    answer = manager.post(TEST)

    assert (answer.status, answer.error) == (400, "error-invalid-webhook-response")
    assert answer.error_type is None


def test_a_webhook_elsewhere_is_not_called_and_counts_as_wrong(manager: Client) -> None:
    manager.post(SAVE, {"LivechatWebhookUrl": "https://example.com/hook"})

    assert manager.post(TEST).error == "error-invalid-webhook-response"


def test_without_an_address_there_is_nothing_to_try(manager: Client) -> None:
    answer = manager.post(TEST)

    assert (answer.status, answer.error) == (400, "Webhook_URL_not_set")
    assert answer.error_type is None


def test_a_monitor_may_save_webhooks_but_not_try_them(monitor: Client) -> None:
    assert monitor.post(SAVE, {}).status == 200
    assert monitor.post(TEST).status == 403


def test_an_agent_may_not_see_webhooks(agent: Client) -> None:
    assert agent.get(READ).status == 403
    assert agent.post(SAVE, {}).status == 403
    assert agent.post(TEST).status == 403


def test_a_secret_that_no_header_can_hold_fails_the_try(
    admin: Client, manager: Client, stranger: Stranger
) -> None:
    manager.post(SAVE, {"LivechatWebhookUrl": stranger.url})
    set_setting(admin, "Livechat_secret_token", "one\ntwo")

    assert manager.post(TEST).error == "error-invalid-webhook-response"
