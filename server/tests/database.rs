//! A database given by its address: wrong ones say what is wrong, migrations run once, the role is weak.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::process;

use domain::testing::World;
use process::{Folder, Running, program, run};
use server::database::{Use, migrate, pool, self_test};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor};

fn test_url() -> String {
    std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a Postgres for tests")
}

fn with_database(name: &str) -> String {
    let url = test_url();
    let start = url.find("://").unwrap() + 3;
    let end = url[start..].find('/').map_or(url.len(), |slash| start + slash);
    format!("{}/{name}", &url[..end])
}

fn complaint(url: &str) -> String {
    let folder = Folder::new();
    let (success, said) = run(program(&["migrate", "--database-url", url]).current_dir(folder.path()));
    assert!(!success, "{said}");
    said
}

#[test]
fn a_wrong_address_says_what_is_wrong() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = complaint(&format!("postgres://hub:hunter2@{closed}/hub"));
    assert!(said.contains("cannot be reached") && said.contains(&closed.to_string()), "{said}");
    assert!(!said.contains("hunter2"), "{said}");

    let said = complaint(&with_database("no_such_database"));
    assert!(said.contains("has no database 'no_such_database'"), "{said}");

    let said = complaint(&with_database("postgres").replacen("postgres@", "nobody_known@", 1));
    assert!(said.contains("'nobody_known'"), "{said}");

    let said = complaint("postgres://%zz");
    assert!(said.contains("DATABASE_URL"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_do_not_collide() {
    let name = format!("together_{}", std::process::id());
    let mut admin = PgConnection::connect(&test_url()).await.unwrap();
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let url = with_database(&name);
    let started: Vec<_> = (0..3)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || run(&mut program(&["migrate", "--database-url", &url])))
        })
        .collect();
    let ended: Vec<_> = started.into_iter().map(|process| process.join().unwrap()).collect();
    admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
    for (success, said) in ended {
        assert!(success, "{said}");
    }
}

/// Managed databases give out no superuser: an owner that may make roles is enough.
#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_owner_is_enough() {
    let name = format!("ordinary_{}", std::process::id());
    let mut admin = PgConnection::connect(&test_url()).await.unwrap();
    for statement in [format!("CREATE ROLE {name} LOGIN CREATEROLE"), format!("CREATE DATABASE {name} OWNER {name}")] {
        admin.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    let owner: PgConnectOptions = test_url().parse().unwrap();
    let owner = owner.username(&name).database(&name);
    let migrated = migrate(&owner).await;
    let app = pool(&owner, false, Use::Web, 1);
    let tested = self_test(&app).await;
    app.close().await;
    for statement in [format!("DROP DATABASE {name} WITH (FORCE)"), format!("DROP ROLE {name}")] {
        admin.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    migrated.unwrap();
    tested.unwrap();
}

async fn world() -> (World, PgConnectOptions) {
    let world = World::new().await;
    let owner: PgConnectOptions = world.url().parse().unwrap();
    migrate(&owner).await.unwrap();
    (world, owner)
}

#[tokio::test]
async fn the_application_cannot_alter_tables_and_has_time_limits() {
    let (_world, owner) = world().await;
    for direct in [true, false] {
        let app = pool(&owner, direct, Use::Web, 2);
        self_test(&app).await.unwrap();
        for forbidden in ["ALTER TABLE users ADD COLUMN extra int", "DROP TABLE sessions", "CREATE TABLE extra ()"] {
            let refused = app.execute(forbidden).await.unwrap_err();
            let code = refused.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
            assert_eq!(code.as_deref(), Some("42501"), "{forbidden}: {refused}");
        }
        for (name, value) in [
            ("statement_timeout", "2s"),
            ("lock_timeout", "1500ms"),
            ("idle_in_transaction_session_timeout", "5s"),
            ("application_name", "servicehub web"),
        ] {
            let set: String =
                sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&app).await.unwrap();
            assert_eq!(set, value, "{name}");
        }
        app.close().await;
    }
}

#[tokio::test]
async fn a_server_that_could_book_twice_does_not_start() {
    let (world, owner) = world().await;
    world.owner().execute("ALTER TABLE reservations DROP CONSTRAINT reservations_no_overlap").await.unwrap();
    let app = pool(&owner, false, Use::Web, 1);
    let refused = self_test(&app).await.unwrap_err();
    assert!(refused.to_string().contains("reservations_no_overlap"), "{refused}");
    let (success, said) = run(&mut program(&["serve", "--listen", "127.0.0.1:0", "--database-url", world.url()]));
    assert!(!success && said.contains("reservations_no_overlap"), "{said}");
}

#[tokio::test]
async fn a_role_with_too_many_rights_is_refused() {
    let (_world, owner) = world().await;
    // The owner itself: may alter everything.
    let as_owner = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_lazy_with(owner);
    let refused = self_test(&as_owner).await.unwrap_err();
    assert!(refused.to_string().contains("servicehub_app"), "{refused}");
}

#[tokio::test]
async fn connections_that_died_in_the_pool_are_replaced() {
    let (world, owner) = world().await;
    let app = pool(&owner, false, Use::Web, 1);
    let first: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&app).await.unwrap();
    sqlx::query("SELECT pg_terminate_backend($1)").bind(first).execute(world.owner()).await.unwrap();
    // Right away one question may fail; then the pool has noticed.
    let _ = sqlx::query_scalar::<_, i32>("SELECT 1").fetch_one(&app).await;
    let second: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&app).await.unwrap();
    assert_ne!(first, second);
}

/// Serving needs no way to become the owner again: then whoever takes the process over has none either.
#[tokio::test(flavor = "multi_thread")]
async fn serving_does_without_the_owner() {
    let (world, _) = world().await;
    let as_app = |url: &str| {
        let start = url.find("://").unwrap() + 3;
        let at = url[start..].find('@').map_or(start, |at| start + at + 1);
        format!("{}servicehub_app@{}", &url[..start], &url[at..])
    };
    let folder = Folder::new();
    let with = |command: &str, url: &str| {
        let mut program = program(&[command, "--listen", "127.0.0.1:0", "--database-app-url", url]);
        program.current_dir(folder.path());
        program
    };
    let mut server = Running::start(&mut with("serve", &as_app(world.url())));
    server.hear(" ready ");
    let roles: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT usename::text FROM pg_stat_activity
         WHERE datname = current_database() AND application_name LIKE 'servicehub w%'",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(roles, ["servicehub_app"], "nobody logged in who could step up");
    assert!(server.end("-TERM"));

    let (success, said) = run(&mut with("migrate", &as_app(world.url())));
    assert!(!success && said.contains("DATABASE_URL"), "{said}");
    world
        .owner()
        .execute("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
        .await
        .unwrap();
    let (success, said) = run(&mut with("serve", &as_app(world.url())));
    assert!(!success && said.contains("servicehub migrate"), "{said}");
}
