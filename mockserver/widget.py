"""The widget: how a request tells that it comes from the live chat widget of a web site."""

from http.cookies import CookieError, SimpleCookie

from mockserver.registry import Call
from mockserver.world.rooms.documents import Source


def source_of(call: Call) -> Source:
    """Return the channel that a request comes through: the widget, by its cookies, or the API."""
    try:
        cookies = SimpleCookie(call.headers.get("cookie", ""))
    except CookieError:
        return Source(type="api")
    sent = {name: morsel.value for name, morsel in cookies.items()}
    if sent.get("rc_room_type") == "l" and sent.get("rc_is_widget") == "t":
        return Source(type="widget", destination=call.headers.get("host", ""))
    return Source(type="api")
