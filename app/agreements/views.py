"""Pages of this domain."""

from app.core.door import Door

door = Door("agreements", __name__)
