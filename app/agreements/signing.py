"""Taking a party's signature: the file is ours, one valid signature was added, and it is that party's (E-01, E-02)."""

from datetime import datetime, timedelta

from app.accounts.models import Body, Person
from app.agreements import checks
from app.agreements.conditions import accrue
from app.agreements.models import Agreement, Signature
from app.agreements.trust import trusted_roots
from app.budgets import actions as ledger
from app.core import changes, clock, files
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents import checking
from app.documents.checking import SignatureVerdict
from app.plans import queries as plans

FIELDS = {"buyer": "甲方", "supplier": "乙方"}
GRACE = timedelta(days=1)  # how far a signer's clock may be from ours
NOT_YOUR_SIDE = N_("您不是%(field)s的人，不能替它签署。")
SIGNED_BEFORE = N_("%(field)s已经签署，不能再签。")
SIGNED_MEANWHILE = N_("对方已经签署。请下载对方签好的 PDF，在它上面签名后再上传。")
NOT_OUR_PAPER = N_("上传的文件不是平台印制的这份合同，或者内容被改动过。请重新下载后只做签名，不要编辑、另存或者打印。")
NOT_SIGNED = N_("文件中没有新的签名。请在“%(field)s”处签名后再上传。")
TOO_MANY = N_("文件中新加了 %(count)s 个签名，应当只有%(field)s的一个。")
WRONG_FIELD = N_("签名在“%(found)s”处，应当在“%(field)s”处。")
OTHER_SIGNER = N_("签名证书的单位是“%(found)s”，不是“%(wanted)s”。")
OTHER_TIME = N_("签名所称的时间（%(at)s）不在合同拟订之后、现在之前，请校准电脑时间后重新签名。")
NO_TIME = N_("签名没有写明时间。")


def sign(agreement: Agreement, party: str, signed: bytes, person: Person) -> Signature:
    """Take one party's signed file. The second signature makes the contract: money is committed, conditions accrue.

    Raises NotAllowed for the other side's people, OutOfOrder for a second time, Unlawful (B-60, B-94), and Invalid
    for a file that is not ours or not validly signed by that party.
    """
    body = _side(agreement, party, person)
    demand(checks.before_signing(agreement))
    verdict = verify(agreement, party, body, signed)
    kept = files.keep(signed, f"{agreement.number}-{len(agreement.signatures) + 1}.pdf", ("pdf",), body_id=body.id)
    first = agreement.state == "drawn_up"
    signature = Signature(
        agreement=agreement, agreement_id=agreement.id, party=party, subject=verdict.signer[:200],
        issuer=verdict.issuer[:200], signed_at=verdict.at, by_id=person.id, file_id=kept.id, place=agreement.place,
    )  # fmt: skip
    changes.add(signature, "agreement.sign" if first else "agreement.countersign")
    if first:
        changes.move(agreement, "sign", signed_file_id=kept.id)
    else:
        changes.move(agreement, "countersign", signed_file_id=kept.id, signed_at=clock.now())
        _take_effect(agreement)
    return signature


def verify(agreement: Agreement, party: str, body: Body, signed: bytes) -> SignatureVerdict:
    """The verdict on the one signature added to our paper. Raises Invalid saying what is wrong, CannotRead."""
    _ours(agreement, signed)
    verdicts, field = checking.check(signed, trusted_roots()), FIELDS[party]
    added = verdicts[len(agreement.signatures) :]
    if not added:
        raise Invalid(NOT_SIGNED, {"field": field}, "file")
    if len(added) > 1:
        raise Invalid(TOO_MANY, {"field": field, "count": len(added)}, "file")
    mine = added[0]
    if mine.field != field:
        raise Invalid(WRONG_FIELD, {"found": mine.field, "field": field}, "file")
    for verdict in verdicts:
        if not verdict.good:
            raise Invalid(verdict.wrong[0], {}, "file")
    if mine.organization != body.name:
        raise Invalid(OTHER_SIGNER, {"found": mine.organization, "wanted": body.name}, "file")
    _in_time(agreement, mine.at)
    return mine


def _side(agreement: Agreement, party: str, person: Person) -> Body:
    body = agreement.buyer if party == "buyer" else agreement.supplier
    if person.body_id != body.id:
        raise NotAllowed(NOT_YOUR_SIDE, {"field": FIELDS[party]})
    if any(one.party == party for one in agreement.signatures):
        raise OutOfOrder(SIGNED_BEFORE, {"field": FIELDS[party]})
    return body


def _ours(agreement: Agreement, signed: bytes) -> None:
    printed = agreement.file.bytes
    current = (agreement.signed_file or agreement.file).bytes
    if signed == current:
        return  # ours, and nothing added: what is missing is said next
    if not checking.is_ours(signed, printed):
        raise Invalid(NOT_OUR_PAPER, {}, "file")
    if not signed.startswith(current):
        raise Invalid(SIGNED_MEANWHILE, {}, "file")


def _in_time(agreement: Agreement, at: datetime | None) -> None:
    """The signer's own word for the time must be possible; a demonstration's clock is not the signer's."""
    if at is None:
        raise Invalid(NO_TIME, {}, "file")
    possible = agreement.made_at - GRACE <= at <= clock.now() + GRACE
    if not possible and not clock.is_demonstration():
        raise Invalid(OTHER_TIME, {"at": at}, "file")


def _take_effect(agreement: Agreement) -> None:
    """Both have signed: the amount is committed over the sources, and what is due at signing becomes payable."""
    sources = plans.contents(agreement.project).sources
    weights = [(s.budget_line, s.amount_fen) for s in sources]
    ledger.commit(agreement.public_id, agreement.amount_fen, weights, memo=f"合同 {agreement.number}")
    changes.move(agreement.award, "contract")
    for one in agreement.instalments:
        if one.condition == "signing":
            accrue(one, f"合同双方已签署（{agreement.number}）")
