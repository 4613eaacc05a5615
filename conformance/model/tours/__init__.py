"""Tours: chains that are written down, not chosen by chance, one for each part of the desk.

A tour tries what chance seldom comes to: each refusal of a conversation that has ended, each field
that a write takes read back wherever it is shown, two things at once, and what colleagues and other
visitors may not do. One file for each subject, as a tuple of steps in their order.
"""

from conformance.model.tours import colleagues, departments, ends, fields, service, visits
from conformance.model.tours.tour import Tour

TOURS: tuple[Tour, ...] = (
    Tour("visits", "A visitor's conversation goes another way than predicted", visits.STEPS),
    Tour("ends", "What has ended goes another way than predicted", ends.STEPS),
    Tour("service", "What agents do with a conversation goes another way", service.STEPS),
    Tour("colleagues", "What colleagues may do is not what was predicted", colleagues.STEPS),
    Tour("seats", "A department's fields and members are not as predicted", departments.STEPS),
    Tour("values", "Values of custom fields are not as predicted", fields.STEPS),
)
"""The tours, in the order in which they are played."""
