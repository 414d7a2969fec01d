// Makes app/static from the installed npm packages and from assets/.
//   node scripts/build-assets.mjs [--from ASSETS] [--to STATIC] [vendor] [fonts] [styles] [seal]
// Without part names all are made, and what is no longer made goes. The same input gives the same bytes: the SHA-256 of a sealing page is
// published in the tender notice, so a page built elsewhere must be comparable.
import {
  constants, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const OUR_FONT = 'var(--portal-font-family,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif)';
const FONTS = [
  ["noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf"],
  ["noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf"],
  ["noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf"],
  ["noto-serif-sc", "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf"],
];
const made = new Set();

function copy(from, to) {
  made.add(to);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

function write(to, text) {
  made.add(to);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

// The Transport typeface, the crown and the crest belong to GOV.UK: none of them may reach our pages.
export function unbrand(css) {
  const clean = css
    .replace(/\/\*!.*?\*\//gs, "")
    .replace(/@font-face\s*\{[^}]*\}/g, "")
    .replace(/"?GDS Transport"?\s*,\s*arial\s*,\s*sans-serif/g, OUR_FONT)
    .replace(/\.govuk-footer__(copyright-logo|crown)[^{}]*\{[^{}]*\}/g, "")
    .replace(/url\([^)]*\/assets\/[^)]*\)/g, "none")
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
  const left = clean.match(/@font-face|GDS Transport|\/assets\/|crest|crown/);
  if (left) throw new Error(`govuk-frontend: "${left[0]}" is still in the stylesheet`);
  return clean.trim() + "\n";
}

function vendor(_, to) {
  const dist = join(MODULES, "govuk-frontend/dist/govuk");
  const css = readFileSync(join(dist, "govuk-frontend.min.css"), "utf8");
  write(join(to, "vendor/govuk-frontend.min.css"), unbrand(css));
  const js = readFileSync(join(dist, "govuk-frontend.min.js"), "utf8");
  write(join(to, "vendor/govuk-frontend.min.js"), js.replace(/\/\/# sourceMappingURL=.*$/m, "").trim() + "\n");
}

// TrueType, one file a weight: region-subset and variable CJK fonts print wrongly in some viewers.
function fonts(_, to) {
  for (const [family, source, name] of FONTS)
    copy(join(MODULES, "@expo-google-fonts", family, source), join(to, "fonts", name));
  copy(join(MODULES, "@expo-google-fonts/noto-sans-sc/LICENSE_FONT"), join(to, "fonts/OFL.txt"));
}

function styles(from, to) {
  const ours = existsSync(from) ? readdirSync(from).filter((name) => /\.(css|js|svg|png|ico)$/.test(name)) : [];
  for (const name of ours) copy(join(from, name), join(to, name));
}

async function bundle(file) {
  const { build } = await import("esbuild");
  // Not minified: whoever is asked to trust the sealing page must be able to read it.
  const built = await build({
    entryPoints: [file], absWorkingDir: ROOT, bundle: true, write: false, format: "esm", platform: "browser",
    target: "es2022", charset: "utf8", legalComments: "eof", minify: false, sourcemap: false,
    nodePaths: [MODULES], logLevel: "warning",
  });
  const text = built.outputFiles[0].text;
  if (/<\/script/i.test(text)) throw new Error(`${basename(file)}: the bundle holds </script, which would end the page's script`);
  return text;
}

async function onePage(source) {
  let page = readFileSync(source, "utf8");
  for (const [tag, file] of page.matchAll(/<link rel="?stylesheet"? href="\.\/([\w.-]+\.css)"\s*\/?>/g)) {
    const css = readFileSync(join(dirname(source), file), "utf8");
    page = page.replace(tag, () => `<style>\n${css}</style>`);
  }
  // Still a module: it waits for the page, may await, and without imports it also runs from disk.
  for (const [tag, file] of page.matchAll(/<script type="?module"? src="\.\/([\w.-]+\.js)"\s*><\/script>/g)) {
    const script = await bundle(join(dirname(source), file));
    page = page.replace(tag, () => `<script type="module">\n${script}</script>`);
  }
  const loads = page.replace(/<script type="module">[\s\S]*?<\/script>/g, "").match(/<(script|link|img|iframe)\b[^>]*\b(src|href)=(?!"?(data:|#))[^>]*>/i);
  if (loads) throw new Error(`${basename(source)}: a sealing page must stand alone, but has ${loads[0]}`);
  return page;
}

async function seal(from, to) {
  const folder = join(from, "seal");
  const sources = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".src.html")).sort() : [];
  for (const name of sources)
    write(join(to, "seal", name.replace(".src.html", ".html")), await onePage(join(folder, name)));
}

function clear(to) {
  for (const name of readdirSync(to, { recursive: true }))
    if (!made.has(join(to, name)) && statSync(join(to, name)).isFile()) rmSync(join(to, name));
}

const PARTS = { vendor, fonts, styles, seal };
const { values, positionals } = parseArgs({
  options: { from: { type: "string", default: join(ROOT, "assets") }, to: { type: "string", default: join(ROOT, "app/static") } },
  allowPositionals: true,
});
for (const part of positionals.length ? positionals : Object.keys(PARTS)) {
  if (!PARTS[part]) throw new Error(`no such part: ${part} (there are ${Object.keys(PARTS).join(", ")})`);
  await PARTS[part](resolve(values.from), resolve(values.to));
}
if (!positionals.length) clear(resolve(values.to));
