"""Pages of this domain."""

from app.core.door import Door

door = Door("places", __name__)
