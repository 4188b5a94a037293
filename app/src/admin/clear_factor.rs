//! `/admin/users/{id}/second-factor`: taking the second factor of somebody away who has lost it.

use super::user::id;
use super::{enter, head};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, EmptyState, Link, LinkButton};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::operators::{self, Person};
use domain::kernel::{Action, Error};
use leptos::prelude::*;

/// The way there from the person's page.
pub(super) fn door(person: &Person) -> Option<impl IntoView + use<>> {
    let href = format!("/admin/users/{}/second-factor", person.row.id.0);
    person.two_factor.then(
        || view! { <div><LinkButton href=href kind=ButtonKind::Secondary>"Turn two-step login off"</LinkButton></div> },
    )
}

/// `GET /admin/users/{id}/second-factor`: asks why.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask(page: PageRequest, Path(person): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let person = operators::find_person(page.ctx(), page.actor(), id(&person)?).await?;
    Ok(answer(&page, StatusCode::OK, &FormState::default(), &person))
}

/// `POST /admin/users/{id}/second-factor`.
///
/// # Errors
/// Not found for those who may not.
pub async fn submit(page: PageRequest, Path(person): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    match operators::clear_second_factor(page.ctx(), page.actor(), user, form.text("reason")).await {
        Ok(()) => Ok(see_other(&format!("/admin/users/{}?said=factor-cleared", user.0))),
        Err(error) => {
            let conflict = matches!(error, Error::Conflict(_));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let state = form.rejected(error)?;
            let person = operators::find_person(page.ctx(), page.actor(), user).await?;
            Ok(answer(&page, status, &state, &person))
        }
    }
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, person: &Person) -> Response {
    let base = format!("/admin/users/{}", person.row.id.0);
    let (name, action) = (person.row.name.clone(), format!("{base}/second-factor"));
    let title = format!("Turn two-step login of {name} off?");
    let trail = vec![Link::new("People", "/admin/users"), Link::new(name, base.clone())];
    let form = if person.two_factor {
        view! {
            <form class="form" method="post" action=action novalidate=true>
                <ErrorSummary form=state/>
                <TextArea form=state name="reason" label="Reason" required=true maxlength=500 rows=3
                    hint="How you know that it is them. The person reads this, word for word, and it stays on record."/>
                <div class="row">
                    <Button kind=ButtonKind::Danger>"Turn it off"</Button>
                    <LinkButton href=base kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title="Two-step login is off" text="The password alone opens this account.">
                <LinkButton href=base>"To the person"</LinkButton>
            </EmptyState>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Turn two-step login off"/>
            <div>
                <h1>{title.clone()}</h1>
                <p class="lead">
                    "For somebody who has lost phone, passkeys and recovery codes. From then on the password alone opens the
                    account. They are logged out everywhere and told by mail."
                </p>
            </div>
            {form}
        </div>
    };
    page.show_with(status, head(title), Frame::Admin, body)
}
