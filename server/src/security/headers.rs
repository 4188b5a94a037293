//! Security headers on every response, and the nonce that pages put on their scripts.

use std::sync::Arc;

use app::request::{InOurFrame, Nonce};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::kernel::Chance;

use super::Envelope;

/// Headers that are the same on every response.
const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Addresses hold names of people and secrets of links: other sites learn nothing, not even that it was us.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(self), usb=()",
    ),
];
/// What a handler says nothing about is nobody's to keep.
const NO_COPY: HeaderValue = HeaderValue::from_static("no-store");
/// The part of a route that is the secret of a link.
const SECRET_PART: &str = "{token}";
const ONE_YEAR: &str = "max-age=31536000; includeSubDomains";

/// The content security policy, in two halves around the nonce.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    https: bool,
}

impl Policy {
    /// The policy for a site with or without TLS.
    pub fn new(https: bool) -> Self {
        Self { https }
    }

    fn with(self, nonce: &str) -> String {
        let upgrade = if self.https { "; upgrade-insecure-requests" } else { "" };
        format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'{upgrade}"
        )
    }

    fn put_on(self, headers: &mut HeaderMap, nonce: &str, in_our_frame: bool) {
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.entry(header::CACHE_CONTROL).or_insert(NO_COPY);
        if in_our_frame && headers.contains_key(header::CONTENT_SECURITY_POLICY) {
            headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        }
        // A file may bring a stricter policy of its own.
        if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
            && let Ok(policy) = HeaderValue::try_from(self.with(nonce))
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if self.https {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONE_YEAR));
        }
    }
}

/// Gives the request a nonce and the response its headers.
pub async fn add(State(envelope): State<Arc<Envelope>>, mut request: Request, next: Next) -> Response {
    let nonce = fresh(&envelope.site.ctx.chance);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let holds_secret =
        request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str().contains(SECRET_PART));
    let mut response = next.run(request).await;
    if holds_secret {
        response.headers_mut().insert(header::CACHE_CONTROL, NO_COPY);
    }
    let in_our_frame = response.extensions().get::<InOurFrame>().is_some();
    envelope.policy.put_on(response.headers_mut(), &nonce, in_our_frame);
    response
}

/// 128 bits, never used twice.
fn fresh(chance: &Chance) -> String {
    STANDARD_NO_PAD.encode(chance.bytes::<16>())
}
