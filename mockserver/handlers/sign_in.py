"""Signing in and out, and who one is."""

from mockserver.registry import Answer, Bare, Call, operation
from mockserver.world.access import sign_in
from mockserver.world.users import own


@operation("POST /api/v1/login")
def log_in(call: Call) -> Answer:
    body = call.body if isinstance(call.body, dict) else {}
    session = sign_in.sign_in(call.world, body)
    me = own.account(call.world, session.user)
    data = {"userId": session.user._id, "authToken": session.token, "me": me}
    return {"status": "success", "data": data}


@operation("POST /api/v1/logout")
def log_out(call: Call) -> Bare:
    if call.token is not None:
        sign_in.sign_out(call.world, call.token)
    return Bare({"status": "success", "data": {"message": "You've been logged out!"}})


@operation("GET /api/v1/me")
def show_me(call: Call) -> Answer:
    return own.account(call.world, call.user)
