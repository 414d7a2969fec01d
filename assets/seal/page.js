// What the three pages share: two languages, refusals, files in and out. Text is set, never parsed as HTML.
import { SealError } from "./format.js";

export const byId = (id) => document.getElementById(id);
const fragment = () => new URLSearchParams(location.hash.slice(1));
const redrawn = [];
let english = fragment().get("lang") === "en" || new URLSearchParams(location.search).get("lang") === "en";

/** The text in the reader's language. */
export const say = (zh, en) => (english ? en : zh);

/** Draw now, and again whenever the language changes. */
export function draw(part) {
  redrawn.push(part);
  part();
}

/** An element: `make("p", {class: "note"}, "text", child…)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Rows of a summary list: [[term, description]…]. */
export const summary = (list, rows) =>
  list.replaceChildren(...rows.map(([term, ...text]) => make("div", {}, make("dt", {}, term), make("dd", {}, ...text))));

/** A moment as Beijing reads it, whatever the reader's own zone. */
export function beijing(moment) {
  const options = { timeZone: "Asia/Shanghai", dateStyle: "long", timeStyle: "medium", hour12: false };
  const time = new Date(moment);
  return Number.isNaN(time.getTime()) ? moment : time.toLocaleString(say("zh-CN", "en-GB"), options);
}

// ---- language: the page is written in Chinese; data-en holds the English ----

function translate() {
  document.documentElement.lang = say("zh-CN", "en");
  for (const element of document.querySelectorAll("[data-en]")) {
    element.dataset.zh ??= element.textContent;
    element.textContent = say(element.dataset.zh, element.dataset.en);
  }
  document.title = byId("page-title").textContent;
  const button = byId("language");
  button.textContent = say("English", "简体中文");
  button.lang = say("en", "zh-CN");
  redrawn.forEach((part) => part());
}

export function start() {
  byId("language").addEventListener("click", () => {
    english = !english;
    translate();
  });
  translate();
}

// ---- refusals: a summary that takes the focus, and the same line at each field (as GOV.UK pages do) ----

let shown = [];
draw(() => byId("errors") && list());

function list() {
  for (const mark of document.querySelectorAll(".error-line")) mark.remove();
  for (const field of document.querySelectorAll("[data-wrong]")) unmark(field);
  byId("errors").hidden = shown.length === 0;
  byId("error-list").replaceChildren(...shown.map(link));
  shown.forEach(mark);
}

function link(error) {
  const field = byId(error.field);
  if (!field) return make("li", {}, say(error.zh, error.en));
  const anchor = make("a", { href: `#${error.field}` }, say(error.zh, error.en));
  anchor.addEventListener("click", (event) => {
    event.preventDefault(); // the fragment holds addresses the page still needs
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
  return make("li", {}, anchor);
}

function mark(error) {
  const field = byId(error.field);
  if (!field || field.dataset.wrong) return;
  const line = make("p", { class: "error-line", id: `${error.field}-error` }, say(error.zh, error.en));
  const row = field.closest(".tick") ?? field;
  row.before(line);
  field.dataset.wrong = "1";
  if (field.matches("input, textarea, select")) field.setAttribute("aria-invalid", "true");
  field.dataset.described ??= field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${line.id} ${field.dataset.described}`.trim());
}

function unmark(field) {
  delete field.dataset.wrong;
  field.removeAttribute("aria-invalid");
  if (field.dataset.described) field.setAttribute("aria-describedby", field.dataset.described);
  else field.removeAttribute("aria-describedby");
}

/** Show what is wrong; an empty list clears it. Gives whether all is well. */
export function report(errors) {
  shown = errors;
  list();
  if (errors.length) byId("errors").focus();
  return errors.length === 0;
}

/** Run *work*, showing a SealError at *field*; anything unforeseen is said too, never swallowed. */
export async function guarded(field, work) {
  try {
    report([]);
    return await work();
  } catch (error) {
    const known = error instanceof SealError ? error : { zh: `没有完成：${error.message}`, en: `Not done: ${error.message}` };
    report([{ zh: known.zh, en: known.en, field: byId(known.field) ? known.field : field }]);
    if (!(error instanceof SealError)) console.error(error);
  }
}

/** Show one step of the page and move the reader's attention to its heading. */
export function show(id, ...others) {
  for (const other of others) byId(other).hidden = true;
  byId(id).hidden = false;
  const heading = byId(id).querySelector("h2");
  heading.tabIndex = -1;
  heading.focus();
}

// ---- files ----

/** A path of this very portal from the fragment, or null: no other site, and none at all when opened from disk. */
export function portalPath(name) {
  const path = fragment().get(name);
  if (!path || !/^https?:$/.test(location.protocol) || !/^\/(?![/\\])/.test(path)) return null;
  return new URL(path, location.origin).origin === location.origin ? path : null;
}

export const fromFragment = (name) => fragment().get(name) ?? "";

/**
 * Begin with the file the fragment names, or with one chosen at #file (section #choose); *use* takes its text.
 * The static page's bytes never change, so what it works on always comes from outside.
 */
export async function startFrom(name, use) {
  byId("file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) guarded("file", async () => (use(await file.text()), (byId("choose").hidden = true)));
  });
  const path = portalPath(name);
  byId("choose").hidden = path !== null;
  if (path) await guarded("file", async () => use(await fetchText(path)));
  if (path && byId("errors").hidden === false) byId("choose").hidden = false;
}

async function fetchText(path) {
  const response = await fetch(path, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!response.ok)
    throw new SealError(`门户没有给出文件（${response.status}）。请重新登录，或下载后在本页选择文件`,
      `The portal did not give the file (${response.status}). Sign in again, or download it and choose it on this page`, "file");
  return response.text();
}

/** Make *anchor* a download of *text*. */
export function offer(anchor, name, text, type = "application/json") {
  if (anchor.href.startsWith("blob:")) URL.revokeObjectURL(anchor.href);
  anchor.href = URL.createObjectURL(new Blob([text], { type }));
  anchor.download = name;
}
