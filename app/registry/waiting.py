"""What waits: for anybody, what their saved searches have found; for a registrar, imports that are not at their end."""

from flask import url_for
from sqlalchemy import select

from app.accounts.models import Person
from app.core import access
from app.core.db import db
from app.core.jobs import Job
from app.core.waiting import Waiting
from app.core.words import N_
from app.registry.importing import ENTER, READ
from app.registry.models import ImportBatch, SavedSearch
from app.registry.saved import new_since, searches_of

MOST = 20


def waiting(person: Person) -> list[Waiting]:
    """Saved searches that have found something new, and the newest previews that wait for being confirmed."""
    found = [_found(one, new.count) for one in searches_of(person) if (new := new_since(one)).count]
    return found + (_imports() if access.may(person, "import.apply") else [])


def _found(search: SavedSearch, count: int) -> Waiting:
    url = url_for("registry.saved_search", id=search.public_id)
    why = N_("您保存的检索有了新符合条件的组织")
    values = {"name": search.name, "count": count}
    return Waiting(N_("检索“%(name)s”有 %(count)s 个新的结果"), url, why, values=values)


def _imports() -> list[Waiting]:
    query = select(ImportBatch).where(ImportBatch.state == "previewed").order_by(ImportBatch.id.desc()).limit(MOST)
    return [_broken_off(batch) for batch in _under_way()] + [_waiting(batch) for batch in db.session.scalars(query)]


def _under_way() -> list[ImportBatch]:
    """Imports whose work has failed and that somebody must let go on."""
    failed = select(Job.key).where(Job.kind.in_((READ, ENTER)), Job.state == "failed")
    query = select(ImportBatch).where(ImportBatch.public_id.in_(failed))
    return list(db.session.scalars(query.where(ImportBatch.state.in_(("reading", "applying"))).limit(MOST)))


def _broken_off(batch: ImportBatch) -> Waiting:
    url = url_for("registry.preview", id=batch.public_id)
    return Waiting(
        N_("接着导入 %(name)s"), url, N_("后台办理中断了，请查看原因后接着办理"), "G-21", values={"name": batch.name}
    )


def _waiting(batch: ImportBatch) -> Waiting:
    refused = batch.counts["refused"]
    why = (
        N_("有 %(count)s 行不能接受，请改正后重新上传，或放弃这次导入") if refused else N_("预览已就绪，确认后全部导入")
    )
    return Waiting(
        N_("确认导入 %(name)s"), url_for("registry.preview", id=batch.public_id), why, "G-21",
        values={"name": batch.name, "count": refused},
    )  # fmt: skip
