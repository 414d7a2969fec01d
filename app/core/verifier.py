"""验证器 / The verifier: proves an archive, a receipt or a witness's memory of the portal's log.

One file that imports nothing of the portal, only the standard library and `cryptography`, so that anyone can
keep a copy, read it and run it on a machine of their own: ``python verifier.py --archive FILE --witness FILE``.
docs/archive-format.md describes the format. What the portal shares with it (canonical JSON, hashes, the tree,
the checking of proofs, notes) is defined here once and imported from here, never the other way round.

Sources: RFC 6962 §2.1 (hashes, root), RFC 9162 §2.1.3.2 and §2.1.4.2 (checking proofs), c2sp.org/signed-note and
c2sp.org/tlog-checkpoint (notes, keys, checkpoints).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import heapq
import json
import re
import sqlite3
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Json: TypeAlias = Any  # str, int, bool, None, list, dict
Row: TypeAlias = dict[str, Json]

ARCHIVE, WITNESS, RECEIPT = "gongyue-archive/1", "gongyue-witness/1", "gongyue-receipt/1"
BEGIN_PROOF, END_PROOF = "-----BEGIN GONGYUE PROOF-----", "-----END GONGYUE PROOF-----"
BETWEEN_CHECKPOINTS = "===\n"
EMPTY_ROOT = hashlib.sha256(b"").digest()
LONGEST = 64 * 1024 * 1024  # bytes in one line or one small member; more is refused, so that memory stays bounded
MOST_PROBLEMS = 20  # are named in the answer; the rest are counted

ENVELOPE = {
    "seq": int, "at": str, "actor": str, "action": str, "table": str, "record": str, "version": int,
    "public": bool, "digest": str,
}  # fmt: skip
SCALARS = {str, int, bool, type(None)}
WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
HEX = re.compile(r"(?:[0-9a-f]{2})*")
HEX32 = re.compile(r"[0-9a-f]{64}")
COUNT = re.compile(r"0|[1-9][0-9]{0,17}")
TABLE_FILE = re.compile(r"tables/([^/]+)\.jsonl")
SEPARATOR_LINE = re.compile(rb"={3,}\r?\n?")
SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)

WORDS = {
    # what cannot be read
    "at": ("{where}：{inner.zh}", "{where}: {inner.en}"),
    "no_key": ("验证公钥写法不对：{vkey}", "not a verification key: {vkey}"),
    "no_note": ("不是签了名的文本。", "not a signed note."),
    "no_checkpoint": ("检查点写法不对。", "malformed checkpoint."),
    "no_json": ("{where}：不是可用的 JSON。", "{where}: not usable JSON ({error})."),
    "no_utf8": ("{where}：不是 UTF-8 文本。", "{where}: not UTF-8 text."),
    "no_file": ("读不了 {path}。", "cannot read {path}: {error}."),
    "no_zip": ("{path} 不是完好的 zip 文件。", "{path} is not an intact zip file."),
    "no_member": ("归档缺少 {name}。", "the archive lacks {name}."),
    "two_members": ("归档里有重名的成员。", "the archive has two members of one name."),
    "broken": ("归档的 {name} 已损坏。", "{name} is broken inside the archive."),
    "overlong": ("{name} 里有过长的一段。", "{name} has an overlong part."),
    "malformed": ("{where}：缺少“{name}”，或写法不对。", "{where}: “{name}” is missing or malformed."),
    "unsorted": ("{where}：没有按 public_id 排序。", "{where}: not sorted by public_id."),
    "no_proof": ("{where}：找不到唯一的一段证明。", "{where}: there is not exactly one proof in it."),
    "machine": ("本机内存或临时空间不够。", "this machine ran out of memory or temporary space ({error})."),
    # signatures and keys
    "unsigned": ("没有 {name} 的签名。", "it carries no signature by {name}."),
    "bad_signature": ("{name} 的签名无效。", "the signature by {name} is not valid."),
    "other_log": ("检查点属于另一份日志 {name}。", "the checkpoint is of another log, {name}."),
    "other_key": ("公钥不是您给的那一把。", "the key is not the one you gave."),
    "key_name": ("公钥不属于它自称的日志。", "the key is not of the log it says it is."),
    "two_keys": (
        "归档的公钥与{who.zh}的不同：{vkey}，{other}。",
        "the archive's key is not the {who.en}'s: {vkey}, {other}.",
    ),
    # one entry
    "entry": ("{entry.zh}：{fault.zh}。", "{entry.en}: {fault.en}."),
    "envelope": ("信封缺项、多项或类型不对", "its envelope lacks a member, has one too many or of another kind"),
    "order": ("自称第 {seq} 号，编号不连续", "it calls itself #{seq}: the numbering is broken"),
    "moment": ("时间写法不对：{at}", "its time is malformed: {at}"),
    "back": ("时间早于上一条的 {at}", "its time is before {at}, the time of the one before"),
    "salt": ("盐不是十六进制", "its salt is not hexadecimal"),
    "digest": ("内容与摘要不符（内容被改过）", "its values do not give its digest (they were changed)"),
    "shape": ("内容不是已知的任何一种写法", "its values have none of the known shapes"),
    # the log as a whole
    "one_of": (
        "第 {first} 号至第 {last} 号条目中有改动：算不出大小为 {size} 的检查点的根。",
        "one of entries #{first} to #{last} was changed: the log does not give the root of the checkpoint of {size}.",
    ),
    "this_one": (
        "第 {last} 号条目有改动：算不出大小为 {size} 的检查点的根。",
        "entry #{last} was changed: the log does not give the root of the checkpoint of {size}.",
    ),
    "empty_root": ("大小为 0 的检查点的根不对。", "the checkpoint of size 0 has a wrong root."),
    "shrinking": ("大小为 {size} 的检查点次序倒退。", "the checkpoint of size {size} does not grow in size."),
    "late": ("大小为 {size} 的检查点时间倒退。", "the checkpoint of size {size} goes back in time."),
    "uncovered": ("从第 {size} 号条目起没有检查点覆盖。", "from entry #{size} on no checkpoint covers the log."),
    "cut": (
        "第 {size} 号条目不见了：{who.zh}有 {seen} 条，日志只有 {size} 条（结尾被剪掉）。",
        "entry #{size} is missing: the {who.en} has {seen} entries, the log has {size} (its tail was cut).",
    ),
    "size": (
        "从第 {first} 号条目起不对：archive.json 说有 {told} 条，日志有 {size} 条。",
        "wrong from entry #{first} on: archive.json says {told} entries, the log has {size}.",
    ),
    "root": ("算不出 archive.json 中的根。", "the log does not give the root in archive.json."),
    # what others kept
    "differs": (
        "{entry.zh}与{who.zh}持有的不同（自此起日志被改写）。",
        "{entry.en} is not the one that the {who.en} holds (the log was rewritten from here on).",
    ),
    "other_root": (
        "前 {size} 条中有改写：算不出{who.zh}持有的根。",
        "one of the first {size} entries was rewritten: they do not give the root that the {who.en} holds.",
    ),
    "self_contradiction": (
        "{where}：叶哈希算不出它自己的检查点。",
        "{where}: its leaves do not give its own checkpoint.",
    ),
    "not_included": (
        "{entry.zh}：证明路径到不了检查点的根，它不在签了名的日志里。",
        "{entry.en}: the proof does not lead to the checkpoint's root; it is not in the signed log.",
    ),
    "sealed": (
        "{entry.zh}记的密封文件摘要是 {told}，{name} 的却是 {found}。",
        "{entry.en} has the sealed file's SHA-256 as {told}, but {name} has {found}.",
    ),
    # the tables
    "column": (
        "{entry.zh}写明 {column} = {logged}，表中却是 {found}。",
        "{entry.en} set {column} = {logged}, but the table holds {found}.",
    ),
    "contradiction": (
        "{entry.zh}写明 {column} = {logged}，第 {later} 号条目却说原来是 {found}。",
        "{entry.en} set {column} = {logged}, but entry #{later} says it was {found}.",
    ),
    "unset": (
        "表 {table} 编号 {record} 的 {column} = {found}，没有条目写过它（见{entry.zh}）。",
        "table {table}, record {record}: {column} = {found}, which no entry set (see {entry.en}).",
    ),
    "twice_added": ("{entry.zh}加入了已有的记录。", "{entry.en} adds a record that was there."),
    "gone": (
        "表 {table} 中编号 {record} 的行不见了（见{entry.zh}）。",
        "row {record} of table {table} is missing (see {entry.en}).",
    ),
    "twice": (
        "表 {table} 中编号 {record} 的行不止一个。",
        "row {record} of table {table} is there more than once.",
    ),
    "unfounded": (
        "表 {table} 中编号 {record} 的行没有加入它的条目。",
        "row {record} of table {table} has no entry that added it.",
    ),
    "batch_count": (
        "{entry.zh}一批加入 {told} 行，表中找到 {found} 行。",
        "{entry.en} added a batch of {told} rows, the table holds {found}.",
    ),
    "batch_digest": (
        "{entry.zh}一批加入的行被改过：算不出它的摘要。",
        "{entry.en}: a row of the batch it added was changed; the rows do not give its digest.",
    ),
    "batch_key": (
        "{entry.zh}用了第 {first} 号条目已用过的批次标记 {column}。",
        "{entry.en} uses the batch mark {column} that entry #{first} has used.",
    ),
    # the answer
    "passed": ("通过：以下各项已经证明。", "PASSED: the following is proven."),
    "failed": ("不通过：{first.zh}", "FAILED: {first.en}"),
    "others": ("另有 {count} 处：", "{count} more:"),
    "unlisted": ("……还有 {count} 处没有列出", "… and {count} that are not listed"),
    "unreadable": ("无法验证：{inner.zh}", "CANNOT VERIFY: {inner.en}"),
    "log_fact": (
        "日志 {size} 条，{first} 至 {last}：编号连续，时间不倒退，摘要与根（{root}）全部重新算过。",
        "{size} log entries, {first} to {last}: numbered without a gap, never back in time; every digest and the "
        "root ({root}) were computed anew.",
    ),
    "checkpoint_fact": (
        "检查点 {count} 个：签名有效，前后一致，最后一个覆盖整份日志。",
        "{count} checkpoints: validly signed, consistent, and the last one covers the whole log.",
    ),
    "memory_fact": (
        "{who.zh}在 {at} 见过的 {size} 条都在，一字未改。",
        "All {size} entries that the {who.en} saw at {at} are there, unchanged.",
    ),
    "table_fact": (
        "业务表 {tables} 张、{rows} 行：逐行重放，与日志所说一致，不多不少。",
        "{tables} business tables, {rows} rows: replayed one by one, exactly what the log says.",
    ),
    "clock_fact": ("演示时钟：时间不是真实的时间。", "Demonstration clock: the times are not real times."),
    "others_fact": ("另有 {count} 个成员没有验证。", "{count} other members of the archive were not looked at."),
    "entry_fact": ("日志中有{entry.zh}，操作者 {actor}。", "The log has {entry.en}, by {actor}."),
    "value_fact": ("{column} = {value}", "{column} = {value}"),
    "signed_fact": (
        "检查点签于 {at}，共 {size} 条，这一条在其中。",
        "The checkpoint was signed at {at} over {size} entries, this one among them.",
    ),
    "sealed_fact": ("{name} 就是交来的密封文件。", "{name} is the sealed file that was handed in."),
    "key_fact": ("公钥：{vkey}", "Key: {vkey}"),
    "key_warning": (
        "注意：公钥取自文件本身；请用 --key 与公布的公钥核对，或用 --witness。",
        "Mind: the key was taken from the file itself; compare it with the published one (--key, or --witness).",
    ),
}


# ── saying what is wrong ─────────────────────────────────────────────────────────────────────────


class Words(NamedTuple):
    """One sentence, or one name, in Chinese and in English."""

    zh: str
    en: str


def say(name: str, /, **values: object) -> Words:
    """The sentence of this name with its places filled."""
    return Words(*(text.format(**values) for text in WORDS[name]))


class Refusal(ValueError):
    """Something is wrong; `zh` and `en` say what."""

    def __init__(self, name: str, /, **values: object) -> None:
        self.zh, self.en = say(name, **values)
        super().__init__(f"{self.zh} / {self.en}")


class Unreadable(Refusal):
    """The input cannot be read as what it claims to be (exit 2)."""


class Untrue(Refusal):
    """The input can be read, and what it claims does not hold (exit 1)."""


class Problem(NamedTuple):
    """One thing that does not hold, and the log entry it is pinned to (None: no entry can be named)."""

    seq: int | None
    zh: str
    en: str


class Report:
    """The answer: the problems, lowest entry first, or the facts that were proven."""

    def __init__(self) -> None:
        self.count = 0
        self.facts: list[Words] = []
        self._kept: list[tuple[float, int, Problem]] = []

    def blame(self, seq: int | None, name: str, /, **values: object) -> None:
        """Note a problem. The lowest are kept, all are counted, so that memory stays bounded."""
        self.count += 1
        problem = Problem(seq, *say(name, **values))
        self._kept.append((float("inf") if seq is None else seq, self.count, problem))
        if len(self._kept) > 50 * MOST_PROBLEMS:
            self._kept = heapq.nsmallest(MOST_PROBLEMS, self._kept)

    def fact(self, name: str, /, **values: object) -> None:
        """Note something that was proven."""
        self.facts.append(say(name, **values))

    @property
    def ok(self) -> bool:
        """True when nothing wrong was found."""
        return not self.count

    @property
    def problems(self) -> list[Problem]:
        """The first problems, lowest entry first, those without an entry last."""
        return [problem for _, _, problem in heapq.nsmallest(MOST_PROBLEMS, self._kept)]

    def text(self) -> str:
        """The whole answer, in Chinese and then in English."""
        lines = self._passed() if self.ok else self._failed()
        return "".join(f"{line.zh}\n" for line in lines) + "\n" + "".join(f"{line.en}\n" for line in lines)

    def _passed(self) -> list[Words]:
        return [say("passed"), *map(_item, self.facts)]

    def _failed(self) -> list[Words]:
        first, *others = self.problems
        lines = [say("failed", first=first)]
        if others:
            lines.append(say("others", count=self.count - 1))
            lines += [_item(Words(other.zh, other.en)) for other in others]
        if unlisted := self.count - 1 - len(others):
            lines.append(_item(say("unlisted", count=unlisted)))
        return lines


def _item(words: Words) -> Words:
    return Words(f"  - {words.zh}", f"  - {words.en}")


def shown(value: Json) -> str:
    """*value* for a sentence; a long one is cut and says so."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}…（{len(text)}）"


# ── canonical JSON and hashes ────────────────────────────────────────────────────────────────────


def canonical(value: Json) -> bytes:
    """*value* as the one JSON text that is hashed: sorted keys, no spaces, UTF-8.

    Raises ValueError for anything but str, int, bool, None, list and dict with str keys; for floats above all.
    """
    _refuse_unplain(value)
    return WRITER.encode(value).encode()


def _refuse_unplain(value: Json) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("canonical JSON takes only str keys")
    elif not isinstance(value, list):
        if value is not None and not isinstance(value, (str, int)):
            raise ValueError(f"canonical JSON takes no {type(value).__name__}")
        return
    for inner in value.values() if isinstance(value, dict) else value:
        if type(inner) not in SCALARS:
            _refuse_unplain(inner)


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def values_digest(salt: str, values: Json) -> str:
    """What an envelope commits to: hex SHA-256 over the bytes of the hex *salt* and the canonical *values*."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(values)).hexdigest()


# ── the tree and the checking of proofs ──────────────────────────────────────────────────────────


class Tree:
    """The growing edge of a Merkle tree: its size and the roots of its complete subtrees, tallest first."""

    def __init__(self, peaks: Iterable[tuple[int, bytes]] = ()) -> None:
        self.peaks = list(peaks)
        self.size = sum(1 << height for height, _ in self.peaks)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add one leaf hash, O(log n). Gives the (height, index, hash) of every subtree that it completes."""
        height, index, node = 0, self.size, leaf
        made = [(height, index, node)]
        while self.peaks and self.peaks[-1][0] == height:
            node = node_hash(self.peaks.pop()[1], node)
            height, index = height + 1, index >> 1
            made.append((height, index, node))
        self.peaks.append((height, node))
        self.size += 1
        return made

    def root(self) -> bytes:
        """RFC 6962 §2.1 MTH of all leaves so far; SHA-256 of nothing when there are none."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            node = node_hash(left, node)
        return node


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Tree()
    for leaf in leaf_hashes:
        tree.append(leaf)
    return tree.root()


def inclusion_holds(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 §2.1.3.2: is *leaf* the one at *index* of the tree with this size and root?"""
    if not 0 <= index < size or any(len(node) != 32 for node in proof):
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            at, last = _climb(at, last)
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistency_holds(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 §2.1.4.2: is the tree of size *old* the beginning of the tree of size *new*?"""
    if old == new or old == 0:
        return not proof and old_root == (new_root if old == new else EMPTY_ROOT)
    if not 0 < old < new or not proof or any(len(node) != 32 for node in proof):
        return False
    first, *path = [old_root, *proof] if old & (old - 1) == 0 else proof
    at, last, before, after = old - 1, new - 1, first, first
    while at & 1:
        at, last = at >> 1, last >> 1
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            at, last = _climb(at, last)
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _climb(at: int, last: int) -> tuple[int, int]:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


# ── keys, notes, checkpoints ─────────────────────────────────────────────────────────────────────


class Key(NamedTuple):
    """A verification key: whose it is, the four bytes that point to it in a signature line, the key."""

    name: str
    hint: bytes
    public: bytes


class Checkpoint(NamedTuple):
    """The log of this origin had this size and this root at this moment (UTC, as text)."""

    origin: str
    size: int
    root: bytes
    at: str


def key_hint(name: str, public: bytes) -> bytes:
    """The key id of C2SP signed notes: SHA-256(name ‖ LF ‖ 0x01 ‖ public key), first four bytes."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def read_key(vkey: str) -> Key:
    """Take apart ``name+hash+base64(0x01 ‖ public key)``. Raises Unreadable."""
    name, _, rest = vkey.partition("+")
    hint, _, data = rest.partition("+")
    raw = _from_base64(data)
    if name and not re.search(r"\s", name) and raw is not None and len(raw) == 33 and raw[0] == 1:
        key = Key(name, key_hint(name, raw[1:]), raw[1:])
        if hint == key.hint.hex():
            return key
    raise Unreadable("no_key", vkey=shown(vkey))


def open_note(note: str, vkey: str) -> str:
    """The text of a C2SP signed note, once the signature by *vkey* holds; other signers are passed over.

    Raises Unreadable for what is no signed note, Untrue when that signature is missing or wrong.
    """
    key = read_key(vkey)
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise Unreadable("no_note")
    for name, data in map(_signature, signatures[:-1].split("\n")):
        if (name, data[:4]) == (key.name, key.hint):
            _demand_signature(key, text + "\n", data[4:])
            return text + "\n"
    raise Untrue("unsigned", name=key.name)


def _signature(line: str) -> tuple[str, bytes]:
    match = SIGNATURE_LINE.fullmatch(line)
    data = _from_base64(match[2]) if match else None
    if match is None or data is None or len(data) < 5:
        raise Unreadable("no_note")
    return match[1], data


def _demand_signature(key: Key, text: str, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        raise Untrue("bad_signature", name=key.name) from None


def open_checkpoint(note: str, vkey: str) -> Checkpoint:
    """The checkpoint in a signed note whose origin is the key's name. Raises Unreadable or Untrue."""
    checkpoint = parse_checkpoint(open_note(note, vkey))
    if checkpoint.origin != read_key(vkey).name:
        raise Untrue("other_log", name=shown(checkpoint.origin))
    return checkpoint


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text (origin, size, root, a line ``at MOMENT``). Raises Unreadable."""
    lines = text.split("\n")
    moments = [line[3:] for line in lines[3:] if line.startswith("at ")]
    if lines.pop() == "" and len(lines) >= 4 and all(lines) and COUNT.fullmatch(lines[1]):
        root = _from_base64(lines[2])
        if root is not None and len(root) == 32 and len(moments) == 1 and _is_moment(moments[0]):
            return Checkpoint(lines[0], int(lines[1]), root, moments[0])
    raise Unreadable("no_checkpoint")


def _from_base64(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None  # one spelling each: no bit may be free


def _is_moment(text: str) -> bool:
    try:
        return bool(MOMENT.fullmatch(text) and datetime.fromisoformat(text[:-1]))
    except ValueError:
        return False


# ── reading what was handed in ───────────────────────────────────────────────────────────────────


def parsed(data: bytes, where: str) -> Json:
    """JSON without floats, doubled keys or lone surrogates. Raises Unreadable naming *where*."""
    try:
        text = data.decode()
        value = READER.decode(text)
        if "\\u" in text:
            canonical(value)  # an escape can hide half a surrogate pair, which is no text
        return value
    except (ValueError, RecursionError) as error:
        raise Unreadable("no_json", where=where, error=error) from None


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"a number that is not whole: {text[:40]}")


def _no_doubles(pairs: list[tuple[str, Json]]) -> Row:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice in one object")
    return found


READER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_doubles)


def _part(value: Json, name: str, kind: type, where: str) -> Json:
    if not isinstance(value, dict) or type(value.get(name)) is not kind:
        raise Unreadable("malformed", where=where, name=name)
    return value[name]


def _hashes(value: Json, name: str, where: str) -> list[bytes]:
    texts = _part(value, name, list, where)
    if not all(isinstance(text, str) and HEX32.fullmatch(text) for text in texts):
        raise Unreadable("malformed", where=where, name=name)
    return [bytes.fromhex(text) for text in texts]


def _demand_format(value: Json, name: str, where: str) -> None:
    if _part(value, "format", str, where) != name:
        raise Unreadable("malformed", where=where, name=f"format: {name}")


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("no_file", path=path, error=error.strerror) from None


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Unreadable("no_utf8", where=where) from None


def _open_zip(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise Unreadable("no_file", path=path, error=error.strerror) from None
    except BROKEN:
        raise Unreadable("no_zip", path=path) from None
    _demand_members(archive.namelist())
    return archive


def _demand_members(names: list[str]) -> None:
    for name in ("archive.json", "log.jsonl", "checkpoints.txt"):
        if name not in names:
            raise Unreadable("no_member", name=name)
    if len(set(names)) != len(names):
        raise Unreadable("two_members")


def _lines(archive: zipfile.ZipFile, name: str, whole: bool = False) -> Iterator[bytes]:
    """The lines of a member one by one, or the *whole* as one. Raises Unreadable when the zip is broken there."""
    try:
        with archive.open(name) as file:
            while line := _bounded(file.read if whole else file.readline, name):
                yield line
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable("broken", name=name) from None


def _bounded(read: Callable[[int], bytes], name: str) -> bytes:
    data = read(LONGEST + 1)
    if len(data) > LONGEST:
        raise Unreadable("overlong", name=name)
    return data


# ── one entry ────────────────────────────────────────────────────────────────────────────────────


class Entry(NamedTuple):
    """An entry of the log as the replay needs it, and as sentences name it."""

    seq: int
    at: str
    action: str
    table: str
    record: str
    values: Json

    @property
    def zh(self) -> str:
        """The entry's name in Chinese."""
        return f"第 {self.seq} 号条目（{self.action}，表 {self.table}，编号 {self.record}，{self.at}）"

    @property
    def en(self) -> str:
        """The entry's name in English."""
        return f"entry #{self.seq} ({self.action}, table {self.table}, record {self.record}, {self.at})"


class Said(NamedTuple):
    """One line of the log: the envelope that the leaf hashes, and the salted values it commits to."""

    envelope: Row
    salt: str
    values: Json

    def leaf(self) -> bytes:
        """The leaf hash of the envelope."""
        return leaf_hash(canonical(self.envelope))

    def entry(self, seq: int) -> Entry:
        """As the entry at this place of the log."""
        at, action, table, record = (str(self.envelope.get(k, "?")) for k in ("at", "action", "table", "record"))
        return Entry(seq, at, action, table, record, self.values)

    def told(self) -> Row:
        """The new values of the columns, if there are any."""
        new = self.values.get("new") if isinstance(self.values, dict) else None
        return new if isinstance(new, dict) else {}

    def usable(self) -> bool:
        """True when envelope and values are of a shape that the replay knows."""
        return _is_envelope(self.envelope) and _known_shape(self.envelope, self.values)

    def faults(self, seq: int, last_at: str) -> Iterator[Words]:
        """What is wrong with it at this place of the log, after an entry of *last_at*."""
        if not _is_envelope(self.envelope):
            yield say("envelope")
            return
        yield from _place_faults(self.envelope, seq, last_at)
        if not HEX.fullmatch(self.salt):
            yield say("salt")
        elif values_digest(self.salt, self.values) != self.envelope["digest"]:
            yield say("digest")
        if not _known_shape(self.envelope, self.values):
            yield say("shape")


def read_said(value: Json, where: str) -> Said:
    """Take one line of the log apart. Raises Unreadable."""
    envelope, salt = _part(value, "envelope", dict, where), _part(value, "salt", str, where)
    if set(value) != {"envelope", "salt", "values"}:
        raise Unreadable("malformed", where=where, name="values")
    return Said(envelope, salt, value["values"])


def _is_envelope(value: Row) -> bool:
    return set(value) == set(ENVELOPE) and all(type(value[name]) is kind for name, kind in ENVELOPE.items())


def _place_faults(envelope: Row, seq: int, last_at: str) -> Iterator[Words]:
    if envelope["seq"] != seq:
        yield say("order", seq=envelope["seq"])
    if not _is_moment(envelope["at"]):
        yield say("moment", at=shown(envelope["at"]))
    elif envelope["at"] < last_at:
        yield say("back", at=last_at)


def _known_shape(envelope: Row, values: Json) -> bool:
    names = set(values) if isinstance(values, dict) else set()
    if names == {"note"}:
        return isinstance(values["note"], dict)
    if not envelope["table"]:
        return False
    if names == {"batch"}:
        return _is_batch(values["batch"])
    if names not in ({"new"}, {"new", "was"}) or not all(isinstance(part, dict) for part in values.values()):
        return False
    return _is_change(envelope, **values)


def _is_change(envelope: Row, new: Row, was: Row | None = None) -> bool:
    if type(new.get("version")) is not int or new["version"] != envelope["version"]:
        return False
    if was is None:
        return bool(new.get("public_id") == envelope["record"])
    return set(new) == set(was) and "public_id" not in new


def _is_batch(batch: Json) -> bool:
    kinds = {"count": (int,), "rows_digest": (str,), "column": (str,), "key": (str, int)}
    if not isinstance(batch, dict) or set(batch) - {"columns"} != set(kinds):
        return False
    if not isinstance(batch.get("columns", []), list):
        return False
    return all(type(batch[name]) in kind for name, kind in kinds.items())


# ── checkpoints and memories, in step with the growing tree ──────────────────────────────────────


class Checkpoints:
    """The archive's own signed checkpoints; each must fit the tree when it has grown to that size."""

    def __init__(self, archive: zipfile.ZipFile, vkey: str, report: Report) -> None:
        self.count = 0
        self._vkey, self._report = vkey, report
        self._good = 0  # entries under a root that held
        self._broken = self._refused = False
        self._last = Checkpoint("", 0, EMPTY_ROOT, "")
        self._signed = self._opened(_notes(archive))
        self._next = next(self._signed, None)

    def fit(self, tree: Tree, last_at: str) -> None:
        """Check every checkpoint of the size that the tree has now; *last_at* is the last entry's moment."""
        while (checkpoint := self._next) and checkpoint.size <= tree.size:
            if checkpoint.size < tree.size:
                self._report.blame(None, "shrinking", size=checkpoint.size)
            else:
                self._compare(checkpoint, tree, last_at)
            self._last, self._next = checkpoint, next(self._signed, None)

    def finish(self, tree: Tree) -> None:
        """Check that the last checkpoint covers the whole log, and that none goes beyond it."""
        if self._next:
            who = Words("签了名的检查点", "signed checkpoint")
            self._report.blame(tree.size, "cut", who=who, seen=self._next.size, size=tree.size)
        elif not self.count or self._last.size < tree.size:
            named = self._last.size < tree.size and not self._refused
            self._report.blame(self._last.size if named else None, "uncovered", size=self._last.size)

    def _opened(self, notes: Iterator[str]) -> Iterator[Checkpoint]:
        for note in notes:
            self.count += 1
            checkpoint = _opened(note, self._vkey, f"checkpoints.txt #{self.count}", self._report)
            self._refused = self._refused or checkpoint is None
            if checkpoint:
                yield checkpoint

    def _compare(self, checkpoint: Checkpoint, tree: Tree, last_at: str) -> None:
        if checkpoint.at < max(last_at, self._last.at):
            self._report.blame(None, "late", size=tree.size)
        if checkpoint.root == tree.root():
            self._good = tree.size
        elif not self._broken:
            self._broken = True  # every later root differs as well, which says nothing new
            self._blame_root(self._good, tree.size)

    def _blame_root(self, first: int, size: int) -> None:
        name = "empty_root" if not size else "this_one" if size - first <= 1 else "one_of"
        self._report.blame(size - 1 if size else None, name, first=first, last=size - 1, size=size)


def _notes(archive: zipfile.ZipFile) -> Iterator[str]:
    where, held = "checkpoints.txt", b""
    for line in _lines(archive, where):
        if SEPARATOR_LINE.fullmatch(line):
            yield _text(held, where)
            held = b""
        else:
            held += line
        if len(held) > 1_000_000:
            raise Unreadable("overlong", name=where)
    if held.strip():
        yield _text(held, where)


def _opened(note: str, vkey: str, where: str, report: Report) -> Checkpoint | None:
    try:
        return open_checkpoint(note, vkey)
    except Unreadable as error:
        raise Unreadable("at", where=where, inner=error) from None
    except Untrue as error:
        report.blame(None, "at", where=where, inner=error)
        return None


class Memory(NamedTuple):
    """What somebody outside kept of the log: a signed checkpoint, and leaf hashes from the index *first* on."""

    who: Words
    vkey: str
    seen: Checkpoint
    first: int
    leaves: list[bytes]

    def holds(self, entry: Entry, leaf: bytes, tree: Tree, report: Report) -> bool:
        """Compare one leaf, and the root when *tree* has just reached the size that was seen."""
        place = entry.seq - self.first
        if 0 <= place < len(self.leaves) and self.leaves[place] != leaf:
            report.blame(entry.seq, "differs", entry=entry, who=self.who)
            return False
        if tree.size == self.seen.size and tree.root() != self.seen.root:
            report.blame(entry.seq, "other_root", size=tree.size, who=self.who)
            return False
        return True

    def finish(self, size: int, vkey: str, report: Report) -> None:
        """Check that the log has not become shorter and is signed with the same key."""
        if self.vkey != vkey:
            report.blame(None, "two_keys", who=self.who, vkey=shown(vkey), other=shown(self.vkey))
        if self.seen.size > size:
            report.blame(size, "cut", who=self.who, seen=self.seen.size, size=size)
        report.fact("memory_fact", who=self.who, at=self.seen.at, size=self.seen.size)


def read_witness(path: Path, report: Report) -> Memory | None:
    """The witness's memory; None, and the problem noted, when it does not give its own signed root."""
    where = path.name
    value = parsed(_file(path), where)
    _demand_format(value, WITNESS, where)
    leaves, vkey = _hashes(value, "leaves", where), _part(value, "vkey", str, where)
    seen = _opened(_part(value, "note", str, where), vkey, where, report)
    if seen and (seen.size != len(leaves) or seen.root != root_of(leaves)):
        report.blame(None, "self_contradiction", where=where)
        return None
    return Memory(Words("见证人", "witness"), vkey, seen, 0, leaves) if seen else None


# ── the replay: do the business tables say what the log says? ────────────────────────────────────


class Batch:
    """Rows added in one go: how many, and the digest of what they were at first."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self._told = entry, entry.values["batch"]
        self._found, self._hash = 0, hashlib.sha256()

    def take(self, row: Row) -> None:
        """Count in one row as first inserted, without the columns that came to the table later and are empty."""
        columns = self._told.get("columns", row)
        first = {name: value for name, value in row.items() if name in columns or value is not None}
        self._found += 1
        self._hash.update(canonical(first) + b"\n")

    def close(self, report: Report) -> None:
        """Compare with what the entry says."""
        seq, told = self.entry.seq, self._told
        if self._found != told["count"]:
            report.blame(seq, "batch_count", entry=self.entry, told=told["count"], found=self._found)
        elif self._hash.hexdigest() != told["rows_digest"]:
            report.blame(seq, "batch_digest", entry=self.entry)


Paired: TypeAlias = "tuple[str, Row | None, Entry | None]"  # a public id with a row, or with an entry about it


class Replay:
    """Unwinds every row through the entries about it, which wait in a temporary file, not in memory."""

    def __init__(self, report: Report) -> None:
        self.rows = self.tables = 0
        self._report = report
        self._batches: dict[tuple[str, str, bytes], Batch] = {}
        self._links: dict[str, set[str]] = {}
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("PRAGMA journal_mode = OFF")
        self._store.execute("BEGIN")
        self._store.execute("CREATE TABLE entry (tab TEXT, rec TEXT, seq INT, at TEXT, action TEXT, said TEXT)")

    def close(self) -> None:
        """Drop the temporary file."""
        self._store.close()

    def remember(self, entry: Entry) -> None:
        """Keep a usable entry until the tables are read."""
        if "batch" in entry.values:
            self._open_batch(entry)
        elif "new" in entry.values:
            said = canonical(entry.values).decode()
            row = (entry.table, entry.record, entry.seq, entry.at, entry.action, said)
            self._store.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)

    def settle(self, archive: zipfile.ZipFile) -> None:
        """Compare all tables with what was remembered."""
        self._store.execute("CREATE INDEX by_record ON entry (tab, rec, seq)")
        held = {match[1]: name for name in archive.namelist() if (match := TABLE_FILE.fullmatch(name))}
        told = {table for (table,) in self._store.execute("SELECT DISTINCT tab FROM entry")}
        for table in sorted(told | set(self._links) | set(held)):
            rows = self._read_rows(archive, held[table]) if table in held else iter(())
            self._settle_table(table, heapq.merge(rows, self._entries(table), key=itemgetter(0)))
        for batch in self._batches.values():
            batch.close(self._report)

    def _open_batch(self, entry: Entry) -> None:
        column, key = entry.values["batch"]["column"], canonical(entry.values["batch"]["key"])
        batch = Batch(entry)
        first = self._batches.setdefault((entry.table, column, key), batch)
        self._links.setdefault(entry.table, set()).add(column)
        if first is not batch:
            self._report.blame(entry.seq, "batch_key", entry=entry, first=first.entry.seq, column=column)

    def _read_rows(self, archive: zipfile.ZipFile, name: str) -> Iterator[Paired]:
        last = ""
        for number, line in enumerate(_lines(archive, name), 1):
            where = f"{name}:{number}"
            row = parsed(line, where)
            record = _part(row, "public_id", str, where)
            if record < last:
                raise Unreadable("unsorted", where=where)
            last = record
            self.rows += 1
            yield record, row, None

    def _entries(self, table: str) -> Iterator[Paired]:
        query = "SELECT rec, seq, at, action, said FROM entry WHERE tab = ? ORDER BY rec, seq"
        for record, seq, at, action, said in self._store.execute(query, (table,)):
            yield record, None, Entry(seq, at, action, table, record, json.loads(said))

    def _settle_table(self, table: str, paired: Iterator[Paired]) -> None:
        self.tables += 1
        for record, group in groupby(paired, key=itemgetter(0)):
            pairs = list(group)
            rows = [row for _, row, _ in pairs if row is not None]
            entries = [entry for _, _, entry in pairs if entry is not None]
            if not rows:
                self._report.blame(entries[0].seq, "gone", table=table, record=record, entry=entries[0])
            for extra in rows[1:]:
                seq = entries[0].seq if entries else None
                self._report.blame(seq, "twice", table=table, record=extra["public_id"])
            if rows:
                self._settle_row(table, record, rows[0], entries)

    def _settle_row(self, table: str, record: str, row: Row, entries: list[Entry]) -> None:
        later: dict[str, int] = {}  # the entry that says a column was what is now compared
        for entry in reversed(entries):
            self._compare(entry, row, later)
            if "was" not in entry.values:
                return self._settle_birth(entry, entries, row)
            row.update(entry.values["was"])
            later.update(dict.fromkeys(entry.values["was"], entry.seq))
        return self._settle_batch_row(table, record, row, entries)

    def _compare(self, entry: Entry, row: Row, later: dict[str, int]) -> None:
        for column, logged in entry.values["new"].items():
            if column in row and _same(row[column], logged):
                continue
            words = {"entry": entry, "column": column, "logged": shown(logged), "found": shown(row.get(column))}
            if column in later:
                self._report.blame(entry.seq, "contradiction", later=later[column], **words)
            else:
                self._report.blame(entry.seq, "column", **words)

    def _settle_birth(self, entry: Entry, entries: list[Entry], row: Row) -> None:
        if entry is not entries[0]:
            self._report.blame(entry.seq, "twice_added", entry=entry)
        for column in sorted(set(row) - set(entry.values["new"])):
            if row[column] is not None:  # a column that came to the table later is empty until an entry sets it
                words = {"entry": entry, "table": entry.table, "record": entry.record, "column": column}
                self._report.blame(entry.seq, "unset", found=shown(row[column]), **words)

    def _settle_batch_row(self, table: str, record: str, row: Row, entries: list[Entry]) -> None:
        for column in sorted(self._links.get(table, ())):
            if batch := self._batches.get((table, column, canonical(row.get(column)))):
                return batch.take(row)
        seq = entries[0].seq if entries else None
        return self._report.blame(seq, "unfounded", table=table, record=record)


def _same(one: Json, other: Json) -> bool:
    if type(one) is not type(other) or one != other:  # True == 1 in Python, not in the log
        return False
    return not isinstance(one, (list, dict)) or canonical(one) == canonical(other)


# ── an archive ───────────────────────────────────────────────────────────────────────────────────


class Head(NamedTuple):
    """archive.json: whose log it is and what it should come to."""

    origin: str
    vkey: str
    size: int
    root: bytes
    clock: str


def read_head(archive: zipfile.ZipFile) -> Head:
    """Read archive.json. Raises Unreadable."""
    where = "archive.json"
    value = parsed(next(_lines(archive, where, whole=True), b""), where)
    _demand_format(value, ARCHIVE, where)
    origin, vkey, clock = (_part(value, name, str, where) for name in ("origin", "vkey", "clock"))
    size, root = _part(value, "size", int, where), _from_base64(_part(value, "root", str, where))
    if root is None or len(root) != 32 or clock not in ("real", "demonstration"):
        raise Unreadable("malformed", where=where, name="root, clock")
    read_key(vkey)
    return Head(origin, vkey, size, root, clock)


def verify_archive(
    path: Path, witness: Path | None = None, key: str | None = None, receipt: Path | None = None
) -> Report:
    """Prove the archive at *path*, also against what a *witness* or the holder of a *receipt* kept.

    *key* is the published verification key, when known. Raises Unreadable.
    """
    report = Report()
    memories = [read_witness(witness, report)] if witness else []
    memories += [remembered(read_receipt(receipt), report)] if receipt else []
    with _open_zip(path) as archive, closing(Replay(report)) as replay:
        head = read_head(archive)
        tree = _walk(archive, head, [memory for memory in memories if memory], replay, report)
        replay.settle(archive)
        _compare_head(head, tree, key, report)
        report.fact("table_fact", tables=replay.tables, rows=replay.rows)
        _tell_limits(archive, head, bool(key or witness or receipt), report)
    return report


def _walk(archive: zipfile.ZipFile, head: Head, memories: list[Memory], replay: Replay, report: Report) -> Tree:
    tree, first_at, last_at, agreeing = Tree(), "", "", memories
    checkpoints = Checkpoints(archive, head.vkey, report)
    checkpoints.fit(tree, last_at)
    for line in _lines(archive, "log.jsonl"):
        where = f"log.jsonl:{tree.size + 1}"
        said = read_said(parsed(line, where), where)
        entry, leaf = said.entry(tree.size), said.leaf()
        _blame_entry(said, entry, last_at, report)
        if said.usable():
            replay.remember(entry)
        if _is_moment(entry.at):
            first_at, last_at = first_at or entry.at, entry.at
        tree.append(leaf)
        checkpoints.fit(tree, last_at)
        # the first difference is named; whoever holds it differs from there on, which says nothing new
        agreeing = [memory for memory in agreeing if memory.holds(entry, leaf, tree, report)]
    checkpoints.finish(tree)
    root = base64.b64encode(tree.root()).decode()
    report.fact("log_fact", size=tree.size, first=first_at, last=last_at, root=root)
    report.fact("checkpoint_fact", count=checkpoints.count)
    for memory in memories:
        memory.finish(tree.size, head.vkey, report)
    return tree


def _blame_entry(said: Said, entry: Entry, last_at: str, report: Report) -> None:
    for fault in said.faults(entry.seq, last_at):
        report.blame(entry.seq, "entry", entry=entry, fault=fault)


def _compare_head(head: Head, tree: Tree, key: str | None, report: Report) -> None:
    if key and key != head.vkey:
        report.blame(None, "other_key")
    if read_key(head.vkey).name != head.origin:
        report.blame(None, "key_name")
    if head.size != tree.size:
        first = max(0, min(head.size, tree.size))
        report.blame(first, "size", first=first, told=head.size, size=tree.size)
    elif head.root != tree.root():
        report.blame(None, "root")


def _tell_limits(archive: zipfile.ZipFile, head: Head, compared: bool, report: Report) -> None:
    if head.clock == "demonstration":
        report.fact("clock_fact")
    known = {"archive.json", "log.jsonl", "checkpoints.txt"}
    others = [name for name in archive.namelist() if name not in known and not TABLE_FILE.fullmatch(name)]
    if others:
        report.fact("others_fact", count=len(others))
    _tell_key(head.vkey, compared, report)


def _tell_key(vkey: str, compared: bool, report: Report) -> None:
    report.fact("key_fact", vkey=vkey)
    if not compared:
        report.fact("key_warning")


# ── a receipt ────────────────────────────────────────────────────────────────────────────────────


class Receipt(NamedTuple):
    """The proof in a receipt: one entry, its path to the root, and the checkpoint signed over that root."""

    said: Said
    place: int
    proof: list[bytes]
    note: str
    vkey: str
    where: str


def read_receipt(path: Path) -> Receipt:
    """Read the proof between its two marker lines. Raises Unreadable."""
    where = path.name
    lines = _text(_file(path), where).splitlines()
    if lines.count(BEGIN_PROOF) != 1 or lines.count(END_PROOF) != 1:
        raise Unreadable("no_proof", where=where)
    proof = "\n".join(lines[lines.index(BEGIN_PROOF) + 1 : lines.index(END_PROOF)])
    value = parsed(proof.encode(), where)
    _demand_format(value, RECEIPT, where)
    said = read_said({name: value[name] for name in ("envelope", "salt", "values") if name in value}, where)
    place, note = _part(value, "index", int, where), _part(value, "note", str, where)
    return Receipt(said, place, _hashes(value, "proof", where), note, _part(value, "vkey", str, where), where)


def remembered(receipt: Receipt, report: Report) -> Memory | None:
    """What the holder of the receipt knows of the log; None, and the problem noted, when it proves nothing."""
    seen, leaf = _opened(receipt.note, receipt.vkey, receipt.where, report), receipt.said.leaf()
    if seen and not inclusion_holds(leaf, receipt.place, seen.size, receipt.proof, seen.root):
        report.blame(receipt.place, "not_included", entry=receipt.said.entry(receipt.place))
        return None
    return Memory(Words("收据", "receipt"), receipt.vkey, seen, receipt.place, [leaf]) if seen else None


def verify_receipt(path: Path, sealed: Path | None = None, key: str | None = None) -> Report:
    """Prove the receipt at *path*, and that *sealed* is the file it was given for. Raises Unreadable."""
    report, receipt = Report(), read_receipt(path)
    entry = receipt.said.entry(receipt.place)
    _blame_entry(receipt.said, entry, "", report)
    if key and key != receipt.vkey:
        report.blame(None, "other_key")
    if memory := remembered(receipt, report):
        _tell_receipt(receipt, entry, memory.seen, report)
    if sealed:
        _compare_sealed(receipt, entry, sealed, report)
    _tell_key(receipt.vkey, bool(key), report)
    return report


def _tell_receipt(receipt: Receipt, entry: Entry, seen: Checkpoint, report: Report) -> None:
    report.fact("entry_fact", entry=entry, actor=receipt.said.envelope.get("actor"))
    report.fact("signed_fact", at=seen.at, size=seen.size)
    for column, value in sorted(receipt.said.told().items()):
        report.fact("value_fact", column=column, value=shown(value))


def _compare_sealed(receipt: Receipt, entry: Entry, sealed: Path, report: Report) -> None:
    told, found = receipt.said.told().get("sealed_sha256"), hashlib.sha256(_file(sealed)).hexdigest()
    if told == found:
        report.fact("sealed_fact", name=sealed.name)
    else:
        report.blame(entry.seq, "sealed", entry=entry, told=shown(told), name=sealed.name, found=found)


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command: 0 proven, 1 something does not hold, 2 cannot be read. Chinese first, then English."""
    asked = _asked(arguments)
    try:
        reports = _reports(asked)
    except Unreadable as error:
        return _give_up(error)
    except (sqlite3.Error, OSError, MemoryError) as error:
        return _give_up(say("machine", error=error))
    print(_printable("\n".join(report.text() for report in reports)), end="")
    return 0 if all(report.ok for report in reports) else 1


def _reports(asked: argparse.Namespace) -> list[Report]:
    reports = [verify_receipt(asked.receipt, asked.sealed, asked.key)] if asked.receipt else []
    if asked.archive:
        reports.append(verify_archive(asked.archive, asked.witness, asked.key, asked.receipt))
    return reports


def _give_up(why: Unreadable | Words) -> int:
    words = say("unreadable", inner=why)
    print(_printable(f"{words.zh}\n{words.en}"))
    return 2


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verifier", description="验证归档或收据 / Prove an archive or a receipt.")
    parser.add_argument("--archive", type=Path, help="归档 zip / the archive")
    parser.add_argument("--witness", type=Path, help="见证文件 / what a witness kept (with --archive)")
    parser.add_argument("--receipt", type=Path, help="收据 / a receipt; with --archive also looked up in it")
    parser.add_argument("--sealed", type=Path, help="密封文件 / the sealed file (with --receipt)")
    parser.add_argument("--key", help="公布的公钥 / the published verification key")
    asked = parser.parse_args(arguments)
    if not (asked.archive or asked.receipt):
        parser.error("请给 --archive 或 --receipt / give --archive or --receipt")
    if (asked.witness and not asked.archive) or (asked.sealed and not asked.receipt):
        parser.error("--witness 须与 --archive，--sealed 须与 --receipt 同用 / give both of the pair")
    return asked


def _printable(text: str) -> str:
    """Nothing in a file under suspicion may steer the reader's terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else f"\\u{ord(sign):04x}" for sign in text)


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Chinese still gets the answer
    sys.exit(main())
