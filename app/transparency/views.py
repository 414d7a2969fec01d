"""Pages of this domain."""

from app.core.door import Door

door = Door("transparency", __name__)
