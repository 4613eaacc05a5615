"""The trigger document."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.resource import Document, resource


class Trigger(Document, kw_only=True):
    """When all its conditions are met on a page, the widget carries out its actions.

    Conditions and actions are kept as they were sent, once the contract has judged them.
    """

    name: str
    description: str
    enabled: bool
    run_once: bool
    conditions: list[dict[str, Any]]
    actions: list[dict[str, Any]]


TRIGGERS = resource("triggers", Trigger, {"enabled": (sa.Boolean, lambda t: t.enabled)})
