//! Talking to a server byte by byte, as browsers, programs and attackers do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nothing in these tests takes longer; a test that waits this long has failed.
pub const FAR_TOO_LONG: Duration = Duration::from_secs(30);

/// Connects and sends the bytes.
pub async fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// Everything the server says until it hangs up.
pub async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    tokio::time::timeout(FAR_TOO_LONG, async {
        let mut chunk = [0; 4096];
        // A reset is a way of hanging up too.
        while let Ok(count @ 1..) = stream.read(&mut chunk).await {
            said.extend_from_slice(&chunk[..count]);
        }
    })
    .await
    .expect("the server hangs up");
    String::from_utf8_lossy(&said).into_owned()
}

/// One whole exchange on a connection of its own.
pub async fn exchange(address: SocketAddr, request: &str) -> String {
    rest(&mut send(address, request.as_bytes()).await).await
}

/// A simple GET.
pub async fn get(address: SocketAddr, path: &str) -> String {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await
}

/// The status of an answer.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status in {answer:?}"))
}

/// Sends a whole request and hangs up after `patience` without reading the answer: what a browser
/// does when people navigate away, at any moment of the server's work.
pub async fn send_and_hang_up(address: SocketAddr, request: &str, patience: Duration) {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return;
    };
    let _ = stream.set_zero_linger();
    let _ = tokio::time::timeout(patience, async {
        stream.write_all(request.as_bytes()).await?;
        stream.read(&mut [0; 1]).await
    })
    .await;
}
