"""Whose signatures count: the root certificates this portal trusts, and its demonstration authority."""

from pathlib import Path

from flask import current_app

from app.accounts.models import Person
from app.core import changes, clock
from app.core.errors import Invalid, NotAllowed
from app.core.words import N_
from app.documents import authority

NO_DEMONSTRATION = N_("正式环境不颁发演示证书，请使用依法设立的电子认证服务机构颁发的证书。")
NO_ROOTS = N_("平台还没有配置受信任的证书颁发机构，暂时不能核验签名。请联系平台管理员。")


def trusted_roots() -> list[bytes]:
    """The roots in the home's folder `trusted-roots` (PEM); outside production the demonstration's as well.

    Raises Invalid where there is none: without a root every signature would be a stranger's.
    """
    found = [path.read_bytes() for path in sorted((_home() / "trusted-roots").glob("*.pem"))]
    if not current_app.config["PRODUCTION"] and (_folder() / authority.ROOT).exists():
        found += authority.roots(_folder())
    if not found:
        raise Invalid(NO_ROOTS, {}, "file")
    return found


def gives_certificates() -> bool:
    """Whether demonstration certificates are given out here: never in production."""
    return not current_app.config["PRODUCTION"] and (_folder() / authority.ISSUING_KEY).exists()


def demand_demonstration() -> None:
    """Raises NotAllowed where demonstration certificates are not given out."""
    if not gives_certificates():
        raise NotAllowed(NO_DEMONSTRATION)


def issue_certificate(person: Person, password: str) -> bytes:
    """A PKCS#12 file for somebody who signs for their body; its key is kept nowhere here. Logged without the file."""
    demand_demonstration()
    organization = person.body.name if person.body else ""
    issued = authority.issue(_folder(), organization, person.name, password, at=clock.now())
    changes.note("certificate.issue", person=person.public_id, organization=organization)
    return issued


def is_demonstration(issuer: str) -> bool:
    """Whether a certificate's issuer is the demonstration authority."""
    return issuer.startswith(authority.NAME)


def _home() -> Path:
    return Path(current_app.config["HOME"])


def _folder() -> Path:
    return _home() / "authority"
