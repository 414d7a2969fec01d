"""Third-party evaluation: assigned, declared, scored with evidence, answered, published, and what it decides (S24)."""

from app.evaluations.assigning import assign, declare, decline
from app.evaluations.publishing import barring, publish, reply, reply_until
from app.evaluations.scoring import Line, save_score, save_sheet, submit

__all__ = [
    "Line", "assign", "barring", "declare", "decline", "publish", "reply", "reply_until", "save_score", "save_sheet",
    "submit",
]  # fmt: skip
