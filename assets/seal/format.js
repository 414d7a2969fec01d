// The sealed files, byte for byte as app/bids/sealed_*.py writes them: tender sheet, package, shares, recovery.
// Pure: no page, no clock. What a bid may say is in bid.js.
import { sha256 } from "@noble/hashes/sha2.js";
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { split } from "shamir-secret-sharing";

export const MOST_FEN = Number.MAX_SAFE_INTEGER; // a JSON number beyond it would not be exact in a browser
const FORMATS = {
  sheet: "gongyue-tender-sheet/1", package: "gongyue-sealed-bid/1", share: "gongyue-share/1",
  asked: "gongyue-keyholder-sheet/1", release: "gongyue-shares/1", recovery: "gongyue-recovery/1",
};
const SUITE = "age-x25519+shamir-gf256";
const KEY_PREFIX = "age-secret-key-";

/** What cannot be sealed or read, said in both languages; `field` names the field of the page it is about. */
export class SealError extends Error {
  constructor(zh, en, field = "") {
    super(zh);
    Object.assign(this, { zh, en, field });
  }
}

// ---- bytes ----

export const utf8 = (text) => new TextEncoder().encode(text);
export const sha256Hex = (bytes) => Array.from(sha256(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

/** JSON in one spelling only: keys sorted, no blanks. */
export function canonical(record) {
  return JSON.stringify(record, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, value[key]]))
      : value,
  );
}

const ALPHABET = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

/** Standard base64; by hand, as btoa on pieces takes twenty times as long on 40 MB of attachments. */
export function toBase64(bytes) {
  const out = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(61); // "="
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const bits = (bytes[from] << 16) | (bytes[from + 1] << 8) | bytes[from + 2]; // beyond the end counts as 0
    out[to] = ALPHABET[bits >> 18];
    out[to + 1] = ALPHABET[(bits >> 12) & 63];
    if (from + 1 < bytes.length) out[to + 2] = ALPHABET[(bits >> 6) & 63];
    if (from + 2 < bytes.length) out[to + 3] = ALPHABET[bits & 63];
  }
  return new TextDecoder().decode(out);
}

/** The bytes of strict base64, or null. */
export function fromBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return typeof text === "string" && toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export function fileName(...parts) {
  const ending = parts.pop();
  const safe = parts.map((part) => part.replace(/[\\/:*?"<>|\x00-\x1f\s]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "-");
  return safe.join("-") + ending;
}

// ---- money (F-01, F-04): a twin of app/core/money.py, compared with it in the tests ----

/** Exact fen of yuan as typed: 「2388000」, 「2,388,000.5」, 「２３８８０００元」; null for anything else. Never rounds. */
export function yuanToFen(text) {
  const plain = text.normalize("NFKC").trim().replace(/^(¥|人民币)\s*/, "").replace(/\s*[元圆]$/, "");
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const fen = BigInt(found[1].replaceAll(",", "") + (found[2] ?? "").padEnd(2, "0"));
  return fen <= BigInt(MOST_FEN) ? Number(fen) : null;
}

/** Fen as figures for people: 123456789 → 「1,234,567.89」. */
export function yuan(fen) {
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["仟", "佰", "拾", ""];

/** The amount in capitals: 600714 → 「人民币陆仟零柒元壹角肆分」; 整 after 元 only, none after 角. */
export function capitals(fen) {
  const whole = Math.floor(fen / 100);
  const words = whole ? readWhole(whole) + "元" : "";
  return "人民币" + (fen % 100 ? words + readCents(fen % 100, whole > 0) : (words || "零元") + "整");
}

function readWhole(number) {
  if (number >= 1e8) return joined(readWhole(Math.floor(number / 1e8)) + "亿", number % 1e8, 1e7);
  if (number >= 1e4) return joined(readSection(Math.floor(number / 1e4)) + "万", number % 1e4, 1e3);
  return readSection(number);
}

const joined = (head, rest, full) => head + (rest > 0 && rest < full ? "零" : "") + (rest ? readWhole(rest) : "");

function readSection(number) {
  const read = [...String(number).padStart(4, "0")].map((d, i) => DIGITS[d] + (d === "0" ? "" : PLACES[i]));
  return read.join("").replace(/零+/g, "零").replace(/^零|零$/g, "");
}

function readCents(part, afterYuan) {
  const [jiao, fen] = [Math.floor(part / 10), part % 10];
  return (jiao ? DIGITS[jiao] + "角" : afterYuan ? "零" : "") + (fen ? DIGITS[fen] + "分" : "");
}

// ---- keys ----

export async function makeIdentity() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The key in an identity file as keygen or age-keygen writes it; SealError for anything else. */
export function readIdentity(text) {
  const keys = text.replace(/^\ufeff/, "").split(/\r?\n/).map((l) => l.trim()).filter((l) => l && !l.startsWith("#"));
  try {
    const { prefix, bytes } = bech32.decodeToBytes(keys.length === 1 ? keys[0] : "");
    if (prefix.toLowerCase() === KEY_PREFIX && bytes.length === 32) return keys[0].toUpperCase();
  } catch {} // falls through to the refusal
  throw new SealError("这不是密钥文件：应当恰有一行 AGE-SECRET-KEY-1…",
    "This is not an identity file: it must hold exactly one line AGE-SECRET-KEY-1…", "identity");
}

export const recipientOf = (identity) => identityToRecipient(identity);

function isRecipient(text) {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    return prefix === "age" && bytes.length === 32 && text === text.toLowerCase();
  } catch {
    return false;
  }
}

async function encryptTo(recipient, plain) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

// ---- the tender sheet ----

function readJson(text, format, zh, en) {
  try {
    const record = JSON.parse(text.replace(/^\ufeff/, ""));
    if (record.format === format) return record;
  } catch {} // falls through to the refusal
  throw new SealError(zh, en, "file");
}

/** Read a tender sheet; SealError when it is none or its keyholders cannot be sealed to. */
export function readSheet(text) {
  const sheet = readJson(text, FORMATS.sheet, "这不是公约门户下载的投标数据表（tender-sheet.json）",
    "This is not a tender sheet (tender-sheet.json) from the portal");
  if (!isWholeSheet(sheet))
    throw new SealError("投标数据表缺少内容或内容不对，请重新下载", "The tender sheet is incomplete; download it again", "file");
  const { keyholders, threshold } = sheet;
  const different = (key) => new Set(keyholders.map((holder) => holder[key])).size === keyholders.length;
  if (threshold < 2 || threshold > keyholders.length || keyholders.length > 255 || !different("id") || !different("recipient"))
    throw new SealError("投标数据表的密钥持有人或开启门限不对", "The keyholders or the threshold of the tender sheet are wrong", "file");
  const wrong = keyholders.find((holder) => !isRecipient(holder.recipient));
  if (wrong)
    throw new SealError(`${wrong.name}的公钥不是 age X25519 公钥（age1…）`, `The public key of ${wrong.name} is not an age X25519 key (age1…)`, "file");
  return sheet;
}

function isWholeSheet({ tender, lots, bidder, threshold, keyholders }) {
  const texts = (record, ...keys) => record && keys.every((key) => typeof record[key] === "string");
  const counts = (number) => Number.isSafeInteger(number) && number > 0;
  return texts(tender, "id", "number", "name", "closes_at") && texts(bidder, "id", "name") && counts(threshold)
    && Array.isArray(lots) && lots.length > 0 && Array.isArray(keyholders)
    && lots.every((lot) => texts(lot, "id", "number", "name") && counts(lot.ceiling_fen))
    && keyholders.every((holder) => texts(holder, "id", "name", "body", "recipient"));
}

/** One line to compare with the notice instead of five keys. */
export function keyholdersDigest({ keyholders, threshold }) {
  const listed = keyholders.map(({ id, name, body, recipient }) => ({ id, name, body, recipient }));
  return sha256Hex(utf8(canonical({ keyholders: listed, threshold })));
}

// ---- sealing ----

/** Seal a payload of bid.js: `{packageText, recoveryText, name, recoveryName, digest}`. */
export async function sealPayload(sheet, payload) {
  const { identity, recipient } = await makeIdentity();
  const secret = bech32.decodeToBytes(identity).bytes;
  const shares = await split(secret, sheet.keyholders.length, sheet.threshold);
  const plain = utf8(canonical(payload));
  const ciphertext = await encryptTo(recipient, plain);
  const about = { tender: sheet.tender.id, lot: payload.lot, bidder: payload.bidder, recipient };
  const rest = {
    ...about, format: FORMATS.package, suite: SUITE, threshold: sheet.threshold, ciphertext: toBase64(ciphertext),
    ciphertext_sha256: sha256Hex(ciphertext),
    shares: await Promise.all(sheet.keyholders.map((holder, i) => sealShare(sheet.tender, holder, shares[i]))),
  };
  const packageText = canonical({ ...rest, checksum: sha256Hex(utf8(canonical(rest))) });
  const digest = sha256Hex(utf8(packageText));
  const recoveryText = canonical({
    ...about, format: FORMATS.recovery, number: sheet.tender.number, identity,
    payload_sha256: sha256Hex(plain), package_sha256: digest,
    shares: sheet.keyholders.map((holder, i) => ({ keyholder: holder.id, share: toBase64(shares[i]) })),
  });
  const lot = sheet.lots.find((one) => one.id === payload.lot).number;
  const name = (ending) => fileName(sheet.tender.number, lot, ending);
  return { packageText, recoveryText, digest, name: name(".sealed.json"), recoveryName: name(".recovery.json") };
}

// The note names its tender, so that no portal can have a share opened as part of another tender.
async function sealShare(tender, holder, share) {
  const note = {
    format: FORMATS.share, tender: tender.id, number: tender.number, closes_at: tender.closes_at,
    keyholder: holder.id, share: toBase64(share),
  };
  return {
    keyholder: holder.id, recipient: holder.recipient, x: share[share.length - 1], commitment: sha256Hex(share),
    sealed: toBase64(await encryptTo(holder.recipient, utf8(canonical(note)))),
  };
}

// ---- keyholders ----

/** Read what the portal asks of a keyholder (shares.json). */
export function readAsked(text) {
  const asked = readJson(text, FORMATS.asked, "这不是门户给密钥持有人的份额清单（shares.json）",
    "This is not the list of shares (shares.json) the portal gives a keyholder");
  const texts = ["tender", "number", "name", "closes_at", "keyholder"].every((key) => typeof asked[key] === "string");
  if (!texts || !Array.isArray(asked.bids) || !asked.bids.every((bid) => typeof bid?.bid === "string"))
    throw new SealError("份额清单的内容不全，请重新下载", "The list of shares is incomplete; download it again", "file");
  return asked;
}

/** The keyholder's answer: `{text, name, shares}`; a share that fails has `fault` and `fault_en`. */
export async function releaseShares(asked, identity) {
  const shares = [];
  for (const bid of asked.bids) shares.push(await releaseOne(asked, bid, identity));
  const released = shares.map(({ bid, share, fault }) => ({ bid, share, fault }));
  const text = canonical({ format: FORMATS.release, tender: asked.tender, keyholder: asked.keyholder, shares: released });
  return { text, shares, name: fileName("shares", asked.keyholder, ".json") };
}

async function releaseOne(asked, bid, identity) {
  try {
    return { bid: bid.bid, share: toBase64(await openShare(asked, bid, identity)), fault: "" };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { bid: bid.bid, share: null, fault: error.zh, fault_en: error.en };
  }
}

async function openShare(asked, bid, identity) {
  const note = await openNote(bid, identity);
  if (note.tender !== asked.tender || note.number !== asked.number)
    throw new SealError("份额属于另一个项目，不得在本项目开启", "The share belongs to another tender and may not be opened in this one");
  if (!(Date.parse(note.closes_at) <= Date.parse(asked.closes_at)))
    throw new SealError("份额所写的截止时间晚于清单所列，不得开启",
      "The share names a later deadline than the list does and may not be opened");
  const share = fromBase64(note.share);
  if (!share || sha256Hex(share) !== bid.commitment)
    throw new SealError("份额与密封文件中的承诺值不符", "The share does not match the commitment in the sealed bid");
  return share;
}

async function openNote(bid, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  let text;
  try {
    text = await decrypter.decrypt(fromBase64(bid.share) ?? new Uint8Array(), "text");
  } catch {
    throw new SealError("份额不是密封给本密钥的，或已损坏", "The share is not sealed to this key, or is damaged");
  }
  return readJson(text, FORMATS.share, "份额的内容不是密钥份额", "What was sealed is not a share");
}
