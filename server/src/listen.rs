//! Accepting connections, with patience for everybody and for nobody too long (slow-client defence).
//!
//! `axum::serve` sets no time limits at all, so this is our own loop: headers must arrive in time,
//! bodies must keep a pace (`security::body`), answers must be read, one address may hold so many
//! connections, and all of them together leave file descriptors for the rest of the process.

mod crowd;
mod stall;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tower::ServiceExt;

use crate::security::address::{Peer, is_trusted};
use crate::settings::RequestLimits;
use crowd::Crowd;
use stall::Stalling;

const MOST_HEADERS: usize = 100;
const LARGEST_HEAD: usize = 32 << 10;
/// A trusted proxy defends itself against slow clients, and keeps connections open for a while.
const PROXY_IDLE: Duration = Duration::from_secs(90);

/// How long requests are still taken after being asked to end: whoever sends them, a proxy that is just being
/// pointed elsewhere, must not meet a connection that closes under its hands.
const LINGER: Duration = Duration::from_millis(300);

/// Binds the address.
///
/// # Errors
/// Why it cannot be bound and what to do, in words.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            let next = SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(3000));
            format!(
                "Port {} is already taken, perhaps by another ServiceHub. Stop that one, or choose another port: --listen {next}",
                address.port()
            )
        }
        std::io::ErrorKind::PermissionDenied => {
            format!("This user may not listen on port {}. Choose one above 1023: --listen {}:3000", address.port(), address.ip())
        }
        std::io::ErrorKind::AddrNotAvailable => format!("{} is not an address of this machine. Choose another with --listen.", address.ip()),
        _ => format!("Listening on {address} does not work: {error}"),
    })
}

/// Serves until a moment after `stop` resolves; then accepts no more and waits `grace` for running requests.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    bounds: RequestLimits,
    trusted: &[IpNet],
    stop: impl Future<Output = ()>,
    grace: Duration,
) {
    let crowd = Crowd::new(bounds.connections, bounds.connections_per_address);
    let (tell, ending) = watch::channel(false);
    // Every connection holds a copy; when the last is gone, the channel ends.
    let (open, mut all_gone) = mpsc::channel::<()>(1);
    let mut stop = std::pin::pin!(async {
        stop.await;
        tokio::time::sleep(LINGER).await;
    });
    loop {
        let (stream, from) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Mostly too many open files; others get their chance to close some.
                    tracing::warn!(%error, "a connection cannot be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let address = from.ip().to_canonical();
        let proxy = is_trusted(address, trusted);
        let Some(place) = crowd.admit(address, proxy) else {
            continue; // dropped: closing is all the answer such a client gets
        };
        let (app, ending, open) = (app.clone(), ending.clone(), open.clone());
        tokio::spawn(async move {
            answer(stream, app, Peer(address), proxy, bounds, ending).await;
            drop((place, open));
        });
    }
    drop((listener, open));
    let _ = tell.send(true);
    if tokio::time::timeout(grace, all_gone.recv()).await.is_err() {
        tracing::warn!("some requests did not finish in time and are cut off");
    }
}

/// Answers the requests of one connection until it ends, or until the one in progress is done
/// when the process is ending.
async fn answer(
    stream: TcpStream,
    app: Router,
    peer: Peer,
    proxy: bool,
    bounds: RequestLimits,
    mut ending: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = app.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request.map(axum::body::Body::new)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(if proxy { PROXY_IDLE } else { bounds.header_timeout })
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(Stalling::new(stream, bounds.write_stall)), TowerToHyperService::new(service))
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    // Clients that hang up or send nonsense are ordinary life, so nobody is told.
    let told = async {
        let _ = ending.wait_for(|ending| *ending).await;
    };
    let ended = tokio::select! {
        _ = connection.as_mut() => true,
        () = told => false,
    };
    if !ended {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}
