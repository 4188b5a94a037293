//! Slow clients (T4): slow headers, slow bodies, slow readers, too many of them. The real times are
//! seconds; these tests shorten them.

use crate::house;

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use house::wire::{FAR_TOO_LONG, exchange, get as ask, rest, send, status};
use house::{house_with, serve, settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};

fn impatient() -> server::settings::Settings {
    let mut settings = settings();
    settings.limits.header_timeout = Duration::from_millis(200);
    settings.limits.body_grace = Duration::from_millis(200);
    settings.limits.write_stall = Duration::from_millis(200);
    settings
}

#[test]
fn the_real_times_add_up_to_less_than_fifteen_seconds() {
    let limits = settings().limits;
    for time in [limits.header_timeout, limits.body_grace, limits.write_stall] {
        assert!(time <= Duration::from_secs(15));
    }
}

#[tokio::test]
async fn slow_headers_are_cut() {
    let settings = impatient();
    let served = serve(Router::new().route("/", get(|| async { "hi" })), &settings).await;
    let mut slow = send(served.address, b"GET / HTTP/1.1\r\nhost: x\r\nx-slow:").await;
    let mut silent = send(served.address, b"").await;
    assert_eq!(status(&ask(served.address, "/").await), 200);
    // Drip a byte whenever the server has not yet hung up.
    let (mut read, mut write) = slow.split();
    let drip = async {
        while write.write_all(b"a").await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    let mut said = [0; 1];
    tokio::select! {
        count = read.read(&mut said) => assert!(!matches!(count, Ok(1..)), "a half-sent request was answered"),
        () = drip => {}
        () = tokio::time::sleep(FAR_TOO_LONG) => panic!("slow headers were not cut"),
    }
    assert_eq!(rest(&mut silent).await, "");
}

#[tokio::test]
async fn slow_bodies_are_cut() {
    let echo = vec![("/echo", post(|body: Bytes| async move { body.len().to_string() }))];
    let settings = impatient();
    let house = house_with(settings.clone(), echo).await;
    let served = serve(house.app.clone(), &settings).await;
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-length: 100\r\n\r\nonly this";
    let answer = exchange(served.address, head).await;
    assert_eq!(status(&answer), 408, "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");

    // A body that keeps the pace arrives, however long it takes in all.
    let whole = "POST /echo HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello";
    assert!(exchange(served.address, whole).await.ends_with('5'));
}

#[tokio::test]
async fn an_answer_nobody_reads_is_dropped() {
    let (tell, mut dropped) = mpsc::channel::<()>(1);
    let endless = get(move || {
        let tell = tell.clone();
        async move { Body::new(Endless(tell)) }
    });
    let settings = impatient();
    let served = serve(Router::new().route("/", endless), &settings).await;
    let _unread = send(served.address, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    // The channel ends when the route and the body are gone; the body tells first.
    tokio::time::timeout(FAR_TOO_LONG, dropped.recv()).await.expect("the server gives up").unwrap();
}

/// A body without end that tells when it is dropped.
struct Endless(mpsc::Sender<()>);

impl Drop for Endless {
    fn drop(&mut self) {
        let _ = self.0.try_send(());
    }
}

impl axum::body::HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(Bytes::from_static(&[b'a'; 8192])))))
    }
}

#[tokio::test]
async fn one_address_holds_only_so_many_connections() {
    let mut settings = settings();
    settings.limits.connections_per_address = 2;
    let served = serve(Router::new().route("/", get(|| async { "hi" })), &settings).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = send(served.address, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        held.push(stream);
    }
    assert_eq!(ask(served.address, "/").await, "", "the third is not answered");
}

#[tokio::test]
async fn running_requests_finish_when_the_process_ends() {
    let (entered, mut inside) = mpsc::channel::<()>(1);
    let (leave, mut may_leave) = tokio::sync::watch::channel(false);
    may_leave.mark_unchanged();
    let slow = get(move || {
        let (entered, mut may_leave) = (entered.clone(), may_leave.clone());
        async move {
            entered.send(()).await.unwrap();
            may_leave.changed().await.unwrap();
            "finished"
        }
    });
    let mut served = serve(Router::new().route("/", slow), &settings()).await;
    let address = served.address;
    let (answered, answer) = oneshot::channel();
    tokio::spawn(async move { answered.send(ask(address, "/").await).unwrap() });
    inside.recv().await.unwrap();
    served.ask_to_stop();
    leave.send(true).unwrap();
    assert!(answer.await.unwrap().ends_with("finished"));
    served.ended().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
