"""What a contract says: the project's figures and the winner's, as plain values for the edition's clauses."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from app.accounts.models import Body
from app.accounts.queries import people_with
from app.agreements.terms import Terms, months
from app.awards.facts import words
from app.awards.models import Award
from app.catalogue import queries as catalogue
from app.core.db import db
from app.core.money import yuan
from app.documents.editions import Edition
from app.plans import queries as plans
from app.plans.models import METHODS, Indicator
from app.plans.queries import Contents
from app.registry.models import KINDS, Organization
from app.rules.contracting import instalments, split

CONDITIONS = {  # as the contract words them
    "signing": "本合同双方完成签署",
    "mid_term_pass": "中期绩效评价合格",
    "final_pass": "期末绩效评价合格",
}
BANDS = (("优", "band_you"), ("良", "band_liang"), ("中", "band_zhong"))
HEADS = {"buyer": "leader", "contractor": "manager"}  # who represents a body whose head is not on record


def contract(award: Award, number: str, terms: Terms) -> dict[str, object]:
    """The facts of `contracts/service_agreement` for one lot's winner. Amounts in fen."""
    parts, numbers = plans.contents(award.tender.project), catalogue.norms(award.place)
    return {
        "subcontracts": [],
        "number": number,
        "price_fen": award.amount_fen,
        "payment_days": numbers.whole("pay_days"),
        "bond_fen": 0,
        **_purchase(award),
        "buyer": _party(award.tender.buyer, "buyer"),
        "contractor": {**_party(award.supplier, "contractor"), "kind": _kind(award.supplier)},
        "supervisor": {"name": award.tender.project.supervisor.name},
        "content": _content(award, terms),
        "term": _term(award),
        "services": _services(parts, award.lot_id),
        "indicators": [_indicator(one) for one in parts.indicators if one.kind != "veto"],
        "sources": _sources(parts, award.amount_fen),
        "payments": _payments(parts, award.amount_fen),
        "acceptance": {
            "within_days": terms.accept_within_days,
            "users_least": numbers.whole("acceptance_users_min"),
            "repair_days": terms.repair_days,
        },
        "evaluation": _evaluation(award, terms),
        "vetoes": [{"name": i.level3, "evidence": i.evidence} for i in parts.indicators if i.kind == "veto"],
        "personal_data": {"kinds": terms.personal_kinds, "purpose": terms.personal_purpose},
        "breach": {"daily_per_10000": terms.daily_per_10000, "cap_percent": terms.cap_percent},
        "dispute": {"way": terms.dispute_way, "body": terms.dispute_body},
    }


def mandatory(facts: Mapping[str, object], edition: Edition) -> dict[str, str]:
    """What the contract says on each of the eight mandatory matters (A-16): nothing where no clause provides for it."""
    held = {matter for clause in edition.clauses for matter in clause.holds}
    said = {
        "content": _text(facts, "content", "summary"),
        "term": _text(facts, "term", "from_day"),
        "quantity": _names(facts, "services"),
        "quality": _names(facts, "indicators"),
        "price": yuan(int(str(facts["price_fen"]))),
        "settlement": "、".join(str(row["condition"]) for row in _rows(facts, "payments")),
        "rights_and_duties": "是",
        "breach": "是",
    }
    return {matter: text if matter in held else "" for matter, text in said.items()}


def _purchase(award: Award) -> dict[str, object]:
    tender, project, said = award.tender, award.tender.project, words(award.tender.project.method)
    notice = award.notice.name.removesuffix(".pdf") if award.notice else ""
    return {
        "tender": {
            "number": tender.number, "name": project.name, "method": METHODS[project.method],
            "plan_number": project.plan_no, "notice_number": notice,
        },
        "words": {key: said[key] for key in ("winner", "notice", "documents", "offer")},
        "lot": {"number": award.lot.number, "name": award.lot.name},
    }  # fmt: skip


def _party(body: Body, side: str) -> dict[str, object]:
    acting = people_with(HEADS[side], body.id)
    return {
        "name": body.name,
        "code": body.credit_code or "–",
        "address": body.address or "–",
        "representative": body.head_name or (acting[0].name if acting else "–"),
    }


def _kind(body: Body) -> str:
    kept = db.session.scalar(select(Organization).where(Organization.body_id == body.id))
    return KINDS[kept.kind] if kept else body.label


def _content(award: Award, terms: Terms) -> dict[str, object]:
    project, item = award.tender.project, catalogue.item(award.tender.project.catalogue_code)
    return {
        "for_public": project.service_class == "A",
        "summary": project.need or project.name,
        "catalogue_code": project.catalogue_code,
        "catalogue_name": item.name if item else "–",
        "procurement_code": project.procurement_code,
        "beneficiaries": terms.beneficiaries,
        "place": terms.service_place,
    }


def _term(award: Award) -> dict[str, object]:
    project = award.tender.project
    count = months(project.term_from, project.term_to)
    usual = catalogue.norms(award.place).whole("contract_months")
    return {
        "from_day": project.term_from,
        "to_day": project.term_to,
        "months": count,
        "long_term": count > usual,
    }


def _services(parts: Contents, lot_id: int) -> list[dict[str, object]]:
    """The quantities this lot delivers; in a scheme without monthly figures, every counted output."""
    mine = {m.key for m in parts.measures if m.lot_id in (None, lot_id)}
    others = {m.key for m in parts.measures} - mine
    counted = [i for i in parts.indicators if i.kind == "quantity" and Decimal(i.target) % 1 == 0]
    chosen = [i for i in counted if i.measure in mine] or [i for i in counted if i.measure not in others]
    return [
        {"name": i.level3, "unit": i.unit, "quantity": int(Decimal(i.target)), "standard": f"以{i.evidence}为据"}
        for i in chosen
    ]


def _indicator(one: Indicator) -> dict[str, object]:
    return {
        "level1": one.level1, "level2": one.level2, "name": one.level3, "target": f"{one.target}{one.unit}",
        "weight_centi": one.weight_centi, "evidence": one.evidence,
    }  # fmt: skip


def _sources(parts: Contents, amount_fen: int) -> list[dict[str, object]]:
    fens = split(amount_fen, [s.amount_fen for s in parts.sources])
    lines = [s.budget_line for s in parts.sources]
    return [
        {"level": one.label, "line": one.line, "name": one.name, "amount_fen": fen}
        for one, fen in zip(lines, fens, strict=True)
    ]


def _payments(parts: Contents, amount_fen: int) -> list[dict[str, object]]:
    amounts = instalments(amount_fen, [t.share_centi for t in parts.terms])
    return [
        {"number": n, "condition": CONDITIONS[t.condition], "share_centi": t.share_centi, "amount_fen": fen}
        for n, (t, fen) in enumerate(zip(parts.terms, amounts, strict=True), 1)
    ]


def _evaluation(award: Award, terms: Terms) -> dict[str, object]:
    numbers = catalogue.norms(award.place)
    return {
        "mid_term_on": terms.mid_term_on,
        "final_on": terms.final_on,
        "evaluator": "",
        "pass_mark_centi": award.tender.project.pass_mark_centi,
        "bands": [{"name": name, "from_centi": numbers.whole(key) * 100} for name, key in BANDS],
    }


def _rows(facts: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = facts[name]
    assert isinstance(rows, list)
    return rows


def _names(facts: Mapping[str, object], name: str) -> str:
    return "、".join(str(row["name"]) for row in _rows(facts, name))


def _text(facts: Mapping[str, object], table: str, key: str) -> str:
    inner = facts[table]
    assert isinstance(inner, Mapping)
    return str(inner[key])
