"""A form's list of parts that stands for a list of records: one part for each, found by the key it carries."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FieldList


def complete(rows: FieldList, given: Sequence[Mapping[str, Any]]) -> None:
    """Make *rows* have exactly one part for each of *given*, in order; parts that were not sent carry what is given.

    Each of *given* has a `key`, as every part has. WTForms numbers what was sent by its own order: a request that
    leaves a line out would put every later line's values under the wrong record.
    """
    sent = {entry.form["key"].data: entry for entry in rows.entries}
    rows.entries = [
        sent[values["key"]] if values["key"] in sent else rows.append_entry(dict(values)) for values in given
    ]
