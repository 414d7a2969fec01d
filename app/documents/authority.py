"""The demonstration certificate authority: certificates that show how signing works and bind nobody.

Every name in it says 演示 DEMONSTRATION. A real party signs with the certificate of a licensed authority; the portal
then only needs that authority's root. A signer's key leaves here inside the PKCS#12 file and is kept nowhere else.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from app.core.errors import Invalid
from app.core.words import N_

ROOT, ISSUING, ISSUING_KEY = "root.pem", "issuing.pem", "issuing.key"
NAME = "公约演示证书颁发机构 DEMONSTRATION"
NO_EFFECT = "仅供演示，无法律效力 demonstration only, no legal effect"
LONGEST_NAME = 64  # characters: the upper bound of X.520 for a common and an organization name
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_YEARS = timedelta(days=3 * 365)


def make_authority(folder: Path) -> None:
    """Make the authority in *folder*; one that is there is left as it is.

    The root signs the issuing certificate and its key is then forgotten; the issuing key is readable by its owner only.
    """
    if (folder / ISSUING_KEY).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    root_key, issuing_key = _new_key(), _new_key()
    root = _authority(f"{NAME} Root CA", root_key, f"{NAME} Root CA", root_key, path_length=1)
    issuing = _authority(f"{NAME} Issuing CA", issuing_key, f"{NAME} Root CA", root_key, path_length=0)
    (folder / ROOT).write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (folder / ISSUING).write_bytes(issuing.public_bytes(serialization.Encoding.PEM))
    _keep_secret(folder / ISSUING_KEY, issuing_key)


def roots(folder: Path) -> list[bytes]:
    """The root certificates (PEM) that `signing.check` is to trust."""
    return [(folder / ROOT).read_bytes()]


def issue(folder: Path, organization: str, person: str, password: str, *, at: datetime) -> bytes:
    """A PKCS#12 file with a new key and certificate for *person* signing for *organization*, valid three years.

    Raises `Invalid` for an empty password or a name that is empty or too long for a certificate.
    """
    _demand_names(organization, person, password)
    issuing = x509.load_pem_x509_certificate((folder / ISSUING).read_bytes())
    issuing_key = serialization.load_pem_private_key((folder / ISSUING_KEY).read_bytes(), password=None)
    assert isinstance(issuing_key, ec.EllipticCurvePrivateKey)
    key = _new_key()
    certificate = _signers(organization, person, key, issuing, at).sign(issuing_key, hashes.SHA256())
    lock = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(person.encode(), key, certificate, [issuing], lock)


def _demand_names(organization: str, person: str, password: str) -> None:
    for name, field in ((organization, "organization"), (person, "person")):
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise Invalid(N_("证书上的名称须有 1 至 %(most)s 个字"), {"most": LONGEST_NAME}, field=field)
    if not password:
        raise Invalid(N_("请给证书文件设置密码"), field="password")


def _signers(
    organization: str, person: str, key: ec.EllipticCurvePrivateKey, issuing: x509.Certificate, at: datetime
) -> x509.CertificateBuilder:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization.strip()),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, NO_EFFECT),
            x509.NameAttribute(NameOID.COMMON_NAME, person.strip()),
        ]
    )
    # A day's grace: the clocks of those who check may run behind the clock that issued.
    builder = _builder(subject, issuing.subject, key, at - timedelta(days=1), at + _YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_documents=True), critical=True)
    return builder.add_extension(_key_of(issuing), critical=False)


def _authority(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, issuer_key: ec.EllipticCurvePrivateKey, path_length: int
) -> x509.Certificate:
    builder = _builder(_authority_name(name), _authority_name(issuer), key, _FROM, _UNTIL)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    builder = builder.add_extension(_usage(signs_documents=False), critical=True)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return builder.add_extension(identifier, critical=False).sign(issuer_key, hashes.SHA256())


def _authority_name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NO_EFFECT),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _key_of(issuing: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = issuing.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _usage(signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,  # non-repudiation: what makes it a signature and not a log-in
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _keep_secret(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
