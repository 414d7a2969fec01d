"""The two halves of the year of service: what is delivered by when, evaluated when, paid when."""

from dataclasses import dataclass

from app.demonstration.purchase import FIRST


@dataclass(frozen=True)
class Half:
    """One half: its months, and the moments (Beijing time) at which people work."""

    stage: str
    months: tuple[str, ...]
    delivered: str
    evaluated: str
    due_on: str
    published: str
    paid: str
    instalment: int
    looked_at: int  # months from the start that the evaluation looks at


HALVES = (
    Half("mid_term", tuple(FIRST.months()[:6]), "2027-01-14 09:00", "2027-01-15 09:00", "2027-01-31",
         "2027-01-20 10:00", "2027-01-26 09:00", 2, 6),
    Half("final", tuple(FIRST.months()[6:]), "2027-06-09 14:00", "2027-06-10 09:00", "2027-06-30",
         "2027-06-16 10:00", "2027-06-24 09:00", 3, 12),
)  # fmt: skip
