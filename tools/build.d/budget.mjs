// A public page with islands may load 80 KiB of wasm and JavaScript, counted as sent (brotli). More fails the build.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const LIMIT = 80 * 1024;

const manifest = JSON.parse(readFileSync("site/manifest.json", "utf8"));
const sent = (role) => statSync(join("site", `${manifest[role]}.br`)).size;
const loaded = ["wasm", "js", "boot"].map((role) => ({ role, bytes: sent(role) }));
const total = loaded.reduce((sum, { bytes }) => sum + bytes, 0);

const kibibytes = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
for (const { role, bytes } of loaded) {
  console.log(`   ${role.padEnd(6)}${kibibytes(bytes).padStart(10)}`);
}
console.log(`   ${"total".padEnd(6)}${kibibytes(total).padStart(10)} of ${kibibytes(LIMIT)}   (style sheet: ${kibibytes(sent("css"))})`);

if (total > LIMIT) {
  console.error(`The browser bundle is ${kibibytes(total - LIMIT)} over its budget.`);
  process.exit(1);
}
