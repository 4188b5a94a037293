//! Applying the table to requests. Requests it does not name pass without a statement.

use std::sync::Arc;

use app::request::{Failed, Failure, device};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::accounts::knows_browser;
use domain::kernel::{Actor, Error, words};
use http_body_util::BodyExt;

use super::{COSTLY, Limit, Per, RULES, Refused, Rule, of_address, of_text};
use crate::security::Envelope;

/// Takes what a request costs from the allowances it falls under.
pub async fn enforce(State(envelope): State<Arc<Envelope>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if request.method().is_safe() {
        let costly = COSTLY.contains(&path);
        return match request
            .extensions()
            .get::<Actor>()
            .filter(|_| costly)
            .map(|actor| envelope.limits.read(actor.address))
        {
            Some(Err(Refused::RetryAfter(seconds))) => too_many(seconds),
            _ => next.run(request).await,
        };
    }
    let rules: Vec<&Rule> = RULES.iter().filter(|rule| rule.path == path && rule.method == *request.method()).collect();
    if rules.is_empty() {
        return next.run(request).await;
    }
    let looks_inside =
        rules.iter().any(|rule| matches!(rule.per, Per::Field(_) | Per::FieldAndAddress(_) | Per::KnownBrowser(_)));
    // Only a form that is read here as its page reads it can be counted by its fields.
    if looks_inside && !is_plain_form(&request) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let (request, form) = if looks_inside {
        match peek(request).await {
            Ok(peeked) => peeked,
            Err(refusal) => return refusal,
        }
    } else {
        (request, Vec::new())
    };
    let Some(actor) = request.extensions().get::<Actor>() else {
        return Failure(Error::internal("rate limits need to know who acts")).into_response();
    };
    let browser = match known_browser(&envelope, &rules, request.headers(), &form).await {
        Ok(browser) => browser,
        Err(error) => return Failure(error).into_response(),
    };
    let wanted: Vec<(&Limit, String)> = rules
        .iter()
        .filter_map(|rule| Some((&rule.limit, subject(rule.per, actor, &form, browser.as_deref())?)))
        .collect();
    match envelope.limits.take_all(&wanted, 1).await {
        Ok(()) => next.run(request).await,
        Err(Refused::RetryAfter(seconds)) => too_many(seconds),
        Err(Refused::Away(error)) => Failure(error.into()).into_response(),
    }
}

fn too_many(seconds: u32) -> Response {
    tracing::warn!("refused a request over its limit");
    let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    let wait = match seconds {
        0..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    };
    let words = format!("That was too often in a short time. Please try again in {wait}.");
    response.extensions_mut().insert(Failed { words: Some(words), ..Failed::default() });
    response
}

/// Whose allowance a rule means here; `None` when it does not hold: a browser that is known has its own rule and no other.
fn subject(per: Per, actor: &Actor, form: &[u8], browser: Option<&str>) -> Option<String> {
    match (per, browser) {
        (Per::KnownBrowser(_), browser) => browser.map(of_text),
        (_, Some(_)) => None,
        (Per::Address, None) => Some(of_address(actor.address)),
        (Per::Person, None) => Some(actor.user.map_or_else(|| of_address(actor.address), |user| user.0.to_string())),
        (Per::Field(name), None) => Some(of_text(&field(form, name))),
        (Per::FieldAndAddress(name), None) => {
            Some(format!("{} {}", of_address(actor.address), of_text(&field(form, name))))
        }
    }
}

/// The browser's secret and the account it is known for, where a rule asks for that and it is.
async fn known_browser(
    envelope: &Envelope,
    rules: &[&Rule],
    headers: &HeaderMap,
    form: &[u8],
) -> Result<Option<String>, Error> {
    let named = rules.iter().find_map(|rule| if let Per::KnownBrowser(name) = rule.per { Some(name) } else { None });
    let (Some(name), Some(device)) = (named, device(headers, envelope.https)) else { return Ok(None) };
    let typed = field(form, name);
    let known = knows_browser(&envelope.site.ctx, &typed, &device).await?;
    Ok(known.then(|| format!("{device} {typed}")))
}

/// The field as pages read it: the first of its name, without what they leave out.
fn field(form: &[u8], name: &str) -> String {
    let mut values = form_urlencoded::parse(form);
    values.find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| words::visible(&value).to_lowercase())
}

fn is_plain_form(request: &Request) -> bool {
    let kinds: Vec<_> = request.headers().get_all(header::CONTENT_TYPE).iter().collect();
    match kinds[..] {
        [] => true,
        [kind] => kind.to_str().is_ok_and(|kind| {
            kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
        }),
        _ => false,
    }
}

/// Reads the body and puts it back.
async fn peek(request: Request) -> Result<(Request, Vec<u8>), Response> {
    let (parts, body) = request.into_parts();
    let bytes = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        // The body's own bounds have already decided what this is.
        Err(_) => return Err(StatusCode::BAD_REQUEST.into_response()),
    };
    let form = bytes.to_vec();
    Ok((Request::from_parts(parts, Body::from(bytes)), form))
}
