"""The legal clocks of one purchase: every statutory day from the intention to the filed contract.

The clocks run from the first publication on the designated medium (指定媒体), never from the portal's own
(B-19, B-40, T-03). Where a step has not been taken yet the clock starts from the last day of the one before
it and says so (`projected`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.law import Norms
from app.core.workdays import Calendar, Due
from app.rules.clocks import LINES, NOT_AFTER, Line
from app.rules.figures import shanghai_day


@dataclass(frozen=True)
class Steps:
    """What is known of one purchase: moments on the designated medium aware, days in Asia/Shanghai."""

    method: str
    intent_on: date | None = None
    published_at: datetime | None = None
    closes_at: datetime | None = None
    reviewed_on: date | None = None
    reported_on: date | None = None
    decided_on: date | None = None
    result_published_on: date | None = None
    award_notice_on: date | None = None
    signed_on: date | None = None

    def days(self) -> dict[str, date]:
        """The known starting days, by the name the lines below use."""
        known = {
            "intent": self.intent_on,
            "published": self.published_at and shanghai_day(self.published_at),
            "closes": self.closes_at and shanghai_day(self.closes_at),
            "reviewed": self.reviewed_on,
            "reported": self.reported_on,
            "decided": self.decided_on,
            "result_published": self.result_published_on,
            "award_notice": self.award_notice_on,
            "signed": self.signed_on,
        }
        return {name: day for name, day in known.items() if day}


@dataclass(frozen=True)
class Clock:
    """One statutory period: `kind` wd or d; `sense` says whether `due` is the first or the last lawful day.

    `provisional`: a holiday notice still to come may move it. `projected`: the step that starts it is not
    taken yet, so the day is what the clock before it allows.
    """

    key: str
    name: str
    starts: date
    due: date
    rule: str
    kind: str
    sense: str
    provisional: bool = False
    projected: bool = False


# The award notice goes out with the result notice (87号令 第六十九条); review normally follows the deadline
# on the same day.
STANDS_IN = {"award_notice": "result_published", "reviewed": "closes"}
ENDS_BY_ITSELF = frozenset({"notice_end", "result_end"})


def timeline(steps: Steps, calendar: Calendar, norms: Norms) -> list[Clock]:
    """Every clock of the purchase that can be told, in the order of the cycle."""
    known = steps.days()
    expected: dict[str, date] = {}
    return [
        _clock(line, start, known, expected, calendar, norms)
        for line in LINES
        if steps.method in line.methods and (start := _start(line.after, known, expected))
    ]


def challenge_due(starts: date, calendar: Calendar, norms: Norms) -> Due:
    """Last day of a challenge (质疑, B-91) whose period *starts* on one of three days.

    Documents: the day received or the end of the notice period. Process: the day the step ended. Result: the
    day the RESULT NOTICE PERIOD ended, not its publication.
    """
    return calendar.add_workdays(starts, norms.whole("challenge_wd"))


def result_notice_end(published_on: date, calendar: Calendar, norms: Norms) -> Due:
    """The last day of the result notice period, from which challenges to the result run (B-59, B-91)."""
    return calendar.add_workdays(published_on, norms.whole("result_publicity_wd"))


def _clock(
    line: Line,
    start: date,
    known: dict[str, date],
    expected: dict[str, date],
    calendar: Calendar,
    norms: Norms,
) -> Clock:
    due = _due(line, start, calendar, norms)
    projected = _source(line.after, known) is None
    # The end of a notice period follows from its start alone: it is as certain as the publication was.
    certain = line.gives in ENDS_BY_ITSELF and not projected
    (known if certain else expected).setdefault(line.gives, due.day)
    return Clock(
        key=line.key,
        name=line.name,
        starts=start,
        due=due.day,
        rule=line.rule,
        kind=line.kind.strip("-"),
        sense=line.sense,
        provisional=due.provisional or calendar.provisional(start),
        projected=projected,
    )


def _due(line: Line, start: date, calendar: Calendar, norms: Norms) -> Due:
    length = norms.whole(line.norm)
    if line.kind == "wd":
        return calendar.add_workdays(start, length)
    if line.kind == "-d":
        return Due(start - timedelta(days=length))
    return calendar.add_days(start, length, roll=line.sense == NOT_AFTER)


def _source(name: str, known: dict[str, date]) -> str | None:
    if name in known:
        return name
    return STANDS_IN[name] if STANDS_IN.get(name) in known else None


def _start(name: str, known: dict[str, date], expected: dict[str, date]) -> date | None:
    source = _source(name, known)
    if source:
        return known[source]
    return expected.get(name) or expected.get(STANDS_IN.get(name, ""))
