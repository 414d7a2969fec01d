"""Pages of this domain."""

from app.core.door import Door

door = Door("delivery", __name__)
