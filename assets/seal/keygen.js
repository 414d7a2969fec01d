// The page on which a keyholder makes the key; nothing leaves the computer.
import { makeIdentity, readIdentity, recipientOf } from "./format.js";
import { byId, draw, guarded, make, offer, say, show, start, summary } from "./page.js";

let kept = true;
let known = "";

async function makeOne() {
  const { identity, recipient } = await makeIdentity();
  offer(byId("get"), "keyholder-identity.txt", `# public key: ${recipient}\n${identity}\n`, "text/plain");
  byId("recipient").value = recipient;
  byId("copied").textContent = "";
  kept = false;
  show("made", "begin");
}

async function copy() {
  byId("recipient").select();
  // The clipboard is closed to pages opened over plain http; selecting the text leaves Ctrl+C.
  const done = await navigator.clipboard?.writeText(byId("recipient").value).then(() => true, () => false);
  byId("copied").textContent = done ? say("已复制", "Copied") : say("已选中，请按 Ctrl+C 复制", "Selected: press Ctrl+C to copy");
}

async function look(file) {
  byId("known").hidden = true;
  known = await recipientOf(readIdentity(await file.text()));
  byId("known").hidden = false;
  aboutKnown();
}

const aboutKnown = () => summary(byId("known"), [[say("公钥", "Public key"), make("span", { class: "mono" }, known)]]);

byId("make").addEventListener("click", () => guarded("make", makeOne));
byId("copy").addEventListener("click", () => guarded("recipient", copy));
byId("get").addEventListener("click", () => (kept = true));
byId("identity").addEventListener("change", ({ target }) => target.files[0] && guarded("identity", () => look(target.files[0])));
addEventListener("beforeunload", (event) => kept || event.preventDefault());
draw(aboutKnown);
start();
