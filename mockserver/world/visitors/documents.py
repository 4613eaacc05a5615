"""The visitor document."""

import json
from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.jsdate import millis
from mockserver.world.resource import Document, Instant, Part, absent, resource
from mockserver.world.users.documents import Email


class Address(Part, kw_only=True):
    """An e-mail address of a visitor."""

    address: str


class Phone(Part, kw_only=True):
    """A phone number of a visitor."""

    phone_number: str


class LastChat(Part, kw_only=True):
    """The latest room of a visitor and when it began."""

    _id: str
    ts: Instant


class ContactManager(Part, kw_only=True):
    """The agent who looks after a visitor; more than his name where a contact's manager is one."""

    _id: str | UnsetType = UNSET
    username: str
    name: str | UnsetType = UNSET
    emails: list[Email] | UnsetType = UNSET


class Visitor(Document, kw_only=True):
    """A person who chats; the token is his only credential."""

    username: str
    token: str
    ts: Instant
    status: str = "online"
    name: str | UnsetType = UNSET
    visitor_emails: list[Address] | UnsetType = UNSET
    phone: list[Phone] | UnsetType = UNSET
    department: str | UnsetType = UNSET
    livechat_data: dict[str, Any] | UnsetType = UNSET
    last_chat: LastChat | UnsetType = UNSET
    contact_manager: ContactManager | UnsetType = UNSET
    user_agent: str | UnsetType = UNSET
    ip: str | UnsetType = UNSET
    host: str | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET


def _email(visitor: Visitor) -> str | None:
    return visitor.visitor_emails[0].address.casefold() if visitor.visitor_emails else None


def _phone(visitor: Visitor) -> str | None:
    return visitor.phone[0].phone_number if visitor.phone else None


def _data(visitor: Visitor) -> str:
    folded = {key: str(value).casefold() for key, value in (visitor.livechat_data or {}).items()}
    return json.dumps(folded, ensure_ascii=False)


VISITORS = resource(
    "visitors",
    Visitor,
    {
        "token": (sa.Text, lambda v: v.token),
        "email": (sa.Text, _email),
        "phone": (sa.Text, _phone),
        "department": (sa.Text, lambda v: absent(v.department)),
        "name_folded": (sa.Text, lambda v: (v.name or "").casefold()),
        "username_folded": (sa.Text, lambda v: v.username.casefold()),
        "contact_manager": (
            sa.Text,
            lambda v: v.contact_manager.username if v.contact_manager else None,
        ),
        "data_folded": (sa.Text, _data),
        "disabled": (sa.Boolean, lambda v: v.disabled is True),
        "updated_at": (sa.BigInteger, lambda v: millis(v._updated_at)),
    },
    [("token",), ("email",), ("phone",), ("contact_manager",), ("username_folded",)],
)
