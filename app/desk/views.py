"""Pages of this domain."""

from app.core.door import Door

door = Door("desk", __name__)
