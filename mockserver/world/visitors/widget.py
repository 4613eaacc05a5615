"""The widget's configuration: all that the live chat on a web site needs to start."""

from typing import Any

import msgspec

from mockserver.world import licence
from mockserver.world.custom_fields import definitions
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.inquiries import spot
from mockserver.world.rooms import lookup as rooms
from mockserver.world.routing import availability, config
from mockserver.world.settings.documents import value
from mockserver.world.triggers import keeping as triggers
from mockserver.world.users import agents
from mockserver.world.users.documents import USERS, User
from mockserver.world.visitors import lookup
from mockserver.world.world import World

SETTINGS = {
    "registrationForm": "Livechat_registration_form",
    "allowSwitchingDepartments": "Livechat_allow_switching_departments",
    "nameFieldRegistrationForm": "Livechat_name_field_registration_form",
    "emailFieldRegistrationForm": "Livechat_email_field_registration_form",
    "displayOfflineForm": "Livechat_display_offline_form",
    "language": "Language",
    "transcript": "Livechat_enable_transcript",
    "historyMonitorType": "Livechat_history_monitor_type",
    "forceAcceptDataProcessingConsent": "Livechat_force_accept_data_processing_consent",
    "clearLocalStorageWhenChatEnded": "Livechat_clear_local_storage_when_chat_ended",
    "hiddenSystemMessages": "Livechat_hide_system_messages",
    "livechatLogo": "Assets_livechat_widget_logo",
    "hideWatermark": "Livechat_hide_watermark",
    "visitorsCanCloseChat": "Omnichannel_allow_visitors_to_close_conversation",
}
THEME = {
    "title": "Livechat_title",
    "color": "Livechat_title_color",
    "offlineTitle": "Livechat_offline_title",
    "offlineColor": "Livechat_offline_title_color",
    "position": "Livechat_widget_position",
    "background": "Livechat_background",
    "hideExpandChat": "Livechat_hide_expand_chat",
}
MESSAGES = {
    "offlineMessage": "Livechat_offline_message",
    "offlineSuccessMessage": "Livechat_offline_success_message",
    "offlineUnavailableMessage": "Livechat_offline_form_unavailable",
    "conversationFinishedMessage": "Livechat_conversation_finished_message",
    "conversationFinishedText": "Livechat_conversation_finished_text",
    "transcriptMessage": "Livechat_transcript_message",
    "registrationFormMessage": "Livechat_registration_form_message",
    "dataProcessingConsentText": "Livechat_data_processing_consent_text",
}
BUTTONS = [
    {"icon": "icon-videocam", "i18nLabel": "Accept"},
    {"icon": "icon-cancel", "i18nLabel": "Decline"},
]
SURVEY = {
    "items": ["satisfaction", "agentKnowledge", "agentResposiveness", "agentFriendliness"],
    "values": ["1", "2", "3", "4", "5"],
}
GUEST = ("_id", "name", "username", "token", "visitorEmails", "department")
ROOM = ("_id", "departmentId", "servedBy", "open")
OFFERED = (
    "_id",
    "name",
    "showOnRegistration",
    "showOnOfflineForm",
    "departmentsAllowedToForward",
)


def configuration(world: World, token: str | None, department: str | None) -> dict[str, Any]:
    """Return the widget's configuration, for a department and with what a token adds.

    A token that nobody registered adds nothing, and is no error.
    """
    if not value(world, "Livechat_enabled"):
        return {"enabled": False}
    return {
        "enabled": True,
        "settings": _settings(world),
        "theme": {**_read(world, THEME), "actionLinks": {"webrtc": [], "jitsi": BUTTONS}},
        "messages": _read(world, MESSAGES),
        "survey": SURVEY,
        "triggers": triggers.of_widget(world),
        "departments": _departments(world),
        "resources": {"sound": f"{value(world, 'Site_Url')}/sounds/chime.mp3", "emojis": []},
        "online": is_online(world, department),
        **_licensed(world),
        **(_conversation(world, token) if token else {}),
    }


def is_online(world: World, department: str | None) -> bool:
    """Say whether a visitor can begin a conversation, in a department or anywhere."""
    if value(world, "Livechat_accept_chats_with_no_agents"):
        return True
    bots_begin = value(world, "Livechat_assign_new_conversation_to_bot")
    if bots_begin and world.find(User, USERS.c.is_agent, USERS.c.is_bot) is not None:
        return True
    if department:
        return availability.staffed(world, department) is not None
    return availability.has_agents(world)


def _settings(world: World) -> dict[str, Any]:
    limit: Any = False
    if value(world, "Livechat_enable_message_character_limit"):
        own = value(world, "Livechat_message_character_limit")
        limit = own or value(world, "Message_MaxAllowedSize")
    uploads = ("Livechat_fileupload_enabled", "FileUpload_Enabled")
    return {
        **_read(world, SETTINGS),
        "videoCall": value(world, "Omnichannel_call_provider") == "default-provider",
        "fileUpload": all(value(world, name) for name in uploads),
        "showConnecting": config(world)["showConnecting"],
        "agentHiddenInfo": value(world, "Livechat_show_agent_info") is False,
        "limitTextLength": limit,
    }


def _departments(world: World) -> list[dict[str, Any]]:
    enabled = world.all(Department, DEPARTMENTS.c.enabled)
    return [_only(OFFERED, department) for department in enabled if department.num_agents > 0]


def _licensed(world: World) -> dict[str, Any]:
    """Return what only a licensed workspace tells: the fields that it asks visitors for."""
    if not licence.has(world, "livechat-enterprise"):
        return {}
    return {"customFields": definitions.offered(world)}


def _conversation(world: World, token: str) -> dict[str, Any]:
    """Return the visitor behind a token, his open room, and who serves it."""
    visitor = lookup.known(world, token)
    if visitor is None:
        return {}
    room = rooms.open_of_visitor(world, token)
    if room is None:
        return {"guest": _only(GUEST, visitor)}
    found = {"guest": _only(GUEST, visitor), "room": _only(ROOM, room)}
    if told := spot.of_room(world, room):
        found["queueInfo"] = told
    if room.served_by and world.get(User, room.served_by._id) is not None:
        found["agent"] = agents.card(world, room.served_by._id)
    return found


def _read(world: World, names: dict[str, str]) -> dict[str, Any]:
    return {shown: value(world, setting) for shown, setting in names.items()}


def _only(names: tuple[str, ...], document: Any) -> dict[str, Any]:
    whole = msgspec.to_builtins(document)
    return {name: whole[name] for name in names if name in whole}
