"""What the pages of an evaluation show, and to whom: scores only once they are handed in, replies once published."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.agreements.models import Instalment
from app.agreements.queries import of_project
from app.core import access, clock
from app.core.access import Actor
from app.core.law import Finding
from app.delivery.queries import figures_until, months_of
from app.evaluations import queries
from app.evaluations.models import STAGES, Evaluation, IndicatorScore, Reply
from app.evaluations.publishing import CONDITIONS, barring, reply_until
from app.evaluations.scoring import part_of, target_at
from app.plans.models import Indicator, Project
from app.rules.evaluating import BANDS, KINDS

STEPS = (  # the route of each step of the lifecycle; scoring is a sheet before it is handed in
    ("evaluation.declare", "declare", ("assigned",)),
    ("evaluation.score", "score", ("declared",)),
    ("evaluation.score", "submit", ("declared",)),
    ("evaluation.reply", "reply", ("scored",)),
    ("evaluation.publish", "publish", ("scored", "replied")),
    ("evaluation.decline", "decline", ("assigned",)),
)


@dataclass(frozen=True)
class Row:
    """One indicator with its score, if there is one that may be shown."""

    indicator: Indicator
    target: str
    actual: str
    score: IndicatorScore | None


@dataclass(frozen=True)
class Seen:
    """One evaluation as one person sees it."""

    evaluation: Evaluation
    second: bool
    inside: bool
    open: bool
    rows: list[Row]
    vetoes: list[Row]
    parts: list[tuple[str, int, int]]
    replies: list[Reply]
    silent: list[str]
    until: date | None
    burden: queries.Burden
    steps: list[str]
    barring: list[Finding]
    instalments: list[Instalment]
    band: str
    kinds: dict[str, str]


def seen_by(evaluation: Evaluation, who: Actor) -> Seen:
    """What *who* may see of it."""
    open_, project = scores_open(evaluation, who), evaluation.project
    rows = _rows(evaluation, queries.scores(evaluation) if open_ else [])
    scored = evaluation.state in ("scored", "replied")
    return Seen(
        evaluation=evaluation, second=queries.is_second(evaluation), open=open_,
        inside=bool(access.may(who, "evaluation.read", evaluation)),
        rows=[r for r in rows if r.indicator.kind != "veto"], vetoes=[r for r in rows if r.indicator.kind == "veto"],
        parts=_parts(rows), replies=_replies(evaluation, who), silent=[one.name for one in queries.silent(evaluation)],
        until=reply_until(evaluation), burden=queries.burden(project), steps=steps(evaluation, who),
        barring=list(barring(evaluation)) if scored else [], instalments=_instalments(evaluation),
        band=BANDS[evaluation.band] if evaluation.band else "", kinds=KINDS,
    )  # fmt: skip


def scores_open(evaluation: Evaluation, who: Actor) -> bool:
    """Scores in the making are for the evaluator only."""
    return evaluation.state in ("scored", "replied", "published") or who.body_id == evaluation.evaluator_id


def steps(evaluation: Evaluation, who: Actor) -> list[str]:
    """The steps *who* can take now, in the order of the work."""
    answered = who.body_id in {one.supplier_id for one in queries.replies(evaluation)}
    return [
        name
        for action, name, states in STEPS
        if evaluation.state in states and access.may(who, action, evaluation) and not (name == "reply" and answered)
    ]


def sheet_rows(evaluation: Evaluation) -> list[Row]:
    """The whole scheme for the scoring sheet; what is computed with what the figures say now."""
    return _rows(evaluation, queries.scores(evaluation))


def proposed(project: Project) -> dict[str, Any]:
    """What an assignment begins with: the first stage not held yet, the months that are over."""
    open_ = [stage for stage in STAGES if queries.may_be_held(queries.rounds(project, stage))]
    over = sum(month < f"{clock.today():%Y-%m}" for month in months_of(project))
    return {"stage": open_[0] if open_ else None, "months": max(over, 1)}


def _rows(evaluation: Evaluation, scores: list[IndicatorScore]) -> list[Row]:
    kept = {s.indicator_id: s for s in scores}
    figures = figures_until(evaluation.project, evaluation.months)
    return [
        Row(
            i, s.target if s else target_at(i, part_of(evaluation, i)),
            s.actual if s else str(Decimal(figures.get(i.measure, 0))) if i.measure else "", s,
        )
        for i in queries.indicators(evaluation.project)
        for s in [kept.get(i.id)]
    ]  # fmt: skip


def _parts(rows: list[Row]) -> list[tuple[str, int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.score and row.indicator.kind != "veto":
            got, most = found.get(row.indicator.level1, (0, 0))
            found[row.indicator.level1] = got + row.score.score_centi, most + row.indicator.weight_centi
    return [(name, got, most) for name, (got, most) in found.items()]


def _replies(evaluation: Evaluation, who: Actor) -> list[Reply]:
    """Before publication an organization sees its own reply only."""
    found = queries.replies(evaluation)
    others = evaluation.state == "published" or who.body_id in (evaluation.buyer_id, evaluation.evaluator_id)
    return [one for one in found if others or one.supplier_id == who.body_id]


def _instalments(evaluation: Evaluation) -> list[Instalment]:
    condition = CONDITIONS[evaluation.stage]
    return [i for a in of_project(evaluation.project) for i in a.instalments if i.condition == condition]
