"""What is done in a review, from the qualification to the award; each part stands in a file of its own."""

from app.awards.committee import declare, draw_committee, replace_member
from app.awards.deciding import announce, announce_all, annul, decide, silent_buyer
from app.awards.low_prices import answer_low_price, ask_low_price, decide_low_price
from app.awards.qualifying import check_qualification
from app.awards.reporting import draw_tie, report
from app.awards.scoring import score

__all__ = [
    "announce", "announce_all", "annul", "answer_low_price", "ask_low_price", "check_qualification", "decide",
    "decide_low_price", "declare", "draw_committee", "draw_tie", "replace_member", "report", "score", "silent_buyer",
]  # fmt: skip
