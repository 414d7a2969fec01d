"""What a performance report says."""

from datetime import timedelta

from app.agreements.queries import of_project
from app.catalogue import queries as catalogue
from app.core import clock
from app.evaluations import queries
from app.evaluations.models import Evaluation, IndicatorScore
from app.rules.evaluating import BANDS
from app.rules.purchasing import months_after

STAGES = {"mid_term": "中期", "final": "末期"}
CONDITIONS = {"mid_term": "mid_term_pass", "final": "final_pass"}


def report(evaluation: Evaluation) -> dict[str, object]:
    """The facts of `contracts/performance_report`: scores, total, band, replies, and what the contracts say follows."""
    project, norms = evaluation.project, catalogue.norms(evaluation.place)
    scores = queries.scores(evaluation)
    contracts = of_project(project)
    assert evaluation.band is not None
    return {
        "stage": STAGES[evaluation.stage],
        "reported_on": clock.today(),
        "declaration": evaluation.declaration,
        "declared_at": evaluation.declared_at,
        "total_centi": evaluation.total_centi,
        "band": BANDS[evaluation.band],
        "passed": evaluation.passed,
        "pass_mark_centi": project.pass_mark_centi,
        "summary": evaluation.summary,
        "project": {
            "number": project.number,
            "name": project.name,
            "buyer": project.buyer.name,
            "supervisor": project.supervisor.name,
        },
        "evaluator": {
            "name": evaluation.evaluator.name,
            "person": evaluation.person.name if evaluation.person else "–",
        },
        "period": {
            "from_day": project.term_from,
            "to_day": months_after(project.term_from, evaluation.months) - timedelta(days=1),
            "months": evaluation.months,
        },
        "agreements": [
            {"number": a.number, "supplier": a.supplier.name, "name": a.lot.name, "amount_fen": a.amount_fen}
            for a in contracts
        ],
        "bands": [
            {"name": BANDS[key], "from_centi": norms.whole(f"band_{key}") * 100} for key in ("you", "liang", "zhong")
        ],
        "parts_of_total": _parts(scores),
        "scores": [_score(s) for s in scores if s.indicator.kind != "veto"],
        "vetoes": [
            {"name": s.indicator.level3, "upheld": s.upheld, "evidence": s.evidence, "heard": ""}
            for s in scores
            if s.indicator.kind == "veto"
        ],
        "advice": [],
        "replies": [
            {"supplier": r.supplier.name, "accepted": r.accepted, "text": r.text} for r in queries.replies(evaluation)
        ],
        "consequences": [
            {
                "agreement": a.number,
                "instalment": i.order,
                "amount_fen": i.amount_fen,
                "ground": "合同约定的付款条件",
                "effect": "条件成就，计入应付" if evaluation.passed else "条件未成就，按合同不予支付",
            }
            for a in contracts
            for i in a.instalments
            if i.condition == CONDITIONS[evaluation.stage] and i.state == "pending"
        ],
    }


def _parts(scores: list[IndicatorScore]) -> list[dict[str, object]]:
    found: dict[str, list[int]] = {}
    for one in scores:
        if one.indicator.kind != "veto":
            sums = found.setdefault(one.indicator.level1, [0, 0])
            sums[0] += one.indicator.weight_centi
            sums[1] += one.score_centi
    return [
        {"level1": name, "weight_centi": w, "score_centi": s, "rate_centi": s * 10000 // w if w else 0}
        for name, (w, s) in found.items()
    ]


def _score(one: IndicatorScore) -> dict[str, object]:
    return {
        "level1": one.indicator.level1,
        "level2": one.indicator.level2,
        "name": one.indicator.level3,
        "unit": one.indicator.unit,
        "target": one.target,
        "actual": one.actual,
        "weight_centi": one.indicator.weight_centi,
        "score_centi": one.score_centi,
        "evidence": one.evidence,
        "computed": one.computed,
    }
