"""Words that are written in one place and shown in another.

The source language is Simplified Chinese: a message id *is* the Chinese text. `N_` marks a text that stands in a
table or a rule, where no request and so no language is known yet; whoever shows it translates it.
"""

from collections.abc import Mapping


def N_(text: str) -> str:  # noqa: N802 - the name gettext users know
    """Mark *text* for translation and give it back unchanged."""
    return text


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put *values* into the %(name)s places of an already translated *text*."""
    return text % values if values else text
