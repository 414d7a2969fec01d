"""Everything that can be done about gradings, in the order of a round."""

from app.grading.applying import Line, accept, begin, refuse, save_section, send_back, submit, withdraw
from app.grading.deciding import decide
from app.grading.experts import Mark, declare, draw, hand_in, redraw, save_scores
from app.grading.lowering import answer, drop, propose, take_back
from app.grading.lowering import decide as decide_reduction
from app.grading.objecting import close as close_objection
from app.grading.objecting import make as make_objection
from app.grading.objecting import put_to_vote
from app.grading.rounds import close_round, name_committees, open_round, publicize
from app.grading.schemes import add_scheme, load_schemes
from app.grading.voting import conclude, reassess, stand_aside, vote, vote_on

__all__ = [
    "Line", "Mark", "accept", "add_scheme", "answer", "begin", "close_objection", "close_round", "conclude", "decide",
    "decide_reduction", "declare", "draw", "drop", "hand_in", "load_schemes", "make_objection", "name_committees",
    "open_round", "propose", "publicize", "put_to_vote", "reassess", "redraw", "refuse", "save_scores", "save_section",
    "send_back", "stand_aside", "submit", "take_back", "vote", "vote_on", "withdraw",
]  # fmt: skip
