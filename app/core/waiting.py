"""What waits for somebody: one line of the worklist. Each domain tells its own in `waiting.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """What is to be done (a Chinese message id filled from `values`), where, why, by which rule, until when."""

    label: str
    url: str
    why: str
    rule: str = ""
    due: date | None = None
    values: Mapping[str, object] = field(default_factory=dict)
