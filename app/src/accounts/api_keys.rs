//! `/account/api-keys`: keys for programs that act for one.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{CheckCards, Choice, ChoiceCard, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Badge, Button, ButtonKind, Card, ConfirmPage, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::api_keys::{self, ApiKey, LIFETIMES, NewKey, TypedKey, make_key, revoke_key};
use domain::kernel::{ApiKeyId, Error, Scope, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

/// `GET /account/api-keys`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    let keys = api_keys::api_keys(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let list = if keys.is_empty() {
        view! {
            <EmptyState scene=Scene::OneTime title="No keys yet"
                text="A key lets a program of yours read your calendar or book for you, and nothing you did not choose.">
                <LinkButton href="/account/api-keys/new">"Make a key"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards: Vec<_> = keys.iter().map(|key| card(key, &zone, now)).collect();
        view! {
            <div><LinkButton href="/account/api-keys/new">"Make a key"</LinkButton></div>
            <ul class="stack">{cards}</ul>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"API keys"</h1>
                <p class="lead">"For programs that act for you: your website, your accounts, your calendar."</p>
            </div>
            {list}
        </div>
    };
    Ok(page.show(head("API keys"), Frame::Account, body))
}

fn card(key: &ApiKey, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let works = key.works(now);
    let (tone, word) = match (works, key.revoked) {
        (true, _) => (Tone::Success, "Works"),
        (false, Some(_)) => (Tone::Plain, "Revoked"),
        (false, None) => (Tone::Warning, "Over"),
    };
    let used = key
        .last_used
        .map_or_else(|| "never used".to_owned(), |at| format!("last used {}", words::moment_within(zone, at, now)));
    let end = match (key.revoked, key.expires) {
        (Some(at), _) => format!("revoked {}", words::moment_within(zone, at, now)),
        (None, Some(at)) => {
            format!("{} {}", if works { "works until" } else { "ended" }, words::moment_within(zone, at, now))
        }
        (None, None) => "works until you revoke it".to_owned(),
    };
    let facts = format!("Made {} · {used} · {end}", words::moment_within(zone, key.made, now));
    let scopes: Vec<_> = key.scopes.iter().map(|scope| view! { <li>{scope.title()}</li> }).collect();
    let (name, prefix) = (key.name.clone(), format!("{}…", key.prefix));
    let revoke = key.revoked.is_none().then(|| {
        let label = format!("Revoke “{}”", key.name);
        view! {
            <div>
                <LinkButton href=format!("/account/api-keys/{}/revoke", key.id.0) kind=ButtonKind::Secondary>{label}</LinkButton>
            </div>
        }
    });
    view! {
        <li>
            <Card dense=true>
                <div class="stack">
                    <div>
                        <h2 class="row text-lg"><span class="wrap-anywhere">{name}</span><Badge tone=tone>{word}</Badge></h2>
                        <p><code>{prefix}</code></p>
                        <p class="muted">{facts}</p>
                    </div>
                    <ul class="list-disc ps-5">{scopes}</ul>
                    {revoke}
                </div>
            </Card>
        </li>
    }
}

/// `GET /account/api-keys/new`.
///
/// # Errors
/// Not signed in.
pub async fn ask(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(form_page(&page, StatusCode::OK, &FormState::default()))
}

/// `POST /account/api-keys/new`. The key is in this answer and nowhere else.
///
/// # Errors
/// Not signed in.
pub async fn make(page: PageRequest, form: Form) -> Answer {
    let typed = TypedKey {
        name: form.text("name"),
        scopes: &form.all("scopes"),
        lasts: form.text("lasts"),
        form_key: form.parsed("form_key").unwrap_or_else(|| page.ctx().id()),
    };
    match make_key(page.ctx(), page.actor(), typed, form.raw("password").to_owned()).await {
        Ok(made) => Ok(made_page(&page, &made)),
        Err(error) => {
            let status = if matches!(error, Error::Conflict(_)) {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            Ok(form_page(&page, status, &form.rejected(error)?))
        }
    }
}

fn form_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let scopes: Vec<_> = Scope::ALL
        .into_iter()
        .map(|scope| ChoiceCard {
            aside: Some(scope.name().to_owned()),
            ..ChoiceCard::new(scope.name(), scope.title())
        })
        .collect();
    let lasts: Vec<_> = LIFETIMES.iter().map(|(name, words, _)| Choice::new(*name, *words)).collect();
    // Of a form that was sent in vain too: its key may have been made meanwhile.
    let form_key: Uuid = page.ctx().id();
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Make a key"</h1>
                <p class="lead">"The program that has it acts for you, as far as you say here."</p>
            </div>
            <form class="form" method="post" action="/account/api-keys/new" novalidate=true>
                <ErrorSummary form=state/>
                <input type="hidden" name="form_key" value=form_key.to_string()/>
                <Field form=state name="name" label="What is it for?" required=true maxlength=80 autocomplete="off"
                    hint="A name you know it by, such as “Calendar in the van”."/>
                <CheckCards form=state name="scopes" label="What may it do?" options=scopes
                    hint="Choose as little as it needs. It never changes your account, and opens no back office."/>
                <Select form=state name="lasts" label="How long does it work?" options=lasts value="90" required=true/>
                <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                    autocomplete="current-password"/>
                <div class="row">
                    <Button>"Make the key"</Button>
                    <LinkButton href="/account/api-keys" kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head("Make an API key"), Frame::Account, body)
}

/// The key is shown here and never again: it is not in the address, not in the session, not in the database.
fn made_page(page: &PageRequest, made: &NewKey) -> Response {
    let (name, secret) = (made.key.name.clone(), made.secret.clone());
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Your new key"</h1>
                <p class="lead wrap-anywhere">"For “" {name} "”."</p>
            </div>
            <Card dense=true><p><code class="break-all" id="api-key">{secret}</code></p></Card>
            <Notice tone=Tone::Warning title="It is shown only now">
                <p>"Copy it to where it is needed, and keep it like a password. Lost it? Revoke it and make another one."</p>
            </Notice>
            <div><LinkButton href="/account/api-keys">"Done, I have it"</LinkButton></div>
        </div>
    };
    page.show(head("Your new API key"), Frame::Account, body)
}

/// `GET /account/api-keys/{id}/revoke`.
///
/// # Errors
/// Not signed in; not found, also for somebody else's.
pub async fn ask_revoke(page: PageRequest, Path(id): Path<String>) -> Answer {
    page.actor().signed_in()?;
    let key = api_keys::api_key(page.ctx(), page.actor(), read(&id)?).await?;
    let body = view! {
        <div class="page-narrow stack">
            <ConfirmPage title=format!("Revoke “{}”?", key.name) tone=Tone::Danger
                text="The program that uses it is shut out at once, and for good.">
                <form class="row" method="post" action=format!("/account/api-keys/{id}/revoke")>
                    <Button kind=ButtonKind::Danger>"Revoke this key"</Button>
                    <LinkButton href="/account/api-keys" kind=ButtonKind::Quiet>"Keep it"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head("Revoke an API key"), Frame::Account, body))
}

/// `POST /account/api-keys/{id}/revoke`.
///
/// # Errors
/// Not signed in; not found, also for somebody else's.
pub async fn revoke(page: PageRequest, Path(id): Path<String>) -> Answer {
    page.actor().signed_in()?;
    revoke_key(page.ctx(), page.actor(), read(&id)?).await?;
    Ok(see_other("/account/api-keys?said=key-revoked"))
}

fn read(id: &str) -> Result<ApiKeyId, Error> {
    id.parse().map(ApiKeyId).map_err(|_| Error::NotFound)
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}
