"""What a contract says: the project's figures and the winner's, as plain values for the edition's clauses."""

from app.accounts.models import Body
from app.awards.facts import words
from app.awards.models import Award
from app.catalogue import queries as catalogue
from app.plans import queries as plans
from app.plans.models import CONDITIONS, METHODS, Indicator
from app.rules.contracting import instalments, split
from app.rules.purchasing import months_after

KIND_NAMES = {"51": "社会团体", "52": "民办非企业单位（社会服务机构）", "53": "基金会", "91": "企业"}


def contract(award: Award, number: str) -> dict[str, object]:
    """The facts of `contracts/service_agreement` for one lot's winner. Amounts in fen."""
    tender, project, lot = award.tender, award.tender.project, award.lot
    parts = plans.contents(project)
    item = catalogue.item(project.catalogue_code)
    fens = split(award.amount_fen, [s.amount_fen for s in parts.sources])
    amounts = instalments(award.amount_fen, [t.share_centi for t in parts.terms])
    months = _months(project.term_from, project.term_to)
    return {
        "subcontracts": [],
        "number": number,
        "price_fen": award.amount_fen,
        "payment_days": catalogue.norms(tender.place).whole("pay_days"),
        "bond_fen": 0,
        "tender": {
            "number": tender.number,
            "name": project.name,
            "method": METHODS[project.method],
            "plan_number": project.plan_no,
            "notice_number": f"{tender.number}-{lot.number:02d}-ZB",
        },
        "words": {key: words(project.method)[key] for key in ("winner", "notice", "documents", "offer")},
        "lot": {"number": lot.number, "name": lot.name},
        "buyer": {**_party(tender.buyer), "code": tender.buyer.credit_code or "–"},
        "contractor": {**_party(award.supplier), "kind": _kind(award.supplier)},
        "supervisor": {"name": project.supervisor.name},
        "content": {
            "for_public": project.service_class == "A",
            "summary": project.need or project.name,
            "catalogue_code": project.catalogue_code,
            "catalogue_name": item.name if item else "",
            "procurement_code": project.procurement_code,
            "beneficiaries": "采购文件所列服务对象",
            "place": tender.buyer.name,
        },
        "term": {
            "from_day": project.term_from,
            "to_day": project.term_to,
            "months": months,
            "long_term": months > catalogue.norms(tender.place).whole("contract_months"),
        },
        "services": _services(parts.indicators, {m.key for m in parts.measures if m.lot_id in (None, lot.id)}),
        "indicators": [
            {
                "level1": i.level1,
                "level2": i.level2,
                "name": i.level3,
                "target": f"{i.target}{i.unit}",
                "weight_centi": i.weight_centi,
                "evidence": i.evidence,
            }
            for i in parts.indicators
            if i.kind != "veto"
        ],
        "sources": [
            {
                "level": s.budget_line.label,
                "line": s.budget_line.line,
                "name": s.budget_line.name,
                "amount_fen": fen,
            }
            for s, fen in zip(parts.sources, fens, strict=True)
        ],
        "payments": [
            {"number": t.order, "condition": CONDITIONS[t.condition], "share_centi": t.share_centi, "amount_fen": fen}
            for t, fen in zip(parts.terms, amounts, strict=True)
        ],
        "acceptance": {"within_days": 10, "users_least": 1, "repair_days": 15},
        "evaluation": _evaluation(award),
        "vetoes": [{"name": i.level3, "evidence": i.evidence} for i in parts.indicators if i.kind == "veto"],
        "personal_data": {
            "kinds": "服务对象的姓名、联系方式、住址、家庭状况、服务需求和服务记录，其中可能包含敏感个人信息",
            "purpose": "核实服务资格、提供约定的服务、接受验收和绩效评价",
        },
        "breach": {"daily_per_10000": 5, "cap_percent": 10},
        "dispute": {"way": "litigation", "body": "甲方住所地有管辖权的人民法院"},
    }


def _party(body: Body) -> dict[str, str]:
    return {
        "name": body.name,
        "code": body.credit_code or "–",
        "address": body.address or "–",
        "representative": body.head_name or "–",
    }


def _kind(body: Body) -> str:
    return KIND_NAMES.get((body.credit_code or "")[:2], "其他法人")


def _months(start, end) -> int:  # type: ignore[no-untyped-def]
    months = 1
    while months_after(start, months) <= end:
        months += 1
    return months


def _services(indicators: list[Indicator], keys: set[str]) -> list[dict[str, object]]:
    """The quantities this lot delivers; a contract without counted services names the first output it has."""
    counted = [i for i in indicators if i.kind == "quantity" and i.measure in keys]
    return [
        {"name": i.level3, "unit": i.unit, "quantity": int(i.target), "standard": f"以{i.evidence}为准"}
        for i in counted or [i for i in indicators if i.kind == "quantity"][:1]
    ]


def _evaluation(award: Award) -> dict[str, object]:
    project, norms = award.tender.project, catalogue.norms(award.place)
    middle = project.term_from + (project.term_to - project.term_from) / 2
    bands = (("优", "band_you"), ("良", "band_liang"), ("中", "band_zhong"))
    return {
        "mid_term_on": middle,
        "final_on": project.term_to,
        "evaluator": "",
        "pass_mark_centi": project.pass_mark_centi,
        "bands": [{"name": name, "from_centi": norms.whole(key) * 100} for name, key in bands],
    }
