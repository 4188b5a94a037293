//! The rules of the house that no compiler knows, as tests. Plain text search is enough; each guard is first
//! tried on an example it must catch and one it must let pass. See `docs/style.md` for the reasons.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the project, by its path from the root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Numbered lines that are not comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| {
            let line = line.trim_start();
            !line.starts_with("//") && !line.starts_with("--")
        })
    }

    fn within(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    fn is_test(&self) -> bool {
        // An example checks by hand what takes too long for a test.
        self.path.contains("/tests/") || self.path.contains("/examples/")
    }

    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// What is wrong with a file, if anything.
type Guard = fn(&Source) -> Vec<String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Folders that are made, not written.
const MADE: &[&str] =
    &[".git", ".data", "target", "node_modules", "site", "results", "test-results", "playwright-report"];

fn walk(folder: &Path, from: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("as it should be").map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        let kind = entry.file_type().expect("as it should be");
        if kind.is_dir() && !MADE.contains(&name.to_str().expect("as it should be")) {
            walk(&path, from, found);
        } else if kind.is_file() {
            found.push(path.strip_prefix(from).expect("as it should be").to_owned());
        }
    }
}

fn paths() -> Vec<String> {
    let (root, mut found) = (root(), Vec::new());
    walk(&root, &root, &mut found);
    found.sort();
    found.iter().map(|path| path.to_str().expect("as it should be").to_owned()).collect()
}

/// All text files that end in one of these.
fn sources(endings: &[&str]) -> Vec<Source> {
    let wanted = paths().into_iter().filter(|path| endings.iter().any(|ending| path.ends_with(ending)));
    wanted
        .filter_map(|path| {
            // Others may be at work in the tree: a file that has just gone is no concern of ours.
            let text = fs::read_to_string(root().join(&path)).ok()?;
            Some(Source { path, text })
        })
        .collect()
}

/// Tries a guard on its examples, then lets it loose on the project.
fn enforce(guard: Guard, caught: &[(&str, &str)], passed: &[(&str, &str)], endings: &[&str]) {
    for (path, text) in caught {
        assert!(!guard(&Source::new(path, text)).is_empty(), "the guard would not catch {path}: {text}");
    }
    for (path, text) in passed {
        assert_eq!(guard(&Source::new(path, text)), Vec::<String>::new(), "the guard would stop {path}: {text}");
    }
    let found = sources(endings);
    assert!(found.len() > 5, "the guard found nothing to look at");
    let wrong: Vec<String> = found.iter().flat_map(guard).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn lines(source: &Source, why: &str, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    source
        .code()
        .filter(|(_, line)| wrong(line))
        .map(|(n, line)| format!("{}:{n}: {why}: {}", source.path, line.trim()))
        .collect()
}

// ---------------------------------------------------------------------------------------------------------

fn sql_in_stores_only(source: &Source) -> Vec<String> {
    let store = source.file_name() == "store.rs" || source.path.contains("/store/");
    if source.is_test() || store || source.within(&["domain/src/kernel/", "tools/bench/"]) {
        return Vec::new();
    }
    let calls = [
        "query!(",
        "query_as!(",
        "query_scalar!(",
        "query_file!(",
        "sqlx::query(",
        "sqlx::query_as(",
        "sqlx::query_scalar(",
        "sqlx::raw_sql(",
    ];
    lines(source, "SQL belongs into a store.rs", |line| {
        calls.iter().any(|call| line.contains(call))
            || line.contains("sqlx::query_as::<")
            || line.contains("sqlx::query_scalar::<")
    })
}

#[test]
fn sql_stands_in_stores_only() {
    enforce(
        sql_in_stores_only,
        &[
            ("domain/src/bookings/book.rs", "    sqlx::query!(\"SELECT 1\")"),
            ("app/src/catalog/home.rs", "let row = sqlx::query_as::<_, (i64,)>(\"SELECT 1\");"),
            ("server/src/router.rs", "query_scalar!(\"SELECT 1\")"),
        ],
        &[
            ("domain/src/bookings/store.rs", "sqlx::query!(\"SELECT 1\")"),
            ("domain/src/catalog/store/search.rs", "sqlx::query!(\"SELECT 1\")"),
            ("domain/src/kernel/audit.rs", "sqlx::query!(\"SELECT 1\")"),
            ("server/tests/races.rs", "sqlx::query(\"SELECT 1\")"),
            ("demo/examples/large.rs", "sqlx::query(\"SELECT 1\")"),
            ("domain/src/bookings/book.rs", "// sqlx::query! stands in store.rs"),
        ],
        &[".rs"],
    );
}

fn feature_gates_on_modules_only(source: &Source) -> Vec<String> {
    let gate_allowed = matches!(source.file_name(), "mod.rs" | "lib.rs") || source.within(&["domain/src/kernel/"]);
    // An island is one function for two programs: what it does in the browser stands inside it.
    if gate_allowed || !source.within(&["domain/src/", "app/src/"]) || source.within(&["app/src/islands/"]) {
        return Vec::new();
    }
    // `cfg_attr` on a type is a derive, not a gate: the type is the same for everybody.
    lines(source, "feature gates stand on whole modules, in mod.rs", |line| {
        line.contains("cfg(feature") || line.contains("cfg(not(feature") || line.contains("cfg!(feature")
    })
}

#[test]
fn feature_gates_stand_on_modules_only() {
    enforce(
        feature_gates_on_modules_only,
        &[
            ("domain/src/bookings/commands.rs", "#[cfg(feature = \"postgres\")]\nimpl X {}"),
            ("app/src/ui/card.rs", "#[cfg(not(feature = \"ssr\"))]"),
        ],
        &[
            ("domain/src/bookings/mod.rs", "#[cfg(feature = \"postgres\")]\nmod store;"),
            ("domain/src/kernel/time.rs", "#[cfg(feature = \"postgres\")]"),
            ("app/src/islands/live_form.rs", "#[cfg(feature = \"hydrate\")]"),
            ("domain/src/catalog/words.rs", "#[cfg_attr(feature = \"postgres\", derive(sqlx::Type))]"),
        ],
        &[".rs"],
    );
}

fn edges_do_not_name_pages(source: &Source) -> Vec<String> {
    if !source.within(&["server/src/api", "server/src/webhooks", "server/src/jobs", "server/src/adapters"]) {
        return Vec::new();
    }
    lines(source, "machines get no pages", |line| names(line, "app::"))
}

/// Whether a path is named, and not just the end of a longer word.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn machines_are_not_served_by_pages() {
    enforce(
        edges_do_not_name_pages,
        &[
            ("server/src/api/bookings.rs", "use app::request::Failure;"),
            ("server/src/jobs/mod.rs", "let site: app::site::Site;"),
        ],
        &[
            ("server/src/router.rs", "use app::site::Site;"),
            ("server/src/jobs/mod.rs", "use crate::snapp::x;"),
            ("server/src/api/mod.rs", "// like app::request"),
        ],
        &[".rs"],
    );
}

/// The subjects in their order, read from the words on the door of `domain`.
fn order() -> Vec<String> {
    let door = fs::read_to_string(root().join("domain/src/lib.rs")).expect("as it should be");
    let line =
        door.lines().find(|line| line.contains("`kernel` ←")).expect("domain/lib.rs names the order of subjects");
    line.trim_start_matches("//!").split('←').map(|word| word.trim().trim_matches('`').to_owned()).collect()
}

fn subjects_use_earlier_ones_only(source: &Source) -> Vec<String> {
    let Some(own) = source.path.strip_prefix("domain/src/").and_then(|rest| rest.split('/').next()) else {
        return Vec::new();
    };
    let order = order();
    let Some(place) = order.iter().position(|subject| subject == own) else {
        return Vec::new();
    };
    lines(source, "a subject uses only those before it (domain/src/lib.rs)", |line| {
        used_subjects(line)
            .iter()
            .any(|used| order.iter().position(|subject| subject == used).is_some_and(|at| at > place))
    })
}

/// Every `x` of `crate::x` and `crate::{x, y::z}`.
fn used_subjects(line: &str) -> Vec<String> {
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for (at, found) in line.match_indices("crate::") {
        let rest = &line[at + found.len()..];
        match rest.strip_prefix('{') {
            None => used.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            used.push(word(&group[start..i]));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            used.push(word(&group[start..i]));
                            start = i + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    used
}

#[test]
fn subjects_stand_in_one_order() {
    let order = order();
    assert!(order.len() >= 6 && order[0] == "kernel", "{order:?}");
    for subject in &order {
        assert!(root().join("domain/src").join(subject).exists(), "{subject} is no folder");
    }
    enforce(
        subjects_use_earlier_ones_only,
        &[
            ("domain/src/kernel/context.rs", "use crate::accounts::Email;"),
            ("domain/src/catalog/find.rs", "use crate::{kernel::Error, bookings};"),
            ("domain/src/availability/slots.rs", "let x = crate::reviews::average();"),
        ],
        &[
            ("domain/src/bookings/book.rs", "use crate::availability::{reserve, Claim};"),
            ("domain/src/jobs/run.rs", "use crate::{availability, bookings};"),
            ("domain/src/catalog/a.rs", "use crate::catalog::store;"),
            ("domain/src/testing/mod.rs", "use crate::jobs;"),
        ],
        &[".rs"],
    );
}

const LONGEST: usize = 400;

fn files_stay_short(source: &Source) -> Vec<String> {
    let lines = source.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
    let generated = source.within(&["demo/content/"]);
    if source.is_test() || generated || lines <= LONGEST {
        return Vec::new();
    }
    vec![format!("{}: {lines} lines; more than {LONGEST} are two files", source.path)]
}

#[test]
fn files_are_short() {
    let long = "x\n".repeat(LONGEST + 1);
    let tests = format!("{}#[cfg(test)]\n{long}", "x\n".repeat(LONGEST));
    enforce(
        files_stay_short,
        &[("domain/src/bookings/book.rs", &long), ("style/app.css", &long)],
        &[("domain/tests/life.rs", &long), ("domain/src/bookings/book.rs", &tests)],
        &[".rs", ".css", ".js", ".mjs", ".ts", ".sh", ".sql"],
    );
}

fn names_mean_something(source: &Source) -> Vec<String> {
    let empty = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "old", "new", "tmp", "temp"];
    let numbered =
        |part: &str| part.len() > 1 && part.starts_with('v') && part[1..].bytes().all(|b| b.is_ascii_digit());
    let says_nothing = |segment: &str| {
        let stem = segment.split('.').next().unwrap_or_default();
        let parts: Vec<&str> = stem.split(['_', '-']).collect();
        // The API's own version is a word of its contract; `thing_v2` is a second thing.
        let second = parts.len() > 1 && parts.last().is_some_and(|last| numbered(last));
        let qualified = |part: &&str| empty.contains(part) && (parts.len() > 1 || !matches!(*part, "new" | "old"));
        second || parts.iter().any(qualified)
    };
    let wrong: Vec<&str> = source.path.split('/').filter(|segment| says_nothing(segment)).collect();
    wrong.iter().map(|segment| format!("{}: `{segment}` says nothing about what is inside", source.path)).collect()
}

#[test]
fn names_say_what_is_inside() {
    let caught = [
        ("app/src/utils.rs", ""),
        ("app/src/form_helpers.rs", ""),
        ("domain/src/common/x.rs", ""),
        ("server/src/session_manager.rs", ""),
        ("app/src/home_v2.rs", ""),
        ("app/src/home_old.rs", ""),
        ("tools/misc.sh", ""),
    ];
    let passed =
        [("server/src/api/v1/bookings.rs", ""), ("domain/src/bookings/book.rs", ""), ("app/src/provider/new.rs", "")];
    for (path, text) in caught {
        assert!(!names_mean_something(&Source::new(path, text)).is_empty(), "the guard would not catch {path}");
    }
    for (path, text) in passed {
        assert_eq!(names_mean_something(&Source::new(path, text)), Vec::<String>::new());
    }
    let wrong: Vec<String> = paths().iter().flat_map(|path| names_mean_something(&Source::new(path, ""))).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn text_areas_are_escaped(source: &Source) -> Vec<String> {
    if source.path == "app/src/ui/fields/text_area.rs" || source.is_test() {
        return Vec::new();
    }
    lines(source, "use the TextArea of the kit, which escapes what people typed", |line| {
        line.contains("<textarea") || line.contains("textarea()")
    })
}

#[test]
fn there_is_one_text_area() {
    enforce(
        text_areas_are_escaped,
        &[
            ("app/src/bookings/review.rs", "view! { <textarea name=\"body\"></textarea> }"),
            ("app/src/x.rs", "leptos::html::textarea()"),
        ],
        &[("app/src/ui/fields/text_area.rs", "<textarea"), ("app/src/x.rs", "<TextArea form=state name=\"body\"/>")],
        &[".rs"],
    );
}

fn reservations_have_one_writer(source: &Source) -> Vec<String> {
    // The loader of a million bookings for benches fills an empty marketplace set-wise; the constraint is added
    // again after it and checks every row.
    let exempt = ["domain/src/availability/store", "demo/src/store/large/"];
    if source.is_test() || exempt.iter().any(|room| source.path.starts_with(room)) {
        return Vec::new();
    }
    let text: String = source.code().map(|(_, line)| line).collect::<Vec<_>>().join(" ").to_lowercase();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let writes = [
        "insert into reservations",
        "update reservations",
        "delete from reservations",
        "merge into reservations",
        "copy reservations",
    ];
    // Forgetting a person takes the words off and touches no time.
    let wordless = " r set note = '' from ";
    let named = |write: &str| {
        words
            .match_indices(write)
            .map(|(at, _)| &words[at + write.len()..])
            .any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !rest.starts_with(wordless))
    };
    let found = writes.iter().filter(|write| named(write));
    found.map(|write| format!("{}: `{write}` belongs to domain/src/availability alone", source.path)).collect()
}

#[test]
fn one_place_writes_taken_time() {
    enforce(
        reservations_have_one_writer,
        &[
            ("domain/src/bookings/store.rs", "\"INSERT INTO\n    reservations (id)\""),
            ("demo/src/load.rs", "COPY reservations (id) FROM STDIN"),
            ("migrations/0099_x.sql", "UPDATE reservations SET state = 'released';"),
            ("migrations/0099_x.sql", "UPDATE reservations r SET note = '', during = x FROM members m"),
        ],
        &[
            ("domain/src/availability/store.rs", "INSERT INTO reservations (id)"),
            ("domain/src/bookings/store.rs", "SELECT id FROM reservations; UPDATE reservations_seen SET x = 1"),
            ("migrations/0099_x.sql", "UPDATE reservations r SET note = '' FROM members m"),
            ("domain/tests/races.rs", "INSERT INTO reservations (id)"),
        ],
        &[".rs", ".sql"],
    );
}

/// Words that belong to somebody's machine or to a place packages come from, in two halves, so that this
/// file does not mention them itself.
const FOREIGN: &[(&str, &str)] = &[
    ("/wo", "rk/"),
    ("../sha", "red"),
    ("registry.np", "mjs.org"),
    ("static.cra", "tes.io"),
    ("index.cra", "tes.io"),
    ("cra", "tes.io/api"),
    ("proxy.gol", "ang.org"),
    ("files.pythonh", "osted.org"),
    ("/ro", "ot/"),
];

fn nothing_is_tied_to_one_machine(source: &Source) -> Vec<String> {
    let words: Vec<String> = FOREIGN.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let hits = source.text.lines().enumerate().filter(|(_, line)| {
        words.iter().any(|word| {
            // `network/` and `homework/` are words; a path starts after something that is not a letter.
            line.match_indices(word.as_str()).any(|(at, _)| {
                !word.starts_with('/') || !line[..at].ends_with(|c: char| c.is_alphanumeric() || ".}*)$".contains(c))
            })
        })
    });
    hits.map(|(n, line)| format!("{}:{}: tied to one machine or registry: {}", source.path, n + 1, line.trim()))
        .collect()
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    let path = |index: usize| format!("see {}{}x", FOREIGN[index].0, FOREIGN[index].1);
    let caught: Vec<String> = (0..FOREIGN.len()).map(path).collect();
    let caught: Vec<(&str, &str)> = caught.iter().map(|text| ("docs/x.md", text.as_str())).collect();
    enforce(
        nothing_is_tied_to_one_machine,
        &caught,
        &[("docs/x.md", "the team's network/ folder, src/provider/work.rs, $HOME/.cargo")],
        &[".rs", ".md", ".sh", ".toml", ".json", ".js", ".mjs", ".ts", ".css", ".sql", "Makefile", ".yml", "/run"],
    );
}

/// What must never be part of the browser's program.
const SERVER_ONLY: &[&str] =
    &["sqlx", "sqlx-core", "tokio", "axum", "hyper", "reqwest", "argon2", "tower-sessions", "graphile_worker", "rand"];

fn server_only(tree: &str) -> Vec<String> {
    let crates = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut found: Vec<String> = crates.filter(|name| SERVER_ONLY.contains(name)).map(str::to_owned).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn the_browser_gets_nothing_of_the_server() {
    assert_eq!(server_only("frontend v0.1.0\napp v0.1.0\ntokio v1.0.0\nsqlx v0.9.0 (*)"), ["sqlx", "tokio"]);
    assert_eq!(server_only("frontend v0.1.0\ntokio-util-of-somebody v1.0.0"), Vec::<String>::new());
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            "frontend",
            "--target",
            "wasm32-unknown-unknown",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.status.success() && said.contains("leptos "), "{}", String::from_utf8_lossy(&tree.stderr));
    assert_eq!(server_only(&said), Vec::<String>::new());
}

/// Files of tests that no program of tests takes in: they would be forgotten in silence.
fn left_out(files: &[&str], program: &str, manifest: &str) -> Vec<String> {
    let of_program = |file: &&str| {
        let name = file.trim_end_matches(".rs");
        program.lines().any(|line| line == format!("mod {name};")) || manifest.contains(&format!("\"tests/{file}\""))
    };
    files.iter().filter(|file| !of_program(file)).map(|&file| file.to_owned()).collect()
}

#[test]
fn every_file_of_tests_runs() {
    let manifest = "[[test]]\npath = \"tests/main.rs\"\n[[test]]\npath = \"tests/alone.rs\"";
    assert_eq!(left_out(&["alone.rs", "first.rs", "irs.rs", "main.rs"], "mod first;\n", manifest), ["irs.rs"]);
    let paths = paths();
    for package in ["domain", "server"] {
        let folder = format!("{package}/tests/");
        let inside = paths.iter().filter_map(|path| path.strip_prefix(&folder));
        let files: Vec<&str> = inside.filter(|path| path.ends_with(".rs") && !path.contains('/')).collect();
        let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
        let (program, manifest) = (read(&format!("{folder}main.rs")), read(&format!("{package}/Cargo.toml")));
        assert!(files.len() > 20, "{package} has more tests than these: {files:?}");
        assert_eq!(left_out(&files, &program, &manifest), Vec::<String>::new(), "{folder}main.rs names its files");
    }
}
