"""Visitors: who registers, once or again, with one address or another, and goes."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize

from conformance.model.machine import NAMES, Machine, calls
from conformance.model.replay import RUN
from conformance.model.steps import ALL

BASE = "/api/v1/livechat"
REGISTER = f"POST {BASE}/visitor"
READ = f"GET {BASE}/visitor/{{token}}"
DELETE = f"DELETE {BASE}/visitor/{{token}}"
INFO = f"GET {BASE}/visitors.info"
STATUS = f"POST {BASE}/visitors.status"
OPEN = f"GET {BASE}/room"
CLOSE = f"POST {BASE}/room.close"

SHOWN = ("_id#", "token", "name", "visitorEmails", "phone", "status", ALL)
PROFILE = tuple(key for key in SHOWN if key != "token")
TOKENS = st.sampled_from([f"{RUN}{word}" for word in ("one", "two")])
EMAILS = st.sampled_from([f"{RUN}{word}@example.org" for word in ("one", "two")])


class Visitors(Machine):
    """Chains about visitors, known by their token and by their address."""

    name = "visitors"
    title = "Visitors go another way than predicted"
    chains = 16
    needs = (REGISTER,)
    seen = (READ,)
    helps = (OPEN,)
    made = Bundle("visitors")

    @calls(REGISTER, target=made, token=TOKENS, name=NAMES, email=EMAILS)
    def register(self, token: str, name: str, email: str) -> str | MultipleResults[str]:
        """A visitor says who he is."""
        return self._registered({"token": token, "name": name, "email": email})

    @initialize(target=made, token=TOKENS, name=NAMES, email=EMAILS)
    def begin(self, token: str, name: str, email: str) -> str | MultipleResults[str]:
        """The first visitor."""
        return self._registered({"token": token, "name": name, "email": email})

    @calls(REGISTER, target=made, token=TOKENS)
    def register_shortly(self, token: str) -> str | MultipleResults[str]:
        """A visitor gives his token alone."""
        return self._registered({"token": token})

    @calls(INFO, visitor=made)
    def profile(self, visitor: str) -> None:
        """A visitor by his id."""
        self.do(INFO, query={"visitorId": visitor}, shows={"visitor": PROFILE})

    @calls(STATUS, visitor=made, token=TOKENS, status=st.sampled_from(("online", "away")))
    def switch(self, visitor: str, token: str, status: str) -> None:
        """A visitor comes back, or goes away."""
        body = {"token": token, "status": status}
        self.do(STATUS, as_=None, body=body, shows={"": ("token", "status")})

    @calls(DELETE, visitor=made, token=TOKENS)
    def delete(self, visitor: str, token: str) -> None:
        """A visitor is deleted."""
        self.do(DELETE, path={"token": token}, shows={"visitor": ("_id#",)})

    @calls(OPEN, visitor=made, token=TOKENS)
    def open(self, visitor: str, token: str) -> None:
        """A visitor opens a room, or asks for the one that is open."""
        shows = {"": ("newRoom",), "room": ("open", "v._id#", "v.token")}
        room = self.sides.label("room")
        self.do(OPEN, as_=None, query={"token": token}, keeps={room: "room._id"}, shows=shows)

    def follow(self, thing: str) -> None:
        self.ends()

    def ends(self) -> None:
        for token in (f"{RUN}one", f"{RUN}two"):
            self.see(READ, path={"token": token}, shows={"visitor": SHOWN})

    def _registered(self, visitor: dict[str, Any]) -> str | MultipleResults[str]:
        body, shows = {"visitor": visitor}, {"visitor": SHOWN}
        return self.make("visitor", "visitor._id", REGISTER, as_=None, body=body, shows=shows)
