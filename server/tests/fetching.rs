//! Fetching calendars from addresses that strangers type: what there is to get, and everything there is not.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::HashMap;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::kernel::fetch::{Calendars, Unfetched};
use server::adapters::calendars::{Fetcher, Guard, Network};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";
/// Where the calendar of the whole world is: an address everybody may reach.
const PUBLIC: &str = "93.184.216.34";
const PATIENT: Duration = Duration::from_secs(10);

/// An internet of a few names. Connections to the public address arrive at a server of the test.
#[derive(Debug, Default)]
struct Small {
    names: HashMap<String, Vec<IpAddr>>,
    server: Option<SocketAddr>,
    asked: Mutex<Vec<String>>,
    /// Names whose answers change: the second one is this machine.
    rebinds: bool,
}

#[async_trait]
impl Network for Small {
    async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let mut asked = self.asked.lock().unwrap();
        asked.push(name.to_owned());
        if self.rebinds && asked.len() > 1 {
            return vec!["127.0.0.1".parse().unwrap()];
        }
        if name == "calendar.example" {
            return vec![PUBLIC.parse().unwrap()];
        }
        self.names.get(name.trim_end_matches('.')).cloned().unwrap_or_default()
    }

    fn way(&self, checked: SocketAddr) -> SocketAddr {
        if checked.ip().to_string() == PUBLIC { self.server.unwrap_or(checked) } else { checked }
    }
}

/// A machine nobody may reach: counts who does, and gives them what they came for.
async fn victim() -> (u16, Arc<AtomicUsize>) {
    let reached = Arc::new(AtomicUsize::new(0));
    let four = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = four.local_addr().unwrap().port();
    // 127.0.0.2 and 0.0.0.0 arrive here too.
    drop(four);
    for address in [format!("0.0.0.0:{port}"), format!("[::1]:{port}")] {
        let listener = TcpListener::bind(&address).await.unwrap();
        let reached = reached.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                reached.fetch_add(1, Ordering::SeqCst);
                let _ = stream.read(&mut [0; 4096]).await;
                let head =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", CALENDAR.len());
                let _ = stream.write_all(format!("{head}{CALENDAR}").as_bytes()).await;
            }
        });
    }
    (port, reached)
}

struct Corpus {
    /// Addresses, and whether they reach the victim when nobody guards the way.
    lines: Vec<(String, bool)>,
    names: HashMap<String, Vec<IpAddr>>,
}

fn corpus(port: u16) -> Corpus {
    let (mut lines, mut names) = (Vec::new(), HashMap::new());
    for line in include_str!("addresses/ssrf.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((name, to)) = line.split_once(" = ") {
            names.insert(name.to_owned(), to.split(' ').map(|one| one.parse().unwrap()).collect());
            continue;
        }
        let (address, reaches) = line.strip_prefix("! ").map_or((line, false), |line| (line, true));
        lines.push((address.replace("PORT", &port.to_string()), reaches));
    }
    Corpus { lines, names }
}

/// Everything is allowed but to go where not everybody may go.
fn public_only() -> Guard {
    Guard { public_only: true, ..Guard::at_home() }
}

fn fetcher(guard: Guard, network: Small) -> Fetcher {
    Fetcher::with(guard, Arc::new(network), PATIENT).unwrap()
}

#[tokio::test]
async fn nobody_gets_where_only_we_can_reach() {
    let (port, reached) = victim().await;
    let Corpus { lines, names } = corpus(port);
    assert!(lines.len() > 100, "{}", lines.len());
    for guard in [public_only(), Guard::strict("https://hub.example")] {
        let fetcher = fetcher(guard, Small { names: names.clone(), ..Small::default() });
        for (address, _) in &lines {
            let found = fetcher.fetch(address).await;
            assert!(matches!(found, Err(Unfetched::Address | Unfetched::Unreachable)), "{address}: {found:?}");
        }
    }
    assert_eq!(reached.load(Ordering::SeqCst), 0, "somebody got through");
}

#[tokio::test]
async fn the_control_without_a_guard_everybody_gets_there() {
    let (port, reached) = victim().await;
    let Corpus { lines, names } = corpus(port);
    let fetcher = fetcher(Guard::at_home(), Small { names, ..Small::default() });
    let mut expected = 0;
    for (address, _) in lines.iter().filter(|(_, reaches)| *reaches) {
        expected += 1;
        assert_eq!(fetcher.fetch(address).await.as_deref(), Ok(CALENDAR), "{address}");
        assert_eq!(reached.load(Ordering::SeqCst), expected, "{address}");
    }
    assert!(expected > 35, "{expected}");
}

/// A server everybody may reach. `/to/3` leads to the third line; other paths are what their name says.
async fn public_server(lines: Vec<String>) -> (SocketAddr, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let redirects = asked.clone();
    let to = move |State(lines): State<Arc<Vec<String>>>, Path(line): Path<usize>| async move {
        redirects.fetch_add(1, Ordering::SeqCst);
        let location = axum::http::HeaderValue::from_bytes(lines[line].as_bytes()).unwrap();
        (StatusCode::FOUND, [(HeaderName::from_static("location"), location)]).into_response()
    };
    let app = Router::new()
        .route("/to/{line}", get(to))
        .route("/calendar.ics", get(|| async { CALENDAR }))
        .route("/again/{left}", get(again))
        .route("/packed.ics", get(|| async { packed(CALENDAR.as_bytes()) }))
        .route("/bomb.ics", get(|| async { packed(&[CALENDAR.as_bytes(), &vec![b' '; 64 << 20]].concat()) }))
        .route("/large.ics", get(|| async { format!("{CALENDAR}{}", "x".repeat(2 << 20)) }))
        .route("/page.ics", get(|| async { "<!doctype html><title>Log in</title>" }))
        .route("/bom.ics", get(|| async { format!("\u{feff}\r\n{}", CALENDAR.to_lowercase()) }))
        .route("/never.ics", get(std::future::pending::<&str>))
        .with_state(Arc::new(lines));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, asked)
}

async fn again(Path(left): Path<u32>) -> Response {
    let to = if left == 0 { "/calendar.ics".to_owned() } else { format!("/again/{}", left - 1) };
    (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response()
}

fn packed(bytes: &[u8]) -> Response {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    ([("content-encoding", "gzip")], packer.finish().unwrap()).into_response()
}

#[tokio::test]
async fn nor_by_being_sent_on() {
    let (port, reached) = victim().await;
    let Corpus { lines, names } = corpus(port);
    let lines: Vec<String> = lines.into_iter().map(|(address, _)| address).collect();
    let (server, asked) = public_server(lines.clone()).await;
    let fetcher = fetcher(public_only(), Small { names, server: Some(server), ..Small::default() });
    for (place, address) in lines.iter().enumerate() {
        let found = fetcher.fetch(&format!("http://calendar.example/to/{place}")).await;
        assert!(found.is_err(), "{address}: {found:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), lines.len(), "each of them was sent");
    assert_eq!(reached.load(Ordering::SeqCst), 0, "somebody got through");
}

#[tokio::test]
async fn names_are_looked_up_once_and_the_connection_goes_there() {
    let (server, _) = public_server(Vec::new()).await;
    let network = Arc::new(Small { server: Some(server), rebinds: true, ..Small::default() });
    let fetcher = Fetcher::with(public_only(), network.clone(), PATIENT).unwrap();
    assert_eq!(fetcher.fetch("http://calendar.example/calendar.ics").await.as_deref(), Ok(CALENDAR));
    assert_eq!(network.asked.lock().unwrap().len(), 1);
    // The name now leads to this machine, and the next visit finds that out.
    assert_eq!(fetcher.fetch("http://calendar.example/calendar.ics").await, Err(Unfetched::Address));
}

#[tokio::test]
async fn a_calendar_is_fetched_and_nothing_else() {
    let (server, _) = public_server(Vec::new()).await;
    let network = || Small { server: Some(server), ..Small::default() };
    let open = fetcher(public_only(), network());
    let ask = async |path: &str| open.fetch(&format!("http://calendar.example{path}")).await;
    for path in ["/calendar.ics", "/packed.ics", "/again/2", "/calendar.ics#part"] {
        assert_eq!(ask(path).await.as_deref(), Ok(CALENDAR), "{path}");
    }
    assert!(ask("/bom.ics").await.is_ok());
    for (path, why) in [
        ("/again/3", Unfetched::Redirects),
        ("/bomb.ics", Unfetched::TooLarge),
        ("/large.ics", Unfetched::TooLarge),
        ("/page.ics", Unfetched::NotACalendar),
        ("/gone.ics", Unfetched::Status(404)),
    ] {
        assert_eq!(ask(path).await, Err(why), "{path}");
    }
    let hasty = Fetcher::with(public_only(), Arc::new(network()), Duration::from_millis(300)).unwrap();
    assert_eq!(hasty.fetch("http://calendar.example/never.ics").await, Err(Unfetched::TooSlow));
    // Where real people are: encrypted, on two ports, and never back to us.
    let strict = fetcher(Guard::strict("https://hub.example"), network());
    for refused in [
        "http://calendar.example/calendar.ics",
        "https://calendar.example:80/",
        "https://calendar.example:22/",
        "https://hub.example/calendar/x.ics",
        "https://ana@calendar.example/",
        "https://calendar.example./",
        "",
        "calendar.example",
        " https://calendar.example/",
    ] {
        assert_eq!(strict.check(refused), Err(Unfetched::Address), "{refused}");
    }
    for taken in
        ["https://calendar.example/calendar.ics", "https://calendar.example:8443/x?y#z", "HTTPS://Calendar.Example"]
    {
        assert_eq!(strict.check(taken), Ok(()), "{taken}");
    }
    // This server speaks no TLS, so nothing comes of it: no step back to plain text.
    assert_eq!(strict.fetch("https://calendar.example/calendar.ics").await, Err(Unfetched::Unreachable));
}
