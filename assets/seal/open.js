// The keyholder's page: list of shares and identity file → decrypted shares, handed in by an ordinary form.
import { SealError, readAsked, readIdentity, releaseShares } from "./format.js";
import { beijing, byId, draw, fromFragment, guarded, make, offer, portalPath, say, show, start, startFrom, summary } from "./page.js";

let asked = null;
let released = null;

function use(content) {
  asked = readAsked(content);
  aboutTender();
  byId("early").hidden = Date.parse(asked.closes_at) <= Date.now();
  show("decrypt");
}

function aboutTender() {
  if (!asked) return;
  summary(byId("tender"), [
    [say("项目名称", "Name"), asked.name], [say("项目编号", "Number"), asked.number],
    [say("投标截止时间", "Deadline"), say(`${beijing(asked.closes_at)}（北京时间）`, `${beijing(asked.closes_at)} (Beijing time)`)],
    [say("密封的投标", "Sealed bids"), String(asked.bids.length)],
  ]);
}

async function decryptAll() {
  const [file] = byId("identity").files;
  if (!file) throw new SealError("请选择您的私钥文件", "Choose your identity file", "identity");
  if (!byId("passed").checked)
    throw new SealError("请核对项目编号和截止时间后勾选", "Compare number and deadline with the notice, then tick", "passed");
  released = await releaseShares(asked, readIdentity(await file.text()));
  byId("identity").value = ""; // the identity is not needed any more
  offer(byId("get"), released.name, released.text);
  byId("shares").value = released.text;
  results();
  show("done", "decrypt");
}

function results() {
  if (!released) return;
  const good = released.shares.filter(({ share }) => share).length;
  byId("count").textContent = say(`共 ${released.shares.length} 份，解密成功 ${good} 份。`,
    `${good} of ${released.shares.length} shares were decrypted.`);
  byId("results").replaceChildren(...released.shares.map(({ bid, share, fault, fault_en }) => make("tr", {},
    make("td", { class: "mono" }, bid),
    make("td", { class: share ? "ok" : "bad" }, share ? say("已解密，与承诺值相符", "Decrypted; matches the commitment") : say(fault, fault_en)))));
}

byId("go").addEventListener("click", () => guarded("go", decryptAll));
const action = portalPath("post");
if (action) {
  byId("post").action = action;
  byId("csrf").value = fromFragment("csrf");
  byId("post").hidden = false;
  byId("by-file").hidden = true;
}
[aboutTender, results].forEach(draw);
start();
startFrom("shares", use);
