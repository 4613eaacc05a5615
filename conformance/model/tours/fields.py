"""Custom fields: values that a visitor, a conversation and a contact take, one or several."""

from typing import Any

from conformance.model.catalogue import CustomFields
from conformance.model.replay import RUN
from conformance.model.rooms import SAVE
from conformance.model.steps import Step
from conformance.model.talk import BASE
from conformance.model.tours import desk
from conformance.model.tours.desk import VISITOR, token
from conformance.model.tours.tour import does

ONE = f"POST {BASE}/custom.field"
MANY = f"POST {BASE}/custom.fields"
READ = f"GET {BASE}/visitor/{{token}}"
AGE, CITY, PLAN, CODE = (f"{RUN}{name}" for name in ("age", "city", "plan", "code"))
NONE = f"{RUN}none"


def _field(key: str, scope: str, **more: Any) -> Step:
    data = {"field": key, "label": key, "scope": scope, "visibility": "visible", **more}
    return does(
        CustomFields.CREATE,
        {"customFieldData": data},
        shows={"customField": ("_id", "label", "scope", "visibility", "regexp", "searchable")},
    )


def _given(key: str, value: str, *, overwrite: bool = True, whose: str = token(1)) -> Step:
    body = {"token": whose, "key": key, "value": value, "overwrite": overwrite}
    return does(ONE, body, as_=None, shows={"field": ("key", "value", "overwrite")})


def _all(*given: tuple[str, str, bool], whose: str = token(1)) -> Step:
    items = [{"key": key, "value": value, "overwrite": over} for key, value, over in given]
    body = {"token": whose, "customFields": items}
    return does(MANY, body, as_=None, shows={"fields[*]": ("Key", "value", "overwrite")})


def _seen() -> tuple[Step, ...]:
    shows = {"visitor": (*VISITOR, "token")}
    return (
        does(READ, as_=None, path={"token": token(1)}, shows=shows),
        desk.profile(1),
        desk.rooms(),
    )


def _saved(guest: dict[str, str], room: dict[str, str]) -> Step:
    return does(
        SAVE,
        {
            "guestData": {"_id": "{visitor 1}", "livechatData": guest},
            "roomData": {"_id": "{room 1}", "livechatData": room},
        },
    )


def _removed(key: str) -> Step:
    return does(CustomFields.DELETE, {"customFieldId": key})


STEPS = (
    _field(AGE, "visitor"),
    _field(CITY, "visitor"),
    _field(PLAN, "room"),
    _field(CODE, "visitor", regexp="^[0-9]+$"),
    _field(AGE, "visitor"),
    _field(NONE, "nowhere"),
    desk.department(1, "{agent}"),
    desk.registered(
        1,
        customFields=[
            {"key": AGE, "value": "30", "overwrite": True},
            {"key": NONE, "value": "x", "overwrite": True},
            {"key": PLAN, "value": "x", "overwrite": True},
        ],
    ),
    *_seen(),
    desk.registered(1, customFields=[{"key": AGE, "value": "31", "overwrite": False}]),
    _given(PLAN, "early"),
    desk.opened(1),
    *_seen(),
    _given(AGE, "32"),
    _given(CITY, "Rome", overwrite=False),
    _given(CITY, "Oslo", overwrite=False),
    _given(PLAN, "gold"),
    _given(PLAN, "iron", overwrite=False),
    _given(CODE, "abc"),
    _given(CODE, "123"),
    _given(NONE, "x"),
    _given(AGE, "x", whose=NONE),
    *_seen(),
    _all((AGE, "40", True), (PLAN, "lead", True), (CITY, "Bonn", False), (CODE, "7", True)),
    _all((AGE, "41", True), (NONE, "x", True)),
    _all((AGE, "42", True), whose=NONE),
    _all(),
    *_seen(),
    _saved({AGE: "50", CITY: ""}, {PLAN: "tin"}),
    *_seen(),
    _saved({NONE: "x"}, {PLAN: ""}),
    *_seen(),
    does(f"POST {BASE}/room.close", {"token": token(1), "rid": "{room 1}"}, as_=None),
    _given(PLAN, "late"),
    *_seen(),
    does(f"DELETE {BASE}/visitor/{{token}}", path={"token": token(1)}),
    *map(_removed, (AGE, CITY, PLAN, CODE, NONE)),
    desk.archived(1),
)
"""Four fields and one visitor."""
