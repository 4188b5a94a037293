//! `/favorites?show=searches`: searches people keep, with their names and letters; and the form that keeps one.

use crate::catalog::results::address_of;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{AskFirst, Button, ButtonKind, ButtonSize, Card, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Kind;
use domain::catalog::saved::{
    LONGEST_NAME, SavedSearch, redate_search, remove_search, rename_search, save_search, saved_searches, set_alert,
};
use domain::catalog::search::SearchQuery;
use domain::kernel::Error;
use jiff::civil::Date;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

/// Where kept searches are listed.
const LIST: &str = "/favorites?show=searches";
/// Where a search is kept; what it asks for follows as a query.
const NEW: &str = "/favorites/searches/new";

/// `GET /favorites/searches/new?q=…`: asks for a name.
///
/// # Errors
/// Not signed in.
pub async fn ask(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    let query = asked(&page);
    let state = FormState::with([("name", suggested(&query))]);
    Ok(form_page(&page, StatusCode::OK, &state, "Save this search", &action(&query), &told(&query)))
}

/// `POST /favorites/searches/new?q=…`. Visitors log in and find the form again.
///
/// # Errors
/// Kept already, or too many.
pub async fn save(page: PageRequest, form: Form) -> Answer {
    let query = asked(&page);
    match save_search(page.ctx(), page.actor(), form.text("name"), &query).await {
        Ok(()) => Ok(see_other(&format!("{LIST}&said=search-saved"))),
        Err(Error::SignIn) => {
            let back = utf8_percent_encode(&action(&query), NON_ALPHANUMERIC).to_string();
            Ok(see_other(&format!("/login?next={back}")))
        }
        Err(error) => refused(&page, &form, error, "Save this search", &action(&query), &told(&query)),
    }
}

/// `GET /favorites/searches/{id}`: asks for another name.
///
/// # Errors
/// Not signed in; not found.
pub async fn edit(page: PageRequest, Path(id): Path<Uuid>) -> Answer {
    let one = own(&page, id).await?;
    let state = FormState::with([("name", one.name)]);
    Ok(form_page(&page, StatusCode::OK, &state, "Rename this search", page.path(), &told(&one.query)))
}

/// `POST /favorites/searches/{id}`.
///
/// # Errors
/// Not signed in; not found.
pub async fn rename(page: PageRequest, Path(id): Path<Uuid>, form: Form) -> Answer {
    match rename_search(page.ctx(), page.actor(), id, form.text("name")).await {
        Ok(()) => Ok(see_other(&format!("{LIST}&said=saved"))),
        Err(error @ Error::Invalid(_)) => {
            let one = own(&page, id).await?;
            refused(&page, &form, error, "Rename this search", page.path(), &told(&one.query))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /favorites/searches/{id}/remove`.
///
/// # Errors
/// Not signed in; not found.
pub async fn remove(page: PageRequest, Path(id): Path<Uuid>) -> Answer {
    remove_search(page.ctx(), page.actor(), id).await?;
    Ok(see_other(&format!("{LIST}&said=search-removed")))
}

/// `POST /favorites/searches/{id}/alert`: letters `on` or off.
///
/// # Errors
/// Not signed in; not found.
pub async fn alert(page: PageRequest, Path(id): Path<Uuid>, form: Form) -> Answer {
    let on = form.text("alert") == "on";
    set_alert(page.ctx(), page.actor(), id, on).await?;
    let said = if on { "alert-on" } else { "alert-off" };
    Ok(see_other(&format!("{LIST}&said={said}")))
}

/// `GET /favorites/searches/{id}/date`: asks for another day.
///
/// # Errors
/// Not signed in; not found.
pub async fn ask_date(page: PageRequest, Path(id): Path<Uuid>) -> Answer {
    let one = own(&page, id).await?;
    Ok(date_page(&page, StatusCode::OK, &FormState::default(), &one))
}

/// `POST /favorites/searches/{id}/date`; an empty `date` is any day.
///
/// # Errors
/// Not signed in; not found.
pub async fn change_date(page: PageRequest, Path(id): Path<Uuid>, form: Form) -> Answer {
    let one = own(&page, id).await?;
    let typed = form.text("date");
    let date: Option<Date> = form.parsed("date");
    let done = if date.is_none() && !typed.is_empty() {
        Err(Error::invalid("date", "Type the day like 2026-11-24, or leave it empty."))
    } else {
        redate_search(page.ctx(), page.actor(), id, date).await
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{LIST}&said=search-dated"))),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(date_page(&page, status, &form.rejected(error)?, &one))
        }
        Err(error) => Err(error.into()),
    }
}

fn date_page(page: &PageRequest, status: StatusCode, state: &FormState, one: &SavedSearch) -> Response {
    let title = "Another day for this search";
    let (action, told) = (format!("/favorites/searches/{}/date", one.id), told(&one.query));
    let over = one.passed.then(|| view! { <Notice tone=Tone::Info><p>"This date has passed."</p></Notice> });
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>{title}</h1>
                <p class="lead wrap-anywhere">{format!("{}: {told}", one.name)}</p>
            </div>
            {over}
            <form method="post" action=action class="form" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="date" label="Free on" kind=FieldKind::Date optional=true
                    hint="Leave it empty to look for any day."/>
                <div class="row">
                    <Button>"Save"</Button>
                    <LinkButton kind=ButtonKind::Quiet href=LIST>"Your searches"</LinkButton>
                </div>
            </form>
        </div>
    };
    let head = Head { title: title.to_owned(), robots_noindex: true, ..Head::default() };
    page.show_with(status, head, Frame::Public, body)
}

async fn own(page: &PageRequest, id: Uuid) -> Result<SavedSearch, Error> {
    let all = saved_searches(page.ctx(), page.actor()).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

fn asked(page: &PageRequest) -> SearchQuery {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(page.query().as_bytes()).into_owned().collect();
    let query = SearchQuery::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    SearchQuery { after: None, ..query }
}

/// Where the form of a search is sent.
pub(in crate::catalog) fn action(query: &SearchQuery) -> String {
    let query = SearchQuery { after: None, ..query.clone() };
    let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(query.pairs()).finish();
    format!("{NEW}?{written}")
}

/// A name to begin with.
pub(in crate::catalog) fn suggested(query: &SearchQuery) -> String {
    told(query).chars().take(LONGEST_NAME).collect()
}

/// What a search asks for, in a line.
fn told(query: &SearchQuery) -> String {
    let whole = |cents: i64| format!("{}", cents as f64 / 100.0);
    let near = match (&query.place, query.position) {
        (_, Some(_)) => Some("near you".to_owned()),
        (Some(place), None) => Some(format!("near {place}")),
        (None, None) => None,
    };
    let parts = [
        query.words.clone(),
        query.category.as_ref().map(|slug| slug.replace('-', " ")),
        near,
        query.radius_km.map(|km| format!("within {km} km")),
        query.min_cents.map(|cents| format!("from {}", whole(cents))),
        query.max_cents.map(|cents| format!("up to {}", whole(cents))),
        query.rating.map(|rating| format!("{} stars or more", f64::from(rating) / 100.0)),
        query.date.map(|date| format!("free on {date}")),
        query.kind.map(|kind| if kind == Kind::Visit { "visits".to_owned() } else { "delivered online".to_owned() }),
    ];
    // The word of a field in addresses is its label in small letters; yes says no more than the label.
    let answers = query.answers.iter().map(|(field, answer)| match (field.replace('-', " "), answer.as_str()) {
        (field, "yes") => field,
        (field, answer) => format!("{field}: {answer}"),
    });
    parts.into_iter().flatten().chain(answers).collect::<Vec<_>>().join(", ")
}

fn refused(page: &PageRequest, form: &Form, error: Error, title: &'static str, action: &str, told: &str) -> Answer {
    let conflict = matches!(error, Error::Conflict(_));
    let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(form_page(page, status, &form.rejected(error)?, title, action, told))
}

fn form_page(
    page: &PageRequest,
    status: StatusCode,
    state: &FormState,
    title: &'static str,
    action: &str,
    told: &str,
) -> Response {
    let (action, told) = (action.to_owned(), told.to_owned());
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>{title}</h1>
                <p class="lead wrap-anywhere">{told}</p>
            </div>
            <form method="post" action=action class="form" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="name" label="Name" required=true maxlength=LONGEST_NAME as u32
                    hint="When new services fit, one letter a day at most tells you. You can turn that off."/>
                <div class="row">
                    <Button>"Save"</Button>
                    <LinkButton kind=ButtonKind::Quiet href=LIST>"Your searches"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(
        status,
        Head { title: title.to_owned(), robots_noindex: true, ..Head::default() },
        Frame::Public,
        body,
    )
}

/// The list of searches, under its tab.
pub(super) async fn list(page: &PageRequest) -> Result<AnyView, Error> {
    let searches = saved_searches(page.ctx(), page.actor()).await?;
    if searches.is_empty() {
        return Ok(view! {
            <EmptyState scene=Scene::Signpost title="No searches saved yet"
                text="Look for something, press “Save this search”, and we write to you when something new fits.">
                <LinkButton kind=ButtonKind::Primary href="/services">"Find a service"</LinkButton>
            </EmptyState>
        }
        .into_any());
    }
    let rows: Vec<_> = searches.into_iter().map(row).collect();
    Ok(view! { <ul class="stack">{rows}</ul> }.into_any())
}

fn row(one: SavedSearch) -> impl IntoView {
    let (href, told) = (address_of(&one.query), told(&one.query));
    let name = one.name.clone();
    let (state, value, label) = if one.passed {
        ("This date has passed, so nothing is looked for any more.", "", "")
    } else if one.alert {
        ("We write to you when something new fits, once a day at most.", "off", "Stop letters")
    } else {
        ("No letters.", "on", "Send letters")
    };
    let at = format!("/favorites/searches/{}", one.id);
    let (alert, remove) = (format!("{at}/alert"), format!("{at}/remove"));
    let of = || view! { <span class="sr-only">{format!(" for {}", one.name)}</span> };
    let (of_first, of_rename, of_remove) = (of(), of(), of());
    let first = if one.passed {
        let date = format!("{at}/date");
        view! { <LinkButton kind=ButtonKind::Secondary size=ButtonSize::Small href=date>"Change the date"{of_first}</LinkButton> }
            .into_any()
    } else {
        view! {
            <form method="post" action=alert>
                <input type="hidden" name="alert" value=value/>
                <Button kind=ButtonKind::Secondary size=ButtonSize::Small>{label}{of_first}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <h2 class="text-lg wrap-anywhere"><a href=href>{name}</a></h2>
                        <p class="wrap-anywhere">{told}</p>
                        <p class="muted">{state}</p>
                    </div>
                    <div class="row">
                        {first}
                        <LinkButton kind=ButtonKind::Quiet size=ButtonSize::Small href=at>"Rename"{of_rename}</LinkButton>
                        <AskFirst label="Remove" about=one.name.clone() text="No more letters about it, and it is gone from this list.">
                            <form method="post" action=remove>
                                <Button kind=ButtonKind::Danger size=ButtonSize::Small>"Remove it"{of_remove}</Button>
                            </form>
                        </AskFirst>
                    </div>
                </div>
            </Card>
        </li>
    }
}

/// On the page of a list: the form that keeps it.
pub(in crate::catalog) fn keep_form(query: &SearchQuery) -> Option<impl IntoView + use<>> {
    if !query.narrows() && query.category.is_none() {
        return None;
    }
    let (action, name) = (action(query), suggested(query));
    let state = FormState::with([("name", name)]);
    Some(view! {
        <details class="save-search">
            <summary>"Save this search"</summary>
            <form method="post" action=action class="row">
                <Field form=&state name="name" label="Name of this search" maxlength=LONGEST_NAME as u32/>
                <Button kind=ButtonKind::Secondary>"Save and tell me what is new"</Button>
            </form>
        </details>
    })
}
