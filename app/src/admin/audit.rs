//! `/admin/audit`: looking into the history, for admins and auditors. Nothing can be changed here.

use super::{enter, head};
use crate::forms::FormState;
use crate::layout::Frame;
use crate::request::{Answer, Failure, PageRequest};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, Disclosure, EmptyState, Icon, LinkButton, Pager, Scene, Table};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::audit::{self, Entry, Filter};
use domain::kernel::page::Page;
use domain::kernel::{Action, Error, FieldErrors};
use form_urlencoded::Serializer;
use futures_util::stream;
use leptos::prelude::*;
use serde_json::Value;

const PATH: &str = "/admin/audit";
const EXPORT: &str = "/admin/audit/export.csv";
const FIELDS: [&str; 7] = ["action", "words", "kind", "object", "actor", "from", "to"];

/// `GET /admin/audit?action=&words=&kind=&object=&actor=&from=&to=&after=`.
///
/// # Errors
/// Not signed in; not found for people who may not read the history.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ReadAudit)? {
        return Ok(elsewhere);
    }
    let (filter, errors) = Filter::parse(|name| page.param(name));
    let found = audit::search(page.ctx(), page.actor(), &filter, page.param("after").as_deref()).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page.show_with(status, head("History"), Frame::Admin, body(&page, found, filter.is_empty(), errors)))
}

/// `GET /admin/audit/export.csv` with the same fields: everything that fits, made while it is sent.
///
/// # Errors
/// Not signed in; not found for people who may not read the history; complaints about the fields.
pub async fn export(page: PageRequest) -> Answer {
    let (filter, errors) = Filter::parse(|name| page.param(name));
    let export = audit::export(page.ctx(), page.actor(), filter)?;
    errors.into_result().map_err(Failure)?;
    let pieces = stream::try_unfold(export, |mut export| async move {
        match export.next().await {
            Ok(piece) => Ok(piece.map(|piece| (piece, export))),
            Err(error) => {
                // The answer has begun: breaking it off is the only way left to say that it is not whole.
                tracing::error!(%error, "an export of the history broke off");
                Err::<_, Error>(error)
            }
        }
    });
    let day = page.ctx().clock.now().strftime("%Y-%m-%d");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"history-{day}.csv\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

fn body(page: &PageRequest, found: Page<Entry>, all: bool, errors: FieldErrors) -> AnyView {
    let typed = |name: &&str| page.param(name).map(|value| ((*name).to_owned(), value.trim().to_owned()));
    let typed: Vec<(String, String)> = FIELDS.iter().filter_map(typed).filter(|(_, value)| !value.is_empty()).collect();
    let next = found.next.as_deref().map(|next| address(PATH, &typed, Some(next)));
    let start = found.continued.then(|| address(PATH, &typed, None));
    let (csv, wrong) = (address(EXPORT, &typed, None), !errors.is_empty());
    let form = FormState::with(typed).complaining(errors);
    let empty = found.items.is_empty();
    let rows: Vec<_> = found.items.into_iter().map(row).collect();
    view! {
        <div class="page stack">
            <header class="row justify-between">
                <div>
                    <h1>"History"</h1>
                    <p class="muted">"Everything that happened, newest first. Nobody can change it; "<a href="/verify">"how that is proved"</a>"."</p>
                </div>
                {(!wrong && !empty).then(|| view! {
                    <LinkButton href=csv kind=ButtonKind::Secondary icon=Icon::DOWNLOAD download=true>"Export as CSV"</LinkButton>
                })}
            </header>
            {filters(&form, all && !wrong)}
            {if empty { nothing(all).into_any() } else { view! {
                <Table caption="Entries of the history" quiet=true dense=true stacked=true>
                    <thead><tr>
                        <th scope="col">"When (UTC)"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"Details"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
            }.into_any() }}
            {start.map(|href| view! { <p><a href=href>"Back to the newest"</a></p> })}
            <Pager previous=None next=next label="Older entries"/>
        </div>
    }
    .into_any()
}

fn filters(form: &FormState, closed: bool) -> impl IntoView + use<> {
    let fields = view! {
        <search>
            <form class="form" method="get" action=PATH>
                <ErrorSummary form=form/>
                <div class="form-row">
                    <Field form=form name="action" label="Action begins with" placeholder="booking." maxlength=100/>
                    <Field form=form name="words" label="Words in the action" placeholder="signed" maxlength=100/>
                    <Field form=form name="actor" label="Who: email or id" maxlength=100 autocomplete="off"/>
                    <Field form=form name="kind" label="Kind of object" placeholder="booking" maxlength=100/>
                    <Field form=form name="object" label="Object: its id" maxlength=100/>
                    <Field form=form name="from" label="From day" kind=FieldKind::Date/>
                    <Field form=form name="to" label="To day" kind=FieldKind::Date/>
                </div>
                <div class="row">
                    <Button kind=ButtonKind::Primary icon=Icon::SEARCH>"Search"</Button>
                    {(!closed).then(|| view! { <LinkButton href=PATH kind=ButtonKind::Quiet>"Show everything"</LinkButton> })}
                </div>
            </form>
        </search>
    };
    view! { <Disclosure title="Filter" open=!closed>{fields}</Disclosure> }
}

fn row(entry: Entry) -> impl IntoView {
    let only = |name: &str, value: String| address(PATH, &[(name.to_owned(), value)], None);
    let (day, time) = (entry.at.strftime("%-d %b %Y").to_string(), entry.at.strftime("%H:%M:%S").to_string());
    let (exact, number) = (entry.at.to_string(), format!("No. {}", entry.seq));
    let id = entry.object.to_string();
    let (like, about) = (only("action", entry.action.clone()), only("object", id.clone()));
    let who = match entry.actor {
        Some(actor) => {
            let id = actor.0.to_string();
            let name = entry.actor_name.unwrap_or_else(|| format!("Somebody gone, {}", tail(&id)));
            view! { <a href=only("actor", id)>{name}</a> }.into_any()
        }
        None => "Nobody signed in".into_any(),
    };
    let operator = entry.on_behalf.map(|(operator, name)| {
        let id = operator.0.to_string();
        let name = name.unwrap_or_else(|| format!("somebody gone, {}", tail(&id)));
        view! { <div>"by "<a href=only("actor", id)>{name}</a>", acting for them"</div> }
    });
    let who = if entry.capacity == "system" { "The marketplace".into_any() } else { who };
    let address = match &entry.personal {
        Some(personal) => personal.address.clone().filter(|_| entry.capacity != "system"),
        None => Some("address and words forgotten".to_owned()),
    };
    let words = entry.personal.map(|personal| personal.words).filter(|words| !words.is_null());
    view! {
        <tr>
            <td class="whole md:whitespace-nowrap">
                <time datetime=exact>{day}" "<br/>{time}</time>
                <div class="muted">{number}</div>
            </td>
            <td class="whole">
                <a href=like><code>{entry.action}</code></a>
                <div class="muted md:whitespace-nowrap">{entry.object_kind.replace('_', " ")}" "<a href=about title=id.clone()>{tail(&id)}</a></div>
            </td>
            <td class="whole md:whitespace-nowrap">{who}{operator}<div class="muted">{entry.capacity.replace('_', " ")}{address.map(|address| format!(", {address}"))}</div></td>
            <td class="whole lg:min-w-64">{facts(&entry.detail)}{words.map(|words| facts(&words))}</td>
        </tr>
    }
}

/// Facts as "name: value", one after another.
fn facts(value: &Value) -> impl IntoView + use<> {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let plain = |value: &Value| match value {
        Value::Array(several) => several.iter().map(word).collect::<Vec<_>>().join(", "),
        one => word(one),
    };
    let told = match value {
        Value::Null => String::new(),
        Value::Object(fields) => {
            let told = fields.iter().filter(|(_, value)| !value.is_null() && *value != "");
            // Who acted stands beside the name; why, here.
            let told = told.filter(|(name, value)| *name != "on_behalf" || value.get("reason").is_some());
            told.map(|(name, value)| match value.get("reason").filter(|_| name == "on_behalf") {
                Some(reason) => format!("acted because: {}", plain(reason)),
                None => format!("{}: {}", name.replace('_', " "), plain(value)),
            })
            .collect::<Vec<_>>()
            .join(" · ")
        }
        other => plain(other),
    };
    (!told.is_empty()).then(|| view! { <p class="wrap-anywhere">{told}</p> })
}

/// The end of an id, which differs most.
fn tail(id: &str) -> String {
    format!("…{}", id.get(id.len().saturating_sub(8)..).unwrap_or(id))
}

fn nothing(all: bool) -> impl IntoView {
    let (title, text) = if all {
        ("Nothing has happened yet", "The first change anybody makes appears here.")
    } else {
        ("Nothing fits", "Take a filter away, or look at more days.")
    };
    view! { <EmptyState scene=Scene::Search title=title text=text/> }
}

fn address(path: &str, fields: &[(String, String)], after: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(fields);
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
