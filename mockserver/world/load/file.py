"""The format of a world file, as typed records.

Keys are written as the API writes them. A key that is left out has the value that is said here.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from mockserver.world.users.documents import Presence, Service

Id = Annotated[str, Meta(min_length=1)]
Instant = Annotated[str, Meta(min_length=1)]
"""A date and a time of day in UTC: `2020-09-10T23:59:22.345Z`; seconds may be left out."""


class Given(
    msgspec.Struct, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True
):
    """A part of a world file; a key that it does not name is a fault."""


class GivenShift(Given):
    """A time in which an agent took conversations; without `to` he still does."""

    from_: Instant = msgspec.field(name="from")
    to: Instant | UnsetType = UNSET


class GivenUser(Given):
    """An account. Username and password are its `_id`, its token is `<username>-token`."""

    _id: Id
    name: str
    username: Id | UnsetType = UNSET
    password: Id | UnsetType = UNSET
    token: Id | UnsetType = UNSET
    email: str | UnsetType = UNSET
    """By default `<username>@example.com`."""
    roles: list[Id] = []
    """Besides `user`, which everybody has but bots."""
    type: Literal["user", "bot"] = "user"
    status: Presence = "offline"
    status_livechat: Service | UnsetType = UNSET
    """Of agents; by default `available`."""
    active: bool = True
    created_at: Instant | UnsetType = UNSET
    """By default the earliest date of the world."""
    shifts: list[GivenShift] = []
    livechat: dict[str, Any] | UnsetType = UNSET
    language: str | UnsetType = UNSET
    utc_offset: float | UnsetType = UNSET
    status_text: str | UnsetType = UNSET
    bio: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET


class GivenMember(Given):
    """An agent's place in a department, where the counters matter."""

    agent: Id
    count: int = 0
    order: int = 0


class GivenDepartment(Given):
    """A department and its members, by user id."""

    _id: Id
    name: str
    email: str | UnsetType = UNSET
    """By default `<_id>@example.com`."""
    enabled: bool = True
    archived: bool = False
    """An archived department is not enabled either."""
    show_on_registration: bool = True
    show_on_offline_form: bool = True
    description: str | UnsetType = UNSET
    agents: list[Id | GivenMember] = []
    request_tag_before_closing_chat: bool | UnsetType = UNSET
    chat_closing_tags: list[str] | UnsetType = UNSET
    fallback_forward_department: Id | UnsetType = UNSET
    departments_allowed_to_forward: list[Id] | UnsetType = UNSET
    allow_receive_forward_offline: bool | UnsetType = UNSET
    offline_message_channel_name: str | UnsetType = UNSET
    waiting_queue_message: str | UnsetType = UNSET
    abandoned_rooms_close_custom_message: str | UnsetType = UNSET


class GivenCustomField(Given):
    """A custom field; `_id` is its key."""

    _id: Id
    label: str
    scope: Literal["visitor", "room"] = "visitor"
    visibility: str = "visible"
    type: str | UnsetType = UNSET
    regexp: str | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    default_value: str | UnsetType = UNSET
    options: str | UnsetType = UNSET
    public: bool | UnsetType = UNSET
    searchable: bool | UnsetType = UNSET


class GivenWorkHour(Given):
    """The hours of one day of the week, in the zone of the business hour."""

    day: Literal["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    start: Id
    finish: Id
    open: bool = True


class GivenBusinessHour(Given):
    """A business hour; the one of type `default` stands in for the server's own."""

    _id: Id
    work_hours: list[GivenWorkHour]
    name: str = ""
    type: Literal["default", "custom"] = "custom"
    active: bool = True
    timezone: str = "UTC"
    departments: list[Id] = []


class GivenTag(Given):
    """A tag; without departments it is for everybody."""

    _id: Id
    name: str
    description: str | UnsetType = UNSET
    departments: list[Id] = []


class GivenUnit(Given):
    """A business unit: departments under the supervision of users who are monitors."""

    _id: Id
    name: str
    visibility: str = "public"
    monitors: list[Id] = []
    departments: list[Id] = []


class GivenSlaPolicy(Given):
    """An SLA policy."""

    _id: Id
    name: str
    due_time_in_minutes: int
    description: str | UnsetType = UNSET


class GivenCannedResponse(Given):
    """A canned response: private, or of a department, or for all."""

    _id: Id
    shortcut: str
    text: str
    created_by: Id
    scope: Literal["user", "department", "global"] = "global"
    department: Id | UnsetType = UNSET
    tags: list[str] = []


class GivenCondition(Given):
    """What has to happen on a page for a trigger."""

    name: Literal["time-on-site", "page-url", "chat-opened-by-visitor", "after-guest-registration"]
    value: str | None = None


class GivenGreeting(Given):
    """What a trigger says."""

    msg: str
    sender: Literal["queue", "custom"] = "queue"
    name: str | UnsetType = UNSET


class GivenService(Given):
    """Whom a trigger asks what to say."""

    service_url: str
    service_timeout: int | float
    service_fallback_message: str
    sender: Literal["queue", "custom"] | UnsetType = UNSET
    name: str | UnsetType = UNSET


class GivenTrigger(Given):
    """A trigger. It says its greetings, and what its services write."""

    _id: Id
    name: str
    conditions: Annotated[list[GivenCondition], Meta(min_length=1)]
    description: str = ""
    enabled: bool = True
    run_once: bool = False
    greetings: list[GivenGreeting] = []
    services: list[GivenService] = []


class GivenVisitor(Given):
    """A visitor. His token is `<_id>-token`, his username `guest-1`, `guest-2`, … in this order."""

    _id: Id
    name: str | UnsetType = UNSET
    username: Id | UnsetType = UNSET
    token: Id | UnsetType = UNSET
    ts: Instant | UnsetType = UNSET
    """When he registered; by default when his first room began, else the world's `now`."""
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    department: Id | UnsetType = UNSET
    livechat_data: dict[str, str] | UnsetType = UNSET
    status: Literal["online", "away", "busy", "offline"] = "online"
    known: bool = False
    """Whether somebody of the workspace has looked through his contacts."""


class GivenMessage(Given):
    """A message: from `visitor`, or from a user by his username."""

    at: Instant
    from_: Id = msgspec.field(name="from")
    msg: str


class GivenPage(Given):
    """A page of the web site that the visitor opened during his conversation."""

    at: Instant
    title: str
    href: str


class GivenPromise(Given):
    """An SLA policy that the conversation was given while it waited in the queue."""

    at: Instant
    by: Id
    policy: Id


class GivenForward(Given):
    """A transfer to an agent, or to a department where an agent may take the room later."""

    at: Instant
    by: Id
    to: Id | UnsetType = UNSET
    department: Id | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    taken_by: Id | UnsetType = UNSET
    taken_at: Instant | UnsetType = UNSET


class GivenRoom(Given):
    """A conversation as it happened; what the API shows of it follows from this."""

    _id: Id
    visitor: Id
    ts: Instant
    department: Id | UnsetType = UNSET
    wished_agent: Id | UnsetType = UNSET
    """Whom the visitor asked for."""
    promise: GivenPromise | UnsetType = UNSET
    served_by: Id | UnsetType = UNSET
    """Who took it out of the queue at `servedAt`, before all forwards; nobody: it was queued."""
    served_at: Instant | UnsetType = UNSET
    forwards: list[GivenForward] = []
    messages: list[GivenMessage] = []
    pages: list[GivenPage] = []
    held_at: Instant | UnsetType = UNSET
    """Since when it is on hold."""
    closed_at: Instant | UnsetType = UNSET
    closed_by: Id | UnsetType = UNSET
    """`visitor`, or a user."""
    comment: str | UnsetType = UNSET
    """The word at closing; `Closed by visitor` is the server's own for a visitor."""
    tags: list[str] | UnsetType = UNSET
    topic: str | UnsetType = UNSET
    source: Literal["widget", "api", "email", "sms", "app", "other"] = "widget"
    livechat_data: dict[str, str] | UnsetType = UNSET


class WorldFile(Given):
    """A whole world file."""

    about: str
    now: Instant
    licence: list[
        Literal["livechat-enterprise", "canned-responses", "contact-id-verification"]
    ] = []
    settings: dict[str, Any] = {}
    """Values that differ from the server's defaults."""
    permissions: dict[str, list[Id]] = {}
    """Roles of a permission that differ from the server's defaults."""
    users: list[GivenUser] = []
    departments: list[GivenDepartment] = []
    units: list[GivenUnit] = []
    business_hours: list[GivenBusinessHour] = []
    custom_fields: list[GivenCustomField] = []
    tags: list[GivenTag] = []
    sla_policies: list[GivenSlaPolicy] = []
    canned_responses: list[GivenCannedResponse] = []
    triggers: list[GivenTrigger] = []
    visitors: list[GivenVisitor] = []
    rooms: list[GivenRoom] = []
