"""Users and visitors of a world file as documents."""

import hashlib
from collections.abc import Iterable, Iterator

from msgspec import UNSET

from mockserver.world.access.documents import Password, Token
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import GivenUser, GivenVisitor
from mockserver.world.resource import Instant
from mockserver.world.users.documents import Email, User
from mockserver.world.visitors.documents import Address, LastChat, Phone, Visitor

AGENT = "livechat-agent"


def username_of(given: GivenUser) -> str:
    """Return the username of a user."""
    return given.username or given._id


def user_token_of(given: GivenUser) -> str:
    """Return the fixed token of a user."""
    return given.token or f"{username_of(given)}-token"


def token_of(given: GivenVisitor) -> str:
    """Return the token of a visitor."""
    return given.token or f"{given._id}-token"


def user(given: GivenUser, dates: Dates, since: Instant) -> User:
    """Return the document of a user who was made at `since`, if the file does not say when."""
    username = username_of(given)
    made = dates.instant(given.created_at) if given.created_at else since
    is_agent = AGENT in given.roles
    return User(
        _id=given._id,
        username=username,
        name=given.name,
        type=given.type,
        roles=given.roles if given.type == "bot" else list(dict.fromkeys(["user", *given.roles])),
        emails=[Email(address=given.email or f"{username}@example.com", verified=True)],
        status=given.status,
        status_default=given.status,
        status_connection=given.status,
        status_text=given.status_text,
        active=given.active,
        utc_offset=given.utc_offset,
        language=given.language,
        bio=given.bio,
        nickname=given.nickname,
        created_at=made,
        settings={},
        operator=True if is_agent else UNSET,
        status_livechat=(given.status_livechat or "available") if is_agent else UNSET,
        livechat=given.livechat,
        _updated_at=made,
    )


def credentials(users: Iterable[GivenUser], made: Instant) -> Iterator[Password | Token]:
    """Return the users' passwords and fixed tokens."""
    for given in users:
        text = given.password or username_of(given)
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield Password(_id=given._id, digest=digest, _updated_at=made)
        yield Token(_id=user_token_of(given), user_id=given._id, _updated_at=made)


def visitor(given: GivenVisitor, number: int, dates: Dates, chats: list[LastChat]) -> Visitor:
    """Return the document of the `number`-th visitor, who had these chats, the earliest first."""
    first = chats[0].ts if chats else dates.present
    registered = dates.instant(given.ts) if given.ts else first
    return Visitor(
        _id=given._id,
        username=given.username or f"guest-{number}",
        token=token_of(given),
        ts=registered,
        status=given.status,
        name=given.name,
        visitor_emails=[Address(address=given.email)] if given.email else UNSET,
        phone=[Phone(phone_number=given.phone)] if given.phone else UNSET,
        department=given.department,
        livechat_data=given.livechat_data,
        last_chat=chats[-1] if chats else UNSET,
        _updated_at=chats[-1].ts if chats else registered,
    )
