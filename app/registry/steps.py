"""What a registrar can do with an organization or an import just now: the buttons, from the lifecycle and access."""

from typing import Any

from flask import url_for

from app.core import access
from app.core.access import Actor
from app.core.law import Finding
from app.core.words import N_
from app.registry.models import ImportBatch, Organization

Step = dict[str, Any]
OVER = N_("已注销。")


def steps(organization: Organization, who: Actor) -> list[Step]:
    """The steps this person may take with the organization; those its state bars say why."""
    registered = organization.state == "registered"
    offered = (
        (N_("变更登记"), "registry.edit", "organization.amend", registered),
        (N_("录入信用信息"), "credit.choose", "credit.find", True),
        (N_("开设机构账号"), "registry.account", "person.add", registered),
        (N_("注销登记"), "registry.deregister", "organization.deregister", registered),
    )
    return [
        {"label": label, "url": _url(endpoint, organization), "tone": "secondary",
         "reason": None if open_now else OVER}
        for label, endpoint, action, open_now in offered
        if access.may(who, action, organization)
    ]  # fmt: skip


def fault_of(batch: ImportBatch) -> Finding | None:
    """Why the sheet cannot be read, as the worker found."""
    return _finding(batch.fault) if batch.fault else None


def remarks_on(batch: ImportBatch) -> list[Finding]:
    """What is to be said of the sheet as a whole: columns read by another name, not taken, or not there."""
    return [_finding(one) for one in batch.remarks or []]


def _finding(said: dict[str, Any]) -> Finding:
    return Finding(said["rule"], said["text"], said["values"], "file", bars=False)


def _url(endpoint: str, organization: Organization) -> str:
    """The later domain of credit information asks for a code or name, since bans may meet any body."""
    if endpoint.startswith("credit."):
        return url_for(endpoint, code=organization.body.credit_code or organization.body.name)
    return url_for(endpoint, id=organization.public_id)


def barred(batch: ImportBatch) -> bool:
    """Whether rows of the preview must be put right before it can be confirmed."""
    return bool(batch.counts["refused"])
