"""The bounded security log of refusals, and first answers to requests that were sent twice."""

import hashlib
from datetime import datetime

from flask import Request, Response, redirect
from sqlalchemy import Integer, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from app.core import access, clock
from app.core.db import Base, Key, db, writing
from app.core.errors import SAME_KEY_OTHER_BODY, Invalid, Refused, findings_of, status_of

KEEP = 100_000  # refusals kept; the oldest go first (rule E-11 asks for at least six months of network logs)


class Refusal(Base):
    """One refusal: who, when, what was asked, and what the answer was."""

    __tablename__ = "security_log"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(32))
    method: Mapped[str] = mapped_column(String(8))
    path: Mapped[str] = mapped_column(String(300))
    status: Mapped[int] = mapped_column(Integer)
    rules: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)


class Answer(Base):
    """The first answer to a request with an idempotency key; a second request with the same body gets it again."""

    __tablename__ = "first_answer"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(index=True)


def write_refusal(method: str, path: str, refusal: Exception) -> None:
    """Keep a refusal, in a small transaction of its own, after the refused one was taken back."""
    found = findings_of(refusal)
    with writing():
        db.session.add(
            Refusal(
                at=clock.now(),
                actor=access.actor().public_id,
                method=method,
                path=path[:300],
                status=status_of(refusal),
                rules=" ".join(f.rule for f in found if f.rule)[:200],
                reason=str(refusal)[:2000],
            )
        )
        db.session.flush()
        _keep_bounded()
        if isinstance(refusal, Refused) and refusal.afterwards:
            refusal.afterwards()


def refusals(limit: int = 200) -> list[Refusal]:
    """The newest refusals."""
    return list(db.session.scalars(select(Refusal).order_by(Refusal.id.desc()).limit(limit)))


def first_answer(key: str, body: str) -> Response | None:
    """The answer given before to this key. Raises Invalid when the same key came with another body."""
    kept = db.session.get(Answer, (key, access.actor().public_id))
    if kept is None:
        return None
    if kept.body != body:
        raise Invalid(SAME_KEY_OTHER_BODY)
    return redirect(kept.location, 303)  # type: ignore[return-value]


def keep_answer(key: str, body: str, location: str) -> None:
    """Keep the first answer, in the transaction that made it true."""
    db.session.add(Answer(key=key, actor=access.actor().public_id, body=body, location=location, at=clock.now()))


def body_digest(request: Request) -> str:
    """One digest over address, fields and files of a form post, whatever order and boundary it came with."""
    digest = hashlib.sha256(request.path.encode())
    form: MultiDict[str, str] = request.form
    for name in sorted(form):
        if name != "csrf_token":
            digest.update(repr((name, form.getlist(name))).encode())
    for name in sorted(request.files):
        for file in request.files.getlist(name):
            digest.update(repr((name, file.filename)).encode())
            digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
            file.stream.seek(0)
    return digest.hexdigest()


def _keep_bounded() -> None:
    newest = db.session.scalar(select(func.max(Refusal.id))) or 0
    if newest % 1000 == 0:
        db.session.execute(delete(Refusal).where(Refusal.id <= newest - KEEP))
