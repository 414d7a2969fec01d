"""What was typed: taken as it is, or refused naming the field."""

from app.core.errors import Invalid
from app.core.words import N_

BLANK = N_("请填写这一项。")
TOO_LONG = N_("最多 %(most)s 个字，现在有 %(count)s 个。")


def tidy(text: str | None) -> str:
    """The text without blanks around it; a field that was not sent is empty."""
    return (text or "").strip()


def some(text: str | None, field: str, most: int = 4000) -> str:
    """The text without blanks around it. Raises Invalid when nothing is left or it is too long."""
    said = tidy(text)
    if not said:
        raise Invalid(BLANK, {}, field)
    if len(said) > most:
        raise Invalid(TOO_LONG, {"most": most, "count": len(said)}, field)
    return said
