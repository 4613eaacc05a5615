"""The looks of the widget: settings that the administration changes together."""

import re
from collections.abc import Sequence
from typing import Any

from mockserver.validation.jstext import WHITE_SPACE
from mockserver.validation.jsvalue import same
from mockserver.world.refusal import Refusal
from mockserver.world.settings import saving, shown
from mockserver.world.settings.documents import Setting
from mockserver.world.world import World

IDS = (
    "Livechat_title",
    "Livechat_title_color",
    "Livechat_enable_message_character_limit",
    "Livechat_message_character_limit",
    "Livechat_show_agent_info",
    "Livechat_show_agent_email",
    "Livechat_display_offline_form",
    "Livechat_offline_form_unavailable",
    "Livechat_offline_message",
    "Livechat_offline_success_message",
    "Livechat_offline_title",
    "Livechat_offline_title_color",
    "Livechat_offline_email",
    "Livechat_conversation_finished_message",
    "Livechat_conversation_finished_text",
    "Livechat_registration_form",
    "Livechat_name_field_registration_form",
    "Livechat_email_field_registration_form",
    "Livechat_registration_form_message",
    "Livechat_hide_watermark",
    "Livechat_background",
    "Livechat_widget_position",
    "Livechat_hide_system_messages",
    "Omnichannel_allow_visitors_to_close_conversation",
    "Livechat_hide_expand_chat",
)
INTEGER = re.compile(rf"[{WHITE_SPACE}]*([+-]?[0-9]+)")


class NoSuchLook(Refusal):
    """One of the settings has nothing to do with the looks of the widget."""

    reason = "invalid-setting"


def listing(world: World) -> list[dict[str, Any]]:
    """Return the setting documents of the widget's looks."""
    return shown.whole(world, IDS, section="Livechat")


def save(world: World, changes: Sequence[dict[str, Any]]) -> None:
    """Change settings, all or none; of two values for one setting the first counts.

    A value is fitted to the type of its setting. A choice that a list does not offer leaves its
    setting as it is.
    """
    if any(change["_id"] not in IDS for change in changes):
        raise NoSuchLook
    for key, value in {change["_id"]: change["value"] for change in reversed(changes)}.items():
        setting = world.get(Setting, key)
        if setting is not None and _is_new(setting, value):
            saving.put(world, setting, _fitted(setting, value))


def _is_new(setting: Setting, value: Any) -> bool:
    if setting.type == "multiSelect":
        return isinstance(value, list) and all(map(_choices(setting).__contains__, value))
    return isinstance(value, list) or not same(setting.value, value)


def _choices(setting: Setting) -> list[Any]:
    return [choice["key"] for choice in setting.values or ()]


def _fitted(setting: Setting, value: Any) -> Any:
    if setting.type == "boolean":
        return value is True or value == "true"
    return _integer(value) if setting.type == "int" else value


def _integer(value: Any) -> float:
    """Return a number as it is, the integer that a text begins with, and 0 for all else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    begins = INTEGER.match(value) if isinstance(value, str) else None
    if begins is None:
        return 0
    number = float(begins[1])
    return int(number) if abs(number) < 2**53 else number
