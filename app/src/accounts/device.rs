//! Browsers somebody has signed in with before: strangers who guess passwords slow themselves down, not their owner.

use crate::request::{DEVICE, PageRequest};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::accounts::Visit;

/// A browser at the door.
pub(super) struct Knock {
    /// With what it comes; it has a secret, new or known.
    pub visit: Visit,
    secure: bool,
}

impl Knock {
    /// The browser that sent this request. One without a secret gets a new one, in case it is let in.
    pub fn of(page: &PageRequest) -> Self {
        let device = page.device().map_or_else(|| page.ctx().chance.secret(), str::to_owned);
        let visit = Visit { agent: page.agent().to_owned(), device: Some(device) };
        Self { visit, secure: page.site().public_url.starts_with("https:") }
    }

    /// The answer to somebody who was let in, with the secret for the next time. It travels to the door only.
    pub fn remembered(&self, mut answer: Response) -> Response {
        let secret = self.visit.device.as_deref().unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{DEVICE}={secret}; Path=/login; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        answer
    }
}
