//! `/dev/mail`: the letters and short messages that would have left. Only in development, only for browsers on the
//! machine itself, and only while some kind of message has no way out.

use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, InOurFrame, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{
    Breadcrumbs, Button, ButtonKind, Card, EmptyState, Link, LinkButton, Notice, Pager, Scene, Status, SummaryItem,
    SummaryList, Tone, When,
};
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{Extension, Html, IntoResponse};
use domain::kernel::{Error, OutboundId, Zone};
use domain::notifications::{self, Channel, MessageRow, MessageView, Outcome};
use jiff::Timestamp;
use leptos::prelude::*;

/// A letter is somebody's words in a page of ours: it may show itself, and open its links beside itself.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// `GET /dev/mail?q=&after=`.
///
/// # Errors
/// Not found where messages leave.
pub async fn list(page: PageRequest) -> Answer {
    only_in_development(&page)?;
    let q = page.param("q").unwrap_or_default();
    let after = page.param("after");
    let found = notifications::list(page.ctx(), &q, after.as_deref()).await?;
    let address = match q.trim() {
        "" => "/dev/mail".to_owned(),
        words => {
            format!("/dev/mail?q={}", percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC))
        }
    };
    let mark = if address.contains('?') { '&' } else { '?' };
    let next = found.next.map(|cursor| format!("{address}{mark}after={cursor}"));
    let previous = found.continued.then(|| address.clone());
    let form = FormState::with([("q", q.clone())]);
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let rows: Vec<_> = found.items.iter().map(|row| line(row, &zone)).collect();
    let body = view! {
        <div class="page-reading stack">
            <Breadcrumbs trail=vec![Link::new("Front page", "/")] here="Mail"/>
            <div>
                <h1>"Mail of this machine"</h1>
                <p class="lead">"Letters and short messages that would have left. Here they stay, newest first."</p>
            </div>
            <form method="get" action="/dev/mail" class="row mail-search" role="search">
                <Field form=&form name="q" label="Search the mail" kind=FieldKind::Search hide_label=true
                    placeholder="Recipient, subject or words"/>
                <Button kind=ButtonKind::Secondary>"Search"</Button>
            </form>
            {if rows.is_empty() { nothing(&q).into_any() } else { view! { <ul class="stack">{rows}</ul> }.into_any() }}
            <Pager previous=previous next=next/>
        </div>
    };
    Ok(page.show(head("Mail of this machine"), Frame::Public, body))
}

/// `GET /dev/mail/{id}`.
///
/// # Errors
/// Not found where messages leave, or when there is no such message.
pub async fn show(page: PageRequest, Path(id): Path<String>) -> Answer {
    let message = load(&page, &id).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let title = match message.row.channel {
        Channel::Email => title(&message.row),
        Channel::Sms => "Short message".to_owned(),
    };
    let (here, head) = (title.clone(), head(&title));
    let body = view! {
        <div class="page-reading stack">
            <Breadcrumbs trail=vec![Link::new("Front page", "/"), Link::new("Mail", "/dev/mail")] here=here/>
            <div class="row justify-between">
                <h1 class="mail-title">{title}</h1>
                {status(message.row.outcome)}
            </div>
            {envelope(&message, &zone)}
            {words(&message)}
            {appointment(&message)}
            {(!message.html.is_empty()).then(|| picture(&id))}
        </div>
    };
    Ok(page.show(head, Frame::Public, body))
}

/// `GET /dev/mail/{id}/html`: the letter alone, for the frame of its page.
///
/// # Errors
/// Not found where messages leave, or when there is no such letter.
pub async fn letter(page: PageRequest, Path(id): Path<String>) -> Answer {
    let message = load(&page, &id).await?;
    if message.html.is_empty() {
        return Err(Failure(Error::NotFound));
    }
    let headers = [
        (header::CONTENT_SECURITY_POLICY, LETTER_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    Ok((headers, Extension(InOurFrame), Html(message.html)).into_response())
}

/// Everybody's mail, links that open accounts among it: for whoever sits at this machine.
fn only_in_development(page: &PageRequest) -> Result<(), Failure> {
    let here = page.actor().address.to_canonical().is_loopback();
    if page.site().development && here { Ok(()) } else { Err(Failure(Error::NotFound)) }
}

async fn load(page: &PageRequest, id: &str) -> Result<MessageView, Failure> {
    only_in_development(page)?;
    let id: uuid::Uuid = id.parse().map_err(|_| Failure(Error::NotFound))?;
    Ok(notifications::find(page.ctx(), OutboundId(id)).await?)
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}

/// What has left, or was given up, has no words any more.
fn title(row: &MessageRow) -> String {
    if row.title.is_empty() { "Its words are gone".to_owned() } else { row.title.clone() }
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "Email",
        Channel::Sms => "SMS",
    }
}

fn moment(zone: &Zone, at: Timestamp) -> impl IntoView + use<> {
    let text = zone.rules().to_datetime(at).strftime("%-d %b %Y, %H:%M:%S").to_string();
    view! { <When text=text datetime=at.to_string()/> }
}

fn status(outcome: Outcome) -> impl IntoView {
    let (tone, text) = match outcome {
        Outcome::Waiting => (Tone::Warning, "Waiting for its job"),
        Outcome::Sent(_) => (Tone::Success, "Sent"),
        Outcome::Failed(_) => (Tone::Danger, "Given up"),
    };
    view! { <Status tone=tone text=text/> }
}

fn line(row: &MessageRow, zone: &Zone) -> impl IntoView + use<> {
    let href = format!("/dev/mail/{}", row.id.0);
    let about = format!("{} · {}", channel(row.channel), row.kind);
    let (title, written, status) = (title(row), moment(zone, row.created_at), status(row.outcome));
    let recipient = if row.recipient.is_empty() { "(wiped)".to_owned() } else { row.recipient.clone() };
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div class="mail-line">
                        <h2 class="text-lg"><a href=href>{title}</a></h2>
                        <p class="mail-to">"To "{recipient}</p>
                        <p class="muted text-sm">{about}" · "{written}</p>
                    </div>
                    {status}
                </div>
            </Card>
        </li>
    }
}

fn nothing(q: &str) -> impl IntoView + use<> {
    let (title, text) = if q.trim().is_empty() {
        ("No mail yet", "Make an account or book something: what would be sent is shown here a moment later.")
    } else {
        ("Nothing found", "No message here has these words. Try fewer of them.")
    };
    let (href, act) =
        if q.trim().is_empty() { ("/register", "Make an account") } else { ("/dev/mail", "Show all mail") };
    view! {
        <EmptyState scene=Scene::Letterbox title=title text=text>
            <LinkButton kind=ButtonKind::Primary href=href>{act}</LinkButton>
        </EmptyState>
    }
}

fn envelope(message: &MessageView, zone: &Zone) -> impl IntoView + use<> {
    let row = &message.row;
    let recipient = if row.recipient.is_empty() { "(wiped)".to_owned() } else { row.recipient.clone() };
    let ended = match row.outcome {
        Outcome::Waiting => None,
        Outcome::Sent(at) => Some(("Sent", at)),
        Outcome::Failed(at) => Some(("Given up", at)),
    };
    let ended = ended.map(|(label, at)| {
        let at = moment(zone, at);
        view! { <SummaryItem label=label>{at}</SummaryItem> }
    });
    let (by, about, tries) = (channel(row.channel), row.kind.clone(), message.attempts);
    let written = moment(zone, row.created_at);
    let error = message.last_error.clone();
    let error = error.map(|words| view! { <SummaryItem label="Last error"><code>{words}</code></SummaryItem> });
    view! {
        <Card>
            <SummaryList>
                <SummaryItem label="To"><span class="mail-to">{recipient}</span></SummaryItem>
                <SummaryItem label="By">{by}</SummaryItem>
                <SummaryItem label="About"><code>{about}</code></SummaryItem>
                <SummaryItem label="Written">{written}</SummaryItem>
                {ended}
                <SummaryItem label="Tries">{tries}</SummaryItem>
                {error}
            </SummaryList>
        </Card>
    }
}

fn words(message: &MessageView) -> AnyView {
    if message.text.is_empty() {
        return view! {
            <Notice title="Its words are gone">
                <p>"Somebody else carries this message now, or it was given up. What it said is not kept."</p>
            </Notice>
        }
        .into_any();
    }
    let pieces: Vec<_> = pieces(&message.text)
        .into_iter()
        .map(|(text, link)| {
            if link {
                view! { <a href=text.to_owned()>{text.to_owned()}</a> }.into_any()
            } else {
                text.to_owned().into_any()
            }
        })
        .collect();
    let title = if message.html.is_empty() { "What it says" } else { "As plain text" };
    view! { <Card title=title><p class="mail-text">{pieces}</p></Card> }.into_any()
}

/// What goes into the reader's calendar.
fn appointment(message: &MessageView) -> Option<impl IntoView + use<>> {
    let calendar = message.calendar.clone();
    (!calendar.is_empty())
        .then(|| view! { <Card title="The appointment that comes with it"><p class="mail-text">{calendar}</p></Card> })
}

/// The text in pieces, with `true` for web addresses.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = ["http://", "https://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let end = rest[at..].find(char::is_whitespace).map_or(rest.len(), |length| at + length);
        let address = rest[at..end].trim_end_matches(['.', ',', ';', ')', '>']);
        let end = at + address.len();
        found.extend([(&rest[..at], false), (address, true)]);
        rest = &rest[end..];
    }
    found.push((rest, false));
    found.retain(|(piece, _)| !piece.is_empty());
    found
}

fn picture(id: &str) -> impl IntoView + use<> {
    let alone = format!("/dev/mail/{id}/html");
    let src = alone.clone();
    view! {
        <Card title="As people see it" aside=move || view! { <a href=alone.clone()>"Open it alone"</a> }>
            <iframe class="mail-frame" title="The letter" src=src
                sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn addresses_are_found_in_text() {
        assert_eq!(
            pieces("Go:\nhttps://a.example/x?y=1&z=2\nor (http://b.example/).\n"),
            [
                ("Go:\n", false),
                ("https://a.example/x?y=1&z=2", true),
                ("\nor (", false),
                ("http://b.example/", true),
                (").\n", false)
            ]
        );
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("http"), [("http", false)]);
    }
}
