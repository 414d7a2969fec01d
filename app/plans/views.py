"""Pages of this domain."""

from app.core.door import Door

door = Door("plans", __name__)
