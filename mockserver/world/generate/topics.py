"""What people talk about: one list of topics a department, told in turns of agent and visitor."""

from dataclasses import dataclass
from typing import Final

from mockserver.world.load.file import GivenSlaPolicy

Turn = tuple[str, str]
"""What the agent says, and what the visitor answers."""


@dataclass(frozen=True)
class Topic:
    """One kind of conversation. `{order}` stands for a number."""

    opening: str
    turns: tuple[Turn, ...]
    comment: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A department and its topics; of `demand` it gets more than one with a smaller one."""

    key: str
    name: str
    demand: int
    topics: tuple[Topic, ...]


SMALL_TALK: Final[tuple[Turn, ...]] = (
    ("Just a moment, I look it up.", "Sure."),
    ("I am still on it, thank you for waiting.", "No problem."),
    ("Is there anything else on your mind?", "Let me think."),
    ("Could you tell me the date of the order?", "Some time last week."),
    ("I ask a colleague, one minute.", "Take your time."),
    ("Do you see it in your account now?", "I reload the page."),
    ("Which browser do you use?", "The one that came with the computer."),
    ("I note that down.", "Thanks, that helps."),
)
IMPATIENCE: Final = (
    "Is anybody there?",
    "Hello?",
    "I am still waiting.",
    "How long does it take?",
)
GOODBYES: Final = ("Have a nice day!", "You are welcome, goodbye.", "Glad that I could help.")
TRANSFERS: Final = ("This is for a colleague", "Knows more about it", "End of my shift")
POLICIES: Final = (
    GivenSlaPolicy(_id="quarter", name="Within a quarter of an hour", due_time_in_minutes=15),
    GivenSlaPolicy(_id="hour", name="Within an hour", due_time_in_minutes=60),
)
NO_ANSWER: Final = "The visitor has left"

SUBJECTS: Final = (
    Subject(
        "support",
        "Support",
        8,
        (
            Topic(
                "My lamp {order} flickers since yesterday.",
                (
                    ("Does it flicker on every step of the dimmer?", "Only on the lowest one."),
                    ("Then a new bulb cures it. I send you one.", "That was quick!"),
                ),
                "Bulb sent",
                ("repair",),
            ),
            Topic(
                "I cannot sign in any more.",
                (
                    ("Which address is the account for?", "The one that I write with here."),
                    ("A new link is on its way to you.", "It works, thank you."),
                ),
                "Link sent",
                ("account",),
            ),
            Topic(
                "The manual of item {order} is missing.",
                (("You find it below the item's pictures, or I mail it.", "Please mail it."),),
                "Manual mailed",
                ("manual",),
            ),
        ),
    ),
    Subject(
        "sales",
        "Sales",
        5,
        (
            Topic(
                "Is item {order} available in green?",
                (
                    ("In green and in grey. The green one is here on Friday.", "Green, please."),
                    ("I put it into your basket.", "Great."),
                ),
                "Sold",
                ("advice",),
            ),
            Topic(
                "Do I get a discount for twenty of them?",
                (("From twenty on it is eight per cent.", "Then I order today."),),
                "Discount given",
                ("wholesale",),
            ),
            Topic(
                "Which tent is the right one for four people?",
                (
                    ("Do you carry it, or do you come by car?", "By car."),
                    ("Then the large one, you can stand in it.", "I think about it."),
                ),
                "Advice given",
                ("advice",),
            ),
        ),
    ),
    Subject(
        "delivery",
        "Delivery",
        6,
        (
            Topic(
                "Where is my parcel? Order {order}.",
                (
                    ("It left our warehouse this morning.", "When will it be here?"),
                    ("Tomorrow before noon.", "Perfect."),
                ),
                "Parcel found",
                ("parcel",),
            ),
            Topic(
                "Order {order} came to the wrong address.",
                (("The courier fetches it today. May I have the right one?", "I mail it to you."),),
                "Sent again",
                ("parcel", "address"),
            ),
        ),
    ),
    Subject(
        "billing",
        "Billing",
        3,
        (
            Topic(
                "The invoice for order {order} is wrong.",
                (
                    ("What should be on it?", "The name of our company."),
                    ("The new invoice is in your mail.", "There it is."),
                ),
                "Invoice corrected",
                ("invoice",),
            ),
            Topic(
                "My card was charged twice.",
                (("One of the two was only reserved and falls away.", "I see. Thanks!"),),
                "Nothing was paid twice",
                ("payment",),
            ),
        ),
    ),
    Subject(
        "returns",
        "Returns",
        4,
        (
            Topic(
                "How do I send back order {order}?",
                (("The label is in your mail. Any post office takes it.", "Thank you."),),
                "Label sent",
                ("return",),
            ),
            Topic(
                "My refund has not arrived.",
                (
                    ("I see it, it left us on Monday.", "My bank says there is nothing."),
                    ("It may take three days. I write to you when it does not.", "All right."),
                ),
                "Refund is under way",
                ("refund",),
            ),
        ),
    ),
    Subject(
        "repairs",
        "Repairs",
        2,
        (
            Topic(
                "How long does the repair of {order} take?",
                (("It is on the bench now, so two more days.", "I can wait that long."),),
                "Told how long it takes",
                ("repair",),
            ),
        ),
    ),
    Subject(
        "business",
        "Business customers",
        2,
        (
            Topic(
                "We need forty chairs for an office.",
                (
                    (
                        "I write an offer. Until when do you need them?",
                        "Until the end of the month.",
                    ),
                    ("The offer is in your mail.", "I show it to my boss."),
                ),
                "Offer sent",
                ("wholesale", "offer"),
            ),
        ),
    ),
    Subject(
        "jobs",
        "Jobs and press",
        1,
        (
            Topic(
                "Are you looking for people in the warehouse?",
                (("We are! Everything about it is on our page of jobs.", "I apply today."),),
                "Pointed to the page of jobs",
                ("jobs",),
            ),
        ),
    ),
)
