"""The floor: an ASGI application that answers every request with the same bytes."""

BODY = b'{"test.cat":{"open":1,"closed":4},"success":true}'


async def app(scope, receive, send):
    """Answer 200 with `BODY`."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})
