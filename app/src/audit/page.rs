//! `/verify`: what the history is, the latest signed heads, the key, and how to check.

use super::by_hand;
use crate::forms::FormState;
use crate::layout::{Frame, Head as PageHead};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{
    Button, ButtonKind, Card, Disclosure, EmptyState, Icon, LinkButton, Notice, Stat, SummaryItem, SummaryList, Table,
    Tone,
};
use domain::audit::{Head, Standing, standing};
use jiff::civil::Date;
use leptos::prelude::*;

/// Heads the page shows.
const LATEST: i64 = 7;
const FILE: &str = "/verify/heads.json";

/// `GET /verify?day=2026-11-02`.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest) -> Answer {
    let typed = page.param("day").map(|day| day.trim().to_owned()).filter(|day| !day.is_empty());
    let day = typed.as_deref().and_then(|day| day.parse::<Date>().ok());
    let standing = standing(page.ctx(), day, LATEST).await?;
    let head = PageHead {
        title: "Check our records".to_owned(),
        description: "Every change on ServiceHub is written into one history that cannot be rewritten unnoticed. \
                      Check it without trusting us."
            .to_owned(),
        canonical: Some("/verify".to_owned()),
        ..PageHead::default()
    };
    let key = page.ctx().signer.as_ref().map(|signer| signer.public_key().to_string());
    Ok(page.show(head, Frame::Public, body(standing, typed, key)))
}

fn body(standing: Standing, typed: Option<String>, key: Option<String>) -> AnyView {
    let Standing { entries, latest, asked } = standing;
    let newest = latest.first().cloned();
    let key = key.or_else(|| newest.as_ref().map(|head| head.key.to_string()));
    let shown = asked.clone().or_else(|| newest.clone());
    let signed = newest.as_ref().map_or("Not yet".to_owned(), |head| day_words(head.day));
    let behind = newest.map(|head| format!("about entry {}", grouped(head.seq)));
    view! {
        <div class="page stack">
            <header class="prose">
                <h1>"Check our records"</h1>
                <p class="lead">
                    "Every change here is written into one history that only grows. Each entry carries the fingerprint of the
                    one before it, and every day we sign where the history stands and publish that. Who keeps what we
                    published can prove that nothing before it was changed, taken out or added."
                </p>
            </header>
            <div class="stats stats-two">
                <Stat label="Entries in the history" value=grouped(entries)/>
                {match behind {
                    Some(note) => view! { <Stat label="Last signed" value=signed note=note/> }.into_any(),
                    None => view! { <Stat label="Last signed" value=signed/> }.into_any(),
                }}
            </div>
            <div class="with-side">
                <div class="stack">
                    {asked_for(typed.as_deref(), asked)}
                    {latest_heads(latest)}
                    {explained(shown)}
                </div>
                <aside class="stack">
                    {look_up(typed)}
                    {keeping(key)}
                </aside>
            </div>
        </div>
    }
    .into_any()
}

/// The day that was looked up.
fn asked_for(typed: Option<&str>, asked: Option<Head>) -> AnyView {
    match (typed, asked) {
        (None, _) => ().into_any(),
        (Some(_), Some(head)) => view! {
            <Card title=format!("Signed on {}", day_words(head.day))>{facts(&head)}</Card>
        }
        .into_any(),
        (Some(_), None) => view! {
            <Notice tone=Tone::Warning title="Nothing was signed on that day">
                <p>"Choose a day from the list, or one the marketplace was open on."</p>
            </Notice>
        }
        .into_any(),
    }
}

fn facts(head: &Head) -> impl IntoView + use<> {
    let (seq, at) = (grouped(head.seq), head.signed_at.strftime("%H:%M:%S UTC").to_string());
    let (hash, key, signature) = (hex(&head.hash), head.key.to_string(), by_hand::signature(head));
    view! {
        <SummaryList>
            <SummaryItem label="Last entry then">{seq}</SummaryItem>
            <SummaryItem label="Its fingerprint (SHA-256)"><code class="break-all">{hash}</code></SummaryItem>
            <SummaryItem label="Signed at">{at}</SummaryItem>
            <SummaryItem label="With the key"><code class="break-all">{key}</code></SummaryItem>
            <SummaryItem label="Signature (Ed25519)"><code class="break-all">{signature}</code></SummaryItem>
        </SummaryList>
    }
}

fn latest_heads(latest: Vec<Head>) -> AnyView {
    if latest.is_empty() {
        return view! {
            <EmptyState title="Nothing is signed yet" text="The first signature appears here within an hour of opening."/>
        }
        .into_any();
    }
    let rows = latest.into_iter().map(|head| {
        let href = format!("/verify?day={}", head.day);
        let hash = hex(&head.hash)[..16].to_owned();
        view! {
            <tr>
                <td class="whitespace-nowrap"><a href=href>{day_words(head.day)}</a></td>
                <td class="num">{grouped(head.seq)}</td>
                <td><code>{hash}"…"</code></td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <Table caption="The latest signed days">
            <thead><tr><th scope="col">"Day"</th><th scope="col" class="num">"Entries"</th><th scope="col">"Fingerprint"</th></tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn look_up(typed: Option<String>) -> impl IntoView {
    let form = FormState::with([("day", typed.unwrap_or_default())]);
    view! {
        <Card title="Look up a day">
            <form class="form" method="get" action="/verify">
                <Field form=&form name="day" label="Day" kind=FieldKind::Date required=true/>
                <Button kind=ButtonKind::Secondary>"Show what was signed"</Button>
            </form>
        </Card>
    }
}

fn keeping(key: Option<String>) -> impl IntoView {
    view! {
        <Card title="Keep a copy">
            <div class="stack">
                <p>"The file holds every signed day and nothing about anybody. Keep it where we cannot reach it."</p>
                <LinkButton href=FILE kind=ButtonKind::Primary icon=Icon::DOWNLOAD download=true>"Download all signed days"</LinkButton>
                {key.map(|key| view! {
                    <div>
                        <h3 class="field-label">"Our public key"</h3>
                        <p><code class="break-all">{key}</code></p>
                    </div>
                })}
            </div>
        </Card>
    }
}

fn explained(shown: Option<Head>) -> impl IntoView {
    let by_hand = shown.map(|head| {
        let title = format!("Check the signature of {} yourself", day_words(head.day));
        view! {
            <Disclosure title=title>
                <div class="stack">
                    <p>"In a terminal with openssl 3. It answers “Signature Verified Successfully”."</p>
                    {commands(by_hand::commands(&head))}
                    <p>"Or all days of the file at once, in Python:"</p>
                    {commands(by_hand::PYTHON.to_owned())}
                </div>
            </Disclosure>
        }
    });
    view! {
        <section>
            <h2>"How it works"</h2>
            {by_hand}
            <Disclosure title="What exactly is signed?">
                <div class="prose">
                    <p>"Five lines of text: the words “ServiceHub audit head 1”, the day, the number of the last entry, its
                    fingerprint, and when it was signed."</p>
                    <p>"The fingerprint of an entry covers all its fields and the fingerprint of the entry before, so one of them
                    stands for everything that ever happened up to it."</p>
                </div>
            </Disclosure>
            <Disclosure title="What if somebody rewrites everything, signatures too?">
                <div class="prose">
                    <p>"Then the history no longer fits a file of signed days that somebody kept. One kept copy is enough: an
                    operator or an auditor runs “servicehub verify audit --against heads.json”, and the first place that does not
                    fit is named."</p>
                </div>
            </Disclosure>
            <Disclosure title="What about the people in it?">
                <div class="prose">
                    <p>"Words and addresses do not stand in the history itself, only a sealed commitment to them. When a person is
                    forgotten, these are deleted, and the history still proves itself."</p>
                </div>
            </Disclosure>
        </section>
    }
}

fn commands(text: String) -> impl IntoView {
    view! { <pre class="card overflow-x-auto text-sm" tabindex="0"><code>{text}</code></pre> }
}

fn day_words(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `12,345`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn long_numbers_are_readable() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
