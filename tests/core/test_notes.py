"""Signed notes and checkpoints: the published examples, round trips, and nothing else accepted."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.notes import make_key, open_checkpoint, open_note, sign_checkpoint, sign_note
from app.core.verifier import Checkpoint, Refusal, Unreadable, Untrue, read_key

# The example of golang.org/x/mod/sumdb/note; Ed25519 signatures are deterministic, so it must come out the same.
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
GO_NOTE = f"{GO_TEXT}\n— PeterNeumann {GO_SIGNATURE}\n"
# The example of c2sp.org/signed-note.
SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
SPEC_NOTE = f"This is an example message.\n\n— example.com/foo {SPEC_SIGNATURE}\n"

ORIGIN = "gongyue.example/越秀"
SKEY, VKEY = make_key(ORIGIN)
AT = datetime(2026, 4, 15, 1, tzinfo=UTC)
ROOT = bytes(range(32))
NOTE = sign_checkpoint(SKEY, ORIGIN, 17, ROOT, AT)


def test_the_published_examples():
    assert open_note(SPEC_NOTE, SPEC_VKEY) == "This is an example message.\n"
    assert open_note(GO_NOTE, GO_VKEY) == GO_TEXT
    assert sign_note(GO_TEXT, GO_SKEY) == GO_NOTE


def test_a_checkpoint_comes_back_as_it_was_signed():
    assert NOTE.startswith(
        f"{ORIGIN}\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-15T01:00:00.000000Z\n\n— "
    )
    assert open_checkpoint(NOTE, VKEY) == Checkpoint(ORIGIN, 17, ROOT, "2026-04-15T01:00:00.000000Z")


def test_a_moment_elsewhere_is_written_in_utc_and_a_written_one_kept():
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    assert sign_checkpoint(SKEY, ORIGIN, 17, ROOT, beijing) == NOTE
    assert sign_checkpoint(SKEY, ORIGIN, 17, ROOT, "2026-04-15T01:00:00.000000Z") == NOTE


def test_other_signers_are_passed_over():
    cosigned = NOTE + f"— PeterNeumann {GO_SIGNATURE}\n"
    first = NOTE.replace("\n\n", f"\n\n— PeterNeumann {GO_SIGNATURE}\n")
    assert open_checkpoint(cosigned, VKEY) == open_checkpoint(first, VKEY) == open_checkpoint(NOTE, VKEY)


def test_a_note_by_someone_else_is_not_true():
    with pytest.raises(Untrue, match=r"没有 .* 的签名"):
        open_checkpoint(NOTE, make_key(ORIGIN)[1])


def test_a_checkpoint_of_another_log_is_not_true():
    other = sign_note(
        "elsewhere\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-15T01:00:00.000000Z\n", SKEY
    )
    with pytest.raises(Untrue, match="another log"):
        open_checkpoint(other, VKEY)


def test_every_single_flipped_bit_is_noticed():
    intact = NOTE.encode()
    for bit in range(8 * len(intact)):
        changed = bytearray(intact)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Refusal, UnicodeDecodeError)):
            open_checkpoint(bytes(changed).decode(), VKEY)


def test_a_second_spelling_of_the_same_signature_is_refused():
    """The last sign of base64 carries bits that mean nothing; a note must not have two spellings."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert NOTE[-2:] == "=\n"
    with pytest.raises(Unreadable):
        open_checkpoint(NOTE[:-3] + alphabet[alphabet.index(NOTE[-3]) + 1] + NOTE[-2:], VKEY)


@given(st.text())
def test_what_is_no_note_is_refused_and_nothing_else_happens(text):
    with pytest.raises(Unreadable):
        open_note(text, VKEY)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",  # no moment
        f"{ORIGIN}\n017\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-15T01:00:00.000000Z\n",
        f"{ORIGIN}\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-15T01:00:00.000000Z\n",
        f"{ORIGIN}\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\nat 2026-04-15T01:00:00.000000Z\n",
        f"{ORIGIN}\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-31T01:00:00.000000Z\n",
        f"{ORIGIN}\n17\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-04-15 01:00\n",
        f"{ORIGIN}\n17\n",
    ],
)
def test_a_malformed_checkpoint_is_refused_even_when_signed(text):
    with pytest.raises(Unreadable):
        open_checkpoint(sign_note(text, SKEY), VKEY)


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "tab\there", "line\nbreak"])
def test_a_name_that_no_key_can_bear_is_refused(origin):
    with pytest.raises(ValueError, match="name"):
        make_key(origin)


@pytest.mark.parametrize(
    "values",
    [
        (SKEY, "elsewhere", 17, ROOT, AT),
        (SKEY, ORIGIN, -1, ROOT, AT),
        (SKEY, ORIGIN, 17, ROOT[:31], AT),
        (SKEY, ORIGIN, 17, ROOT, AT.replace(tzinfo=None)),
        (SKEY, ORIGIN, 17, ROOT, "yesterday"),
        ("no key", ORIGIN, 17, ROOT, AT),
        (VKEY, ORIGIN, 17, ROOT, AT),
        (SKEY.replace("PRIVATE+KEY+", "PRIVATE+KEY+x"), "x" + ORIGIN, 17, ROOT, AT),
    ],
)
def test_nothing_is_signed_that_could_not_be_opened(values):
    with pytest.raises(ValueError):
        sign_checkpoint(*values)


@pytest.mark.parametrize("text", ["no line end", "a\n\nb\n", "tab\t\n"])
def test_a_text_that_no_note_can_carry_is_refused(text):
    with pytest.raises(ValueError, match="note"):
        sign_note(text, SKEY)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a",
        "a+b",
        GO_VKEY[:-1],
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("Peter", "Paul"),
        "+" + GO_VKEY,
    ],
)
def test_a_key_whose_parts_do_not_belong_together_is_refused(vkey):
    with pytest.raises(Unreadable):
        read_key(vkey)
