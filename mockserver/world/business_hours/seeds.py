"""The business hour that every workspace has."""

from mockserver.world.business_hours.documents import DAYS, DEFAULT, BusinessHour, Timezone
from mockserver.world.business_hours.week import work_hour
from mockserver.world.resource import Instant

KEY = "default-business-hour"
CLOSED = frozenset({"Saturday", "Sunday"})


def default(made: Instant, now: int) -> BusinessHour:
    """Return the default business hour: from Monday to Friday, 08:00 to 20:00 UTC."""
    hour = BusinessHour(
        _id=KEY,
        name="",
        active=True,
        type=DEFAULT,
        ts=made,
        timezone=Timezone(name="UTC", utc="0"),
        work_hours=[],
        _updated_at=made,
    )
    for code, day in enumerate([*DAYS[1:], DAYS[0]], 1):
        is_open = day not in CLOSED
        work = work_hour(day, "08:00", "20:00", is_open=is_open, zone="UTC", now=now)
        work.code = code
        hour.work_hours.append(work)
    return hour
