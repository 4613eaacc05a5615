"""Settings and the licence of the workspace."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import SETTINGS, V1
from tests.people.steps import grant, set_setting

NOT_ALLOWED = "Editing settings is not allowed [error-action-not-allowed]"


def values(caller: Client, *ids: str) -> dict[str, Any]:
    listed = caller.get(f"{V1}/settings.public", _id=",".join(ids)).body["settings"]
    return {setting["_id"]: setting["value"] for setting in listed}


def test_anybody_reads_public_settings(visitor: Client) -> None:
    assert values(visitor, "Livechat_enabled", " Site_Url", "Livechat_http_timeout") == {
        "Livechat_enabled": True,
        "Site_Url": "http://localhost:3000",
    }


def test_settings_are_listed_by_id_and_without_hidden_ones(admin: Client) -> None:
    listed = admin.get(SETTINGS, count=0).body["settings"]

    ids = [setting["_id"] for setting in listed]
    assert ids == sorted(ids)
    assert "Livechat_http_timeout" in ids
    assert "Livechat_guest_count" not in ids


def test_most_callers_are_listed_public_settings_only(user: Client, visitor: Client) -> None:
    listed = user.get(SETTINGS).body["total"]

    assert listed == visitor.get(f"{V1}/settings.public").body["total"]


def test_defaults_come_along_on_demand(admin: Client) -> None:
    set_setting(admin, "Livechat_enabled", False)

    listed = admin.get(SETTINGS, includeDefaults="true", count=0).body["settings"]

    changed = next(one for one in listed if one["_id"] == "Livechat_enabled")
    assert (changed["value"], changed["packageValue"]) == (False, True)
    assert "packageValue" not in admin.get(SETTINGS, count=1).body["settings"][0]


@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("settings.public", {"fields": "{}"}, "must NOT have additional properties"),
        ("settings.public", {"count": "many"}, "must be number"),
        ("settings", {"includeDefaults": "maybe"}, "must be boolean"),
    ],
)
def test_a_bad_question_for_settings_is_refused(
    admin: Client, path: str, query: dict[str, str], error: str
) -> None:
    answer = admin.get(f"{V1}/{path}", **query)

    assert (answer.status, answer.error) == (400, error)


def test_a_setting_is_read_alone(admin: Client) -> None:
    answer = admin.get(f"{SETTINGS}/Livechat_http_timeout")

    assert answer.body == {"_id": "Livechat_http_timeout", "value": 5000, "success": True}


@pytest.mark.parametrize("setting", ["Livechat_guest_count", "nothing"])
@pytest.mark.parametrize("body", [None, {"value": 1}])
def test_an_unknown_or_hidden_setting_is_refused_without_a_word(
    admin: Client, setting: str, body: dict[str, int] | None
) -> None:
    path = f"{SETTINGS}/{setting}"

    answer = admin.get(path) if body is None else admin.post(path, body)

    assert (answer.status, answer.body) == (400, {"success": False})


@pytest.mark.parametrize("value", [False, "text", 7, None, ["a"]], ids=str)
def test_a_single_setting_takes_any_value(admin: Client, visitor: Client, value: Any) -> None:
    answer = admin.post(f"{SETTINGS}/Livechat_title", {"value": value})

    assert answer.body == {"success": True}
    assert values(visitor, "Livechat_title") == {"Livechat_title": value}


def test_a_colour_comes_with_its_editor(admin: Client, visitor: Client) -> None:
    admin.post(f"{SETTINGS}/Livechat_title_color", {"value": "#123456", "editor": "color"})

    assert values(visitor, "Livechat_title_color") == {"Livechat_title_color": "#123456"}


def test_no_value_at_all_is_refused_without_a_word(admin: Client) -> None:
    answer = admin.post(f"{SETTINGS}/Livechat_title", {"editor": "color"})

    assert (answer.status, answer.body) == (400, {"success": False})


def test_others_may_not_read_or_save_a_single_setting(manager: Client) -> None:
    assert manager.get(f"{SETTINGS}/Site_Url").status == 403
    assert manager.post(f"{SETTINGS}/Site_Url", {"value": "x"}).status == 403


def test_several_settings_are_saved_at_once(admin: Client, visitor: Client) -> None:
    changes = [
        {"_id": "Livechat_enabled", "value": False},
        {"_id": "Livechat_title", "value": "Ask us"},
        {"_id": "nothing", "value": "text"},
    ]

    answer = admin.post(SETTINGS, {"settings": changes})

    assert answer.body == {"success": True}
    assert values(visitor, "Livechat_enabled", "Livechat_title") == {
        "Livechat_enabled": False,
        "Livechat_title": "Ask us",
    }


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("Livechat_enabled", "true", "Match error: Expected boolean, got string"),
        ("Livechat_http_timeout", "5", "Match error: Expected number, got string"),
        (
            "Livechat_http_timeout",
            1.5,
            "Invalid setting value 1.5 [error-invalid-setting-value]",
        ),
        ("Livechat_hide_system_messages", "uj", "Match error: Expected Array"),
        ("Livechat_title", 7, "Match error: Expected string, got number"),
        ("nothing", 7, "Match error: Expected string, got number"),
    ],
)
def test_one_value_of_a_wrong_type_refuses_all(
    admin: Client, visitor: Client, setting: str, value: Any, error: str
) -> None:
    good = {"_id": "Livechat_offline_title", "value": "Nobody here"}
    before = values(visitor, "Livechat_offline_title")

    answer = admin.post(SETTINGS, {"settings": [good, {"_id": setting, "value": value}]})

    assert (answer.status, answer.error) == (400, error)
    assert values(visitor, "Livechat_offline_title") == before


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "must have required property 'settings' [invalid-params]"),
        ({"settings": []}, "must NOT have fewer than 1 items [invalid-params]"),
        (
            {"settings": [{"_id": "Site_Url"}]},
            "must have required property 'value' [invalid-params]",
        ),
    ],
    ids=str,
)
def test_nothing_to_save_is_refused(admin: Client, body: dict[str, Any], error: str) -> None:
    assert admin.post(SETTINGS, body).error == error


def test_who_may_not_edit_is_told_which_settings(manager: Client) -> None:
    changes = [{"_id": "Site_Url", "value": "x"}, {"_id": "Livechat_enabled", "value": "x"}]

    answer = manager.post(SETTINGS, {"settings": changes})

    assert (answer.status, answer.error) == (400, NOT_ALLOWED)
    assert answer.body["details"] == {
        "method": "saveSettings",
        "settingIds": ["Site_Url", "Livechat_enabled"],
    }


def test_selected_settings_need_the_permission_of_each(manager: Client, admin: Client) -> None:
    grant(admin, "manage-selected-settings", "livechat-manager")

    answer = manager.post(SETTINGS, {"settings": [{"_id": "Site_Url", "value": "x"}]})

    assert answer.error == NOT_ALLOWED


def test_a_setting_that_the_licence_does_not_cover_takes_no_effect(
    admin: Client, world: World
) -> None:
    world.remove(Module)

    answer = admin.post(f"{SETTINGS}/Livechat_waiting_queue", {"value": True})

    assert answer.status == 200
    assert admin.get(f"{SETTINGS}/Livechat_waiting_queue").body["value"] is False


def test_everybody_sees_which_modules_are_bought(user: Client) -> None:
    licence = user.get(f"{V1}/licenses.info").body["license"]

    assert licence["activeModules"] == [
        "livechat-enterprise",
        "canned-responses",
        "contact-id-verification",
    ]
    assert licence["hasValidLicense"] is True
    assert licence["limits"] == {}
    assert "license" not in licence


def test_admins_see_the_terms_of_the_licence(admin: Client) -> None:
    licence = admin.get(f"{V1}/licenses.info").body["license"]

    assert licence["limits"]["activeUsers"] == {"max": -1}
    assert {"module": "canned-responses"} in licence["license"]["grantedModules"]


def test_how_much_of_the_licence_is_used_is_shown_on_demand(admin: Client) -> None:
    limits = admin.get(f"{V1}/licenses.info", loadValues="true").body["license"]["limits"]

    assert limits["activeUsers"]["value"] == 7
    assert limits["monthlyActiveContacts"]["value"] > 0


def test_without_a_licence_no_module_is_active(admin: Client, world: World) -> None:
    world.remove(Module)

    licence = admin.get(f"{V1}/licenses.info").body["license"]

    assert licence["activeModules"] == []
    assert licence["hasValidLicense"] is False
    assert "license" not in licence


def test_bots_are_no_active_users(user: Client) -> None:
    answer = user.get(f"{V1}/licenses.maxActiveUsers")

    assert answer.body == {"maxActiveUsers": None, "activeUsers": 7, "success": True}
