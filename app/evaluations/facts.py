"""What a performance report says."""

from datetime import timedelta
from fractions import Fraction

from app.agreements.conditions import settlement_clause
from app.agreements.models import Agreement
from app.agreements.queries import of_project
from app.catalogue import queries as catalogue
from app.core import clock
from app.evaluations import queries
from app.evaluations.models import Evaluation, IndicatorScore
from app.rules.evaluating import BANDS
from app.rules.figures import half_up
from app.rules.purchasing import months_after

STAGES = {"mid_term": "中期", "final": "末期"}
CONDITIONS = {"mid_term": "mid_term_pass", "final": "final_pass"}
PASSED, UNTIL_REPAIRED, WITHHELD = "条件成就，计入应付", "暂不支付，限期整改后复评", "复评仍不合格，不再支付"


def number_of(evaluation: Evaluation) -> str:
    """The number of a report: project, stage, and a second number for a re-evaluation."""
    stage = 1 + list(STAGES).index(evaluation.stage)
    return f"{evaluation.project.number}-PJ-{stage}{'-2' if queries.is_second(evaluation) else ''}"


def report(evaluation: Evaluation) -> dict[str, object]:
    """The facts of `contracts/performance_report`: scores, total, band, replies, and what the contracts say follows."""
    project, norms = evaluation.project, catalogue.norms(evaluation.place)
    scores = queries.scores(evaluation)
    contracts = of_project(project)
    assert evaluation.band is not None
    return {
        "stage": STAGES[evaluation.stage] + ("（复评）" if queries.is_second(evaluation) else ""),
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
        "period": _period(evaluation),
        "agreements": [
            {"number": a.number, "supplier": a.supplier.name, "name": a.lot.name, "amount_fen": a.amount_fen}
            for a in contracts
        ],
        "bands": [
            {"name": BANDS[key], "from_centi": norms.whole(f"band_{key}") * 100} for key in ("you", "liang", "zhong")
        ],
        "parts_of_total": _parts(scores),
        "scores": [_score(s) for s in scores if s.indicator.kind != "veto"],
        "vetoes": _vetoes(evaluation, scores),
        "advice": [],
        "replies": [
            {"supplier": r.supplier.name, "accepted": r.accepted, "text": r.text} for r in queries.replies(evaluation)
        ],
        "consequences": _consequences(evaluation, contracts),
    }


def _period(evaluation: Evaluation) -> dict[str, object]:
    """From the first day to the end of the last month looked at, or the day of scoring while that month ran."""
    end = months_after(evaluation.project.term_from, evaluation.months) - timedelta(days=1)
    scored = clock.day_of(evaluation.scored_at) if evaluation.scored_at else clock.today()
    return {"from_day": evaluation.project.term_from, "to_day": min(end, scored), "months": evaluation.months}


def _vetoes(evaluation: Evaluation, scores: list[IndicatorScore]) -> list[dict[str, object]]:
    said = "；".join(f"{r.supplier.name}：{r.text}" for r in queries.replies(evaluation))
    found = [s for s in scores if s.indicator.kind == "veto"]
    return [
        {"name": s.indicator.level3, "upheld": s.upheld, "evidence": s.evidence, "heard": said if s.upheld else ""}
        for s in found
    ]


def _consequences(evaluation: Evaluation, contracts: list[Agreement]) -> list[dict[str, object]]:
    failed = WITHHELD if queries.is_second(evaluation) else UNTIL_REPAIRED
    return [
        {
            "agreement": a.number,
            "instalment": i.order,
            "amount_fen": i.amount_fen,
            "ground": f"合同第{settlement_clause(a)}条：{STAGES[evaluation.stage]}绩效评价合格",
            "effect": PASSED if evaluation.passed else failed,
        }
        for a in contracts
        for i in a.instalments
        if i.condition == CONDITIONS[evaluation.stage] and i.state == "pending"
    ]


def _parts(scores: list[IndicatorScore]) -> list[dict[str, object]]:
    found: dict[str, list[int]] = {}
    for one in scores:
        if one.indicator.kind != "veto":
            sums = found.setdefault(one.indicator.level1, [0, 0])
            sums[0] += one.indicator.weight_centi
            sums[1] += one.score_centi
    return [
        {"level1": name, "weight_centi": w, "score_centi": s, "rate_centi": half_up(Fraction(s * 10000, w)) if w else 0}
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
