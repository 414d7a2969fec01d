"""The papers that carry a number and a QR code: which were kept, and which of them everybody may have.

Only papers the portal itself kept for a record are found: an uploaded file cannot pass for one by its name. Of a paper
that is not public the page says nothing, not even that it exists, until its holder shows its fingerprint.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.agreements.models import Agreement, Signature
from app.agreements.queries import PUBLIC
from app.awards.models import Award, LotResult
from app.bids.models import Opening, SealedBid
from app.core.db import db
from app.core.files import StoredFile
from app.core.words import N_
from app.credit.lifecycle import PUBLIC as CREDIT_PUBLIC
from app.credit.models import CreditCase
from app.delivery.models import Acceptance
from app.evaluations.models import Evaluation
from app.grading.grade_models import Grade, GradeReduction
from app.grading.models import GradingApplication
from app.payments.models import Payment
from app.reports.models import AnnualReport
from app.tenders.models import Tender


@dataclass(frozen=True)
class Paper:
    """One kept paper of a number: what it is (a message id), its record, and whether everybody may have it."""

    title: str
    file: StoredFile
    record: Any
    public: bool


def _published(agreement: Agreement) -> bool:
    return agreement.published_at is not None and agreement.state in PUBLIC


def _never(_record: Any) -> bool:
    return False


KINDS: tuple[tuple[str, Any, Callable[[Any], bool]], ...] = (
    (N_("采购公告"), Tender.notice_id, lambda one: one.published_at is not None),
    (N_("开标记录"), Opening.record_id, lambda one: True),
    (N_("中标（成交）通知书"), Award.notice_id, _never),
    (N_("结果公告"), Award.result_notice_id, lambda one: one.announced_at is not None),
    (N_("评审报告"), LotResult.report_id, _never),
    (N_("合同（打印稿）"), Agreement.file_id, _published),
    (N_("合同（签署件）"), Signature.file_id, lambda one: _published(one.agreement)),
    (
        N_("验收书"),
        Acceptance.report_id,
        lambda one: _published(one.agreement) and one.agreement.project.service_class == "A",
    ),
    (N_("评估等级证书"), Grade.certificate_id, lambda one: one.state == "valid"),
    (N_("评估等级决定书"), GradingApplication.decision_id, lambda one: True),
    (N_("降低或者取消等级的决定书"), GradeReduction.decision_id, lambda one: True),
    (N_("绩效评价报告"), Evaluation.report_id, lambda one: one.state == "published"),
    (N_("付款通知书"), Payment.order_id, _never),
    (N_("信用信息告知书"), CreditCase.notice_id, _never),
    (N_("信用信息决定书"), CreditCase.decision_id, lambda one: one.state in CREDIT_PUBLIC),
    (N_("信用信息移出决定书"), CreditCase.removal_id, lambda one: one.state in CREDIT_PUBLIC),
    (N_("年度报告书"), AnnualReport.paper_id, lambda one: one.state == "decided"),
)
RECEIPT = N_("投标回执")


def papers(number: str) -> list[Paper]:
    """Every paper kept under this number, signed copies of a contract included; none for a number nobody gave."""
    names = {f"{number}.pdf", f"{number}-1.pdf", f"{number}-2.pdf"}
    found = [paper for kind in KINDS for paper in _of_kind(names, *kind)]
    return found + _receipts(number)


def matching(found: list[Paper], sha256: str) -> Paper | None:
    """The paper with this fingerprint."""
    return next((one for one in found if one.file.sha256 == sha256), None)


def _of_kind(names: set[str], title: str, column: Any, public: Callable[[Any], bool]) -> list[Paper]:
    model = column.class_
    query = select(model, StoredFile).join(StoredFile, StoredFile.id == column).where(StoredFile.name.in_(names))
    kept: dict[str, Paper] = {}
    for record, file in db.session.execute(query.order_by(model.id)):
        kept[file.sha256] = Paper(title, file, record, public(record))
    return list(kept.values())


def _receipts(number: str) -> list[Paper]:
    query = select(SealedBid, StoredFile).join(StoredFile, StoredFile.body_id == SealedBid.bidder_id)
    query = query.where(SealedBid.receipt_no == number, StoredFile.name.in_((f"{number}.pdf", f"{number}.txt")))
    return [Paper(RECEIPT, file, bid, False) for bid, file in db.session.execute(query.order_by(StoredFile.id))]
