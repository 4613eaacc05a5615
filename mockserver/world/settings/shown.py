"""Whole setting documents, as the pages of the administration read them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from mockserver.world.settings.documents import SETTINGS, Setting
from mockserver.world.world import World

LABELS = {
    "Livechat_display_offline_form": "Display_offline_form",
    "Livechat_offline_form_unavailable": "Offline_form_unavailable_message",
    "Livechat_offline_title": "Title",
    "Livechat_offline_title_color": "Color",
    "Livechat_offline_message": "Instructions",
    "Livechat_offline_email": "Email_address_to_send_offline_messages",
    "Livechat_offline_success_message": "Offline_success_message",
    "Livechat_show_agent_info": "Show_agent_info",
    "Livechat_show_agent_email": "Show_agent_email",
    "Livechat_conversation_finished_message": "Conversation_finished_message",
    "Livechat_conversation_finished_text": "Conversation_finished_text",
    "Livechat_registration_form": "Show_preregistration_form",
    "Livechat_name_field_registration_form": "Show_name_field",
    "Livechat_email_field_registration_form": "Show_email_field",
    "Livechat_webhookUrl": "Webhook_URL",
    "Livechat_secret_token": "Secret_token",
    "Livechat_webhook_on_start": "Send_request_on_chat_start",
    "Livechat_webhook_on_close": "Send_request_on_chat_close",
    "Livechat_webhook_on_chat_taken": "Send_request_on_chat_taken",
    "Livechat_webhook_on_chat_queued": "Send_request_on_chat_queued",
    "Livechat_webhook_on_forward": "Send_request_on_forwarding",
    "Livechat_webhook_on_offline_msg": "Send_request_on_offline_messages",
    "Livechat_webhook_on_visitor_message": "Send_request_on_visitor_message",
    "Livechat_webhook_on_agent_message": "Send_request_on_agent_message",
}
"""Keys of translations, where they are not the setting's id (server/settings/omnichannel.ts)."""
SECRETS = frozenset({"Livechat_secret_token"})


def whole(world: World, ids: Sequence[str], *, section: str) -> list[dict[str, Any]]:
    """Return the documents of these settings, in the order in which the server adds them."""
    found = world.all(Setting, SETTINGS.c._id.in_(ids))
    return [_shown(setting, place, section) for place, setting in enumerate(found)]


def _shown(setting: Setting, place: int, section: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(setting)
    created = document.pop("createdAt")
    return {
        **document,
        "group": "Omnichannel",
        "section": section,
        "i18nLabel": LABELS.get(setting._id, setting._id),
        "i18nDescription": f"{setting._id}_Description",
        "valueSource": "packageValue",
        "autocomplete": True,
        "secret": setting._id in SECRETS,
        "blocked": False,
        "env": False,
        "sorter": place,
        "ts": created,
        "createdAt": created,
    }
