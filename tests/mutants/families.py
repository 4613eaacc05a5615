"""All seeded faults, one file or folder a family; importing this module registers them."""

from tests.mutants import (
    authentication,
    envelope,
    lists,
    permission,
    planted,
    rare_inputs,
    shape,
    status,
    transport,
    types,
)
from tests.mutants.semantics import (
    agreement,
    chats,
    defaults,
    facts,
    figures,
    filters,
    parts,
    recounts,
    written,
)
from tests.mutants.state import (
    administration,
    chains,
    conversations,
    hidden,
    lifecycles,
    model,
    privacy,
    refusals,
    rooms,
    things,
    tours,
)

FAMILIES = (
    planted,
    types,
    shape,
    status,
    authentication,
    permission,
    envelope,
    lists,
    *(refusals, rooms, things, conversations, lifecycles, privacy, chains, administration),
    *(tours, hidden),
    *(chats, figures, facts, agreement, recounts, filters, written, parts, defaults),
    model,
    transport,
    rare_inputs,
)
