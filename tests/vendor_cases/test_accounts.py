"""Accounts as the vendor's own tests of users, roles and sign-in expect them."""

from typing import Any

import pytest

from tests.client import Client
from tests.people.routes import LOGIN, ME, PERMISSIONS, SETTINGS, V1
from tests.people.steps import create_user, set_setting

FIELDS = (
    '{"desk": {"type": "text", "required": true, "minLength": 2, "maxLength": 4, "public": true},'
    ' "size": {"type": "select", "options": ["S", "M"]}, "shoe": {}}'
)
BAD_FIELD = "error-user-registration-custom-field"
PREFERENCES = {
    *("alsoSendThreadToChannel", "autoImageLoad", "collapseMediaByDefault", "convertAsciiEmoji"),
    *("desktopNotificationRequireInteraction", "desktopNotifications", "displayAvatars"),
    *("emailNotificationMode", "enableAutoAway", "enableMobileRinging", "featuresPreview"),
    *("hideFlexTab", "hideRoles", "hideUsernames", "idleTimeLimit", "masterVolume"),
    *("muteFocusedConversations", "newMessageNotification", "newRoomNotification"),
    *("notificationsSoundVolume", "notifyCalendarEvents", "omnichannelTranscriptEmail"),
    *("omnichannelTranscriptPDF", "pushNotifications", "saveMobileBandwidth", "sendOnEnter"),
    *("showThreadsInMainChannel", "sidebarDisplayAvatar", "sidebarGroupByType"),
    *("sidebarSectionsOrder", "sidebarShowFavorites", "sidebarShowUnread", "sidebarSortby"),
    *("sidebarViewMode", "themeAppearence", "unreadAlert", "useEmojis", "voipRingerVolume"),
}


def create(admin: Client, **changes: Any) -> Any:
    given = {"username": "ida", "name": "Ida", "email": "ida@example.com", "password": "ida"}
    return admin.post(f"{V1}/users.create", {**given, **changes})


@pytest.mark.parametrize(
    "user",
    ["kim.jane", {"username": "kim.jane"}, {"email": "kim.jane@example.com"}, {"id": "kim.jane"}],
    ids=str,
)
def test_the_user_who_signs_in_is_named_by_a_text_or_by_an_object(
    visitor: Client, user: Any
) -> None:
    answer = visitor.post(LOGIN, {"user": user, "password": "kim.jane"})

    assert answer.status == 200
    assert answer.body["data"]["userId"] == "kim.jane"


@pytest.mark.parametrize(
    "user",
    [{}, {"username": ""}, {"username": "kim.jane", "id": "kim.jane"}, {"name": "Kim"}, [], 7],
    ids=str,
)
def test_an_object_that_names_nobody_is_no_sign_in(visitor: Client, user: Any) -> None:
    answer = visitor.post(LOGIN, {"user": user, "password": "kim.jane"})

    assert (answer.status, answer.body["error"]) == (401, 400)


def test_ones_account_has_exactly_the_known_preferences(kim: Client) -> None:
    assert set(kim.get(ME).body["settings"]["preferences"]) == PREFERENCES


def test_who_sees_statistics_is_told_build_and_commit(admin: Client, visitor: Client) -> None:
    full = admin.get("/api/info").body
    public = visitor.get("/api/info").body

    assert isinstance(full["info"]["build"], dict)
    assert isinstance(full["info"]["commit"], dict)
    assert isinstance(full["info"]["marketplaceApiVersion"], str)
    assert "info" not in public
    assert full["version"].startswith(f"{public['version']}.")


@pytest.mark.parametrize("name", ["admin", "Administrator", "system", "user", "all", "HERE"])
def test_nobody_gets_a_name_that_the_server_keeps(admin: Client, name: str) -> None:
    answer = create(admin, username=name)

    assert (answer.status, answer.error_type) == (400, "error-blocked-username")
    assert answer.error == f"{name} is blocked and can't be used! [error-blocked-username]"


def test_a_workspace_may_keep_more_names(admin: Client) -> None:
    set_setting(admin, "Accounts_BlockedUsernameList", "boss, ida")

    assert create(admin, username="Ida").error_type == "error-blocked-username"
    assert create(admin, username="ada").status == 200


def test_a_list_of_kept_names_never_catches_one_with_a_dot(admin: Client) -> None:
    set_setting(admin, "Accounts_BlockedUsernameList", "ida.b")

    assert create(admin, username="ida.b").status == 200


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"desk": "", "size": "S"}, "Field desk is required"),
        ({"size": "S"}, "Field desk is required"),
        ({"desk": "1", "size": "S"}, "Min length of field desk 2"),
        ({"desk": "12345", "size": "S"}, "Max length of field desk 4"),
        ({"desk": "12", "size": "XL"}, "Value for field size is invalid"),
    ],
    ids=str,
)
def test_custom_fields_of_a_user_are_checked(
    admin: Client, fields: dict[str, str], error: str
) -> None:
    set_setting(admin, "Accounts_CustomFields", FIELDS)

    answer = create(admin, customFields=fields)

    assert (answer.status, answer.error_type) == (400, BAD_FIELD)
    assert answer.error == f"{error} [{BAD_FIELD}]"


def test_a_user_without_custom_fields_passes_where_some_are_required(admin: Client) -> None:
    set_setting(admin, "Accounts_CustomFields", FIELDS)

    answer = create(admin)

    assert answer.status == 200
    assert "customFields" not in answer.body["user"]


def test_only_described_custom_fields_are_kept(admin: Client) -> None:
    set_setting(admin, "Accounts_CustomFields", FIELDS)
    sent = {"desk": "12", "size": "M", "colour": "red"}

    user = create(admin, customFields=sent).body["user"]

    assert user["customFields"] == {"desk": "12", "size": "M"}


def test_a_workspace_without_described_custom_fields_keeps_none(admin: Client) -> None:
    answer = create(admin, customFields={"desk": "12"})

    assert answer.status == 200
    assert "customFields" not in answer.body["user"]


def test_a_description_that_is_no_json_stops_custom_fields(admin: Client) -> None:
    set_setting(admin, "Accounts_CustomFields", "desk")

    answer = create(admin, customFields={"desk": "12"})

    assert answer.error == "Invalid JSON for Custom Fields [error-invalid-customfield-json]"


def test_others_see_the_public_custom_fields_alone(admin: Client, kim: Client) -> None:
    set_setting(admin, "Accounts_CustomFields", FIELDS)
    create(admin, customFields={"desk": "12", "size": "M"})

    seen_by_admin = admin.get(f"{V1}/users.info", username="ida").body["user"]
    seen_by_kim = kim.get(f"{V1}/users.info", username="ida").body["user"]

    assert seen_by_admin["customFields"] == {"desk": "12", "size": "M"}
    assert seen_by_kim["customFields"] == {"desk": "12"}


def test_a_user_without_roles_gets_the_usual_ones_of_the_workspace(admin: Client) -> None:
    set_setting(admin, "Accounts_Registration_Users_Default_Roles", "user, livechat-agent")

    assert create(admin).body["user"]["roles"] == ["user", "livechat-agent"]


def test_the_roles_that_are_named_take_the_place_of_the_usual_ones(admin: Client) -> None:
    set_setting(admin, "Accounts_Registration_Users_Default_Roles", "user,admin")

    assert create(admin, roles=["guest"]).body["user"]["roles"] == ["guest"]


@pytest.mark.parametrize(
    "body", [{"status": "busy", "message": ""}, {"status": "busy"}, {"message": "Out"}], ids=str
)
def test_where_status_texts_are_off_no_status_is_set_at_all(
    admin: Client, body: dict[str, str]
) -> None:
    set_setting(admin, "Accounts_AllowUserStatusMessageChange", False)

    answer = admin.post(f"{V1}/users.setStatus", body)

    assert (answer.status, answer.error_type) == (400, "error-not-allowed")
    assert answer.error == "Change status is not allowed [error-not-allowed]"


def test_status_texts_that_are_off_are_told_before_the_permission(
    admin: Client, kim: Client
) -> None:
    set_setting(admin, "Accounts_AllowUserStatusMessageChange", False)

    answer = kim.post(f"{V1}/users.setStatus", {"status": "busy", "userId": "admin"})

    assert (answer.status, answer.error_type) == (400, "error-not-allowed")


def test_settings_for_everybody_are_found_by_several_ids(visitor: Client) -> None:
    answer = visitor.get(f"{SETTINGS}.public", _id="Site_Url,LDAP_Enable").body

    assert [setting["_id"] for setting in answer["settings"]] == ["LDAP_Enable", "Site_Url"]
    assert (answer["count"], answer["total"]) == (2, 2)


def test_a_permission_outside_omnichannel_can_be_given_to_more_roles(admin: Client) -> None:
    changed = {"_id": "add-oauth-service", "roles": ["admin", "user"]}

    answer = admin.post(PERMISSIONS, {"permissions": [changed]}).body

    [found] = [one for one in answer["permissions"] if one["_id"] == "add-oauth-service"]
    assert found["roles"] == ["admin", "user"]


def test_a_user_with_an_upload_word_in_his_name_is_found_by_it(admin: Client) -> None:
    create_user(admin, "ufs-1")

    user = admin.get(f"{V1}/users.info", username="ufs-1").body["user"]

    assert (user["username"], user["type"], user["active"]) == ("ufs-1", "user", True)
