"""Contracts: the list, one contract with its signatures and instalments, signing, publication."""

from pathlib import Path

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from app.agreements import actions, queries
from app.agreements.forms import ButtonForm, CertificateForm, MediumForm, SignedForm
from app.agreements.models import Agreement
from app.awards.models import Award
from app.budgets.queries import commitments
from app.core import clock
from app.core.door import NO_SUCH, Door, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send, send_bytes
from app.documents import authority
from app.plans.models import CONDITIONS

door = Door("agreements", __name__)


@door.page("/agreements", may="agreement.read")
def index() -> str:
    """The contracts this person may see."""
    return page("agreements/index.html", agreements=queries.mine(person()))


@door.page("/agreements/<id>", load=Agreement, may="agreement.read")
def show(agreement: Agreement) -> str:
    """One contract."""
    party = "buyer" if person().body_id == agreement.buyer_id else "supplier"
    return page(
        "agreements/show.html", agreement=agreement, held=commitments(agreement.public_id), conditions=CONDITIONS,
        party=party, signed={s.party for s in agreement.signatures},
    )  # fmt: skip


@door.page("/agreements/<id>/contract.pdf", load=Agreement, may="agreement.read")
def paper(agreement: Agreement) -> Response:
    """The contract as it stands: printed, or with the signatures so far."""
    return send(agreement.signed_file or agreement.file, inline=True)


@form_page(door, "/awards/<id>/agreement", load=Award, may="agreement.draw_up")
def draw_up(award: Award) -> str | Response:
    """Draw up the contract of a lot's winner."""
    typed = ButtonForm()
    if typed.sent():
        return to("agreements.show", id=actions.draw_up(award).public_id)
    return form(_("拟订合同"), typed, _("拟订合同"), caption=award.supplier.name, rules=["A-16", "B-60"])


@form_page(door, "/agreements/<id>/sign", load=Agreement, may="agreement.sign")
def sign(agreement: Agreement) -> str | Response:
    """Hand in the PDF one has signed with one's own certificate."""
    typed = SignedForm(obj=agreement)
    if typed.sent():
        party = "buyer" if person().body_id == agreement.buyer_id else "supplier"
        actions.sign(agreement, party, typed.file.data.read(), person())
        remember(_("签名已核验并记录。"))
        return to("agreements.show", id=agreement.public_id)
    lede = _("先下载合同 PDF，在自己的电脑上用自己的证书签名（./portal sign），再上传签好的文件。私钥不经过平台。")
    back = url_for("agreements.show", id=agreement.public_id)
    return form(
        _("签署合同"),
        typed,
        _("提交签名"),
        caption=agreement.number,
        lede=lede,
        files=True,
        rules=["B-60", "E-01"],
        cancel=back,
    )


@form_page(door, "/agreements/certificate", may="account.read_own")
def certificate() -> str | Response:
    """A demonstration certificate for the person signed in; its key is kept nowhere here."""
    folder, typed = Path(current_app.config["HOME"]) / "authority", CertificateForm()
    if current_app.config["PRODUCTION"] or not folder.exists() or person().body is None:
        raise Missing(NO_SUCH)
    if typed.sent():
        issued = authority.issue(folder, person().body.name, person().name, typed.password.data, at=clock.now())
        return send_bytes(issued, f"{person().sign_in_name}.p12", "application/x-pkcs12")
    lede = _("由演示证书颁发机构签发，只能用于演示；密钥只在下载的文件里，平台不留存。")
    return form(_("领取演示证书"), typed, _("下载证书"), lede=lede, rules=["E-01"], cancel=url_for("agreements.index"))


@form_page(door, "/agreements/<id>/publish", load=Agreement, may="agreement.publish")
def publish(agreement: Agreement) -> str | Response:
    """Record the publication on the designated medium."""
    typed = MediumForm(obj=agreement)
    if typed.sent():
        actions.publish(agreement, typed.medium_url.data)
        remember(_("合同公告已记录。"))
        return to("agreements.show", id=agreement.public_id)
    back = url_for("agreements.show", id=agreement.public_id)
    return form(_("公告合同"), typed, _("记录公告"), caption=agreement.number, rules=["B-64"], cancel=back)


@form_page(door, "/agreements/<id>/complete", load=Agreement, may="agreement.complete")
def complete(agreement: Agreement) -> str | Response:
    """The contract is performed."""
    typed = ButtonForm(obj=agreement)
    if typed.sent():
        actions.complete(agreement)
        return to("agreements.show", id=agreement.public_id)
    back = url_for("agreements.show", id=agreement.public_id)
    return form(_("履行完毕"), typed, _("确认履行完毕"), caption=agreement.number, cancel=back)
