"""Faults of time: conversations and shifts that could not have gone the way the file says."""

from dataclasses import dataclass
from itertools import pairwise

from msgspec import UNSET, UnsetType

from mockserver.world.load import dates
from mockserver.world.load.draft import Draft
from mockserver.world.load.faults import Place
from mockserver.world.load.file import GivenForward, GivenRoom, GivenShift
from mockserver.world.load.references import VISITOR, date


@dataclass(frozen=True)
class Moment:
    """A dated event of a room: where it stands in the file, and when it was."""

    place: Place
    at: int


def judge(draft: Draft) -> None:
    """Note every fault of time in a draft."""
    now = dates.read(draft.top("now", str) or "")
    for index, room in draft.rooms.items():
        place = ("rooms", index)
        _complete(draft, room, place)
        _inside(draft, room, place, now)
        _served(draft, room, place)
        _held(draft, room, place)
        _promised(draft, room, place)
    _one_at_a_time(draft)
    for index, user in draft.users.items():
        _shifts(draft, user.shifts, ("users", index, "shifts"), now)


def _complete(draft: Draft, room: GivenRoom, place: Place) -> None:
    """Note fields that make no sense without each other."""
    _together(draft, place, servedBy=room.served_by, servedAt=room.served_at)
    _together(draft, place, closedBy=room.closed_by, closedAt=room.closed_at)
    if room.comment is not UNSET and room.closed_at is UNSET:
        draft.add((*place, "comment"), "an open room has no comment of its closing")
    for number, forward in enumerate(room.forwards):
        at = (*place, "forwards", number)
        _together(draft, at, takenBy=forward.taken_by, takenAt=forward.taken_at)
        if (forward.to is UNSET) == (forward.department is UNSET):
            draft.add(at, "goes either to an agent (to) or to a department")
        elif forward.to is not UNSET and forward.taken_by is not UNSET:
            draft.add((*at, "takenBy"), "only a room in a department's queue is taken")


def _together(draft: Draft, place: Place, **fields: str | UnsetType) -> None:
    given = [name for name, value in fields.items() if value is not UNSET]
    if len(given) == 1:
        (missing,) = fields.keys() - set(given)
        draft.add((*place, given[0]), f"says nothing without {missing}")


def _moments(draft: Draft, room: GivenRoom, place: Place) -> list[Moment]:
    """Return the room's events; those of a list must stand in order of time."""
    found: list[Moment] = []

    def note(text: str | UnsetType, *steps: str | int) -> Moment | None:
        at = date(draft, text, (*place, *steps))
        if at is None:
            return None
        found.append(Moment((*place, *steps), at))
        return found[-1]

    if room.promise:
        note(room.promise.at, "promise", "at")
    note(room.served_at, "servedAt")
    for number, forward in enumerate(room.forwards):
        note(forward.at, "forwards", number, "at")
        note(forward.taken_at, "forwards", number, "takenAt")
    moves = list(found)
    said = [note(message.at, "messages", n, "at") for n, message in enumerate(room.messages)]
    seen = [note(page.at, "pages", n, "at") for n, page in enumerate(room.pages)]
    note(room.held_at, "heldAt")
    for events in (moves, _dated(said), _dated(seen)):
        for earlier, later in pairwise(events):
            if later.at < earlier.at:
                draft.add(later.place, "is earlier than what stands before it")
    note(room.closed_at, "closedAt")
    return found


def _dated(moments: list[Moment | None]) -> list[Moment]:
    return [moment for moment in moments if moment is not None]


def _inside(draft: Draft, room: GivenRoom, place: Place, now: int | None) -> None:
    """Note events before the room's beginning, after its end, or in the world's future."""
    moments = _moments(draft, room, place)
    began = date(draft, room.ts, (*place, "ts"))
    ended = dates.read(room.closed_at) if room.closed_at else None
    if began is not None and now is not None and began > now:
        draft.add((*place, "ts"), "is later than the world's now")
    for moment in moments:
        if began is not None and moment.at < began:
            draft.add(moment.place, f"is before the room began ({room.ts})")
        elif ended is not None and moment.at > ended:
            draft.add(moment.place, f"is after the room closed ({room.closed_at})")
        elif now is not None and moment.at > now:
            draft.add(moment.place, "is later than the world's now")


def _served(draft: Draft, room: GivenRoom, place: Place) -> None:
    """Note users who write before anybody serves the room."""
    served = [room.served_at, *(_taken(forward) for forward in room.forwards)]
    times = [ms for text in served if text and (ms := dates.read(text)) is not None]
    for number, message in enumerate(room.messages):
        at = dates.read(message.at)
        if message.from_ == VISITOR or at is None:
            continue
        if not times or at < min(times):
            words = "writes before anybody serves the room"
            draft.add((*place, "messages", number, "from"), f"{message.from_} {words}")


def _taken(forward: GivenForward) -> str | UnsetType:
    return forward.at if forward.to is not UNSET else forward.taken_at


def _held(draft: Draft, room: GivenRoom, place: Place) -> None:
    """Note a hold that cannot be."""
    if room.held_at is UNSET:
        return
    if room.closed_at is not UNSET:
        draft.add((*place, "heldAt"), "a closed room is not on hold")
    if room.served_by is UNSET:
        draft.add((*place, "heldAt"), "a room that nobody serves is not on hold")
    held = dates.read(room.held_at)
    for number, message in enumerate(room.messages):
        at = dates.read(message.at)
        if message.from_ == VISITOR and None not in (held, at) and (at or 0) > (held or 0):
            draft.add((*place, "messages", number, "at"), "a visitor's message ends the hold")


def _promised(draft: Draft, room: GivenRoom, place: Place) -> None:
    """Note an SLA policy that was given to a conversation out of the queue."""
    given = dates.read(room.promise.at) if room.promise else None
    left = dates.read(room.served_at) if room.served_at else None
    if given is not None and left is not None and given > left:
        words = "only a conversation that waits is given a policy"
        draft.add((*place, "promise", "at"), words)


def _one_at_a_time(draft: Draft) -> None:
    """Note rooms that begin while another room of the same visitor is open."""
    began = {index: dates.read(room.ts) for index, room in draft.rooms.items()}
    for visitor in {room.visitor for room in draft.rooms.values()}:
        own = [i for i, room in draft.rooms.items() if room.visitor == visitor]
        own = sorted((i for i in own if began[i] is not None), key=lambda i: began[i] or 0)
        for earlier, later in pairwise(own):
            ended = draft.rooms[earlier].closed_at
            until = dates.read(ended) if ended else None
            if ended is UNSET or (until is not None and until > (began[later] or 0)):
                words = f"begins while {draft.rooms[earlier]._id} of the same visitor is open"
                draft.add(("rooms", later, "ts"), words)


def _shifts(draft: Draft, shifts: list[GivenShift], place: Place, now: int | None) -> None:
    """Note shifts that overlap, leave their day, or end in the future."""
    free_from = None
    for number, shift in enumerate(shifts):
        at = (*place, number)
        began = date(draft, shift.from_, (*at, "from"))
        ended = date(draft, shift.to, (*at, "to"))
        if began is not None and free_from is not None and began < free_from:
            draft.add((*at, "from"), "begins before the shift before it has ended")
        if began is not None and ended is not None and ended < began:
            draft.add((*at, "to"), "ends before it begins")
        if shift.to and shift.to[:10] != shift.from_[:10]:
            draft.add((*at, "to"), "a shift ends on the day on which it began")
        if shift.to is UNSET and number < len(shifts) - 1:
            draft.add(at, "only the last shift goes on")
        latest = max((ms for ms in (began, ended) if ms is not None), default=None)
        if latest is not None and now is not None and latest > now:
            draft.add(at, "is later than the world's now")
        free_from = ended
