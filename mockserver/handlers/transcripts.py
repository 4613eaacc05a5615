"""Omnichannel Transcript: conversations sent by mail or made into a PDF."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.transcripts import mailing, printing, requesting

SENT = "Omnichannel transcript sent"


@operation("POST /api/v1/livechat/transcript")
def mail_transcript(call: Call, token: str, rid: str, email: str) -> Answer:
    mailing.mail_to_visitor(call.world, token, rid, email)
    return {"message": SENT}


@operation("POST /api/v1/livechat/transcript/{rid}")
def request_transcript(call: Call, rid: str, email: str, subject: str) -> Answer:
    requesting.request(call.world, call.user, rid, email, subject)
    return {}


@operation("DELETE /api/v1/livechat/transcript/{rid}")
def cancel_transcript(call: Call, rid: str) -> Answer:
    requesting.cancel(call.world, rid)
    return {}


@operation("POST /api/v1/omnichannel/{rid}/request-transcript")
def print_transcript(call: Call, rid: str) -> Answer:
    printing.order(call.world, call.user, rid)
    return {}
