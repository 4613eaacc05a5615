"""Values of custom fields: what visitors and their rooms carry of them."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from conformance.model.catalogue import CustomFields
from conformance.model.machine import FLAGS, NOWHERE, calls
from conformance.model.replay import RUN
from conformance.model.steps import ALL
from conformance.model.talk import BASE, ROOMS, Visits
from conformance.model.visitors import READ

PUT = f"POST {BASE}/custom.field"
PUT_ALL = f"POST {BASE}/custom.fields"
DEFINE, FORGET = CustomFields.CREATE, CustomFields.DELETE
SCOPES = {f"{RUN}own": "visitor", f"{RUN}room": "room"}
KEYS = st.sampled_from([*SCOPES, *SCOPES, NOWHERE])
TEXTS = st.sampled_from(["first", "second"])
PAIRS = st.lists(st.tuples(KEYS, TEXTS, FLAGS), max_size=3)


class Values(Visits):
    """Chains about the values of custom fields."""

    name = "values"
    title = "Values of custom fields go another way than predicted"
    chains = 8
    needs = (*Visits.needs, DEFINE)
    seen = (*Visits.seen, READ)
    rooms = Visits.rooms

    @initialize()
    def define(self) -> None:
        """A field of visitors and one of rooms."""
        for key, scope in SCOPES.items():
            data = {"field": key, "label": key, "scope": scope, "visibility": "visible"}
            self.do(DEFINE, body={"customFieldData": {**data, "searchable": True, "regexp": ""}})

    @calls(PUT, room=rooms, known=FLAGS, key=KEYS, text=TEXTS, overwrite=FLAGS)
    def put(self, room: str, known: bool, key: str, text: str, overwrite: bool) -> None:
        """A visitor, or nobody, tells one value."""
        said = {"key": key, "value": text, "overwrite": overwrite}
        body = {"token": self.token[room] if known else NOWHERE, **said}
        self.do(PUT, as_=None, body=body, shows={"field": ("key", "value", "overwrite")})

    @calls(PUT_ALL, room=rooms, pairs=PAIRS)
    def put_all(self, room: str, pairs: list[tuple[str, str, bool]]) -> None:
        """A visitor tells several values, none of which counts if one is wrong."""
        said = [{"key": key, "value": text, "overwrite": flag} for key, text, flag in pairs]
        body = {"token": self.token[room], "customFields": said}
        self.do(PUT_ALL, as_=None, body=body, shows={"": ("fields~",)})

    @calls(FORGET, room=rooms, key=KEYS)
    def forget(self, room: str, key: str) -> None:
        """A field is deleted; its values stay."""
        self.do(FORGET, body={"customFieldId": key})

    def follow(self, thing: str) -> None:
        shows = {"visitor": ("livechatData~", ALL)}
        self.see(READ, path={"token": self.token[thing]}, shows=shows)
        query = {"roomName": RUN, "count": 100}
        self.see(ROOMS, query=query, shows={"rooms[_id]": ("livechatData~", ALL)})
