"""The review of an abnormally low price (异常低价审查, B-55): asked, answered, decided."""

from datetime import datetime, timedelta

from app.awards import records
from app.awards.models import LowPriceReview
from app.awards.qualifying import must_be_judging
from app.bids.models import Bid
from app.catalogue.queries import norms
from app.core import changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.rules.marks import low_price_justified

ASKED_BEFORE = N_("已经要求该供应商说明报价。")
CHECK_FIRST = N_("本包还有投标没有做资格审查，平均报价尚不能确定。")
NOT_QUALIFIED = N_("该投标没有通过资格审查。")
NOTHING_SAID = N_("请写明成本构成和证明材料的内容。")
DECIDED_BEFORE = N_("这次审查已有结论。")
ANSWERED_BEFORE = N_("已经提交过说明。")
VERDICT_REASON = N_("请写明审查结论的理由。")
NO_PROOF = N_("供应商没有提交说明，不能认定报价合理。")


def ask_low_price(bid: Bid) -> LowPriceReview:
    """Ask a bidder to justify its price: the project's shares say why, or else the committee's doubt (B-55).

    Raises OutOfOrder before the lot's qualification is finished, or when the bidder was asked before.
    """
    must_be_judging(bid.tender)
    if records.unchecked(bid.tender, bid.lot):
        raise OutOfOrder(CHECK_FIRST)
    if bid not in records.qualified(bid.tender, bid.lot):
        raise OutOfOrder(NOT_QUALIFIED)
    if bid.id in records.reviews(bid.tender):
        raise OutOfOrder(ASKED_BEFORE)
    found = records.low_price_triggers(bid.tender, bid.lot).get(bid.public_id, [])
    review = LowPriceReview(
        bid=bid, bid_id=bid.id, triggers=[one.reason for one in found] or ["experts"], asked_at=clock.now(),
        minutes=minutes(bid.place), place=bid.place,
    )  # fmt: skip
    return changes.add(review, "low_price.ask")


def answer_low_price(review: LowPriceReview, text: str) -> LowPriceReview:
    """Take the bidder's explanation, once, until the review is decided. Raises OutOfOrder, Invalid when empty."""
    if review.decided_at is not None:
        raise OutOfOrder(DECIDED_BEFORE)
    if review.answered_at is not None:
        raise OutOfOrder(ANSWERED_BEFORE)
    if not text.strip():
        raise Invalid(NOTHING_SAID, {}, "answer")
    return changes.amend(review, "low_price.answer", answer=text.strip(), answered_at=clock.now())


def decide_low_price(review: LowPriceReview, accepted: bool, reason: str) -> LowPriceReview:
    """Record the verdict; without proof the bid is invalid, and half an hour must have been given (B-55).

    Raises Unlawful when a refusal comes too early, Invalid without a reason or to accept where nothing was said.
    """
    must_be_judging(review.bid.tender)
    if review.decided_at is not None:
        raise OutOfOrder(DECIDED_BEFORE)
    if not reason.strip():
        raise Invalid(VERDICT_REASON, {}, "reason")
    if accepted and review.answered_at is None:
        raise Invalid(NO_PROOF, {}, "accepted")
    demand(low_price_justified(review.bid.bidder.name, True, _given(review), accepted, norms(review.place)))
    return changes.amend(
        review, "low_price.decide", accepted=accepted, reason=reason.strip(), decided_at=clock.now()
    )  # fmt: skip


def minutes(place: str) -> int:
    """How many minutes a bidder has at least to justify its price."""
    return norms(place).whole("low_price_minutes")


def until(review: LowPriceReview) -> datetime:
    """The moment until which the bidder has time at least."""
    return review.asked_at + timedelta(minutes=review.minutes)


def _given(review: LowPriceReview) -> int:
    """How many minutes the bidder had; one who has answered needs no more."""
    return review.minutes if review.answered_at else int((clock.now() - review.asked_at).total_seconds() // 60)
