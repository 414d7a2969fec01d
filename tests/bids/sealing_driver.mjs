// Runs the sealing pages' own code for the tests: a JSON request on stdin, a JSON answer on stdout.
import { readFileSync } from "node:fs";

import * as bid from "../../assets/seal/bid.js";
import * as format from "../../assets/seal/format.js";

const bytes = (text) => format.fromBase64(text);
const done = {
  async seal({ sheet, lot, fields, files }) {
    const read = format.readSheet(sheet);
    const given = files.map((file) => ({ ...file, bytes: bytes(file.base64), size: bytes(file.base64).length }));
    const found = bid.problems(read.lots.find((one) => one.id === lot), fields, given);
    if (found.length) return { problems: found };
    const sealed = await format.sealPayload(read, bid.makePayload(read, lot, fields, given));
    return { ...sealed, keyholders: format.keyholdersDigest(read) };
  },
  async release({ asked, identity }) {
    return format.releaseShares(format.readAsked(asked), format.readIdentity(identity));
  },
  async keygen() {
    const { identity, recipient } = await format.makeIdentity();
    return { identity, recipient, again: await format.recipientOf(format.readIdentity(`# c\r\n${identity}\n`)) };
  },
  read: ({ what, text }) => ({ sheet: format.readSheet, asked: format.readAsked, identity: format.readIdentity })[what](text),
  capitals: ({ amounts }) => amounts.map((fen) => [format.capitals(fen), format.yuan(fen)]),
  fen: ({ texts }) => texts.map(format.yuanToFen),
  canonical: ({ record }) => format.canonical(record),
  names: ({ parts }) => parts.map((part) => format.fileName(...part)),
  words: () => ({ statements: bid.STATEMENTS, sme: bid.SME_KINDS }),
  limits: () => [bid.MOST_TEXT, bid.MOST_ATTACHMENTS, bid.MOST_FILE, bid.MOST_FILES],
};

const { op, ...request } = JSON.parse(readFileSync(0, "utf8"));
try {
  console.log(JSON.stringify({ answer: await done[op](request) }));
} catch (error) {
  if (!(error instanceof format.SealError)) throw error;
  console.log(JSON.stringify({ refused: [error.zh, error.en, error.field] }));
}
