"""Steps that the tests of transcripts begin with."""

from typing import Any

from mockserver.world.outbox.documents import Mail
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, TOKEN, body

KIND = "livechat_transcript_history"
SUBJECT = "Transcript of your omnichannel conversation."
ADDRESS = "ada@example.com"


def mails(world: World) -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in world.all(Mail)]


def mail(visitor: Client, rid: str, token: str = TOKEN, email: str = ADDRESS) -> Answer:
    return visitor.post(f"{API}/transcript", {"token": token, "rid": rid, "email": email})


def order(manager: Client, rid: str, email: str = ADDRESS, subject: str = "Our talk") -> Answer:
    return manager.post(f"{API}/transcript/{rid}", {"email": email, "subject": subject})


def cancel(manager: Client, rid: str) -> Answer:
    return manager.delete(f"{API}/transcript/{rid}")


def last_note(visitor: Client, rid: str) -> dict[str, Any]:
    path = f"{API}/messages.history/{rid}"
    note: dict[str, Any] = body(visitor.get(path, token=TOKEN))["messages"][0]
    return note
