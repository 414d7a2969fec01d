"""Pages of this domain."""

from app.core.door import Door

door = Door("registry", __name__)
