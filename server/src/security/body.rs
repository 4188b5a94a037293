//! Bodies: not larger than allowed, and not slower than a poor phone line.
//!
//! The bound holds for every route whether or not its handler thinks of it, because the body
//! itself ends with an error once it is passed.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::Envelope;
use crate::settings::RequestLimits;

/// Longest address a request may ask for, in bytes.
const LONGEST_URI: usize = 8 << 10;

/// How reading the body of one request went.
#[derive(Clone, Debug, Default)]
pub struct Reading(Arc<Progress>);

#[derive(Debug, Default)]
struct Progress {
    // Milliseconds after `started` at which the last bytes came.
    last: AtomicU64,
    end: AtomicU8,
}

const TOO_LARGE: u8 = 1;
const TOO_SLOW: u8 = 2;

impl Reading {
    /// When, after the request began, its last bytes came.
    pub fn last(&self) -> Duration {
        Duration::from_millis(self.0.last.load(Ordering::Relaxed))
    }

    fn refusal(&self) -> Option<StatusCode> {
        match self.0.end.load(Ordering::Relaxed) {
            TOO_LARGE => Some(StatusCode::PAYLOAD_TOO_LARGE),
            TOO_SLOW => Some(StatusCode::REQUEST_TIMEOUT),
            _ => None,
        }
    }
}

/// Bounds the address and the body of a request.
pub async fn bound(State(envelope): State<Arc<Envelope>>, mut request: Request, next: Next) -> Response {
    if request.uri().path_and_query().map_or(0, |path| path.as_str().len()) > LONGEST_URI {
        return hang_up(StatusCode::URI_TOO_LONG.into_response());
    }
    // Nothing of ours has NUL in its name, and Postgres refuses text that has: nothing is there, instead of a failure.
    if request.uri().path().contains("%00") {
        return hang_up(StatusCode::NOT_FOUND.into_response());
    }
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let most = most_bytes(&request, &envelope.bounds);
    if request.body().size_hint().lower() > most {
        return hang_up(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    let reading = Reading::default();
    request.extensions_mut().insert(reading.clone());
    let bounds = envelope.bounds;
    let request = request.map(|body| Body::new(Paced::new(body, most, bounds, reading.clone())));
    let response = next.run(request).await;
    match reading.refusal() {
        // Whatever the handler made of the broken body, this is what happened.
        Some(status) => hang_up(status.into_response()),
        None => response,
    }
}

/// The rest of the body is not wanted, so the connection cannot be used again.
fn hang_up(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn most_bytes(request: &Request, bounds: &RequestLimits) -> u64 {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let multipart = kind.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
    (if multipart { bounds.upload } else { bounds.body }) as u64
}

/// Why a body ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It grew past the bound.
    #[error("the body is larger than allowed")]
    TooLarge,
    /// It came more slowly than the least pace.
    #[error("the body came too slowly")]
    TooSlow,
    /// The connection broke.
    #[error(transparent)]
    Other(axum::Error),
}

struct Paced {
    body: Body,
    left: u64,
    received: u64,
    bounds: RequestLimits,
    started: Instant,
    deadline: Pin<Box<Sleep>>,
    reading: Reading,
}

impl Paced {
    fn new(body: Body, most: u64, bounds: RequestLimits, reading: Reading) -> Self {
        let started = Instant::now();
        let deadline = Box::pin(tokio::time::sleep_until(started + bounds.body_grace));
        Self { body, left: most, received: 0, bounds, started, deadline, reading }
    }

    fn end(&self, how: u8, error: Broken) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        self.reading.0.end.store(how, Ordering::Relaxed);
        Poll::Ready(Some(Err(error)))
    }

    /// The time everything received so far deserves, from the start.
    fn deserved(&self) -> Instant {
        let earned = self.received.saturating_mul(1000) / self.bounds.body_pace.max(1);
        self.started + self.bounds.body_grace + Duration::from_millis(earned)
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let count = frame.data_ref().map_or(0, |data| data.len() as u64);
                if count > self.left {
                    return self.end(TOO_LARGE, Broken::TooLarge);
                }
                self.left -= count;
                self.received += count;
                let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
                self.reading.0.last.store(elapsed, Ordering::Relaxed);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(Broken::Other(error)))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => {
                let deserved = self.deserved();
                if self.deadline.deadline() != deserved {
                    self.deadline.as_mut().reset(deserved);
                }
                match self.deadline.as_mut().poll(context) {
                    Poll::Ready(()) => self.end(TOO_SLOW, Broken::TooSlow),
                    Poll::Pending => Poll::Pending,
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
