//! People book while the server, its Postgres, or both are killed with SIGKILL, again and again. Every
//! booking somebody was told about is there, whole; nothing else is left; asking again books once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;
use crate::process;

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use domain::accounts::demo::PASSWORD;
use house::whole::{GHOSTS, HALVES, OVERLAPS};
use house::wire;
use process::{Folder, Running, kill, postgres_pid, program};
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use uuid::Uuid;

const PEOPLE: usize = 8;
/// Bookings people hear of between two kills.
const BETWEEN: usize = 12;
/// By this note the rows of this test are known.
const NOTE: &str = "Booked while things were killed.";

#[derive(Clone, Copy, Debug)]
enum Victim {
    Postgres,
    Server,
    Both,
}

/// What everybody who books shares.
struct Crowd {
    address: SocketAddr,
    wishes: Vec<(String, String)>,
    next: AtomicUsize,
    told: Mutex<HashSet<String>>,
    enough: AtomicBool,
}

async fn owner(data: &Path) -> PgConnection {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(data.join("sockets"))
        .port(5432)
        .username("servicehub")
        .database("servicehub")
        .ssl_mode(sqlx::postgres::PgSslMode::Disable);
    PgConnection::connect_with(&options).await.unwrap()
}

fn start(data: &Path, listen: &str) -> (Running, SocketAddr) {
    let mut command = program(&["serve", "--listen", listen, "--data-dir", data.to_str().unwrap()]);
    let mut server = Running::start(command.env("DEMO", "on").env("RATE_LIMITS", "off"));
    let ready = server.hear(" ready ");
    let address = ready.split("listen=").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    (server, address)
}

/// An exchange with a server that may die at any moment; `None` when it did.
async fn ask(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    Some(wire::rest(&mut stream).await).filter(|answer| !answer.is_empty())
}

fn post(path: &str, cookie: &str, fields: &[(&str, &str)]) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// Services and times from their pages, as people find them.
async fn wishes(address: SocketAddr, services: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for service in services {
        let page = wire::get(address, &format!("/services/{service}/book")).await;
        for input in page.split("<input ").filter(|input| input.contains("name=\"start\"")) {
            let time = input.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
            found.push((service.clone(), time.to_owned()));
        }
    }
    found
}

impl Crowd {
    /// Books one wish after the other. Who hears nothing asks again with the same form.
    async fn book(self: Arc<Self>, session: String) {
        while !self.enough.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let (service, time) = &self.wishes[number % self.wishes.len()];
            let key = Uuid::from_u128(number as u128 + 1).to_string();
            let fields = [
                ("start", time.as_str()),
                ("street", "Linienstraße 1"),
                ("postal_code", "10119"),
                ("city", "Berlin"),
                ("note", NOTE),
                ("key", &key),
            ];
            let wish = post(&format!("/services/{service}/book"), &session, &fields);
            while !self.enough.load(Ordering::Relaxed) {
                let answer = ask(self.address, &wish).await;
                match answer.as_deref().map(wire::status) {
                    Some(303) => {
                        let answer = answer.unwrap();
                        let place = header(&answer, "location").unwrap();
                        let reference = place.split(['/', '?']).find(|part| part.starts_with("SH-"));
                        let reference = reference.unwrap_or_else(|| panic!("{place} is no booking"));
                        self.told.lock().unwrap().insert(reference.to_owned());
                        break;
                    }
                    Some(409) => break,
                    None | Some(500..=599) => tokio::task::yield_now().await,
                    Some(other) => panic!("{other}: {answer:?}"),
                }
            }
        }
    }

    fn heard(&self) -> usize {
        self.told.lock().unwrap().len()
    }

    /// Goes on when so many more bookings were told.
    async fn more(&self) {
        let goal = self.heard() + BETWEEN;
        tokio::time::timeout(wire::FAR_TOO_LONG, async {
            while self.heard() < goal {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("people can book");
    }
}

async fn count(owner: &mut PgConnection, question: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(question)).fetch_one(owner).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_killed_told_bookings_stay_and_none_is_half_done() {
    let folder = Folder::new();
    let data = folder.data();
    let (mut server, address) = start(&data, "127.0.0.1:0");
    let listen = address.to_string();
    let mut asking = owner(&data).await;
    let services: Vec<String> = sqlx::query_scalar(
        "SELECT slug FROM services s WHERE status = 'live' AND kind = 'visit' AND buffer_before_min = 0
           AND NOT EXISTS (SELECT FROM packages p WHERE p.service_id = s.id) ORDER BY slug LIMIT 16",
    )
    .fetch_all(&mut asking)
    .await
    .unwrap();
    let people: Vec<String> =
        sqlx::query_scalar(
            "SELECT email FROM users u WHERE EXISTS (SELECT FROM user_roles r WHERE r.user_id = u.id AND r.role = 'customer')
               AND NOT EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id) ORDER BY email LIMIT $1",
        )
            .bind(i64::try_from(PEOPLE).unwrap())
            .fetch_all(&mut asking)
            .await
            .unwrap();
    let crowd = Arc::new(Crowd {
        address,
        wishes: wishes(address, &services).await,
        next: AtomicUsize::new(0),
        told: Mutex::default(),
        enough: AtomicBool::new(false),
    });
    let mut tasks = Vec::new();
    for email in &people {
        let answer = ask(address, &post("/login", "", &[("email", email), ("password", PASSWORD)])).await.unwrap();
        let cookies = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let mut pairs = cookies.map(|cookie| cookie.split(';').next().unwrap().to_owned());
        let session = pairs.find(|pair| pair.contains("session=")).unwrap();
        tasks.push(tokio::spawn(Arc::clone(&crowd).book(session)));
    }

    for victim in [Victim::Postgres, Victim::Server, Victim::Both, Victim::Postgres, Victim::Server] {
        crowd.more().await;
        match victim {
            Victim::Postgres => {
                kill("-KILL", postgres_pid(&data).unwrap());
                server = tokio::task::spawn_blocking(move || {
                    server.hear("Postgres is running again");
                    server
                })
                .await
                .unwrap();
            }
            Victim::Server | Victim::Both => {
                if matches!(victim, Victim::Both) {
                    kill("-KILL", postgres_pid(&data).unwrap());
                }
                server.end("-KILL");
                (server, _) = tokio::task::spawn_blocking({
                    let (data, listen) = (data.clone(), listen.clone());
                    move || start(&data, &listen)
                })
                .await
                .unwrap();
            }
        }
    }
    crowd.more().await;
    crowd.enough.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }

    let mut asking = owner(&data).await;
    let told: Vec<String> = crowd.told.lock().unwrap().iter().cloned().collect();
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM bookings WHERE reference = ANY($1)")
        .bind(&told)
        .fetch_one(&mut asking)
        .await
        .unwrap();
    assert_eq!(kept, i64::try_from(told.len()).unwrap(), "everything people were told is there");
    let ours = format!("{HALVES} AND b.note = '{NOTE}'");
    assert_eq!(count(&mut asking, &ours).await, 0, "none is half done");
    assert_eq!(count(&mut asking, GHOSTS).await, 0, "nothing is left of bookings that failed");
    assert_eq!(count(&mut asking, OVERLAPS).await, 0, "nobody has two visits at once");
    // The control: what these questions would see if one booking had lost its time.
    sqlx::query("DELETE FROM reservations WHERE booking_id = (SELECT id FROM bookings WHERE reference = $1)")
        .bind(&told[0])
        .execute(&mut asking)
        .await
        .unwrap();
    assert_eq!(count(&mut asking, &ours).await, 1, "the question sees a lost time");
    assert!(server.end("-TERM"));
}
