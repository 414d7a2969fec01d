"""Pages of this domain."""

from app.core.door import Door

door = Door("payments", __name__)
