"""What waits for a registrar: previews that nobody confirmed or gave up."""

from flask import url_for
from sqlalchemy import select

from app.accounts.models import Person
from app.core import access
from app.core.db import db
from app.core.waiting import Waiting
from app.core.words import N_
from app.registry.models import ImportBatch

MOST = 20


def waiting(person: Person) -> list[Waiting]:
    """The newest previews that wait for being confirmed."""
    if not access.may(person, "import.apply"):
        return []
    query = select(ImportBatch).where(ImportBatch.state == "previewed").order_by(ImportBatch.id.desc()).limit(MOST)
    return [_waiting(batch) for batch in db.session.scalars(query)]


def _waiting(batch: ImportBatch) -> Waiting:
    refused = batch.counts["refused"]
    why = (
        N_("有 %(count)s 行不能接受，请改正后重新上传，或放弃这次导入") if refused else N_("预览已就绪，确认后全部导入")
    )
    return Waiting(
        N_("确认导入 %(name)s"), url_for("registry.preview", id=batch.public_id), why, "G-21",
        values={"name": batch.name, "count": refused},
    )  # fmt: skip
