"""The document of a mail."""

from typing import Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.jsdate import millis
from mockserver.world.resource import Document, Instant, absent, resource

Kind = Literal["transcript", "offline-message"]


class Mail(Document, kw_only=True):
    """A mail as it would have gone out; `rid` is the conversation that a transcript is of."""

    kind: Kind
    to: str
    subject: str
    text: str
    ts: Instant
    reply_to: str | UnsetType = UNSET
    rid: str | UnsetType = UNSET


MAILS = resource(
    "mails",
    Mail,
    {
        "kind": (sa.Text, lambda m: m.kind),
        "to": (sa.Text, lambda m: m.to),
        "rid": (sa.Text, lambda m: absent(m.rid)),
        "ts": (sa.BigInteger, lambda m: millis(m.ts)),
    },
    [("rid",)],
)
