"""Pages of this domain."""

from app.core.door import Door

door = Door("catalogue", __name__)
