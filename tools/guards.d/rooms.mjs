// What stands in which room, and which room may know which.

import { code, linesWhere, rust } from "./sources.mjs";

const TESTS = /(^|\/)(tests|testing|examples|benches)\//;

/** SQL lives in store.rs and store/. */
export function statements({ files }) {
  const homes = rust(files).filter(({ path }) => !/(^|\/)store(\.rs|\/)/.test(path) && !TESTS.test(path));
  const statement = /\bquery(_as|_scalar|_file|_file_as|_file_scalar)?(_unchecked)?!?\s*(::<[^>]*>)?\(\s*(r?#*"|$)|QueryBuilder::/;
  return {
    rule: "Statements live in store.rs or store/ only: one place to read what a subject asks of the database.",
    found: linesWhere(homes, (line) => /\bsqlx::/.test(line) && statement.test(code(line))).concat(
      linesWhere(homes, (line) => /\bquery(_as|_scalar)?!\(/.test(code(line))),
    ),
  };
}

/** Feature gates stand on whole modules, on what is re-exported from them, and on implementations of foreign traits. */
export function featureGates({ files }) {
  // Islands are compiled for the server and for the browser; telling the two apart is their business.
  const places = rust(files).filter(({ path }) => !path.startsWith("app/src/islands/") && !TESTS.test(path));
  return {
    rule: 'A "#[cfg(feature = …)]" stands on a module, a "use" or an "impl", so that one look at mod.rs tells what is compiled when.',
    found: linesWhere(places, (line, index, lines) => {
      if (!/^\s*#\[cfg\((not\()?feature/.test(line)) return false;
      const next = lines.slice(index + 1).find((following) => !/^\s*(#\[|\/\/)/.test(following)) ?? "";
      return !/^\s*(pub(\([^)]*\))? )?(mod|use|impl\b)/.test(next);
    }),
  };
}

/** Inside the server, what talks to machines knows nothing of pages. Between crates, Cargo.toml sees to it. */
export function rooms({ files }) {
  const machines = rust(files).filter(({ path }) => /^server\/src\/(api|webhooks|jobs|adapters)(\/|\.rs)/.test(path));
  return {
    rule: "The server's api, webhooks, jobs and adapters never name app: they answer machines, not people.",
    found: linesWhere(machines, (line) => /(?<![:\w])app::/.test(code(line))),
  };
}

/** Subjects use earlier subjects, through what these make public. */
export function subjects({ files, read }) {
  const order = [...read("domain/src/lib.rs").matchAll(/`([a-z]+)`(?= ←| ?$|\n| ←)/gm)].map(([, name]) => name);
  const rank = new Map(order.map((name, index) => [name, index]));
  const found = [];
  for (const { path, lines } of rust(files, "domain/src/")) {
    const own = path.split("/")[2];
    if (!rank.has(own)) continue;
    lines.forEach((line, index) => {
      for (const [, other, part] of code(line).matchAll(/\bcrate::([a-z]+)(?:::([a-z]+))?/g)) {
        const later = rank.has(other) && rank.get(other) > rank.get(own);
        const foreignStore = other !== own && part === "store";
        if (later || foreignStore) found.push(`${path}:${index + 1}`);
      }
    });
  }
  return {
    rule: `A subject uses only those before it (${order.join(", ")}), and never another one's store.`,
    found,
  };
}

/** Leptos writes the text inside a textarea as it is; ours escapes it. */
export function textAreas({ files }) {
  const others = rust(files, "app/src/").filter(({ path }) => !/text_?area\.rs$/.test(path));
  return {
    rule: "Only the kit's TextArea writes <textarea>: its content must be escaped.",
    found: linesWhere(others, (line) => /<textarea|html::textarea\(/.test(code(line))),
  };
}
