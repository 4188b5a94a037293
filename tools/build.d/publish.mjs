// Puts built files into site/ under names with a hash of their content, so that browsers may keep them for ever;
// a brotli twin beside each; and site/manifest.json, which tells the server the names.
// Typefaces and the files of public/ keep their names. What an earlier build left is removed.
//
// usage: publish.mjs PARTS-FOLDER release|dev|css FILE...

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const SITE = "site";
const MANIFEST = join(SITE, "manifest.json");

/** What the server calls each file. */
const ROLES = {
  "app.css": "css",
  "app.js": "js",
  "app_bg.wasm": "wasm",
  "boot.js": "boot",
  "passkeys.js": "passkeys",
  "editor.js": "editor",
  "calendar.js": "calendar",
};

/** The two typefaces of the product, Latin letters only: 61 kB together. */
const FONTS = [
  "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
];

const [parts, mode, ...files] = process.argv.slice(2);
const manifest = earlierManifest();
const kept = new Set([MANIFEST, join(SITE, ".gitkeep")]);

for (const file of filesIn("public")) {
  keep(join(SITE, relative("public", file)), readFileSync(file));
}
for (const font of FONTS) {
  keep(join(SITE, "fonts", basename(font)), readFileSync(join("node_modules", font)));
}
for (const file of files) {
  manifest[ROLES[file]] = withHash(file, readFileSync(join(parts, file)));
}
for (const address of Object.values(manifest)) {
  kept.add(join(SITE, address));
  if (mode !== "dev") addTwin(join(SITE, address));
}
// Last, so that a server that reads it finds every file it names. Always in the same order: a manifest that differs
// makes the server be compiled again.
const named = Object.values(ROLES).filter((role) => manifest[role]);
keep(MANIFEST, Buffer.from(JSON.stringify(manifest, named, 2) + "\n"));
for (const file of filesIn(SITE)) {
  if (!kept.has(file)) rmSync(file);
}

/** The addresses of the last build whose files are still there; building one part alone leaves the others. */
function earlierManifest() {
  if (!existsSync(MANIFEST)) return {};
  const earlier = JSON.parse(readFileSync(MANIFEST, "utf8"));
  const roles = Object.values(ROLES).filter((role) => earlier[role] && existsSync(join(SITE, earlier[role])));
  return Object.fromEntries(roles.map((role) => [role, earlier[role]]));
}

/** All files below a folder. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Keeps a part under its hashed name and returns its address. */
function withHash(file, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const name = `${basename(file, extname(file))}.${hash}${extname(file)}`;
  keep(join(SITE, "pkg", name), content);
  return `/pkg/${name}`;
}

/** Puts a compressed twin beside a file; the name of a file stands for its content, so one that is there is right. */
function addTwin(path) {
  const twin = `${path}.br`;
  kept.add(twin);
  if (existsSync(twin)) return;
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  keep(twin, brotliCompressSync(content, { params }));
}

/** Writes a file unless it has that content already; a reader sees the old one or the new one, never half of it. */
function keep(path, content) {
  kept.add(path);
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
