"""The scoring sheet between its form and the actions: which lines there are, what is filled in, what was typed."""

from typing import Any

from app.delivery.rows import complete
from app.evaluations import queries
from app.evaluations.forms import SheetForm
from app.evaluations.models import Evaluation, IndicatorScore
from app.evaluations.scoring import Line
from app.plans.models import Indicator


def typed_indicators(evaluation: Evaluation) -> list[Indicator]:
    """The indicators that are not computed from delivery figures, in order."""
    return [i for i in queries.indicators(evaluation.project) if not i.measure]


def sheet_form(evaluation: Evaluation) -> SheetForm:
    """The sheet with what was saved so far."""
    kept = {s.indicator_id: s for s in queries.scores(evaluation)}
    form = SheetForm()
    complete(form.lines, [_given(i, kept.get(i.id)) for i in typed_indicators(evaluation)])
    return form


def lines(evaluation: Evaluation, form: SheetForm) -> list[Line]:
    """What was typed, line by line."""
    return [
        _line(indicator, entry.name, entry.form)
        for indicator, entry in zip(typed_indicators(evaluation), form.lines.entries, strict=True)
    ]


def _given(indicator: Indicator, kept: IndicatorScore | None) -> dict[str, Any]:
    saved = {"actual": kept.actual, "evidence": kept.evidence, "upheld": kept.upheld} if kept else {}
    return {"key": indicator.public_id, **saved}


def _line(indicator: Indicator, where: str, part: Any) -> Line:
    file = part.file.data
    return Line(
        indicator, part.actual.data or "", part.evidence.data or "", (file.read(), file.filename) if file else None,
        bool(part.upheld.data), where,
    )  # fmt: skip
