//! The history from outside: the page everybody can check, the page for auditors, and the command.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;
use crate::process;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use base64::Engine;
use domain::audit::{HeadsFile, sign_head};
use domain::kernel::Role;
use domain::testing::{PASSWORD, SIGNING_KEY, User, World};
use house::{House, cookie, house, text};
use jiff::SignedDuration;
use process::{Folder, Running, program, run};

async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn signed_in(house: &House, user: &User) -> String {
    let credentials = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("email", user.email.as_str()), ("password", PASSWORD)])
        .finish();
    let session = cookie(&house.post("/login", None, &credentials).await).unwrap();
    // As if they had shown their second factor.
    sqlx::query("UPDATE sessions SET data = data || '{\"second\": true}' WHERE user_id = $1")
        .bind(user.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    session
}

/// Some days with something happening, and the head of each signed.
async fn days(house: &House, days: usize) {
    let ana = house.world.customer("Ana").await;
    for _ in 0..days {
        signed_in(house, &ana).await;
        sign_head(house.world.ctx()).await.unwrap();
        house.world.advance(SignedDuration::from_hours(24));
    }
}

#[tokio::test]
async fn everybody_can_check_what_was_signed() {
    let house = house().await;
    let empty = house.get("/verify").await;
    assert_eq!(empty.status(), StatusCode::OK);
    assert!(text(empty).await.contains("Nothing is signed yet"));

    days(&house, 9).await;
    let (page, asked) = house.world.statements(house.get("/verify?day=2026-11-03")).await;
    assert_eq!((page.status(), asked.len()), (StatusCode::OK, 1), "{asked:?}");
    let page = text(page).await;
    let (file, asked) = house.world.statements(house.get("/verify/heads.json")).await;
    assert_eq!((file.headers()["content-type"].to_str().unwrap(), asked.len()), ("application/json", 1), "{asked:?}");
    let heads = HeadsFile::parse(&text(file).await).unwrap();
    assert_eq!(heads.len(), 9);
    assert!(heads.iter().all(domain::audit::Head::is_signed));
    // The day that was asked for with everything about it; of the others the latest, and what to type.
    let second = &heads[1];
    for words in ["Signed on 3 Nov 2026", &second.key.to_string(), "10 Nov 2026", "openssl pkeyutl -verify"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains(&format!("ServiceHub audit head 1\\n2026-11-03\\n{}\\n", second.seq)), "{page}");
    for (day, said) in
        [("2026-10-01", "Nothing was signed on that day"), ("x%00", "Nothing was signed"), ("", "Check our records")]
    {
        let page = house.get(&format!("/verify?day={day}")).await;
        assert_eq!(page.status(), StatusCode::OK, "{day}");
        assert!(text(page).await.contains(said), "{day}");
    }
    let rest = HeadsFile::parse(&text(house.get("/verify/heads.json?after=2026-11-09").await).await).unwrap();
    assert_eq!(rest, heads[8..]);
}

/// The commands of the page, typed as they stand there.
#[tokio::test]
async fn the_signature_can_be_checked_by_hand() {
    let house = house().await;
    days(&house, 1).await;
    let page = text(house.get("/verify").await).await;
    let commands =
        page.split("<code>").find(|code| code.starts_with("printf")).unwrap().split("</code>").next().unwrap();
    let commands = commands
        .replace("<!>", "")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let folder = Folder::new();
    for (commands, right) in [(commands.clone(), true), (commands.replace("2026-11-02\\n", "2026-11-01\\n"), false)] {
        let mut shell = std::process::Command::new("sh");
        let (success, said) = run(shell.arg("-ec").arg(&commands).current_dir(folder.path()));
        assert_eq!(success, right, "{commands}\n{said}");
    }
}

#[tokio::test]
async fn the_history_is_shown_to_auditors_and_admins_only() {
    let house = house().await;
    days(&house, 2).await;
    const PAGES: [&str; 2] = ["/admin/audit", "/admin/audit/export.csv"];
    for path in PAGES {
        let nobody = house.get(path).await;
        assert_eq!(nobody.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(nobody.headers()["location"].to_str().unwrap().starts_with("/login?next=%2Fadmin%2Faudit"), "{path}");
    }
    for (role, status) in [
        (Role::Customer, StatusCode::NOT_FOUND),
        (Role::Provider, StatusCode::NOT_FOUND),
        (Role::OnboardingManager, StatusCode::NOT_FOUND),
        (Role::OpsManager, StatusCode::NOT_FOUND),
        (Role::Auditor, StatusCode::OK),
        (Role::Admin, StatusCode::OK),
        (Role::Superadmin, StatusCode::OK),
    ] {
        let cookie = signed_in(&house, &house.world.operator("Somebody", role).await).await;
        for path in PAGES {
            assert_eq!(get_as(&house, path, &cookie).await.status(), status, "{path} for {role:?}");
        }
    }
}

#[tokio::test]
async fn an_auditor_searches_pages_and_exports() {
    let house = house().await;
    days(&house, 15).await;
    let cookie = signed_in(&house, &house.world.operator("Ida", Role::Auditor).await).await;
    let (page, asked) = house.world.statements(get_as(&house, "/admin/audit", &cookie)).await;
    assert_eq!(asked.len(), 2, "the session and the page: {asked:?}");
    let page = text(page).await;
    assert_eq!(page.matches("<time ").count(), 20, "{page}");
    assert!(
        page.contains("session.opened") && page.contains("audit.head_signed") && page.contains("Ana Example"),
        "{page}"
    );
    let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let rest = text(get_as(&house, &next, &cookie).await).await;
    assert!(rest.matches("<time ").count() >= 10 && rest.contains("Back to the newest"), "{rest}");

    let found = text(get_as(&house, "/admin/audit?action=audit.&to=2026-11-03", &cookie).await).await;
    assert_eq!(
        (found.matches("<time ").count(), found.matches("audit.head_signed").count() >= 2),
        (2, true),
        "{found}"
    );
    assert!(
        found.contains("value=\"audit.\"") && found.contains("export.csv?action=audit.&amp;to=2026-11-03"),
        "{found}"
    );
    let none = text(get_as(&house, "/admin/audit?words=nothing+like+it", &cookie).await).await;
    assert!(none.contains("Nothing fits"), "{none}");
    let wrong = get_as(&house, "/admin/audit?object=12&from=soon", &cookie).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = text(wrong).await;
    assert!(wrong.contains("Type the whole id") && wrong.contains("value=\"12\""), "{wrong}");
    for hostile in [
        "action=%25%27%3B--",
        "words=%00",
        "after=1~x",
        "actor=%40",
        "kind=%3Cscript%3E",
        "from=0001-01-01&to=9999-12-31",
    ] {
        let page = get_as(&house, &format!("/admin/audit?{hostile}"), &cookie).await;
        assert!(page.status().is_success() || page.status() == StatusCode::UNPROCESSABLE_ENTITY, "{hostile}");
    }

    let csv = get_as(&house, "/admin/audit/export.csv?action=audit.", &cookie).await;
    assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
    assert!(csv.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"history-"));
    assert_eq!(text(csv).await.lines().count(), 16);
    assert_eq!(
        get_as(&house, "/admin/audit/export.csv?object=12", &cookie).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

/// `servicehub verify audit` on a world's database, with the world's key.
fn verify(world: &World, folder: &Folder, more: &[&str]) -> (bool, String) {
    let key = base64::engine::general_purpose::STANDARD.encode(SIGNING_KEY);
    let arguments = [&["verify", "audit", "--database-url", world.url()][..], more].concat();
    run(program(&arguments).env("SIGNING_KEY", key).current_dir(folder.path()))
}

async fn tamper(world: &World, statements: &[&'static str]) {
    let mut owner = world.owner().begin().await.unwrap();
    sqlx::query("SET LOCAL session_replication_role = replica").execute(&mut *owner).await.unwrap();
    for statement in statements {
        sqlx::query(*statement).execute(&mut *owner).await.unwrap();
    }
    owner.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_ends_well_only_if_the_history_is_whole() {
    let house = house().await;
    days(&house, 3).await;
    let (world, folder) = (&house.world, Folder::new());
    let file = folder.path().join("heads.json");
    std::fs::write(&file, text(house.get("/verify/heads.json").await).await).unwrap();
    let file = file.to_str().unwrap();

    let (whole, said) = verify(world, &folder, &[]);
    assert!(whole && said.contains("The history is whole: 6 entries") && said.contains("rows/s"), "{said}");
    assert!(verify(world, &folder, &["--against", file]).0);
    // Another key in the settings: these heads are not ours.
    let other = base64::engine::general_purpose::STANDARD.encode([9; 32]);
    let strange = ["verify", "audit", "--database-url", world.url()];
    let (whole, said) = run(program(&strange).env("SIGNING_KEY", &other).current_dir(folder.path()));
    assert!(!whole && said.contains("signed head of 2026-11-02") && said.contains("nobody vouches for"), "{said}");
    assert!(!said.contains(&other), "{said}");
    // Without any key the signatures only belong together, which is said; nothing is made by looking.
    let (whole, said) = run(program(&strange).current_dir(folder.path()));
    assert!(whole && said.contains("fit the keys they name"), "{said}");
    assert!(!folder.path().join(".data/signing.key").exists());
    for (wrong, complaint) in [(["--against", "nowhere.json"], "cannot be used"), (["--key", "x"], "is no public key")]
    {
        let (whole, said) = verify(world, &folder, &wrong);
        assert!(!whole && said.contains(complaint), "{said}");
    }

    // The end cut off with its heads: whole by itself, disproved by the file.
    tamper(
        world,
        &[
            "DELETE FROM audit_personal WHERE seq > 4",
            "DELETE FROM audit_entries WHERE seq > 4",
            "DELETE FROM audit_heads WHERE seq > 4",
            "UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit_entries WHERE seq = 4)",
        ],
    )
    .await;
    let (whole, said) = verify(world, &folder, &[]);
    assert!(whole && said.contains("4 entries"), "{said}");
    let (whole, said) = verify(world, &folder, &["--against", file]);
    assert!(!whole && said.contains("signed head of 2026-11-04: it is gone"), "{said}");
    // Changed in the middle.
    tamper(world, &["UPDATE audit_entries SET capacity = 'admin' WHERE seq = 3"]).await;
    let (whole, said) = verify(world, &folder, &[]);
    assert!(!whole && said.contains("The history is not whole. entry 3: its content"), "{said}");
}

#[test]
fn a_server_signs_at_its_start_and_is_verified_while_it_runs() {
    use std::os::unix::fs::MetadataExt;
    const SIGNED: &str = "signed where the history stands";
    let folder = Folder::new();
    let (mut server, _) = Running::serve(&folder.data());
    if !server.heard.iter().any(|line| line.contains(SIGNED)) {
        server.hear(SIGNED);
    }
    let data = folder.data();
    let key = data.join("signing.key");
    assert_eq!(std::fs::metadata(&key).unwrap().mode() & 0o777, 0o600);
    let secret = std::fs::read_to_string(&key).unwrap();
    assert!(!server.heard.iter().any(|line| line.contains(secret.trim())), "the key is in the log");
    let (whole, said) = run(&mut program(&["verify", "audit", "--data-dir", data.to_str().unwrap()]));
    assert!(whole && said.contains("1 signed head is part of it"), "{said}");
    assert!(server.end("-TERM"));
}
