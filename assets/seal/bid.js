// What a bid says, and what is wrong with it: the twin of app/bids/sealed_payload.py.
import { MOST_FEN, capitals, toBase64, yuan } from "./format.js";

export const MOST_TEXT = 100_000;
export const MOST_ATTACHMENTS = 50;
export const MOST_FILE = 10 * 1024 * 1024;
export const MOST_FILES = 25 * 1024 * 1024;

// [key, Chinese, English]; the Chinese is compared with STATEMENTS of sealed_payload.py in the tests.
export const STATEMENTS = [
  ["no_major_violation", "参加本次采购活动前三年内，在经营活动中没有重大违法记录",
    "In the three years before this procurement we had no record of major violations in our operations"],
  ["not_listed", "未被列入失信被执行人、重大税收违法失信主体、政府采购严重违法失信行为记录名单",
    "We are not listed as a judgment defaulter, a major tax violator or for serious procurement violations"],
  ["not_related", "与投同一包的其他供应商，单位负责人不是同一人，也不存在直接控股、管理关系",
    "We share no head and no direct holding or management relation with another bidder for the same lot"],
  ["not_prior", "未为本项目提供过整体设计、规范编制、项目管理、监理或检测等服务",
    "We did no overall design, specification, project management, supervision or testing for this project"],
  ["terms_accepted", "接受采购文件的全部实质性要求，没有采购人不能接受的附加条件",
    "We accept every substantive requirement of the tender documents and add no unacceptable conditions"],
  ["true_content", "投标内容真实、完整，愿意承担提供虚假材料的法律责任",
    "Our bid is true and complete, and we answer in law for any false material"],
];
export const SME_KINDS = [
  ["none", "不作声明（如社会组织）", "No declaration (such as a social organization)"],
  ["micro", "微型企业", "Micro enterprise"], ["small", "小型企业", "Small enterprise"],
  ["medium", "中型企业", "Medium enterprise"], ["prison", "监狱企业", "Prison enterprise"],
  ["disability", "残疾人福利性单位", "Welfare enterprise employing people with disabilities"],
];

const problem = (field, zh, en) => ({ field, zh, en });
const length = (text) => [...text].length; // characters, as Python counts them
const readable = (text) => !/[\0\p{Surrogate}]/u.test(text);

/**
 * What keeps a bid from being sealed, in the order of the page. `price_fen` is null when the price cannot be read;
 * `files` have name, media_type and size.
 */
export function problems(lot, fields, files) {
  return [...aboutPrice(lot, fields.price_fen), ...aboutTexts(fields), ...aboutFiles(files), ...aboutContact(fields.contact),
    ...aboutStatements(fields.declaration)];
}

function* aboutPrice(lot, fen) {
  if (!lot) yield problem("lot", "请选择要投的包", "Choose the lot you bid for");
  if (fen === null)
    yield problem("price", "请写报价，单位元，最多两位小数，如 2388000.00", "Enter the price in yuan with at most two decimals, such as 2388000.00");
  else if (fen <= 0 || fen > MOST_FEN) yield problem("price", "报价必须大于零", "The price must be more than zero");
  else if (lot && fen > lot.ceiling_fen)
    yield problem("price", `报价超过本包最高限价 ${yuan(lot.ceiling_fen)} 元，投标会无效（87号令第63条）`,
      `The price is over this lot's ceiling of ${yuan(lot.ceiling_fen)} yuan; the bid would be invalid (Order 87, Art. 63)`);
}

function* aboutTexts(fields) {
  for (const [field, zh, en] of [["technical", "技术部分", "technical part"], ["business", "商务部分", "business part"]]) {
    if (!fields[field].trim()) yield problem(field, `请填写${zh}`, `Enter the ${en}`);
    else if (length(fields[field]) > MOST_TEXT)
      yield problem(field, `${zh}超过 ${MOST_TEXT} 字，请改用附件`, `The ${en} is over ${MOST_TEXT} characters; attach it as a file`);
    else if (!readable(fields[field]))
      yield problem(field, `${zh}含有不能显示的字符`, `The ${en} holds characters that cannot be shown`);
  }
}

function* aboutFiles(files) {
  const names = new Set(files.map((file) => file.name.toLowerCase()));
  if (names.size < files.length) yield problem("attachments", "附件有重名，请改名", "Two attachments have the same name; rename one");
  if (files.length > MOST_ATTACHMENTS) yield problem("attachments", `附件超过 ${MOST_ATTACHMENTS} 个`, `There are more than ${MOST_ATTACHMENTS} attachments`);
  for (const { name, size } of files) {
    if (!size) yield problem("attachments", `附件“${name}”是空的`, `The attachment “${name}” is empty`);
    if (size > MOST_FILE) yield problem("attachments", `附件“${name}”超过10MB`, `The attachment “${name}” is over 10 MB`);
    if (/[\\/:*?"<>|\x00-\x1f]|^\./.test(name) || length(name) > 200 || !readable(name))
      yield problem("attachments", `附件“${name}”的文件名不能用，请改名`, `The attachment “${name}” has an unusable name; rename it`);
  }
  if (files.reduce((sum, file) => sum + file.size, 0) > MOST_FILES)
    yield problem("attachments", "附件合计超过25MB", "The attachments are over 25 MB together");
}

function* aboutContact({ name, phone, email }) {
  if (!name.trim()) yield problem("contact-name", "请填写联系人姓名", "Enter the name of a contact person");
  if (!phone.trim()) yield problem("contact-phone", "请填写联系电话", "Enter a telephone number");
  for (const [field, text] of [["contact-name", name], ["contact-phone", phone], ["contact-email", email]])
    if (length(text) > 200 || !readable(text)) yield problem(field, "联系方式过长或含有不能显示的字符", "This is too long or holds characters that cannot be shown");
}

function* aboutStatements(declaration) {
  const missing = STATEMENTS.map(([key]) => key).filter((key) => declaration[key] !== true);
  if (missing.length)
    yield problem(missing[0], `还有 ${missing.length} 项声明没有勾选`, `${missing.length} of the statements are not ticked`);
}

/** The payload to seal; `files` have name, media_type and bytes. */
export function makePayload(sheet, lotId, fields, files) {
  const { price_fen, declaration, technical, business, contact } = fields;
  return {
    format: "gongyue-bid/1", tender: sheet.tender.id, lot: lotId, bidder: sheet.bidder.id, price_fen,
    price_words: capitals(price_fen), declaration, technical, business, contact, nonce: nonce(),
    attachments: files.map(({ name, media_type, bytes }) => ({ name, media_type, base64: toBase64(bytes) })),
  };
}

const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
