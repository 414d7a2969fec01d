"""What is done with credit information, from the finding to the end; each part stands in a file of its own."""

from app.credit.deciding import decide, drop, enter, propose, send_back
from app.credit.finding import find, find_once, follow, grown_old
from app.credit.hearing import call_hearing, hear, notify, state
from app.credit.leaving import answer, apply, check, correct, expire, object_to, remove

__all__ = [
    "answer", "apply", "call_hearing", "check", "correct", "decide", "drop", "enter", "expire", "find", "find_once",
    "follow", "grown_old", "hear", "notify", "object_to", "propose", "remove", "send_back", "state",
]  # fmt: skip
