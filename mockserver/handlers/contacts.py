"""Omnichannel Contacts: the people behind visitors, and the conversations they had."""

from functools import partial
from typing import Any

import msgspec

from mockserver.paging import only, page, window
from mockserver.registry import Answer, Call, operation
from mockserver.world.contacts import blocking, lookup, saving, searching
from mockserver.world.contacts.documents import Association
from mockserver.world.visitors import contact_form

PAST_CHAT = only(
    *("_id", "fname", "ts", "v", "msgs", "servedBy", "closedAt", "closedBy", "closer", "tags"),
    *("source", "lastMessage", "verified"),
)


@operation("POST /api/v1/omnichannel/contact")
def save_visitor(call: Call) -> Answer:
    visitor = contact_form.save(call.world, call.user, contact_form.form(call.body))
    return {"contact": visitor._id}


@operation("GET /api/v1/omnichannel/contact.search")
def find_visitor(
    call: Call, email: str | None = None, phone: str | None = None, custom: str | None = None
) -> Answer:
    found = contact_form.find(call.world, email=email, phone=phone, custom=custom)
    return {"contact": found}


@operation("POST /api/v1/omnichannel/contacts")
def create_contact(call: Call) -> Answer:
    return {"contactId": saving.create(call.world, saving.given(call.body))._id}


@operation("POST /api/v1/omnichannel/contacts.update")
def change_contact(call: Call) -> Answer:
    return {"contact": saving.change(call.world, saving.given(call.body))}


@operation("POST /api/v1/omnichannel/contacts.conflicts")
def settle_conflicts(call: Call) -> Answer:
    return {"result": saving.settle(call.world, saving.given(call.body))}


@operation("GET /api/v1/omnichannel/contacts.get")
def show_contact(call: Call, contact_id: str) -> Answer:
    return {"contact": lookup.shown(call.world, contact_id)}


@operation("GET /api/v1/omnichannel/contacts.search")
def list_contacts(call: Call, search_text: str = "", unknown: bool = False) -> Answer:
    found = searching.search(search_text, unknown=unknown)
    answer = page(call, "contacts", found, shape=partial(searching.listed, call.world))
    return {**answer, "count": window(call)[1] or 0}


@operation("GET /api/v1/omnichannel/contacts.checkExistence")
def check_contact(
    call: Call, contact_id: str | None = None, email: str | None = None, phone: str | None = None
) -> Answer:
    there = searching.exists(call.world, contact_id=contact_id, email=email, phone=phone)
    return {"exists": there}


@operation("GET /api/v1/omnichannel/contacts.history")
def list_chats(call: Call, contact_id: str, source: str | None = None) -> Answer:
    found = searching.history(call.world, contact_id, source)
    return page(call, "history", found, shape=PAST_CHAT)


@operation("GET /api/v1/omnichannel/contacts.channels")
def list_channels(call: Call, contact_id: str) -> Answer:
    return {"channels": searching.channels(call.world, contact_id)}


@operation("POST /api/v1/omnichannel/contacts.block")
def block_channel(call: Call, visitor: dict[str, Any]) -> Answer:
    channel = msgspec.convert(visitor, Association)
    blocking.block(call.world, call.user, channel.visitor_id, channel.source)
    return {}


@operation("POST /api/v1/omnichannel/contacts.unblock")
def unblock_channel(call: Call, visitor: dict[str, Any]) -> Answer:
    channel = msgspec.convert(visitor, Association)
    blocking.unblock(call.world, channel.visitor_id, channel.source)
    return {}
