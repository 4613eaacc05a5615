"""The model: chains of calls that go to the target and to our own mock, which predicts the answers.

`prediction` is our mock in a process of its own, in a world that `mirror` makes like the target's;
`steps` are calls with placeholders, `sides` plays them on both and compares what is agreed on;
`machine` says how a kind of thing is tried, with one file for each kind; `playing` lets Hypothesis
choose the chains and makes small what differs; `script` writes that as a file for pytest.
"""

from conformance.model.catalogue import (
    CannedResponses,
    CustomFields,
    Policies,
    Tags,
    Triggers,
    Units,
)
from conformance.model.contacts import Contacts
from conformance.model.departments import Departments
from conformance.model.desk import Desk
from conformance.model.machine import Machine
from conformance.model.messages import Messages
from conformance.model.priorities import Priorities
from conformance.model.ranks import Ranks
from conformance.model.rooms import Rooms
from conformance.model.tours import TOURS
from conformance.model.tours.tour import Tour
from conformance.model.units import UnitMembers
from conformance.model.values import Values
from conformance.model.visitors import Visitors

MACHINES: tuple[type[Machine], ...] = (
    Rooms,
    Departments,
    Messages,
    Desk,
    Visitors,
    Contacts,
    UnitMembers,
    Ranks,
    Values,
    Priorities,
    Tags,
    Units,
    CannedResponses,
    CustomFields,
    Triggers,
    Policies,
)
"""The machines, in the order in which they are played."""
CHAINS: tuple[type[Machine] | Tour, ...] = (*TOURS, *MACHINES)
"""All that is played: first the tours, which are short, and then what chance chooses."""
