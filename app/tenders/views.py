"""Pages of this domain."""

from app.core.door import Door

door = Door("tenders", __name__)
