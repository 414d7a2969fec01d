"""What people type, read exactly: days, moments, scores and whole numbers. Nothing is guessed and nothing rounded.

Money has its own module. Every refusal is a `NotUnderstood` with a Chinese message id, for the page to translate.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from app.core.clock import BEIJING
from app.core.widths import half_width
from app.core.words import N_, fill

_LONGEST = 40  # characters shown back in a message
_DAY = re.compile(
    r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?|(?P<m3>\d{2})(?P<d3>\d{2}))",
    re.ASCII,
)
_HOUR = re.compile(r"(\d{1,2})(?::(\d{2})(?::(\d{2}))?|时(?:(\d{1,2})分)?)", re.ASCII)
_CENTI = re.compile(r"(-?)(\d{1,9})(?:\.(\d+))?", re.ASCII)
_WHOLE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})", re.ASCII)
_UNSEEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


class NotUnderstood(ValueError):
    """The text is not what was asked for; `text` is a Chinese message id, `values` fill its %(name)s places."""

    def __init__(self, text: str, typed: str) -> None:
        self.text = text
        self.values: Mapping[str, object] = {"typed": typed.strip()[:_LONGEST]}
        super().__init__(fill(text, self.values))


def tidy(text: str) -> str:
    """One line of text as it was meant: invisible signs out, runs of blanks to one, full-width letters and digits
    to plain ones. Chinese punctuation stays: folding 「（）」 or 「，」 would alter registered names and sentences."""
    plain = "".join(half_width(c) if half_width(c).isalnum() or c == "\u3000" else c for c in text)
    return re.sub(r"\s+", " ", _UNSEEN.sub("", plain)).strip()


def tidy_lines(text: str) -> str:
    """Several lines of text: each tidied at its end, line ends made one kind, blank edges cut."""
    lines = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def parse_day(text: str) -> date:
    """A day from 2026-04-15, 2026/4/15, 2026.4.15, 2026年4月15日 or 20260415. Raises NotUnderstood."""
    found = _DAY.fullmatch(re.sub(r"\s", "", half_width(text)))
    if not found or not 1900 <= int(found["y"]) <= 2199:
        raise NotUnderstood(N_("“%(typed)s”不是日期：请按年月日填写，如 2026-04-15"), text)
    month, day = (found[k] or found[k + "2"] or found[k + "3"] for k in "md")
    try:
        return date(int(found["y"]), int(month), int(day))
    except ValueError:
        raise NotUnderstood(N_("日历上没有“%(typed)s”这一天"), text) from None


def parse_moment(text: str) -> datetime:
    """An aware UTC moment from a day and a Beijing time: 「2026-04-15 09:30」, 「2026年4月15日9时30分」.

    Raises NotUnderstood, for 24:00 too: whether that is the day's first or last minute must not be left open.
    """
    plain = half_width(text).strip()
    parts = re.fullmatch(r"(.*?)(?:\s+|T|(?<=日))(\d{1,2}[:时].*)", plain)
    found = _HOUR.fullmatch(re.sub(r"\s", "", parts[2])) if parts else None
    if not parts or not found:
        raise NotUnderstood(N_("“%(typed)s”不是时间：请按北京时间填写，如 2026-04-15 09:30"), text)
    hour, minute, second = int(found[1]), int(found[2] or found[4] or 0), int(found[3] or 0)
    try:
        beijing = datetime.combine(parse_day(parts[1]), time(hour, minute, second), BEIJING)
    except NotUnderstood:
        raise
    except ValueError:
        raise NotUnderstood(N_("钟面上没有“%(typed)s”这个时刻（从 00:00 到 23:59）"), text) from None
    return beijing.astimezone(UTC)


def parse_centi(text: str) -> int:
    """Whole hundredths of a number with at most two decimals: 「92.5」 → 9250. Raises NotUnderstood."""
    found = _CENTI.fullmatch(half_width(text).strip())
    if not found:
        raise NotUnderstood(N_("“%(typed)s”不是数字：请填写如 92.5"), text)
    if len(found[3] or "") > 2:
        raise NotUnderstood(N_("“%(typed)s”小数太多：最多两位"), text)
    hundredths = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -hundredths if found[1] else hundredths


def parse_whole(text: str) -> int:
    """A whole number; commas may part thousands. Raises NotUnderstood."""
    plain = half_width(text).strip()
    if not _WHOLE.fullmatch(plain):
        raise NotUnderstood(N_("“%(typed)s”不是整数"), text)
    return int(plain.replace(",", ""))
