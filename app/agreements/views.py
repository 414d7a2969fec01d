"""Contracts: the list, one contract with what is to be done, drawing up, signing, publication and end."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.agreements import actions, checks, closing, lookups, queries, tasks, trust
from app.agreements.forms import ButtonForm, CertificateForm, MediumForm, ReasonForm, SignedForm, TermsForm
from app.agreements.models import Agreement
from app.agreements.terms import proposed
from app.awards.models import Award
from app.budgets.queries import commitments
from app.core.door import Door, form, form_page, page, person, remember, to
from app.core.files import send, send_bytes
from app.plans.models import Project

door = Door("agreements", __name__)


@door.page("/agreements", may="agreement.read")
def index() -> str:
    """The contracts this person may see, newest first."""
    found, following = queries.mine(person(), request.args.get("after"))
    return page("agreements/index.html", agreements=found, following=following)


@door.page("/agreements/<id>", load=Agreement, may="agreement.read")
def show(agreement: Agreement) -> str:
    """One contract: what is to be done, its instalments, its money, its papers and its signatures."""
    return page(
        "agreements/show.html", agreement=agreement, tasks=tasks.tasks(agreement), steps=tasks.steps(agreement),
        instalments=lookups.instalments(agreement), held=commitments(agreement.public_id),
        signatures=lookups.signatures(agreement), clause=lookups.settlement(agreement),
    )  # fmt: skip


@door.page("/agreements/<id>/contract.pdf", load=Agreement, may="agreement.read")
def paper(agreement: Agreement) -> Response:
    """The contract as it stands: printed, or with the signatures so far."""
    return send(agreement.signed_file or agreement.file)


@door.page("/agreements/<id>/printed.pdf", load=Agreement, may="agreement.read")
def printed(agreement: Agreement) -> Response:
    """The contract as it was printed, before anybody signed."""
    return send(agreement.file)


@door.page("/agreements/<id>/verification", load=Agreement, may="agreement.read")
def verification(agreement: Agreement) -> str:
    """The signatures checked once more, now, on the kept file."""
    return page("agreements/verification.html", agreement=agreement, verdicts=lookups.verified(agreement))


@form_page(door, "/awards/<id>/agreement", load=Award, may="agreement.draw_up")
def draw_up(award: Award) -> str | Response:
    """Draw up the contract of a lot's winner."""
    typed = TermsForm(obj=proposed(award))
    if typed.sent():
        return to("agreements.show", id=actions.draw_up(award, lookups.terms(typed)).public_id)
    kept = queries.of_award(award)
    return page(
        "agreements/draw_up.html", form=typed, award=award, kept=kept, findings=lookups.before_drawing_up(award, kept),
        sign_by=checks.sign_by(award),
    )  # fmt: skip


@form_page(door, "/agreements/<id>/sign", load=Agreement, may="agreement.sign")
def sign(agreement: Agreement) -> str | Response:
    """Hand in the PDF one has signed with one's own certificate."""
    typed, party = SignedForm(obj=agreement), lookups.side(agreement, person())
    if typed.sent():
        actions.sign(agreement, party, typed.file.data.read(), person())
        remember(_("签名已核验并记录。"))
        return to("agreements.show", id=agreement.public_id)
    return page(
        "agreements/sign.html", form=typed, agreement=agreement, field=lookups.FIELDS[party],
        findings=checks.before_signing(agreement), sign_by=checks.sign_by(agreement.award),
        demonstration=trust.gives_certificates(),
    )  # fmt: skip


@form_page(door, "/agreements/certificate", may="agreement.sign")
def certificate() -> str | Response:
    """A demonstration certificate for the person signed in; its key is kept nowhere here."""
    trust.demand_demonstration()
    typed = CertificateForm()
    if typed.sent():
        issued = trust.issue_certificate(person(), typed.password.data)
        return send_bytes(issued, f"{person().sign_in_name}.p12", "application/x-pkcs12")
    return page("agreements/certificate.html", form=typed, body=person().body)


@form_page(door, "/agreements/<id>/publish", load=Agreement, may="agreement.publish")
def publish(agreement: Agreement) -> str | Response:
    """Record the publication on the designated medium."""
    typed = MediumForm(obj=agreement)
    if typed.sent():
        actions.publish(agreement, typed.medium_url.data)
        remember(_("合同公告已记录，请在期限内把副本报财政部门备案。"))
        return to("agreements.show", id=agreement.public_id)
    return form(
        _("记录合同公告"), typed, _("记录公告"), caption=agreement.number, rules=["B-64", "B-65"],
        findings=checks.before_publishing(agreement), cancel=_url(agreement),
        lede=_("先在省级以上财政部门指定的媒体公告，再把网址记在这里。涉及国家秘密、商业秘密的内容除外。"),
    )  # fmt: skip


@form_page(door, "/agreements/<id>/complete", load=Agreement, may="agreement.complete")
def complete(agreement: Agreement) -> str | Response:
    """The contract is performed."""
    typed = ButtonForm(obj=agreement)
    if typed.sent():
        actions.complete(agreement)
        remember(_("合同已履行完毕。"))
        return to("agreements.show", id=agreement.public_id)
    lede = _("各期款项都已支付或者按合同不予支付后，合同才能履行完毕。")
    return form(_("履行完毕"), typed, _("确认履行完毕"), caption=agreement.number, lede=lede, cancel=_url(agreement))


@form_page(door, "/plans/<id>/close", load=Project, may="project.close")
def close_project(project: Project) -> str | Response:
    """Close a project in which every contract is settled."""
    typed = ButtonForm(obj=project)
    if typed.sent():
        closing.close_project(project)
        remember(_("项目已结项。"))
        return to("plans.show", id=project.public_id)
    return page("agreements/close.html", project=project, form=typed, reason=closing.still_open(project))


@form_page(door, "/agreements/<id>/terminate", load=Agreement, may="agreement.terminate")
def terminate(agreement: Agreement) -> str | Response:
    """End the contract before its time."""
    typed = ReasonForm(obj=agreement)
    if typed.sent():
        actions.terminate(agreement, typed.reason.data)
        remember(_("合同已终止。"))
        return to("agreements.show", id=agreement.public_id)
    lede = _("已经应付的款项仍要支付；条件尚未成就的各期不再支付。终止后不能恢复，并会公开。")
    return form(
        _("终止合同"), typed, _("终止合同"), tone="warning", caption=agreement.number, lede=lede, cancel=_url(agreement)
    )


def _url(agreement: Agreement) -> str:
    return url_for("agreements.show", id=agreement.public_id)
