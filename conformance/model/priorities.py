"""Priorities: renamed, and given their names back; there are five, and none is made."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from conformance.model.machine import NAMES, NOWHERE, Machine, calls
from conformance.model.mirror import ARE_RENAMED, RESET, Mirror
from conformance.model.steps import ALL

BASE = "/api/v1/livechat/priorities"
LIST = f"GET {BASE}"
READ = f"GET {BASE}/{{priorityId}}"
CHANGE = f"PUT {BASE}/{{priorityId}}"
KNOWN = {
    "{priority 1}": "priorities[i18n=Highest]._id",
    "{priority 2}": "priorities[i18n=Low]._id",
}
SHOWN = ("name", "i18n", "sortItem", "dirty", ALL)
WHICH = st.sampled_from([*KNOWN, *KNOWN, NOWHERE])


class Priorities(Machine):
    """Chains about the names of priorities."""

    name = "priorities"
    title = "Priorities go another way than predicted"
    chains = 8
    needs = (LIST, CHANGE)
    seen = (READ, ARE_RENAMED)

    @classmethod
    def unfit(cls, mirrored: Mirror) -> str | None:
        lost = "some priorities have names, which would be lost" if mirrored.is_renamed else None
        return super().unfit(mirrored) or lost

    @initialize()
    def begin(self) -> None:
        """Get to know two of them."""
        self.do(LIST, keeps=KNOWN, shows={"priorities[_id]": SHOWN})
        self.things += KNOWN

    @calls(CHANGE, priority=WHICH, name=NAMES)
    def rename(self, priority: str, name: str) -> None:
        """A priority has a name of its own."""
        for one in KNOWN:
            self.sides.undo(CHANGE, {"reset": True}, {"priorityId": one})
        self.do(CHANGE, path={"priorityId": priority}, body={"name": name})

    @calls(CHANGE, priority=WHICH)
    def take_back(self, priority: str) -> None:
        """A priority has its first name again."""
        self.do(CHANGE, path={"priorityId": priority}, body={"reset": True})

    @calls(RESET, priority=WHICH)
    def take_all_back(self, priority: str) -> None:
        """All priorities have their first names again, if some had others."""
        self.do(RESET)

    def follow(self, thing: str) -> None:
        self.see(READ, path={"priorityId": thing}, shows={"": SHOWN})
        self.ends()

    def ends(self) -> None:
        self.see(ARE_RENAMED, shows={"": ("reset",)})
        self.see(LIST, shows={"priorities[_id]": SHOWN})
