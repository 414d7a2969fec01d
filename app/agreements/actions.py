"""Contracts: drawn up from an edition, signed by both parties with their own keys, and what follows from signing."""

from pathlib import Path

from flask import current_app

from app.accounts.models import Person
from app.agreements import facts, queries
from app.agreements.models import Agreement, Instalment, Signature
from app.awards.models import Award
from app.budgets import actions as ledger
from app.catalogue import queries as catalogue
from app.core import changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents import authority, checking
from app.documents.editions import latest
from app.documents.keeping import keep_printed, print_now
from app.plans import queries as plans
from app.plans.models import Project
from app.rules import contracting

DOCUMENT = "service_agreement"
FIELDS = {"buyer": "甲方", "supplier": "乙方"}
DRAWN_UP = N_("第 %(lot)s 包的合同已经拟好：%(number)s。")
NOT_ANNOUNCED = N_("结果公告后才能拟订合同。")
NOT_OUR_PAPER = N_("上传的文件不是本合同（或不是对方已签的那一份）：签署只能在平台印制的文件上进行。")
NOT_SIGNED = N_("文件中没有%(field)s的有效签名：%(why)s")
OTHER_SIGNER = N_("签名证书的单位是“%(found)s”，不是“%(wanted)s”。")
SIGNED_BEFORE = N_("%(field)s已经签署。")


def draw_up(award: Award) -> Agreement:
    """Print the contract of a lot's winner and set its instalments. Raises OutOfOrder, Unlawful (A-16, B-60)."""
    kept = queries.of_award(award)
    if kept is not None:
        raise OutOfOrder(DRAWN_UP, {"lot": award.lot.number, "number": kept.number})
    if award.state != "announced":
        raise OutOfOrder(NOT_ANNOUNCED)
    project = award.tender.project
    number = f"{award.tender.number}-HT-{award.lot.number:02d}"
    said = facts.contract(award, number)
    demand(contracting.amount_as_awarded(int(str(said["price_fen"])), award.amount_fen))
    printed = print_now(DOCUMENT, said, number=number, edition=latest(DOCUMENT))
    paper = keep_printed(printed, number=number, body_id=project.buyer_id)
    agreement = Agreement(
        number=number, award=award, award_id=award.id, project=project, project_id=project.id, lot=award.lot,
        lot_id=award.lot_id, buyer_id=project.buyer_id, supplier=award.supplier, supplier_id=award.supplier_id,
        supervisor_id=project.supervisor_id, amount_fen=award.amount_fen, term_from=project.term_from,
        term_to=project.term_to, edition=printed.edition, facts={"facts": printed.facts_json},
        fingerprint=printed.fingerprint, file=paper, file_id=paper.id, place=award.place,
    )  # fmt: skip
    changes.add(agreement, "agreement.draw_up")
    _set_instalments(agreement)
    return agreement


def sign(agreement: Agreement, party: str, signed: bytes, person: Person) -> Signature:
    """Take one party's signed file. The second signature makes the contract: money is committed, conditions accrue.

    Raises Invalid for a file that is not ours or not validly signed by that party (E-01), Unlawful (B-60).
    """
    if any(one.party == party for one in agreement.signatures):
        raise OutOfOrder(SIGNED_BEFORE, {"field": FIELDS[party]})
    _demand_in_time(agreement)
    verdict = _verdict(agreement, party, signed)
    kept = files.keep(signed, f"{agreement.number}-{len(agreement.signatures) + 1}.pdf", ("pdf",))
    signature = Signature(
        agreement=agreement, agreement_id=agreement.id, party=party, subject=verdict.signer[:200],
        issuer=verdict.issuer[:200], signed_at=verdict.at or clock.now(), by_id=person.id, file_id=kept.id,
        place=agreement.place,
    )  # fmt: skip
    first = agreement.state == "drawn_up"
    changes.add(signature, "agreement.sign" if first else "agreement.countersign")
    if first:
        changes.move(agreement, "sign", signed_file_id=kept.id)
    else:
        changes.move(agreement, "countersign", signed_file_id=kept.id, signed_at=clock.now())
    if not first:
        _take_effect(agreement)
    return signature


def publish(agreement: Agreement, medium_url: str) -> Agreement:
    """Record the contract's publication on the designated medium (B-64)."""
    if not medium_url.strip():
        raise Invalid(N_("请填写公告地址。"), {}, "medium_url")
    return changes.move(agreement, "publish", medium_url=medium_url.strip(), published_at=clock.now())


def complete(agreement: Agreement) -> Agreement:
    """The contract is performed: every instalment is paid or withheld. Raises OutOfOrder while one is open."""
    if any(one.state in ("pending", "accrued") for one in agreement.instalments):
        raise OutOfOrder(N_("还有未结清的付款，不能结束合同。"))
    return changes.move(agreement, "complete")


def record_condition(project: Project, condition: str, ground: str, ground_id: str) -> list[Instalment]:
    """A condition of the contracts has come true: the instalments waiting for it become payable (D-15, S24)."""
    return [
        accrue(one, f"{ground}（{ground_id}）") for one in queries.waiting_for(project, condition)
    ]  # fmt: skip


def withhold_condition(project: Project, condition: str, ground: str, ground_id: str) -> list[Instalment]:
    """The condition was decided against: by the contract's rule the instalments waiting for it are not paid."""
    return [
        changes.move(one, "withhold", ground=f"{ground}（{ground_id}）"[:200])
        for one in queries.waiting_for(project, condition)
    ]


def accrue(instalment: Instalment, ground: str) -> Instalment:
    """Make one instalment payable in the ledger, source by source. Posts once."""
    agreement = instalment.agreement
    ledger.accrue(
        agreement.public_id, instalment.source_fens, source=instalment.public_id,
        memo=f"{agreement.number} 第{instalment.order}期",
    )  # fmt: skip
    return changes.move(instalment, "accrue", ground=ground[:200], accrued_at=clock.now())


def _take_effect(agreement: Agreement) -> None:
    sources = plans.contents(agreement.project).sources
    weights = [(s.budget_line, s.amount_fen) for s in sources]
    ledger.commit(agreement.public_id, agreement.amount_fen, weights, memo=f"合同 {agreement.number}")
    changes.move(agreement.award, "contract")
    for one in agreement.instalments:
        if one.condition == "signing":
            accrue(one, f"合同双方已签署（{agreement.number}）")


def _set_instalments(agreement: Agreement) -> None:
    parts = plans.contents(agreement.project)
    shares, weights = [t.share_centi for t in parts.terms], [s.amount_fen for s in parts.sources]
    rows = contracting.instalments_by_source(agreement.amount_fen, shares, weights)
    for term, fens in zip(parts.terms, rows, strict=True):
        one = Instalment(
            agreement=agreement, agreement_id=agreement.id, order=term.order, condition=term.condition,
            share_centi=term.share_centi, amount_fen=sum(fens), source_fens=fens, place=agreement.place,
        )  # fmt: skip
        changes.add(one, "agreement.draw_up")


def _demand_in_time(agreement: Agreement) -> None:
    notice = clock.day_of(agreement.award.decided_at)
    norms, calendar = catalogue.norms(agreement.place), catalogue.calendar()
    demand(contracting.signed_in_time(notice, clock.today(), calendar, norms))


def _verdict(agreement: Agreement, party: str, signed: bytes) -> checking.SignatureVerdict:
    before = (agreement.signed_file or agreement.file).bytes
    if not signed.startswith(before) or not checking.is_ours(signed, agreement.file.bytes):
        raise Invalid(NOT_OUR_PAPER, {}, "file")
    roots = authority.roots(Path(current_app.config["HOME"]) / "authority")
    mine = [one for one in checking.check(signed, roots) if one.field == FIELDS[party]]
    body = agreement.buyer if party == "buyer" else agreement.supplier
    if not mine or not mine[-1].good:
        why = "；".join(mine[-1].wrong) if mine else N_("未签署")
        raise Invalid(NOT_SIGNED, {"field": FIELDS[party], "why": why}, "file")
    if mine[-1].organization != body.name:
        raise Invalid(OTHER_SIGNER, {"found": mine[-1].organization, "wanted": body.name}, "file")
    return mine[-1]
