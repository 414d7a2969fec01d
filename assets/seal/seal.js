// The bidder's page: tender sheet → bid → check → seal → two files to download. Nothing is sent.
import { SME_KINDS, STATEMENTS, makePayload, problems } from "./bid.js";
import { SealError, capitals, keyholdersDigest, readSheet, sealPayload, yuan, yuanToFen } from "./format.js";
import { beijing, byId, draw, guarded, make, offer, portalPath, report, say, show, start, startFrom, summary } from "./page.js";

let sheet = null;
let files = [];
let unsaved = false;
let toKeep = new Set();

const text = (id) => byId(id).value;
const chosenLot = () => sheet?.lots.find((lot) => lot.id === document.querySelector("input[name=lot]:checked")?.value);
const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

// ---- the tender sheet ----

function use(content) {
  sheet = readSheet(content);
  aboutTender();
  lots();
  byId("about").hidden = false;
  show("write");
}

function aboutTender() {
  if (!sheet) return;
  const { tender, bidder, keyholders, threshold } = sheet;
  summary(byId("tender"), [
    [say("项目名称", "Name"), tender.name], [say("项目编号", "Number"), tender.number],
    [say("投标截止时间", "Deadline"), say(`${beijing(tender.closes_at)}（北京时间）`, `${beijing(tender.closes_at)} (Beijing time)`)],
    [say("投标人", "Bidder"), bidder.name],
  ]);
  byId("holders-title").textContent = say(`密钥持有人 ${keyholders.length} 位，任意 ${threshold} 位到场方可开启`,
    `${keyholders.length} keyholders, any ${threshold} of whom open the bids together`);
  summary(byId("digest"), [[say("名单指纹", "Fingerprint"), make("span", { class: "mono" }, keyholdersDigest(sheet))]]);
  byId("holders").replaceChildren(...keyholders.map((holder) => make("tr", {}, make("td", {}, holder.name),
    make("td", {}, holder.body), make("td", { class: "mono" }, holder.recipient))));
}

function lots() {
  if (!sheet) return;
  const before = chosenLot()?.id ?? (sheet.lots.length === 1 ? sheet.lots[0].id : "");
  byId("lots").replaceChildren(...sheet.lots.map((lot, i) => {
    const input = make("input", { type: "radio", name: "lot", id: `lot-${i}`, value: lot.id });
    input.checked = lot.id === before;
    const label = say(`包 ${lot.number}　${lot.name}，最高限价 ${yuan(lot.ceiling_fen)} 元`,
      `Lot ${lot.number}: ${lot.name}, ceiling ${yuan(lot.ceiling_fen)} yuan`);
    return make("div", { class: "tick" }, input, make("label", { for: input.id }, label));
  }));
}

// ---- the bid ----

function statements() {
  const ticked = new Set(STATEMENTS.map(([key]) => key).filter((key) => byId(key)?.checked));
  byId("statements").replaceChildren(...STATEMENTS.map(([key, zh, en]) => {
    const input = make("input", { type: "checkbox", id: key });
    input.checked = ticked.has(key);
    return make("div", { class: "tick" }, input, make("label", { for: key }, say(zh, en)));
  }));
  const kind = text("sme") || "none";
  byId("sme").replaceChildren(...SME_KINDS.map(([key, zh, en]) => make("option", { value: key }, say(zh, en))));
  byId("sme").value = kind;
}

function words() {
  const fen = yuanToFen(text("price"));
  byId("price-words").textContent = fen ? `${say("大写：", "In words: ")}${capitals(fen)}` : "";
}

function attachments() {
  byId("files").replaceChildren(...files.map((file) => {
    const remove = make("button", { type: "button", class: "small" }, say("移除", "Remove"));
    remove.setAttribute("aria-label", say(`移除 ${file.name}`, `Remove ${file.name}`));
    remove.addEventListener("click", () => {
      files = files.filter((one) => one !== file);
      attachments();
      byId("attachments").focus();
    });
    return make("li", {}, make("span", {}, `${file.name}（${size(file.size)}）`), remove);
  }));
}

const written = () => ({
  price_fen: yuanToFen(text("price")), technical: text("technical"), business: text("business"),
  contact: { name: text("contact-name").trim(), phone: text("contact-phone").trim(), email: text("contact-email").trim() },
  declaration: { ...Object.fromEntries(STATEMENTS.map(([key]) => [key, byId(key).checked])), sme: text("sme") },
});

function check() {
  if (!report(problems(chosenLot(), written(), files))) return;
  answers();
  byId("agreed").checked = false;
  show("check", "write");
}

const cut = (long) => (long.length <= 600 ? long : say(`${long.slice(0, 600)}……（共 ${long.length} 字）`, `${long.slice(0, 600)}… (${long.length} characters)`));

function answers() {
  const [lot, fields] = [chosenLot(), written()];
  if (!lot || !fields.price_fen) return;
  const kind = SME_KINDS.find(([key]) => key === fields.declaration.sme);
  summary(byId("answers"), [
    [say("所投的包", "Lot"), `${lot.number}　${lot.name}`],
    [say("报价（小写）", "Price in figures"), say(`${yuan(fields.price_fen)} 元`, `${yuan(fields.price_fen)} yuan`)],
    [say("报价（大写）", "Price in words"), capitals(fields.price_fen)],
    [say("技术部分", "Technical part"), cut(fields.technical)], [say("商务部分", "Business part"), cut(fields.business)],
    [say("附件", "Attachments"), files.map((file) => `${file.name}（${size(file.size)}）`).join("\n") || say("无", "None")],
    [say("联系人", "Contact"), Object.values(fields.contact).filter(Boolean).join("\n")],
    [say("声明", "Statements"), STATEMENTS.map(([, zh, en], i) => `${i + 1}. ${say(zh, en)}`).join("\n")],
    [say("中小企业声明", "SME declaration"), say(kind[1], kind[2])],
  ]);
  byId("agreed-label").textContent = say(`我已核对，报价为${capitals(fields.price_fen)}`,
    `I have checked; the price is ${yuan(fields.price_fen)} yuan (${capitals(fields.price_fen)})`);
}

// ---- sealing ----

async function seal() {
  if (!byId("agreed").checked)
    throw new SealError("请勾选“我已核对”", "Tick that you have checked the bid", "agreed");
  byId("busy").textContent = say("正在密封，附件较大时需要几十秒……", "Sealing; large attachments take some time…");
  byId("seal").disabled = true;
  try {
    await new Promise((go) => setTimeout(go, 50)); // lets the line above be painted and read out
    const given = await Promise.all(files.map(async (file) => ({
      name: file.name, media_type: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : "application/octet-stream",
      bytes: new Uint8Array(await file.arrayBuffer()),
    })));
    handOver(await sealPayload(sheet, makePayload(sheet, chosenLot().id, written(), given)));
  } finally {
    byId("seal").disabled = false;
    byId("busy").textContent = "";
  }
}

function handOver(sealed) {
  offer(byId("get-sealed"), sealed.name, sealed.packageText);
  offer(byId("get-recovery"), sealed.recoveryName, sealed.recoveryText);
  byId("fingerprint").textContent = sealed.digest;
  byId("sealed-what").textContent = sealed.name;
  toKeep = new Set(["get-sealed", "get-recovery"]);
  show("sealed", "check");
}

byId("bid").addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
byId("bid").addEventListener("input", () => (unsaved = true));
byId("price").addEventListener("input", words);
byId("attachments").addEventListener("change", (event) => {
  files = [...files, ...event.target.files];
  event.target.value = ""; // so that the same file can be chosen again after it was removed
  attachments();
});
byId("seal").addEventListener("click", () => guarded("seal", seal));
byId("back").addEventListener("click", () => show("write", "check"));
byId("again").addEventListener("click", () => show("write", "sealed"));
for (const id of ["get-sealed", "get-recovery"])
  byId(id).addEventListener("click", () => {
    toKeep.delete(id);
    unsaved = toKeep.size > 0; // a package whose key is lost is worse than none: warn until both are kept
  });
addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

const back = portalPath("back");
if (back) {
  byId("hand-in").href = back;
  byId("hand-in").hidden = false;
}
[aboutTender, lots, statements, words, attachments, answers].forEach(draw);
start();
startFrom("sheet", use);
