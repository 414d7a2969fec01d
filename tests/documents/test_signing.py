"""Signing: two parties one after the other, and every way a signed file can be wrong is found."""

import io
import stat
from datetime import UTC, datetime, timedelta

import page as validator
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.core.errors import Invalid
from app.documents import authority, checking, signing
from tests.documents.paper import pages_of, printed

AT = datetime(2026, 6, 5, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=3)
BUYER, SUPPLIER = "广州市荔湾区逢源街道办事处", "甲社会工作服务中心"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A demonstration authority."""
    made = tmp_path_factory.mktemp("authority")
    authority.make_authority(made)
    return made


@pytest.fixture(scope="session")
def printed_pdf():
    """The agreement as it was printed."""
    return printed("service_agreement").pdf


@pytest.fixture(scope="session")
def buyers(folder):
    """The buyer's certificate file, locked with 甲."""
    return authority.issue(folder, BUYER, "陈志远", "甲", at=AT)


@pytest.fixture(scope="session")
def half(printed_pdf, buyers):
    """Signed by the buyer."""
    return signing.sign(printed_pdf, buyers, "甲", "甲方", "同意签订本合同", AT)


@pytest.fixture(scope="session")
def signed(folder, half):
    """Signed by both parties."""
    suppliers = authority.issue(folder, SUPPLIER, "林晓棠", "乙", at=AT)
    return signing.sign(half, suppliers, "乙", "乙方", "同意签订本合同", LATER)


@pytest.fixture(scope="session")
def roots(folder):
    """The root to trust."""
    return authority.roots(folder)


def test_the_agreement_is_printed_with_two_places_to_sign(printed_pdf):
    assert signing.fields(printed_pdf) == {"甲方": False, "乙方": False}
    assert signing.check(printed_pdf, []) == []


def test_two_parties_sign_one_after_the_other(signed, roots):
    first, second = signing.check(signed, roots)
    assert (first.field, first.organization, first.signer, first.at) == ("甲方", BUYER, "陈志远", AT)
    assert (second.field, second.organization, second.signer, second.at) == ("乙方", SUPPLIER, "林晓棠", LATER)
    assert first.good
    assert second.good
    assert second.reason == "同意签订本合同"
    assert signing.fields(signed) == {"甲方": True, "乙方": True}


def test_the_signed_file_begins_with_the_printed_one(printed_pdf, half, signed):
    assert signed.startswith(half)
    assert half.startswith(printed_pdf)
    assert {signing.signed_original(pdf) for pdf in (printed_pdf, half, signed)} == {printed_pdf}
    assert signing.is_ours(signed, printed_pdf)
    assert signing.is_ours(half, printed_pdf)
    assert not signing.is_ours(signed, printed("award_notice").pdf)


def test_the_stamp_says_who_signed_for_whom_and_when(half):
    from pypdf import PdfReader

    fields = PdfReader(io.BytesIO(half)).trailer["/Root"]["/AcroForm"]["/Fields"]
    widget = next(f.get_object() for f in fields if f.get_object()["/T"] == "甲方")
    assert _drawn_text(widget["/AP"]["/N"]) >= {"陈志远", BUYER, "2026年6月5日10:00（北京时间）"}


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_one_signature_leaves_archive_and_reading_aloud_as_they_were(half, profile):
    assert [f.rule_id for f in validator.validate_pdf_bytes(half, profile=profile).failures] == []


def test_the_second_leaves_all_but_the_range_of_the_first(signed):
    """An earlier signature cannot cover a later one; the checker takes the rule on ranges word for word."""
    failures = {f.rule_id for f in validator.validate_pdf_bytes(signed, profile="3a").failures}
    assert failures <= {"PDFA3A-SIGNATURE-BYTERANGE-001"}
    assert validator.is_pdf_compliant_bytes(signed, profile="ua1")


def test_a_changed_byte_is_found(signed, roots):
    spot = signed.index(b"/MediaBox")
    changed = signed[: spot + 1] + b"m" + signed[spot + 2 :]
    assert [v.intact for v in signing.check(changed, roots)] == [False, False]
    assert checking.BROKEN in signing.check(changed, roots)[0].wrong


def test_another_root_is_not_trusted(signed, tmp_path):
    authority.make_authority(tmp_path)
    for verdict in signing.check(signed, authority.roots(tmp_path)):
        assert verdict.intact
        assert not verdict.trusted
        assert verdict.wrong == (checking.UNKNOWN_ISSUER,)


def test_a_signature_dated_after_the_certificate_ended_is_not_trusted(printed_pdf, folder, roots, monkeypatch):
    old = authority.issue(folder, BUYER, "陈志远", "旧", at=AT - timedelta(days=4 * 365))
    monkeypatch.setattr(signing, "_demand_valid", lambda *_: None)  # as another program would sign
    verdict = signing.check(signing.sign(printed_pdf, old, "旧", "甲方", "", AT), roots)[0]
    assert verdict.intact
    assert not verdict.trusted


def test_a_page_changed_after_signing_is_found(half, roots):
    verdict = signing.check(_with_changed_page(half), roots)[0]
    assert verdict.intact  # what was signed is still there
    assert not verdict.covers_whole
    assert verdict.wrong == (checking.NOT_WHOLE,)


def test_bytes_added_after_the_last_signature_are_found(signed, roots):
    verdicts = signing.check(signed + b"% something more\n", roots)
    assert not any(v.covers_whole for v in verdicts)


def test_a_page_changed_before_the_first_signature_is_not_our_document(printed_pdf, buyers, roots):
    swapped = signing.sign(_with_changed_page(printed_pdf), buyers, "甲", "甲方", "", AT)
    assert swapped.startswith(printed_pdf)
    assert signing.check(swapped, roots)[0].good  # a fine signature on another document
    assert not signing.is_ours(swapped, printed_pdf)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7\n", b"hello", b"%PDF-1.7\n%%EOF\n" * 3, bytes(range(256)) * 40])
@pytest.mark.parametrize("asked", [signing.fields, signing.signed_original, lambda pdf: signing.check(pdf, [])])
def test_a_file_that_is_no_pdf_is_refused(rubbish, asked):
    with pytest.raises(signing.CannotRead):
        asked(rubbish)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_half_a_file_is_refused_or_found_wanting(signed, roots, cut):
    try:
        verdicts = signing.check(signed[: int(len(signed) * cut)], roots)
    except signing.CannotRead:
        return
    assert not any(v.good for v in verdicts)


@pytest.mark.parametrize(
    ("password", "field", "at", "about"),
    [
        ("wrong", "甲方", AT, "pkcs12"),
        ("", "甲方", AT, "pkcs12"),
        ("甲", "丙方", AT, "field"),
        ("甲", "甲方", AT - timedelta(days=30), "pkcs12"),
        ("甲", "甲方", AT + timedelta(days=4 * 365), "pkcs12"),
    ],
)
def test_what_cannot_be_signed_says_why(printed_pdf, buyers, password, field, at, about):
    with pytest.raises(signing.CannotSign) as refused:
        signing.sign(printed_pdf, buyers, password, field, "", at)
    assert refused.value.field == about


def test_a_place_is_signed_once(half, buyers):
    with pytest.raises(signing.CannotSign):
        signing.sign(half, buyers, "甲", "甲方", "", LATER)


def test_a_file_that_is_no_certificate_is_refused(printed_pdf):
    with pytest.raises(signing.CannotSign):
        signing.sign(printed_pdf, b"no certificate", "甲", "甲方", "", AT)


def test_the_authority_says_it_is_a_demonstration(folder, buyers):
    _, certificate, others = pkcs12.load_key_and_certificates(buyers, "甲".encode())
    root = x509.load_pem_x509_certificate(authority.roots(folder)[0])
    for one in (certificate, *others, root):
        assert "DEMONSTRATION" in one.issuer.rfc4514_string()
        assert "演示" in one.subject.rfc4514_string()


def test_the_signers_key_is_in_the_file_alone(folder, buyers):
    key, _, _ = pkcs12.load_key_and_certificates(buyers, "甲".encode())
    number = key.private_numbers().private_value.to_bytes(32, "big")
    assert {path.name for path in folder.iterdir()} == {authority.ROOT, authority.ISSUING, authority.ISSUING_KEY}
    assert not any(number in path.read_bytes() for path in folder.iterdir())
    assert stat.S_IMODE((folder / authority.ISSUING_KEY).stat().st_mode) == 0o600


def test_an_authority_that_is_there_stays(folder):
    before = authority.roots(folder)
    authority.make_authority(folder)
    assert authority.roots(folder) == before


@pytest.mark.parametrize(
    ("organization", "person", "password"),
    [("", "甲", "x"), ("甲", " ", "x"), ("长" * 65, "甲", "x"), ("甲", "乙", "")],
)
def test_a_certificate_needs_names_that_fit_and_a_password(folder, organization, person, password):
    with pytest.raises(Invalid):
        authority.issue(folder, organization, person, password, at=AT)


def _with_changed_page(pdf):
    """The file with another content stream appended to its first page, as an editor would save it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = writer.add_object(generic.StreamObject(stream_data=b"q 0 0 0 rg 100 100 300 50 re f Q"))
    writer.add_stream_to_page(0, stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn_text(appearance):
    """The lines of text drawn by a stamp."""
    from pypdf import PageObject
    from pypdf.generic import NameObject, RectangleObject

    page = PageObject.create_blank_page(width=300, height=100)
    stamp = appearance.get_object()
    while "/Font" not in stamp["/Resources"]:
        stamp = next(iter(stamp["/Resources"]["/XObject"].values())).get_object()
    page[NameObject("/Resources")] = stamp["/Resources"]
    page[NameObject("/Contents")] = stamp
    page[NameObject("/MediaBox")] = RectangleObject((0, 0, 300, 100))
    lines = page.extract_text().splitlines()
    return {word for line in lines for word in line.replace("\u3000", " ").split()}


def test_the_printed_pages_are_the_same_after_signing(printed_pdf, signed):
    assert pages_of(signed)[0] == pages_of(printed_pdf)[0]
