"""Pages of this domain."""

from app.core.door import Door

door = Door("evaluations", __name__)
