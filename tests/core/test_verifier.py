"""The verifier against archives that were tampered with in every way: it must name the first bad entry."""

import base64
import copy
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import verifier
from app.core.merkle import inclusion_proof
from app.core.notes import make_key, sign_checkpoint
from app.core.verifier import BEGIN_PROOF, END_PROOF, canonical, leaf_hash, root_of, values_digest

ORIGIN = "gongyue.example/yuexiu"
SKEY, VKEY = make_key(ORIGIN)
OTHER_SKEY, OTHER_VKEY = make_key(ORIGIN)
SEALED = b"age-encryption.org/v1 sealed bid"


class Portal:
    """The smallest portal there is: tables, a log, checkpoints; and the files it hands out."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.skey, self.vkey = folder, SKEY, VKEY
        self.tables: dict[str, dict[str, dict]] = {}
        self.entries: list[dict] = []
        self.notes: list[str] = []
        self.head: dict = {}

    def say(self, action, values, table="", record="", version=0):
        seq, salt = len(self.entries), f"{len(self.entries):032x}"
        envelope = {
            "seq": seq, "at": f"2026-04-15T01:{seq:02}:00.000000Z", "actor": "officer-1", "action": action,
            "table": table, "record": record, "version": version, "public": True,
            "digest": values_digest(salt, values),
        }  # fmt: skip
        self.entries.append({"envelope": envelope, "salt": salt, "values": values})

    def add(self, table, record, **columns):
        row = {"public_id": record, "version": 1, **columns}
        self.tables.setdefault(table, {})[record] = row
        self.say(f"{table}.add", {"new": dict(row)}, table, record, 1)

    def amend(self, table, record, **columns):
        row = self.tables[table][record]
        columns["version"] = row["version"] + 1
        was = {name: row.get(name) for name in columns}
        row.update(columns)
        self.say(f"{table}.amend", {"new": columns, "was": was}, table, record, columns["version"])

    def add_many(self, table, column, key, rows, **more):
        rows = [{"version": 1, column: key, **row} for row in rows]
        self.tables.setdefault(table, {}).update({row["public_id"]: row for row in rows})
        text = b"".join(canonical(row) + b"\n" for row in sorted(rows, key=lambda row: row["public_id"]))
        batch = {"count": len(rows), "rows_digest": hashlib.sha256(text).hexdigest(), "column": column, "key": key}
        self.say(f"{table}.import", {"batch": {**batch, **more}}, table, "owner")

    def leaves(self):
        return [leaf_hash(canonical(entry["envelope"])) for entry in self.entries]

    def checkpoint(self, size=None, at=None):
        size = len(self.entries) if size is None else size
        at = at or (self.entries[size - 1]["envelope"]["at"] if size else "2026-04-15T01:00:00.000000Z")
        self.notes.append(sign_checkpoint(self.skey, ORIGIN, size, root_of(self.leaves()[:size]), at))

    def witness(self, **changes):
        value = {
            "format": "gongyue-witness/1", "vkey": self.vkey, "note": self.notes[-1],
            "leaves": [leaf.hex() for leaf in self.leaves()], **changes,
        }  # fmt: skip
        return self.keep("witness.json", json.dumps(value).encode())

    def receipt(self, seq, size=None, **changes):
        size = len(self.entries) if size is None else size
        value = {
            "format": "gongyue-receipt/1", **copy.deepcopy(self.entries[seq]), "index": seq,
            "proof": [node.hex() for node in inclusion_proof(self.leaves(), seq, size)],
            "note": self.notes[-1], "vkey": self.vkey, **changes,
        }  # fmt: skip
        text = f"越秀区民政局\n投标回执\n{BEGIN_PROOF}\n{json.dumps(value, indent=1)}\n{END_PROOF}\n"
        return self.keep("receipt.txt", text.encode())

    def archive(self, **members):
        head = {
            "format": "gongyue-archive/1", "origin": ORIGIN, "vkey": self.vkey, "size": len(self.entries),
            "root": base64.b64encode(root_of(self.leaves())).decode(), "clock": "real", **self.head,
        }  # fmt: skip
        files = {"archive.json": json.dumps(head), "log.jsonl": jsonl(self.entries)}
        files["checkpoints.txt"] = "===\n".join(self.notes)
        for table, rows in self.tables.items():
            files[f"tables/{table}.jsonl"] = jsonl(rows[record] for record in sorted(rows))
        files.update({name.replace("__", "."): text for name, text in members.items()})
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, text in files.items():
                if text is not None:
                    bundle.writestr(name, text)
        return self.keep("archive.zip", data.getvalue())

    def keep(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path


def jsonl(values):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.fixture
def portal(tmp_path):
    """Ten entries: a tender, two bids, a score, a payment, a batch of three with one amended, sign-in and -out."""
    portal = Portal(tmp_path)
    portal.checkpoint()
    portal.say("account.sign_in", {"note": {"person": "officer-1"}})  # 0
    portal.add("tender", "t1", title="家庭综合服务", closes_at="2026-05-01T01:00:00.000000Z", state="open")  # 1
    portal.add("bid", "b1", tender="t1", sealed_sha256=hashlib.sha256(SEALED).hexdigest())  # 2
    portal.checkpoint()
    portal.add("score", "s1", bid="b1", points_centi=8500, final=False)  # 3
    portal.add_many("place", "batch", 7, [{"public_id": f"p{n}", "name": f"街道{n}"} for n in (2, 0, 1)])  # 4
    portal.amend("score", "s1", points_centi=9000, final=True)  # 5
    portal.add("payment", "m1", amount_fen=123_456_00, paid_at="2026-06-01T02:00:00.000000Z")  # 6
    portal.checkpoint()
    portal.amend("place", "p1", name="新街道")  # 7
    portal.amend("tender", "t1", state="closed")  # 8
    portal.say("account.sign_out", {"note": {"person": "officer-1"}})  # 9
    portal.checkpoint()
    return portal


def verify(archive, **others):
    report = verifier.verify_archive(archive, **others)
    return report, (report.problems[0] if report.problems else None)


def blamed(portal, seq, *words, **others):
    """The archive is refused, the first problem is pinned to *seq* and its English says all the *words*."""
    _, first = verify(portal.archive(), **others)
    assert first is not None
    assert first.seq == seq, first
    assert all(word in first.en for word in words), first
    return first


# ── canonical JSON ──


def test_canonical_json_has_one_spelling():
    value = {"乙": [1, True, None, "甲\n"], "b": {"z": -1, "a": ""}, "a": 10**30}
    assert canonical(value).decode() == (
        '{"a":1000000000000000000000000000000,"b":{"a":"","z":-1},"乙":[1,true,null,"甲\\n"]}'
    )
    assert verifier.parsed(canonical(value), "") == value


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), {"a": [0, 1.5]}, {1: 2}, {None: 2}, {"a": {True: 1}}, (1, 2), [(1,)], b"x", {1}, "\ud800"],
)
def test_what_is_not_plain_is_not_canonical(value):
    with pytest.raises(ValueError):
        canonical(value)


# ── what is right ──


def test_an_untouched_archive_is_proven_with_and_without_a_witness(portal, capsys):
    archive, witness = str(portal.archive()), str(portal.witness())
    assert verifier.main(["--archive", archive]) == 0
    assert "公钥取自文件本身" in capsys.readouterr().out
    assert verifier.main(["--archive", archive, "--witness", witness, "--key", VKEY]) == 0
    said = capsys.readouterr().out
    assert "通过：" in said
    assert "PASSED:" in said
    assert "10 log entries" in said
    assert "7 rows" in said
    assert "公钥取自文件本身" not in said


def test_a_demonstration_clock_and_unknown_members_are_told(portal):
    portal.head["clock"] = "demonstration"
    report, _ = verify(portal.archive(files__pdf="x"))
    said = report.text()
    assert "Demonstration clock" in said
    assert "1 other members" in said


def test_an_empty_log_is_proven(tmp_path):
    portal = Portal(tmp_path)
    portal.checkpoint()
    assert verify(portal.archive())[0].ok


def test_an_amended_batch_row_is_unwound(portal):
    portal.amend("place", "p1", name="又改")
    portal.checkpoint()
    assert verify(portal.archive())[0].ok


def test_a_column_that_came_later_is_empty_until_an_entry_sets_it(portal):
    for row in portal.tables["bid"].values():
        row["remark"] = None
    assert verify(portal.archive())[0].ok
    portal.amend("bid", "b1", remark="补正")
    portal.checkpoint()
    assert verify(portal.archive())[0].ok
    portal.tables["score"]["s1"]["remark"] = "添上"
    blamed(portal, 3, "table score, record s1", "remark", "添上", "no entry set")


def test_a_batch_that_names_its_columns_survives_later_ones(portal):
    rows = [{"public_id": f"q{n}", "name": "x"} for n in range(3)]
    portal.add_many("place", "batch", "eight", rows, columns=["public_id", "version", "batch", "name"])
    portal.checkpoint()
    for record in ("q0", "q1", "q2"):
        portal.tables["place"][record]["later"] = None
    assert verify(portal.archive())[0].ok
    portal.tables["place"]["q1"]["later"] = "x"
    blamed(portal, 10, "rows do not give its digest")


# ── the business tables were changed behind the log's back ──


@pytest.mark.parametrize(
    ("table", "record", "column", "found", "seq", "action"),
    [
        ("score", "s1", "points_centi", 9500, 5, "score.amend"),
        ("payment", "m1", "amount_fen", 123_456_01, 6, "payment.add"),
        ("payment", "m1", "paid_at", "2026-06-01T02:00:01.000000Z", 6, "payment.add"),
        ("tender", "t1", "closes_at", "2026-05-02T01:00:00.000000Z", 1, "tender.add"),
        ("tender", "t1", "state", "open", 8, "tender.amend"),
        ("score", "s1", "version", 1, 5, "score.amend"),
        ("place", "p1", "name", "街道1", 7, "place.amend"),
        ("score", "s1", "final", 1, 5, "score.amend"),  # 1 is not true
        ("bid", "b1", "sealed_sha256", None, 2, "bid.add"),
    ],
)
def test_one_changed_value_names_the_entry_that_last_set_it(portal, table, record, column, found, seq, action):
    logged = portal.tables[table][record][column]
    witness = portal.witness()
    portal.tables[table][record][column] = found
    first = blamed(
        portal, seq, f"entry #{seq} ({action}, table {table}, record {record}",
        f"set {column} = {verifier.shown(logged)}", f"holds {verifier.shown(found)}", witness=witness,
    )  # fmt: skip
    assert f"第 {seq} 号条目" in first.zh
    assert "表中却是" in first.zh


def test_a_value_inside_a_list_is_not_taken_for_its_like(portal):
    portal.add("note", "n1", facts=[{"final": True}, 0])
    portal.checkpoint()
    assert verify(portal.archive())[0].ok
    portal.tables["note"]["n1"]["facts"] = [{"final": 1}, 0]
    blamed(portal, 10, 'set facts = [{"final": true}, 0]', 'holds [{"final": 1}, 0]')


def test_the_lowest_bad_entry_comes_first(portal):
    portal.tables["payment"]["m1"]["amount_fen"] = 1
    portal.tables["bid"]["b1"]["tender"] = "t2"
    report, first = verify(portal.archive())
    assert (first.seq, report.count, [problem.seq for problem in report.problems]) == (2, 2, [2, 6])


def test_a_missing_column_and_a_changed_unamended_batch_row(portal):
    del portal.tables["payment"]["m1"]["amount_fen"]
    portal.tables["place"]["p2"]["name"] = "改"
    report, first = verify(portal.archive())
    assert [problem.seq for problem in report.problems] == [4, 6]
    assert "a row of the batch it added was changed" in first.en


def test_a_deleted_row_is_named_by_the_entry_that_added_it(portal):
    del portal.tables["score"]["s1"]
    blamed(portal, 3, "row s1 of table score is missing", "score.add")


def test_a_whole_missing_table_is_named(portal):
    del portal.tables["payment"]
    blamed(portal, 6, "row m1 of table payment is missing")


def test_a_deleted_batch_row_is_named_by_its_batch(portal):
    del portal.tables["place"]["p0"]
    blamed(portal, 4, "added a batch of 3 rows, the table holds 2")


def test_an_extra_row_has_no_entry(portal):
    portal.tables["bid"]["b2"] = {"public_id": "b2", "version": 1}
    blamed(portal, None, "row b2 of table bid has no entry that added it")


def test_an_extra_row_in_a_batch_is_named_by_the_batch(portal):
    portal.tables["place"]["p9"] = {"public_id": "p9", "version": 1, "batch": 7, "name": "添"}
    blamed(portal, 4, "added a batch of 3 rows, the table holds 4")


def test_a_table_the_log_never_heard_of(portal):
    portal.tables["secret"] = {"x": {"public_id": "x", "version": 1}}
    blamed(portal, None, "row x of table secret has no entry")


def test_a_row_that_is_there_twice(portal):
    row = json.dumps(portal.tables["bid"]["b1"]) + "\n"
    _, first = verify(portal.archive(**{"tables/bid__jsonl": row + row}))
    assert (first.seq, "more than once" in first.en) == (2, True)


# ── the log was changed ──


def test_changed_values_of_an_entry(portal):
    portal.entries[6]["values"]["new"]["amount_fen"] = 1
    portal.tables["payment"]["m1"]["amount_fen"] = 1
    blamed(portal, 6, "its values do not give its digest")


def test_a_changed_envelope_is_narrowed_down_by_the_checkpoints_and_named_by_the_witness(portal):
    witness = portal.witness()
    portal.entries[5]["envelope"]["actor"] = "officer-2"
    blamed(portal, 6, "one of entries #3 to #6 was changed")
    blamed(portal, 5, "entry #5 (score.amend", "not the one that the witness holds", witness=witness)


def test_the_only_entry_under_a_checkpoint_is_named_outright(portal):
    portal.say("account.sign_in", {"note": {}})
    portal.checkpoint()
    portal.entries[10]["envelope"]["actor"] = "officer-2"
    blamed(portal, 10, "entry #10 was changed")


def test_entries_in_another_order(portal):
    portal.entries[3], portal.entries[4] = portal.entries[4], portal.entries[3]
    blamed(portal, 3, "it calls itself #4: the numbering is broken")


def test_a_time_that_goes_back(portal):
    portal.entries[6]["envelope"]["at"] = "2026-04-15T00:59:59.000000Z"
    portal.notes.clear()
    portal.checkpoint()
    blamed(portal, 6, "its time is before 2026-04-15T01:05:00.000000Z")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"at": "2026-04-15 01:06"}, "its time is malformed"),
        ({"version": True}, "its envelope"),
        ({"extra": 1}, "its envelope"),
        ({"version": 9}, "none of the known shapes"),
        ({"record": "m2"}, "none of the known shapes"),
        ({"table": ""}, "none of the known shapes"),
    ],
)
def test_a_malformed_entry_is_named_even_when_signed(portal, change, word):
    portal.entries[6]["envelope"].update(change)
    portal.notes.clear()
    portal.checkpoint()
    blamed(portal, 6, word)


@pytest.mark.parametrize(
    "values",
    [
        5, [], {}, {"new": 5}, {"new": {}}, {"was": {}}, {"note": 5}, {"batch": []}, {"batch": {"count": 1}},
        {"batch": {"count": True, "rows_digest": "", "column": "batch", "key": 1}},
        {"batch": {"count": 1, "rows_digest": "", "column": "batch", "key": None}},
        {"batch": {"count": 1, "rows_digest": "", "column": "batch", "key": 1, "columns": 5}},
        {"new": {"version": 1, "public_id": "m1"}, "was": {"version": 0, "public_id": "m1"}},
        {"new": {"version": 1, "a": 1}, "was": {"version": 0}}, {"new": {"version": 1, "public_id": "m1"}, "more": {}},
    ],
)  # fmt: skip
def test_values_of_no_known_shape_are_named_even_when_signed(portal, values):
    entry = portal.entries[6]
    entry["values"], entry["envelope"]["digest"] = values, values_digest(entry["salt"], values)
    portal.notes.clear()
    portal.checkpoint()
    report, _ = verify(portal.archive())
    assert any(problem.seq == 6 and "known shapes" in problem.en for problem in report.problems)


def test_a_bad_salt(portal):
    portal.entries[6]["salt"] = "zz"
    blamed(portal, 6, "its salt is not hexadecimal")


def test_a_tail_cut_consistently_is_noticed_by_the_witness_alone(portal):
    witness = portal.witness()
    del portal.entries[7:], portal.notes[-1]
    portal.tables["place"]["p1"].update(name="街道1", version=1)
    portal.tables["tender"]["t1"].update(state="open", version=1)
    assert verify(portal.archive())[0].ok
    blamed(portal, 7, "entry #7 is missing: the witness has 10 entries, the log has 7", witness=witness)


def test_a_tail_cut_under_its_checkpoint(portal):
    del portal.entries[8:]
    portal.tables["tender"]["t1"].update(state="open", version=1)
    blamed(portal, 8, "entry #8 is missing: the signed checkpoint has 10 entries, the log has 8")


def test_a_log_rewritten_and_signed_anew_is_noticed_by_the_witness_alone(portal):
    witness = portal.witness()
    entry = portal.entries[5]
    entry["values"]["new"]["points_centi"] = 9900
    entry["envelope"]["digest"] = values_digest(entry["salt"], entry["values"])
    portal.tables["score"]["s1"]["points_centi"] = 9900
    sizes = [verifier.open_checkpoint(note, VKEY).size for note in portal.notes]
    portal.notes.clear()
    for size in sizes:
        portal.checkpoint(size)
    assert verify(portal.archive())[0].ok
    blamed(portal, 5, "entry #5 (score.amend", "rewritten from here on", witness=witness)


def test_a_log_signed_with_another_key(portal):
    witness = portal.witness()
    portal.skey, portal.vkey = OTHER_SKEY, OTHER_VKEY
    portal.notes.clear()
    portal.checkpoint()
    assert verify(portal.archive())[0].ok
    assert "not the witness's" in verify(portal.archive(), witness=witness)[1].en
    assert "not the one you gave" in verify(portal.archive(), key=VKEY)[1].en


def test_entries_that_contradict_each_other(portal):
    entry = portal.entries[5]
    entry["values"]["was"]["points_centi"] = 1
    entry["envelope"]["digest"] = values_digest(entry["salt"], entry["values"])
    portal.notes.clear()
    portal.checkpoint()
    blamed(portal, 3, "set points_centi = 8500, but entry #5 says it was 1")


def test_a_record_added_twice_and_a_batch_mark_used_twice(portal):
    portal.add("bid", "b1", tender="t1", sealed_sha256="0")
    portal.add_many("place", "batch", 7, [{"public_id": "p5", "name": "五"}])
    portal.checkpoint()
    report, _ = verify(portal.archive())
    said = {problem.seq: problem.en for problem in report.problems}
    assert "adds a record that was there" in said[10]
    assert "batch mark batch that entry #4 has used" in said[11]


# ── checkpoints and the head ──


def test_a_checkpoint_with_a_wrong_signature(portal):
    portal.notes[2] = portal.notes[2].replace("\n7\n", "\n6\n")
    blamed(portal, None, "checkpoints.txt #3", "not valid")


def test_a_checkpoint_over_another_root(portal):
    portal.notes[1] = sign_checkpoint(SKEY, ORIGIN, 3, bytes(32), "2026-04-15T01:02:00.000000Z")
    blamed(portal, 2, "one of entries #0 to #2 was changed")


def test_the_last_checkpoint_with_a_wrong_signature_does_not_cover(portal):
    portal.notes[3] = portal.notes[3].replace("\n10\n", "\n11\n")
    report, first = verify(portal.archive())
    assert "checkpoints.txt #4" in first.en
    assert any("from entry #7 on no checkpoint covers" in problem.en for problem in report.problems)


def test_entries_after_the_last_checkpoint(portal):
    del portal.notes[-1]
    blamed(portal, 7, "from entry #7 on no checkpoint covers")


def test_no_checkpoint_at_all(portal):
    portal.notes.clear()
    blamed(portal, 0, "from entry #0 on no checkpoint covers")


def test_checkpoints_out_of_order(portal):
    portal.notes[1], portal.notes[2] = portal.notes[2], portal.notes[1]
    blamed(portal, None, "checkpoint of size 3 does not grow")


@pytest.mark.parametrize("minutes", [["08"], ["30", "20"]])
def test_a_checkpoint_before_its_last_entry_or_before_the_last_checkpoint(portal, minutes):
    portal.notes.clear()
    for minute in minutes:
        portal.checkpoint(at=f"2026-04-15T01:{minute}:00.000000Z")
    blamed(portal, None, "checkpoint of size 10 goes back in time")


@pytest.mark.parametrize(
    ("head", "seq", "word"),
    [
        ({"size": 9}, 9, "archive.json says 9 entries, the log has 10"),
        ({"size": 11}, 10, "archive.json says 11"),
        ({"size": -1}, 0, "archive.json says -1"),
        ({"root": base64.b64encode(bytes(32)).decode()}, None, "does not give the root"),
        ({"origin": "elsewhere"}, None, "not of the log it says"),
    ],
)
def test_a_head_that_says_something_else(portal, head, seq, word):
    portal.head.update(head)
    blamed(portal, seq, word)


def test_a_witness_that_contradicts_itself_proves_nothing(portal):
    leaves = [leaf.hex() for leaf in portal.leaves()]
    for bad in (leaves[:-1], ["00" * 32, *leaves[1:]]):
        blamed(portal, None, "its leaves do not give its own checkpoint", witness=portal.witness(leaves=bad))
    longer = sign_checkpoint(SKEY, ORIGIN, 11, root_of(portal.leaves()), "2026-04-15T02:00:00.000000Z")
    blamed(portal, None, "its leaves do not give its own checkpoint", witness=portal.witness(note=longer))
    blamed(portal, None, "witness.json", "not valid", witness=portal.witness(note=portal.notes[-1].replace("10", "11")))


# ── receipts ──


def told(*arguments):
    report = verifier.verify_receipt(*arguments)
    return report, (report.problems[0] if report.problems else None)


def test_a_receipt_is_proven_with_its_sealed_file(portal, capsys):
    receipt, sealed = portal.receipt(2), portal.keep("bid.age", SEALED)
    assert verifier.main(["--receipt", str(receipt), "--sealed", str(sealed), "--key", VKEY]) == 0
    said = capsys.readouterr().out
    assert "entry #2 (bid.add, table bid, record b1" in said
    assert "bid.age is the sealed file" in said
    assert 'tender = "t1"' in said


def test_a_receipt_for_another_file_or_key(portal):
    other = portal.keep("bid.age", SEALED + b"!")
    assert told(portal.receipt(2), other)[1].seq == 2
    assert "SHA-256" in told(portal.receipt(2), other)[1].en
    assert "SHA-256" in told(portal.receipt(0), portal.keep("bid.age", SEALED))[1].en
    assert "not the one you gave" in told(portal.receipt(2), None, OTHER_VKEY)[1].en


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"index": 3}, "calls itself #2"),
        ({"proof": []}, "does not lead to the checkpoint's root"),
        ({"proof": ["00" * 32] * 4}, "does not lead to the checkpoint's root"),
        ({"salt": "00"}, "do not give its digest"),
        ({"values": {"new": {"public_id": "b1", "version": 1}}}, "do not give its digest"),
        ({"vkey": OTHER_VKEY}, "no signature"),
    ],
)
def test_a_changed_receipt_is_refused(portal, changes, word):
    report, _ = told(portal.receipt(2, **changes))
    assert any(word in problem.en for problem in report.problems)


def test_a_receipt_is_found_again_in_the_archive_or_its_loss_is_named(portal, capsys):
    receipt = portal.receipt(2)
    portal.say("account.sign_in", {"note": {}})
    portal.checkpoint()
    assert verifier.main(["--archive", str(portal.archive()), "--receipt", str(receipt)]) == 0
    assert "All 10 entries that the receipt saw" in capsys.readouterr().out
    portal.entries[2]["envelope"]["actor"] = "someone"
    portal.notes.clear()
    portal.checkpoint()
    blamed(portal, 2, "not the one that the receipt holds", receipt=receipt)


def test_a_receipt_also_proves_the_entries_it_does_not_hold(portal):
    receipt = portal.receipt(2)
    portal.entries[0]["envelope"]["actor"] = "someone"
    portal.notes.clear()
    portal.checkpoint()
    blamed(portal, 9, "one of the first 10 entries was rewritten", receipt=receipt)


# ── what cannot be read ──


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"archive__json": None}, "lacks archive.json"),
        ({"log__jsonl": None}, "lacks log.jsonl"),
        ({"checkpoints__txt": None}, "lacks checkpoints.txt"),
        ({"archive__json": "{"}, "archive.json: not usable JSON"),
        ({"archive__json": ""}, "archive.json: not usable JSON"),
        ({"archive__json": "[]"}, "archive.json: “format” is missing"),
        ({"archive__json": '{"format":"gongyue-archive/2"}'}, "“format: gongyue-archive/1” is missing or malformed"),
        ({"log__jsonl": "\n"}, "log.jsonl:1: not usable JSON"),
        ({"log__jsonl": "{}\n"}, "log.jsonl:1: “envelope” is missing"),
        ({"log__jsonl": '{"envelope":{},"salt":""}\n'}, "log.jsonl:1: “values” is missing"),
        ({"log__jsonl": '{"envelope":{"seq":1.0},"salt":"","values":{}}\n'}, "a number that is not whole"),
        ({"log__jsonl": '{"envelope":{"seq":1,"seq":2},"salt":"","values":{}}\n'}, "the same key twice"),
        ({"log__jsonl": '{"envelope":{"at":"\\ud800"},"salt":"","values":{}}\n'}, "log.jsonl:1: not usable JSON"),
        ({"log__jsonl": "[" * 100_000 + "\n"}, "log.jsonl:1: not usable JSON"),
        ({"log__jsonl": b"\xff\n"}, "log.jsonl:1: not usable JSON"),
        ({"log__jsonl": '{"envelope":{"seq":' + "9" * 5000 + "}}"}, "log.jsonl:1: not usable JSON"),
        ({"checkpoints__txt": "hello"}, "checkpoints.txt #1: not a signed note"),
        ({"checkpoints__txt": b"\xff"}, "checkpoints.txt: not UTF-8"),
        ({"checkpoints__txt": "x" * 2_000_000}, "checkpoints.txt has an overlong part"),
        ({"tables/bid__jsonl": "[]\n"}, "tables/bid.jsonl:1: “public_id” is missing"),
        ({"tables/bid__jsonl": '{"public_id":"b"}\n{"public_id":"a"}\n'}, "tables/bid.jsonl:2: not sorted"),
    ],
)
def test_a_malformed_archive_is_refused_in_a_sentence(portal, capsys, members, word):
    assert verifier.main(["--archive", str(portal.archive(**members))]) == 2
    said = capsys.readouterr().out
    assert said.startswith("无法验证：")
    assert "CANNOT VERIFY: " in said
    assert word in said


@pytest.mark.parametrize("head", [{"size": "10"}, {"size": True}, {"root": "AA=="}, {"vkey": "x"}, {"clock": "sun"}])
def test_a_malformed_head_is_refused(portal, capsys, head):
    portal.head.update(head)
    assert verifier.main(["--archive", str(portal.archive())]) == 2


def test_a_line_that_would_fill_the_memory_is_refused(portal, capsys, monkeypatch):
    monkeypatch.setattr(verifier, "LONGEST", 2_000)
    assert verifier.main(["--archive", str(portal.archive(log__jsonl="9" * 2_001))]) == 2
    assert "log.jsonl has an overlong part" in capsys.readouterr().out
    assert verifier.main(["--archive", str(portal.archive())]) == 0


def test_files_that_are_no_archive(portal, capsys):
    cut = portal.keep("cut.zip", portal.archive().read_bytes()[:-200])
    for path in (cut, portal.folder, portal.folder / "none", portal.keep("text", b"hello")):
        assert verifier.main(["--archive", str(path)]) == 2
        assert "CANNOT VERIFY: " in capsys.readouterr().out


def test_a_member_that_is_there_twice(portal, capsys):
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(portal.archive(), "a") as bundle:
        bundle.writestr("log.jsonl", "")
    assert verifier.main(["--archive", str(portal.folder / "archive.zip")]) == 2
    assert "two members of one name" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "text", "word"),
    [
        ("--witness", "{", "not usable JSON"),
        ("--witness", '{"format":"x"}', "malformed"),
        ("--witness", '{"format":"gongyue-witness/1","leaves":["xx"]}', "“leaves” is missing or malformed"),
        ("--witness", '{"format":"gongyue-witness/1","leaves":[],"vkey":"x","note":""}', "not a verification key"),
        ("--receipt", "hello", "not exactly one proof"),
        ("--receipt", f"{BEGIN_PROOF}\n{END_PROOF}\n{BEGIN_PROOF}\n{END_PROOF}\n", "not exactly one proof"),
        ("--receipt", f"{END_PROOF}\n{BEGIN_PROOF}\n", "not usable JSON"),
        ("--receipt", f"{BEGIN_PROOF}\n[]\n{END_PROOF}\n", "“format” is missing"),
    ],
)
def test_a_malformed_witness_or_receipt_is_refused(portal, capsys, option, text, word):
    path = portal.keep("given", text.encode())
    assert verifier.main(["--archive", str(portal.archive()), option, str(path)]) == 2
    assert word in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--witness", "w"], ["--archive", "a", "--sealed", "s"]])
def test_a_command_that_asks_nothing_is_refused(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        verifier.main(arguments)
    assert "--archive" in capsys.readouterr().err


def test_a_terminal_is_not_steered_by_what_is_printed(portal, capsys):
    portal.tables["bid"]["\x1b[2J\u202e"] = {"public_id": "\x1b[2J\u202e", "version": 1}
    assert verifier.main(["--archive", str(portal.archive())]) == 1
    said = capsys.readouterr().out
    assert "\\u001b[2J\\u202e" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_ten_thousand_bad_rows_are_counted_and_a_few_named(portal):
    for number in range(10_000):
        portal.tables["bid"][f"c{number}"] = {"public_id": f"c{number}", "version": 1}
    report, _ = verify(portal.archive())
    assert (report.count, len(report.problems)) == (10_000, verifier.MOST_PROBLEMS)
    assert len(report._kept) <= 50 * verifier.MOST_PROBLEMS
    assert "9980 that are not listed" in report.text()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_in_the_file_gives_an_answer(portal, data):
    intact = portal.archive().read_bytes()
    place, value = data.draw(st.integers(0, len(intact) - 1)), data.draw(st.integers(0, 255))
    path = portal.keep("changed.zip", intact[:place] + bytes([value]) + intact[place + 1 :])
    assert verifier.main(["--archive", str(path)]) in (0, 1, 2)


PLAIN = st.none() | st.booleans() | st.integers() | st.text()
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=ANY)
def test_any_value_in_any_place_of_the_log_is_noticed(portal, data, value):
    changed = copy.deepcopy(portal)
    holder = data.draw(st.sampled_from(changed.entries))
    while isinstance(inner := holder[name := data.draw(st.sampled_from(sorted(holder)))], dict) and inner:
        if data.draw(st.booleans()):
            break
        holder = inner
    was, holder[name] = holder[name], value
    if canonical(was) != canonical(value):
        assert verifier.main(["--archive", str(changed.archive())]) in (1, 2)


# ── it stands alone ──


def test_the_one_file_runs_elsewhere_and_imports_nothing_of_the_portal(portal):
    alone = portal.keep("verifier.py", Path(verifier.__file__).read_bytes())
    script = (
        "import runpy, sys\n"
        "before = set(sys.modules)\n"
        "sys.argv = sys.argv[1:]\n"
        "try:\n    runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "finally:\n"
        "    tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "    print(sorted(tops - set(sys.stdlib_module_names)), file=sys.stderr)\n"
    )
    arguments = [str(alone), "--archive", str(portal.archive()), "--witness", str(portal.witness())]
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, *arguments], cwd=portal.folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "通过：" in done.stdout.decode()
    loaded = set(json.loads(done.stderr.decode().replace("'", '"')))
    assert loaded <= {"cryptography", "_openssl", "_cffi_backend", "cffi"}  # the last three are its inner parts


def test_as_a_script_it_exits_with_one_and_speaks_to_a_terminal_without_chinese(portal):
    portal.tables["score"]["s1"]["points_centi"] = 1
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", verifier.__file__, "--archive", str(portal.archive())],
        env={"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"FAILED: entry #5 (score.amend, table score, record s1" in done.stdout
    assert b"Traceback" not in done.stderr
