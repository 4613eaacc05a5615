"""Files that visitors send into their conversations."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    answer,
    body,
    closed_room,
    inquiry,
    open_room,
    register,
    room,
    set_setting,
    taken_room,
)
from tests.talks.upload_steps import PNG, upload


def test_a_file_becomes_a_message_whose_keys_stand_in_the_answer(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid))

    assert (sent["rid"], sent["msg"], sent["token"]) == (rid, "", TOKEN)
    assert (sent["alias"], sent["groupable"], sent["newRoom"]) == ("Ada", False, False)
    assert (sent["file"]["name"], sent["file"]["type"]) == ("rain cover.png", "image/png")
    assert sent["files"] == [sent["file"]]
    assert sent["showConnecting"] is False


def test_a_picture_is_shown_with_its_place_and_size(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid))

    link = f"/file-upload/{sent['file']['_id']}/rain%20cover.png"
    assert sent["attachments"] == [
        {
            "title": "rain cover.png",
            "type": "file",
            "title_link": link,
            "title_link_download": True,
            "image_url": link,
            "image_type": "image/png",
            "image_size": len(PNG[3]),
        }
    ]


@pytest.mark.parametrize(("kind", "shown"), [("audio/ogg", "audio"), ("video/mp4", "video")])
def test_sounds_and_films_have_keys_of_their_own(visitor: Client, kind: str, shown: str) -> None:
    rid = open_room(visitor)

    (attachment,) = body(upload(visitor, rid, ("file", "x", kind, b"12345")))["attachments"]

    assert (attachment[f"{shown}_type"], attachment[f"{shown}_size"]) == (kind, 5)


def test_a_file_of_no_type_is_bytes(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid, ("file", "notes", "", b"abc")))

    assert sent["file"]["type"] == "application/octet-stream"


def test_a_description_stands_under_the_file(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid, description="My cover"))

    assert sent["attachments"][0]["description"] == "My cover"


def test_other_fields_are_of_the_message(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid, msg="See here", emoji=":umbrella:"))

    assert (sent["msg"], sent["emoji"]) == ("See here", ":umbrella:")


def test_the_file_is_read_again_as_a_message(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    sent = body(upload(visitor, rid))

    own = visitor.get(f"{API}/message/{sent['_id']}", token=TOKEN, rid=rid)
    listed = body(agent.get(f"{API}/{rid}/messages"))["messages"]

    assert body(own)["message"]["file"] == sent["file"]
    assert listed[0]["attachments"] == sent["attachments"]


def test_the_queue_is_told_of_the_file(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid))

    assert room(manager, rid)["lastMessage"]["_id"] == sent["_id"]
    assert inquiry(agent, rid)["lastMessage"]["_id"] == sent["_id"]


def test_a_file_takes_the_room_off_hold(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    body(agent.post(f"{API}/room.onHold", {"roomId": rid}))

    body(upload(visitor, rid))

    assert "onHold" not in room(manager, rid)


def test_a_large_file_comes_in(visitor: Client) -> None:
    rid = open_room(visitor)
    content = bytes(5 * 1024 * 1024)

    sent = body(upload(visitor, rid, ("file", "film.bin", "application/zip", content)))

    assert sent["file"]["name"] == "film.bin"


# Who may not


@pytest.mark.parametrize("token", [None, "", "nobody"])
def test_a_visitor_without_a_good_token_is_refused(visitor: Client, token: str | None) -> None:
    rid = open_room(visitor)

    refused = upload(visitor, rid, token=token)

    assert (refused.status, refused.error) == (403, "unauthorized")


def test_an_unknown_room_is_refused(visitor: Client) -> None:
    open_room(visitor)

    assert upload(visitor, "nowhere").status == 403


def test_the_room_of_another_visitor_is_refused(visitor: Client) -> None:
    rid = open_room(visitor)
    register(visitor, "eve-token")

    assert upload(visitor, rid, token="eve-token").status == 403


def test_a_closed_room_is_refused(visitor: Client, agent: Client) -> None:
    assert upload(visitor, closed_room(visitor, agent)).status == 403


# What does not come in


@pytest.mark.parametrize("setting", ["Livechat_fileupload_enabled", "FileUpload_Enabled"])
def test_a_workspace_may_take_no_files(visitor: Client, world: World, setting: str) -> None:
    rid = open_room(visitor)
    set_setting(world, setting, False)

    refused = upload(visitor, rid)

    assert (refused.status, refused.body) == (
        400,
        {"success": False, "reason": "error-file-upload-disabled"},
    )


def test_it_says_so_before_it_looks_at_the_token(visitor: Client, world: World) -> None:
    set_setting(world, "FileUpload_Enabled", False)

    assert upload(visitor, "nowhere", token="nobody").status == 400
    assert upload(visitor, "nowhere", token=None).status == 403


def test_a_form_without_a_file_is_refused(visitor: Client) -> None:
    rid = open_room(visitor)

    refusals = [
        upload(visitor, rid, ("picture", "x.png", "image/png", b"x")),
        visitor.call("POST", f"{API}/upload/{rid}", headers={"X-Visitor-Token": TOKEN}),
    ]

    expected = {"success": False, "reason": "error-no-file-uploaded"}
    assert [(r.status, r.body) for r in refusals] == [(400, expected)] * 2


@pytest.mark.parametrize(
    ("setting", "value", "kind"),
    [
        ("FileUpload_MediaTypeBlackList", "image/svg+xml", "image/svg+xml"),
        ("FileUpload_MediaTypeBlackList", "video/*, image/*", "image/png"),
        ("FileUpload_MediaTypeWhiteList", "image/png,audio/*", "video/mp4"),
    ],
)
def test_a_type_that_the_workspace_does_not_take_is_refused(
    visitor: Client, world: World, setting: str, value: str, kind: str
) -> None:
    set_setting(world, setting, value)
    rid = open_room(visitor)

    refused = upload(visitor, rid, ("file", "x", kind, b"x"))

    assert (refused.status, refused.body["reason"]) == (400, "error-type-not-allowed")


@pytest.mark.parametrize("kind", ["image/png", "audio/ogg"])
def test_a_type_on_the_list_comes_in(visitor: Client, world: World, kind: str) -> None:
    set_setting(world, "FileUpload_MediaTypeWhiteList", "image/png,audio/*")
    rid = open_room(visitor)

    assert upload(visitor, rid, ("file", "x", kind, b"x")).status == 200


@pytest.mark.parametrize(
    ("largest", "size", "words"),
    [(10, 11, "10 B"), (1000, 1001, "1 kB"), (1234567, 1234568, "1.23 MB")],
)
def test_a_file_that_is_too_large_is_refused(
    visitor: Client, world: World, largest: int, size: int, words: str
) -> None:
    set_setting(world, "FileUpload_MaxFileSize", largest)
    rid = open_room(visitor)

    refused = upload(visitor, rid, ("file", "x", "text/plain", bytes(size)))

    reason = "error-size-not-allowed"
    assert refused.body == {"success": False, "reason": reason, "sizeAllowed": words}


@pytest.mark.parametrize("largest", [11, -1, 0])
def test_a_file_of_the_largest_size_comes_in(visitor: Client, world: World, largest: int) -> None:
    set_setting(world, "FileUpload_MaxFileSize", largest)
    rid = open_room(visitor)

    assert upload(visitor, rid, ("file", "x", "text/plain", bytes(11))).status == 200


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"mood": "good"}, "Match error: Unknown key in field mood"),
        (
            {"groupable": "true"},
            "Match error: Expected boolean, got string in field groupable",
        ),
    ],
)
def test_a_field_that_a_message_has_not_is_refused(
    visitor: Client, manager: Client, fields: dict[str, Any], error: str
) -> None:
    rid = open_room(visitor)
    before = room(manager, rid)

    refused = upload(visitor, rid, **fields)

    assert (refused.status, refused.error) == (400, error)
    assert room(manager, rid) == before


def test_a_file_that_was_refused_leaves_no_trace(
    visitor: Client, manager: Client, world: World
) -> None:
    rid = open_room(visitor)
    before = world.snapshot()

    upload(visitor, rid, ("file", "x.svg", "image/svg+xml", b"<svg/>"))

    assert world.snapshot() == before


def test_the_last_of_two_files_counts(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = body(upload(visitor, rid, PNG, ("file", "second.txt", "text/plain", b"x")))

    assert [file["name"] for file in sent["files"]] == ["second.txt"]
