//! `/admin/users/invitations` and `/invitation/{token}`: how somebody becomes an operator.

use super::{enter, head};
use crate::accounts::invited::{Invited, gone, invited};
use crate::accounts::session;
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Breadcrumbs, Button, ButtonKind, ButtonSize, Card, Link};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::accounts::operators::{self, Invitation};
use domain::kernel::{Action, Error, Role, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use tower_sessions::Session;

const GONE: &str = "It was used, taken back, is older than three days, or is for the account of another address.";

/// `GET /admin/users/invitations`.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::GrantRoles)? {
        return Ok(elsewhere);
    }
    answer(&page, StatusCode::OK, &FormState::default()).await
}

/// `POST /admin/users/invitations`: invites, or with `revoke` takes one back.
///
/// # Errors
/// Not found for those who may not.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::GrantRoles)? {
        return Ok(elsewhere);
    }
    if !form.text("revoke").is_empty() {
        let id = form.parsed("revoke").ok_or(Error::NotFound)?;
        operators::revoke_invitation(page.ctx(), page.actor(), id).await?;
        return Ok(see_other("/admin/users/invitations?said=invitation-revoked"));
    }
    match operators::invite(page.ctx(), page.actor(), form.text("email"), form.text("role")).await {
        Ok(()) => Ok(see_other("/admin/users/invitations?said=invited")),
        Err(error) => answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?).await,
    }
}

async fn answer(page: &PageRequest, status: StatusCode, state: &FormState) -> Answer {
    let waiting = operators::invitations(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let roles: Vec<Choice> = Role::STORED
        .into_iter()
        .filter(|role| role.is_operators())
        .map(|role| Choice::new(role.name(), role.title()))
        .collect();
    let items: Vec<_> = waiting.iter().map(|one| item(one, &zone, now)).collect();
    let list = if items.is_empty() {
        view! { <p class="muted">"No invitation waits for an answer."</p> }.into_any()
    } else {
        view! { <ul class="stack">{items}</ul> }.into_any()
    };
    let trail = vec![Link::new("People", "/admin/users")];
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Invite operators"/>
            <div>
                <h1>"Invite operators"</h1>
                <p class="lead">"A link goes to their address and works for three days. They need two-step login to begin."</p>
            </div>
            <form class="form" method="post" action="/admin/users/invitations" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="email" label="Email address" kind=FieldKind::Email required=true maxlength=254 autocomplete="off"/>
                <Select form=state name="role" label="Role" options=roles empty="Choose a role" required=true/>
                <Button>"Send the invitation"</Button>
            </form>
            <h2>"Waiting"</h2>
            {list}
        </div>
    };
    Ok(page.show_with(status, head("Invite operators"), Frame::Admin, body))
}

fn item(one: &Invitation, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let about =
        format!("{} · by {} · until {}", one.role.title(), one.by, words::moment_within(zone, one.expires, now));
    let (email, id) = (one.email.clone(), one.id.to_string());
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div><p class="break-all"><strong>{email}</strong></p><p class="muted">{about}</p></div>
                    <form method="post" action="/admin/users/invitations">
                        <input type="hidden" name="revoke" value=id/>
                        <Button kind=ButtonKind::Secondary size=ButtonSize::Small>"Take it back"</Button>
                    </form>
                </div>
            </Card>
        </li>
    }
}

/// `GET /invitation/{token}`.
///
/// # Errors
/// The database is away.
pub async fn open(page: PageRequest, Path(token): Path<String>) -> Answer {
    let Some((email, role)) = operators::invitation(page.ctx(), &token).await? else {
        return gone(&page, GONE);
    };
    let lead = view! { "You are invited as " <strong>{role.title()}</strong> "." };
    let own = domain::accounts::is_own_address(page.ctx(), page.actor(), &email).await?;
    let offered = Invited {
        here: format!("/invitation/{token}"),
        title: "Work at ServiceHub".to_owned(),
        lead: lead.into_any(),
        email,
        own,
        accept: ("Accept".to_owned(), "Log in and accept", "Accept"),
    };
    invited(&page, offered)
}

/// `POST /invitation/{token}`.
///
/// # Errors
/// Not signed in.
pub async fn accept(page: PageRequest, session: Session, Path(token): Path<String>) -> Answer {
    match operators::accept_invitation(page.ctx(), page.actor(), &token).await {
        Ok(_) => {
            session::renew(&session).await?;
            Ok(see_other("/account/security?said=joined"))
        }
        Err(Error::Conflict(_)) => gone(&page, GONE),
        Err(error) => Err(error.into()),
    }
}
