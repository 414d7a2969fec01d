"""What happens to letters because its time has come."""

from app import clockwork
from app.complaints import actions, sending
from app.core import clock


@clockwork.task
def note_letters_not_answered_in_time() -> int:
    """Say in the public log which letters passed their time limit."""
    return actions.note_overdue(clock.today())


@clockwork.task
def forget_network_addresses() -> int:
    """Delete what is left of the addresses letters came from."""
    return sending.forget_addresses()
