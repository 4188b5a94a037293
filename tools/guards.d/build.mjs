// What is built from what.

/** Migrations are numbered, go forward, and say their subject. */
export function migrations({ files }) {
  const paths = files.map(({ path }) => path).filter((path) => path.startsWith("migrations/"));
  const numbers = paths.map((path) => path.slice("migrations/".length).split("_")[0]);
  const twice = paths.filter((_, index) => numbers.indexOf(numbers[index]) !== index);
  return {
    rule: "A migration is called NNNN_subject.sql, with a number of its own.",
    found: paths.filter((path) => !/^migrations\/\d{4}_[a-z_]+\.sql$/.test(path)).concat(twice),
  };
}

/** The bundle for the browser carries nothing of the server. */
export function browserDependencies({ run }) {
  const tree = run("cargo", [
    ...["tree", "--package", "frontend", "--target", "wasm32-unknown-unknown"],
    ...["--edges", "normal", "--prefix", "none", "--format", "{p}"],
  ]);
  const heavy = /^(sqlx|tokio|axum|hyper|tower|reqwest|argon2|graphile_worker|resvg|image)([-_][a-z-]+)? v/;
  const found = [...new Set(tree.split("\n").filter((line) => heavy.test(line)))];
  return {
    rule: "The browser's bundle depends on nothing of the server; keep such modules behind the ssr or postgres feature.",
    found: found.map((line) => `frontend depends on ${line}`),
  };
}

/** The crate and the command of wasm-bindgen must be one version. */
export function pinnedTools({ read }) {
  const pinned = /^wasm-bindgen = "=([\d.]+)"/m.exec(read("Cargo.toml"))?.[1];
  const locked = /name = "wasm-bindgen"\nversion = "([\d.]+)"/.exec(read("Cargo.lock"))?.[1];
  return {
    rule: 'Cargo.toml pins wasm-bindgen with "=", to the version of Cargo.lock: the command line refuses any other.',
    found: pinned && pinned === locked ? [] : [`Cargo.toml (${pinned ?? "not pinned"}; locked: ${locked})`],
  };
}
