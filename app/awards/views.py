"""Pages of this domain."""

from app.core.door import Door

door = Door("awards", __name__)
