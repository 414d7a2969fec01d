"""Pages of this domain."""

from app.core.door import Door

door = Door("budgets", __name__)
