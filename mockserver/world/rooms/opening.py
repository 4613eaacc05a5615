"""Opening: a visitor begins a conversation, or finds the one that is open."""

from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.contacts import joining as contacts
from mockserver.world.contacts.documents import Contact
from mockserver.world.departments.documents import Department
from mockserver.world.inquiries.documents import Inquiry, Status, WishedAgent
from mockserver.world.messages import posting
from mockserver.world.pages import visiting as pages
from mockserver.world.priorities import ranking
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup, serving
from mockserver.world.rooms.documents import Room, RoomVisitor, Source
from mockserver.world.routing import assigns, availability, next_agent, next_bot
from mockserver.world.settings.documents import value
from mockserver.world.sla import promises
from mockserver.world.users.documents import USERS, User
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors.documents import LastChat, Visitor
from mockserver.world.world import World

ENTERPRISE = "livechat-enterprise"


class LivechatDisabled(Refusal):
    """The workspace has live chat switched off."""

    code = "error-omnichannel-is-disabled"


class NoAgentOnline(Refusal):
    """Nobody could serve the visitor, and the workspace takes no chats without agents."""

    code, reason = "no-agent-online", "Sorry, no online agents"


def open_or_find(
    world: World,
    token: str,
    *,
    rid: str | None = None,
    agent_id: str | None = None,
    sla: str | None = None,
    priority: str | None = None,
    source: Source,
) -> tuple[Room, bool]:
    """Return the visitor's open room, and whether this call began it.

    With `rid` it must be that room. A new room is routed at once; its inquiry tells how that went.
    An SLA policy and a priority, by id or name, rank a new one where the licence allows it.
    """
    visitor = visitors.by_token(world, token)
    found = lookup.open_of_visitor(world, token)
    if rid:
        if found is None or found._id != rid:
            raise lookup.InvalidRoom
        return found, False
    if found is not None:
        return found, False
    wished = _agent(world, agent_id) if agent_id else None
    room = begin(world, visitor, source=source, wished=wished, sla=sla, priority=priority)
    return room, True


def begin(
    world: World,
    visitor: Visitor,
    *,
    source: Source,
    wished: User | None = None,
    msg: str = "",
    sla: str | None = None,
    priority: str | None = None,
) -> Room:
    """Begin a conversation: a room, its inquiry, and the note that it started; then route it."""
    if not value(world, "Livechat_enabled"):
        raise LivechatDisabled
    contact = contacts.contact_of(world, visitor, source)
    preferred = _preferred(world, visitor, contact, wished)
    if preferred is None and not visitor.department:
        department = availability.on_registration(world)
        visitor.department = department._id if department else UNSET
    asked = visitor.department or None
    staffed = availability.staffed(world, asked) if asked else None
    if preferred is None and value(world, "Livechat_assign_new_conversation_to_bot"):
        preferred = next_bot(world, asked)
    _check_staff(world, preferred, asked, staffed)
    room = _room(world, visitor, contact, source, staffed or asked)
    inquiry = _inquiry(world, room, asked, msg, _status(world, preferred))
    _rank(world, room, inquiry, sla, priority)
    visitor.last_chat = LastChat(_id=room._id, ts=room.ts)
    world.save(visitor)
    contacts.note_chat(world, contact, room)
    started = posting.person(visitor)
    posting.note(world, room, "livechat-started", by=started, is_last=True, token=visitor.token)
    _route(world, room, inquiry, preferred)
    pages.attach(world, visitor.token, room._id)
    return room


def _rank(
    world: World, room: Room, inquiry: Inquiry, sla: str | None, priority: str | None
) -> None:
    """Let a conversation wait with a policy and a priority; of both, the room shows the policy."""
    if not (sla or priority) or not licence.has(world, ENTERPRISE):
        return
    if sla:
        policy = promises.wished(world, sla)
        room.sla_id = inquiry.sla_id = policy._id
        inquiry.estimated_waiting_time_queue = policy.due_time_in_minutes
    if priority:
        rank = ranking.wished(world, priority)
        inquiry.priority_id, inquiry.priority_weight = rank._id, rank.sort_item
    world.save(room)
    world.save(inquiry)


def _route(world: World, room: Room, inquiry: Inquiry, preferred: User | None) -> None:
    """Give the new room to an agent, or leave it in the queue."""
    if inquiry.status == "ready":
        agent = preferred
        if agent is None or not (_is_bot(agent) or availability.is_available(world, agent._id)):
            agent = next_agent(world, inquiry.department or None)
        if agent is not None:
            serving.serve(world, room, agent)
    elif preferred is not None:
        inquiry.default_agent = WishedAgent(agent_id=preferred._id, username=preferred.username)
        world.save(inquiry)


def _check_staff(
    world: World, preferred: User | None, asked: str | None, staffed: str | None
) -> None:
    """Refuse when nobody could serve; whoever is full still counts as there."""
    if value(world, "Livechat_accept_chats_with_no_agents") or preferred is not None:
        return
    if staffed is None and (asked is not None or not availability.has_agents(world)):
        raise NoAgentOnline


def _status(world: World, preferred: User | None) -> Status:
    if value(world, "Livechat_Require_Contact_Verification") in ("once", "always"):
        return "verifying"
    if preferred is not None and _is_bot(preferred):
        return "ready"
    if value(world, "Livechat_waiting_queue"):
        return "queued"
    return "ready" if assigns(world) else "queued"


def _preferred(
    world: World, visitor: Visitor, contact: Contact, wished: User | None
) -> User | None:
    """Return who should serve before any routing: the contact's manager, the wished, the last."""
    is_licensed = licence.has(world, ENTERPRISE)
    manager = contact.contact_manager
    if is_licensed and manager and value(world, "Omnichannel_contact_manager_routing"):
        for agent in availability.available(world, USERS.c._id == manager):
            return agent
    if wished is not None:
        return wished
    if is_licensed and visitor.last_chat and value(world, "Livechat_last_chatted_agent_routing"):
        last = world.get(Room, visitor.last_chat._id)
        if last is not None and last.served_by:
            for agent in availability.available(world, USERS.c._id == last.served_by._id):
                return agent
    return None


def _agent(world: World, agent_id: str) -> User | None:
    """Return the wished agent; who is no agent is no wish."""
    return world.find(User, USERS.c._id == agent_id, USERS.c.is_agent)


def _is_bot(user: User) -> bool:
    return posting.is_bot(user)


def _room(
    world: World, visitor: Visitor, contact: Contact, source: Source, department_id: str | None
) -> Room:
    now = world.now()
    department = world.get(Department, department_id) if department_id else None
    room = Room(
        _id=world.new_id(),
        fname=contact.name or visitor.username,
        ts=now,
        lm=now,
        v=_as_room_shows(visitor, contact),
        contact_id=contact._id,
        open=True,
        waiting_response=True,
        verified=False,
        source=source,
        queued_at=now,
        department_id=department_id or UNSET,
        department_ancestors=department.ancestors if department else UNSET,
    )
    return world.add(room)


def _inquiry(world: World, room: Room, asked: str | None, msg: str, status: Status) -> Inquiry:
    inquiry = Inquiry(
        _id=world.new_id("hex"),
        rid=room._id,
        name=room.fname,
        ts=room.ts,
        message=msg,
        status=status,
        v=room.v,
        source=room.source,
        department=asked or UNSET,
        queued_at=room.ts if status == "queued" else UNSET,
    )
    return world.add(inquiry)


def _as_room_shows(visitor: Visitor, contact: Contact) -> RoomVisitor:
    return RoomVisitor(
        _id=visitor._id,
        username=visitor.username,
        token=visitor.token,
        status=visitor.status,
        activity=contact.activity or UNSET,
    )
