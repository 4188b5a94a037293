// The files that the rules are about.

import { existsSync, readFileSync } from "node:fs";

/**
 * Every file of the project that git knows or would take, with its lines.
 * Pictures and lock files are left out.
 */
export function sources(run) {
  const listed = run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  return listed
    .split("\0")
    .filter((path) => /\.(rs|sql|sh|mjs|js|ts|css|md|toml)$/.test(path) || path.startsWith("tools/"))
    .filter((path) => !/\.(png|jpg|webp|avif|lock)$/.test(path) && existsSync(path))
    .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n") }));
}

/** Rust sources under a folder. */
export function rust(files, folder = "") {
  return files.filter(({ path }) => path.startsWith(folder) && path.endsWith(".rs"));
}

/** "path:line" of every line that a test accepts. */
export function linesWhere(files, test) {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (test(line, index, lines) ? [`${path}:${index + 1}`] : [])),
  );
}

/** The code of a line, without its comment. */
export function code(line) {
  return line.replace(/\/\/.*$/, "");
}
