"""Step 5 and 6: qualification, committee, low-price review, scores, award, notices, contracts signed and published."""

from datetime import timedelta

from app.agreements import actions as agreements
from app.agreements.models import Agreement
from app.agreements.sign_command import sign
from app.awards import actions as awards
from app.awards import queries
from app.awards.models import Award
from app.bids.models import Bid
from app.bids.queries import opened
from app.core import clock
from app.demonstration.hands import Hands, manager_of, who
from app.demonstration.signers import PASSWORD, certificate
from app.tenders.models import Tender


def walk(hands: Hands, tender: Tender) -> list[Agreement]:
    """From the opened bids to the published contracts."""
    _qualify(hands, tender)
    _committee(hands, tender)
    _low_prices(hands, tender)
    _score(hands, tender)
    made = _award(hands, tender)
    return [_contract(hands, award) for award in made]


def _qualify(hands: Hands, tender: Tender) -> None:
    hands.at("draw", 9)
    with hands.turn("officer"):
        for bid in opened(tender):
            awards.check_qualification(bid, True)
    hands.tell("采购人完成资格审查 · qualification checked by the purchaser's side")


def _committee(hands: Hands, tender: Tender) -> None:
    hands.at("draw", 15)
    wanted = hands.purchase.toml["committee"]
    members = [(who(f"expert{n}"), "expert") for n in range(1, wanted["experts"] + 1)]
    members += [(who("approver"), "representative")][: wanted["purchaser_representatives"]]
    with hands.turn("officer"):
        awards.draw_committee(tender, members)
    hands.at("review", 9)
    for member in queries.committee(tender):
        with hands.turn(member.person.sign_in_name):
            awards.declare(member)
    hands.tell(f"评审委员会 {len(members)} 人均已声明无利害关系 · declared")


def _low_prices(hands: Hands, tender: Tender) -> None:
    """Whoever triggers the review is asked, answers nothing, and is invalid."""
    for bid in queries.low_priced(tender):
        with hands.turn("officer"):
            review = awards.ask_low_price(bid)
        hands.until(clock.now() + timedelta(minutes=35))
        with hands.turn("officer"):
            awards.decide_low_price(review, False, "未在规定时间内提供书面说明和证明材料，不能证明报价合理性。")
        hands.tell(f"{bid.bidder.name} 触发异常低价审查，未作说明，投标无效 · low-price review")


def _score(hands: Hands, tender: Tender) -> None:
    hands.at("review", 14)
    committee = queries.committee(tender)
    for bid in queries.to_score(tender):
        for member, (technical, business) in zip(committee, _marks(hands, bid), strict=True):
            with hands.turn(member.person.sign_in_name):
                awards.score(member, bid, technical * 100, business * 100)
    hands.at("review", 17)
    with hands.turn("officer"):
        results = awards.report(tender)
    hands.tell(f"评审报告：{len(results)} 个包已排名 · ranked")


def _marks(hands: Hands, bid: Bid) -> list[tuple[int, int]]:
    for given in hands.purchase.bids:
        if given["bidder"] == bid.bidder.name and given["lot"] == bid.lot.number:
            return [(technical, business) for technical, business in given["scores"]]
    raise LookupError(bid.bidder.name)


def _award(hands: Hands, tender: Tender) -> list[Award]:
    hands.at("awarded")
    with hands.turn("leader"):
        made = awards.decide(tender, queries.first_ranked(tender))
    hands.at("announced")
    for award in made:
        with hands.turn("officer"):
            awards.announce(award, hands.purchase.more["result_url"], clock.now())
        hands.tell(f"第 {award.lot.number} 包：{award.supplier.name}，{award.amount_fen / 100:,.2f} 元 · awarded")
    return made


def _contract(hands: Hands, award: Award) -> Agreement:
    """Drawn up, signed by the supplier and then the buyer with certificates only they hold, and published."""
    hands.at("drawn_up")
    with hands.turn("officer"):
        agreement = agreements.draw_up(award)
    hands.at("signed")
    for name, party, field in ((manager_of(award.supplier), "supplier", "乙方"), ("leader", "buyer", "甲方")):
        _sign(hands, agreement, name, party, field)
    hands.tell(f"合同 {agreement.number} 双方已签 · signed by both parties")
    hands.at("contract_published")
    with hands.turn("officer"):
        agreements.publish(agreement, hands.purchase.more["contract_url"])
    return agreement


def _sign(hands: Hands, agreement: Agreement, name: str, party: str, field: str) -> None:
    desk = hands.keys / "signers" / name
    key = certificate(who(name), desk)
    current, signed = desk / f"{agreement.number}.pdf", desk / f"{agreement.number}-signed.pdf"
    current.write_bytes((agreement.signed_file or agreement.file).bytes)
    sign(key, PASSWORD, field, current, signed)
    with hands.turn(name) as person:
        agreements.sign(agreement, party, signed.read_bytes(), person)
