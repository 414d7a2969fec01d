"""Pages of this domain."""

from app.core.door import Door

door = Door("bids", __name__)
