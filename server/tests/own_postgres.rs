//! The own Postgres under the data folder: it survives kill -9 of either process with nothing lost.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;
use crate::process;

use std::net::SocketAddr;
use std::path::Path;

use house::wire;
use process::{Folder, Running, kill, postgres_pid, program, run};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Executor};

/// The owner's connection to the own Postgres of a folder.
async fn owner(data: &Path) -> PgConnection {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(data.join("sockets"))
        .port(5432)
        .username("servicehub")
        .database("servicehub")
        .ssl_mode(sqlx::postgres::PgSslMode::Disable);
    PgConnection::connect_with(&options).await.unwrap()
}

async fn remember(data: &Path) {
    owner(data).await.execute("CREATE TABLE remembered AS SELECT 42 AS answer").await.unwrap();
}

async fn remembers(data: &Path) -> bool {
    let answer: Result<i32, _> =
        sqlx::query_scalar("SELECT answer FROM remembered").fetch_one(&mut owner(data).await).await;
    answer.is_ok_and(|answer| answer == 42)
}

async fn ready(address: SocketAddr) -> u16 {
    wire::status(&wire::get(address, "/readyz").await)
}

async fn until_ready(address: SocketAddr) {
    tokio::time::timeout(wire::FAR_TOO_LONG, async {
        while ready(address).await != 200 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("ready again");
}

/// The worker inside the server has found its database again.
async fn until_a_job_is_done(data: &Path) {
    let mut owner = owner(data).await;
    owner.execute("SELECT graphile_worker.add_job('housekeeping')").await.unwrap();
    let left = "SELECT count(*) FROM graphile_worker._private_jobs";
    tokio::time::timeout(wire::FAR_TOO_LONG, async {
        while sqlx::query_scalar::<_, i64>(left).fetch_one(&mut owner).await.unwrap() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the job is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn starts_from_nothing_stops_cleanly_and_starts_again() {
    let folder = Folder::new();
    let (server, address) = Running::serve(&folder.data());
    assert_eq!(ready(address).await, 200);
    remember(&folder.data()).await;
    let postgres = postgres_pid(&folder.data()).unwrap();
    assert!(server.end("-TERM"));
    assert_eq!(postgres_pid(&folder.data()), None, "Postgres {postgres} has stopped cleanly");

    let (server, address) = Running::serve(&folder.data());
    assert_eq!(ready(address).await, 200);
    assert!(remembers(&folder.data()).await);
    assert!(server.end("-INT"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_is_told_and_short_commands_join() {
    let folder = Folder::new();
    let (server, _) = Running::serve(&folder.data());
    let data = folder.data();
    let data = data.to_str().unwrap();
    let (success, said) = run(&mut program(&["serve", "--listen", "127.0.0.1:0", "--data-dir", data]));
    assert!(!success);
    assert!(said.contains("already using the folder") && said.contains(&server.pid().to_string()), "{said}");
    let (success, said) = run(&mut program(&["migrate", "--data-dir", data]));
    assert!(success, "{said}");
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing() {
    let folder = Folder::new();
    let (server, _) = Running::serve(&folder.data());
    remember(&folder.data()).await;
    let postgres = postgres_pid(&folder.data()).unwrap();
    server.end("-KILL");
    assert_eq!(postgres_pid(&folder.data()), Some(postgres), "Postgres outlives it");

    let (server, address) = Running::serve(&folder.data());
    assert!(server.heard.iter().any(|line| line.contains("Postgres of a killed server")), "{:?}", server.heard);
    assert_eq!(ready(address).await, 200);
    assert!(remembers(&folder.data()).await);
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_postgres_is_started_again() {
    let folder = Folder::new();
    let (mut server, address) = Running::serve(&folder.data());
    remember(&folder.data()).await;
    kill("-KILL", postgres_pid(&folder.data()).unwrap());
    server.hear("Postgres is running again");
    until_ready(address).await;
    assert!(remembers(&folder.data()).await);
    until_a_job_is_done(&folder.data()).await;
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_killed_at_once_lose_nothing() {
    let folder = Folder::new();
    let (server, _) = Running::serve(&folder.data());
    remember(&folder.data()).await;
    let postgres = postgres_pid(&folder.data()).unwrap();
    kill("-KILL", postgres);
    server.end("-KILL");
    let (server, address) = Running::serve(&folder.data());
    assert_eq!(ready(address).await, 200);
    assert!(remembers(&folder.data()).await);
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_given_to_another_process_does_not_matter() {
    let folder = Folder::new();
    let (server, _) = Running::serve(&folder.data());
    let mark = folder.data().join("postgres/postmaster.pid");
    let text = std::fs::read_to_string(&mark).unwrap();
    assert!(server.end("-TERM"));
    // As after a restart of the machine: the mark is there, and its number is somebody else's now.
    let other = text.replacen(text.lines().next().unwrap(), &std::process::id().to_string(), 1);
    std::fs::write(&mark, other).unwrap();
    let (server, address) = Running::serve(&folder.data());
    assert_eq!(ready(address).await, 200);
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_folder_and_a_closed_folder_work_too() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    // Longer than a socket's address may be.
    let deep = folder.path().join("d".repeat(120));
    let (server, address) = Running::serve(&deep);
    assert_eq!(ready(address).await, 200);
    assert!(server.end("-TERM"));

    // As in /root: the user Postgres runs as cannot enter it.
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    let data = closed.join("data");
    let (server, address) = Running::serve(&data);
    assert_eq!(ready(address).await, 200);
    assert!(server.end("-TERM"));
    if let Ok(moved) = std::fs::read_link(data.join("postgres")) {
        let (server, address) = Running::serve(&data);
        assert_eq!(ready(address).await, 200);
        assert!(server.end("-TERM"));
        std::fs::remove_dir_all(moved.parent().unwrap()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_told_kindly() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap();
    let folder = Folder::new();
    let data = folder.data();
    let (success, said) =
        run(&mut program(&["serve", "--listen", &taken.to_string(), "--data-dir", data.to_str().unwrap()]));
    assert!(!success);
    assert!(
        said.contains("already taken") && said.contains(&format!("--listen 127.0.0.1:{}", taken.port() + 1)),
        "{said}"
    );
    assert!(!data.exists(), "nothing was made");
}
