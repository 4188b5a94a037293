//! `/admin/users/{id}/act` and `/account/acting/stop`: acting for a person, with a reason they read.

use super::user::id;
use super::{enter, head};
use crate::accounts::session;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, EmptyState, Icon, Link, LinkButton};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::operators::{self, Person};
use domain::kernel::{Action, Error};
use leptos::prelude::*;
use tower_sessions::Session;

/// Whether anybody can act for the person: not for colleagues, not while suspended.
pub(super) fn possible(person: &Person) -> bool {
    !person.row.suspended && !person.row.roles.iter().any(|role| role.is_operators())
}

/// The way there from the person's page.
pub(super) fn door(person: &Person) -> impl IntoView + use<> {
    let href = format!("/admin/users/{}/act", person.row.id.0);
    let words = format!("Act as {}", person.row.name);
    view! { <div><LinkButton href=href kind=ButtonKind::Secondary icon=Icon::USERS>{words}</LinkButton></div> }
}

/// `GET /admin/users/{id}/act`: asks why.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask(page: PageRequest, Path(person): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ActOnBehalf)? {
        return Ok(elsewhere);
    }
    let person = operators::find_person(page.ctx(), page.actor(), id(&person)?).await?;
    Ok(answer(&page, StatusCode::OK, &FormState::default(), &person))
}

/// `POST /admin/users/{id}/act`: from here on the session is the person's, until it is stopped or half an hour is over.
///
/// # Errors
/// Not found for those who may not; an operator; a suspended account.
pub async fn start(page: PageRequest, session: Session, Path(person): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ActOnBehalf)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    match operators::act_for(page.ctx(), page.actor(), user, form.text("reason")).await {
        Ok(act) => {
            session::begin_acting(&session, act).await?;
            Ok(see_other("/bookings"))
        }
        Err(error) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let state = form.rejected(error)?;
            let person = operators::find_person(page.ctx(), page.actor(), user).await?;
            Ok(answer(&page, status, &state, &person))
        }
    }
}

/// `POST /account/acting/stop`.
///
/// # Errors
/// Not found for those who act for nobody.
pub async fn stop(page: PageRequest, session: Session) -> Answer {
    let person = operators::stop_acting(page.ctx(), page.actor()).await?;
    session::stop_acting(&session).await?;
    Ok(see_other(&format!("/admin/users/{}?said=act-stopped", person.0)))
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, person: &Person) -> Response {
    let base = format!("/admin/users/{}", person.row.id.0);
    let (name, action) = (person.row.name.clone(), format!("{base}/act"));
    let title = format!("Act as {name}?");
    let trail = vec![Link::new("People", "/admin/users"), Link::new(name.clone(), base.clone())];
    let form = if possible(person) {
        view! {
            <form class="form" method="post" action=action novalidate=true>
                <ErrorSummary form=state/>
                <TextArea form=state name="reason" label="Reason" required=true maxlength=500 rows=3
                    hint="The person reads this, word for word, and it stays on record."/>
                <div class="row">
                    <Button kind=ButtonKind::Primary>"Act as "{name}</Button>
                    <LinkButton href=base kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title="Nobody acts for this account" text="It is an operator's, or it is suspended.">
                <LinkButton href=base>"To the person"</LinkButton>
            </EmptyState>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Act for them"/>
            <div>
                <h1>{title.clone()}</h1>
                <p class="lead">
                    "You see and do what they could, for half an hour at most. They get a mail at once, and can end it."
                </p>
            </div>
            <ul class="list-disc ps-5">
                <li>"Every entry in the history names you beside them, with your reason."</li>
                <li>"Closed to you: what protects the account, their data, signing work off, and reviews."</li>
            </ul>
            {form}
        </div>
    };
    page.show_with(status, head(title), Frame::Admin, body)
}
