//! Browsers somebody has signed in with before: strangers who guess passwords slow themselves down, not their owner.

use crate::request::{PageRequest, device_cookie};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::accounts::Visit;

/// A browser at the door.
pub(super) struct Knock {
    /// With what it comes, and the secret it has from now on if it is let in.
    pub visit: Visit,
    secure: bool,
}

impl Knock {
    /// The browser that sent this request. Each time it is let in it gets a new secret, so that a copied one is soon
    /// worth nothing.
    pub fn of(page: &PageRequest) -> Self {
        let visit = Visit {
            agent: page.agent().to_owned(),
            device: page.device().map(str::to_owned),
            fresh: Some(page.ctx().chance.secret()),
        };
        Self { visit, secure: page.site().public_url.starts_with("https:") }
    }

    /// The answer to somebody who was let in, with the secret for the next time.
    pub fn remembered(&self, mut answer: Response) -> Response {
        let secret = self.visit.fresh.as_deref().unwrap_or_default();
        let (name, secure) = (device_cookie(self.secure), if self.secure { "; Secure" } else { "" });
        let cookie = format!("{name}={secret}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        answer
    }
}
