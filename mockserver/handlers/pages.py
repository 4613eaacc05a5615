"""Livechat Page Visited: what visitors open on the web site."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world.pages import visiting


@operation("POST /api/v1/livechat/page.visited")
def visit_page(call: Call, token: str, page_info: dict[str, Any], rid: str | None = None) -> Answer:
    note = visiting.visit(call.world, token, rid, page_info)
    return {} if note is None else {"page": {"msg": note.msg, "navigation": note.navigation}}
