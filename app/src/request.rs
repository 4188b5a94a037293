//! What a page handler is given, and what it answers with.

use crate::layout::{self, Frame, Head};
use crate::site::Site;
use axum::extract::{Extension, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::kernel::{Actor, Context, Error, RequestId, Zone, words};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// The number-used-once of this response's scripts, put into the request by the security layer.
#[derive(Clone, Debug, Default)]
pub struct Nonce(pub String);

/// Marks a response that pages of ours may show in a frame. It must bring a policy of its own, with `sandbox` and
/// `frame-ancestors 'self'`; everything else can be framed by nobody.
#[derive(Clone, Copy, Debug)]
pub struct InOurFrame;

/// The message a redirect carries to the next page, by its name in the address (`?said=booked`).
/// Only known names show anything: nobody can put words into our mouth with a link.
const SAID: &[(&str, &str)] = &[
    ("booked", "Booked. It is in your bookings and can go into your calendar."),
    ("requested", "Asked. You hear from the provider within a day; until then the time is kept for you."),
    ("welcome", "Welcome to ServiceHub. Your account is ready."),
    ("signed-in", "Good to see you again."),
    ("signed-out", "You are signed out."),
    ("saved", "Saved."),
    ("accepted", "Accepted. The customer knows now."),
    ("declined", "Declined. The time is free again."),
    ("started", "Started. Good luck with the work."),
    ("done", "Marked as done. The customer is asked to confirm."),
    ("completed", "Thank you for confirming."),
    ("cancelled", "Cancelled."),
    ("reviewed", "Thank you. Your review is published."),
    ("blocked", "That time is blocked now."),
    ("unblocked", "That time is free again."),
    ("moved", "Moved. The old time is free again."),
    ("visit-moved", "Moved. Both sides are told, and the old time is free again."),
    ("visit-given", "Given. The customer and both of your people are told."),
    ("hours-saved", "Saved. Bookings follow these hours from now on."),
    ("place-saved", "Saved. New bookings follow it from now on."),
    ("place-removed", "Removed. New bookings belong to your other places."),
    ("released", "The time was given back. Nothing was booked."),
    ("email-verified", "Thank you. Your address is confirmed."),
    ("picture-changed", "That is your picture now."),
    ("picture-removed", "Your picture is gone."),
    ("link-sent", "A mail is on its way. Look into your mailbox."),
    ("code-sent", "A message is on its way to your phone."),
    ("phone-confirmed", "Thank you. Your phone number is confirmed."),
    ("source-added", "Added. It is read within a minute."),
    ("source-removed", "Removed. Its time is free again."),
    ("feed-revoked", "That address shows nothing any more."),
    ("key-revoked", "That key works no more."),
    ("password-changed", "Your password is changed. All other devices are logged out."),
    ("password-reset", "Your password is changed. Log in with the new one."),
    ("logged-out-device", "That device is logged out."),
    ("logged-out-others", "All other devices are logged out."),
    ("prove-first", "Confirm your email address first. Then two-step login can be turned on."),
    ("two-factor-off", "Two-step login is off."),
    ("passkey-added", "Your passkey is added. From now on it opens your account."),
    ("passkey-renamed", "Renamed."),
    ("passkey-removed", "That passkey opens nothing any more. You can delete it in your device as well."),
    ("copy-asked", "Your copy is being made. It takes a moment."),
    ("account-deleted", "Your account is deleted. Thank you for having been here."),
    ("appealed", "Thank you. A person reads what you wrote, and writes to you."),
    ("invited", "The invitation is on its way."),
    ("invitation-revoked", "That invitation works no more."),
    ("joined", "Welcome to the team. Turn two-step login on, and the back office opens."),
    ("role-taken", "That role is taken away."),
    ("member-added", "Added. Tick what they do; hours of work are next."),
    ("member-deactivated", "Deactivated. Nobody can book them until they are back."),
    ("member-reactivated", "Active again."),
    ("member-removed", "Taken off the team."),
    ("category-merged", "Merged. Its services are here now."),
    ("team-joined", "Welcome to the team."),
    ("team-left", "You have left the business."),
    ("suspended", "Suspended. The person is told why."),
    ("restored", "The account works again."),
    ("answered", "Thank you. Your answers are kept with the booking."),
    ("kept-apart", "Blocked. Nothing new can be booked between the two of you."),
    ("not-apart", "Unblocked. You can do business again."),
    ("kept", "Kept. You find it under your favourites."),
    ("let-go", "Let go. It is no favourite any more."),
    ("search-saved", "Saved. We write to you when something new fits."),
    ("search-removed", "Removed."),
    ("search-dated", "Saved. We look for it from now on."),
    ("alert-on", "From now on we write to you when something new fits."),
    ("alert-off", "No more letters for that search."),
    ("act-stopped", "You are yourself again."),
    (
        "act-over",
        "Your time to act for somebody is over: you are yourself again. What you just asked for was not done.",
    ),
    ("act-refused", "Ended. Nobody acts for you any more."),
    ("service-begun", "Begun. Write down the rest; nobody sees it yet."),
    ("draft-saved", "Saved."),
    ("listing-waits", "Handed in. We look at it and write to you."),
    ("listing-live", "Saved. Customers see it now."),
    ("service-paused", "Paused. Nobody can book it until you offer it again."),
    ("service-resumed", "On offer again."),
    ("service-archived", "In the archive. You can take it out again."),
    ("service-restored", "Out of the archive. Customers do not see it yet."),
    ("service-copied", "Copied. This is the copy; nobody sees it yet."),
    ("changes-gone", "Your changes are thrown away. This is what customers see."),
    ("picture-added", "Added."),
    ("pictures-ordered", "Moved."),
    ("listing-picture-removed", "Taken away."),
    ("listing-approved", "On show. The business is told."),
    ("listing-declined", "Sent back. The business is told why."),
    ("listings-approved", "On show. The businesses are told."),
    ("some-changed", "On show, except those that have changed meanwhile or lack something: they still stand below."),
    ("none-chosen", "Nothing was chosen."),
    ("application-sent", "Sent. You hear from us by mail, and see here where it stands."),
    ("document-sent", "Thank you. We look at it and write to you."),
    ("application-approved", "Approved. The business is open, and its owner knows."),
    ("application-asked", "Asked. The applicant has a mail with your words."),
    ("application-declined", "Declined. The applicant has a mail with the reason."),
    ("change-asked", "Asked. We look at it and write to you."),
    ("change-taken-back", "Taken back. Everything stays as it was."),
    ("change-approved", "Approved. It holds from now on, and the owners have a mail."),
    ("change-declined", "Declined. The owners have a mail with the reason."),
    ("business-moved", "Moved. Your services start from there from now on."),
    ("document-decided", "Decided. The business has a mail."),
    ("business-suspended", "Suspended. Its services are hidden, and its owners know why."),
    ("business-restored", "Restored. Its services are shown again."),
    ("factor-cleared", "Two-step login is off. The person is told why."),
    ("logged-out-person", "All devices of that person are logged out."),
];

/// A request for a page: who asks, and the means to answer.
pub struct PageRequest {
    site: Site,
    actor: Actor,
    nonce: String,
    path: String,
    query: String,
    zone: Option<Zone>,
    agent: String,
    device: Option<String>,
}

impl FromRequestParts<Site> for PageRequest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        Ok(Self::of(parts, site))
    }
}

impl PageRequest {
    /// A page request made from the parts of an HTTP request that passed the security layers.
    #[must_use]
    pub fn of(parts: &Parts, site: &Site) -> Self {
        let https = site.public_url.starts_with("https:");
        let nobody = || Actor::visitor(IpAddr::V4(Ipv4Addr::UNSPECIFIED), RequestId(uuid::Uuid::nil()));
        Self {
            site: site.clone(),
            actor: parts.extensions.get::<Actor>().cloned().unwrap_or_else(nobody),
            nonce: parts.extensions.get::<Nonce>().cloned().unwrap_or_default().0,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            zone: viewer_zone(parts, zone_cookie(https)),
            agent: header_text(&parts.headers, &header::USER_AGENT)
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect(),
            device: device(&parts.headers, https),
        }
    }

    /// Database, clock, chance.
    #[must_use]
    pub const fn ctx(&self) -> &Context {
        &self.site.ctx
    }

    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What all pages share.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The path of the address, without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query of the address, without the question mark.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// A value of the query; the first, if it is there several times.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| words::visible(&value))
    }

    /// All values of a name in the query.
    #[must_use]
    pub fn params(&self, name: &str) -> Vec<String> {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.filter(|(key, _)| key == name).map(|(_, value)| words::visible(&value)).collect()
    }

    /// The zone of the viewer's device, once the browser has told it (a cookie set by the boot script).
    #[must_use]
    pub const fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// What the browser says it is, shortened.
    #[must_use]
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// The secret by which a browser is known that somebody has signed in with before.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// The whole page: 200.
    pub fn show(&self, head: Head, frame: Frame, body: impl IntoView + 'static) -> Response {
        self.show_with(StatusCode::OK, head, frame, body)
    }

    /// The whole page with another status: 422 for a form that must be corrected, 409 for a taken slot.
    pub fn show_with(&self, status: StatusCode, head: Head, frame: Frame, body: impl IntoView + 'static) -> Response {
        self.show_islands(status, head, frame, || body)
    }

    /// A page with islands in its body: islands can only be made while the page is, so the body is a function.
    pub fn show_islands<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        head: Head,
        frame: Frame,
        body: impl FnOnce() -> V,
    ) -> Response {
        let said = self.param("said");
        let said = said.and_then(|name| SAID.iter().find(|(known, _)| *known == name)).map(|(_, words)| *words);
        // Islands mode: nothing is hydrated but the islands, so nothing is serialised but their props.
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| layout::shell(self, head, frame, said, body()).to_html());
        owner.unset_with_forced_cleanup();
        let mut response = (status, Html(format!("<!doctype html>{html}"))).into_response();
        let caching = if self.actor.user.is_some() { "no-store" } else { "private, no-cache" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        response
    }

    /// A part of a page, for an island that puts it in place.
    pub fn fragment(&self, body: impl IntoView + 'static) -> Response {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| body.into_view().to_html());
        owner.unset_with_forced_cleanup();
        ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html)).into_response()
    }

    /// The nonce for scripts of this response.
    #[must_use]
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The full address of a path of ours.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.public_url)
    }
}

/// After a success: see other (303).
#[must_use]
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// What was here has another address from now on (301).
#[must_use]
pub fn moved_for_good(path: &str) -> Response {
    let place = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, place)]).into_response()
}

/// The path to go on to after signing in, if it stays on our site; otherwise `fallback`. Browsers read
/// `//host`, `/\host` and control characters as ways off the site.
#[must_use]
pub fn local_path(next: &str, fallback: &str) -> String {
    let safe = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"' && b != b'<' && b != b'>');
    if safe { next.to_owned() } else { fallback.to_owned() }
}

/// Name of the cookie that knows a browser. With `__Host-`, which browsers accept over TLS only, no other host of the
/// domain can plant one.
#[must_use]
pub const fn device_cookie(https: bool) -> &'static str {
    if https { "__Host-device" } else { "device" }
}

/// The secret by which the browser of a request is known, if it has one.
#[must_use]
pub fn device(headers: &HeaderMap, https: bool) -> Option<String> {
    cookie(headers, device_cookie(https)).filter(|secret| secret.len() == 43).map(str::to_owned)
}

/// Name of the cookie in which `style/boot.js` tells the device's zone.
const fn zone_cookie(https: bool) -> &'static str {
    if https { "__Host-zone" } else { "zone" }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = header_text(headers, &header::COOKIE).split(';');
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn viewer_zone(parts: &Parts, name: &str) -> Option<Zone> {
    let value = cookie(&parts.headers, name)?;
    Zone::parse(&percent_encoding::percent_decode_str(value).decode_utf8().ok()?)
}

/// A failure that has a page of its own. A layer of the server makes the page, so that failures of
/// handlers, extractors and limits all look alike.
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// Marks a response whose body is to be replaced by an error page.
#[derive(Clone, Debug, Default)]
pub struct Failed {
    /// Words for people, when there are better ones than the status has.
    pub words: Option<String>,
    /// Whether it failed because somebody else was faster.
    pub outrun: bool,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        use domain::kernel::error::Severity;
        match self.0.severity() {
            Severity::Defect => tracing::error!(error = %self.0, "a request failed"),
            Severity::Warning => tracing::warn!(error = %self.0, "a request was refused"),
            Severity::Expected => {}
        }
        let outrun = matches!(self.0, Error::Outrun(_));
        let (status, words) = match self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, None),
            Error::SignIn => (StatusCode::UNAUTHORIZED, None),
            Error::Forbidden(_) => (StatusCode::FORBIDDEN, None),
            Error::Invalid(errors) => {
                let words: Vec<&str> = errors.iter().map(|(_, message)| message).collect();
                (StatusCode::UNPROCESSABLE_ENTITY, Some(words.join(" ")))
            }
            Error::Conflict(words) | Error::Outrun(words) => (StatusCode::CONFLICT, Some(words)),
            Error::TooMany { retry_after } => {
                let later = [(header::RETRY_AFTER, HeaderValue::from(retry_after))];
                return (StatusCode::TOO_MANY_REQUESTS, later, Extension(Failed::default())).into_response();
            }
            Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, None),
            Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, None),
        };
        (status, Extension(Failed { words, outrun })).into_response()
    }
}

/// What a page handler returns.
pub type Answer = Result<Response, Failure>;
