"""What stands near: names that are close to the one asked for, and the parts of a form that stand for records."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FieldList

from app.registration import queries
from app.registration.models import Application
from app.registry.models import Organization


def names(application: Application) -> list[Organization]:
    """Registered names that share the trade name or the line with the one asked for, the applicant's own left out."""
    if application.kind != "name" or application.state in ("granted", "refused", "withdrawn", "declined"):
        return []
    values = application.values
    found = queries.near_names(values.get("trade_name") or "", values.get("line") or "")
    return [one for one in found if one.body_id != application.applicant_id]


def complete(rows: FieldList, given: Sequence[Mapping[str, Any]]) -> None:
    """Make *rows* have exactly one part for each of *given*, in order, found by the `key` each carries."""
    sent = {entry.form["key"].data: entry for entry in rows.entries}
    rows.entries = [
        sent[values["key"]] if values["key"] in sent else rows.append_entry(dict(values)) for values in given
    ]
