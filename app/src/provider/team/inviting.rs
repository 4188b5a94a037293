//! Inviting somebody, and putting somebody without a login on the team.

use super::{PATH, head, id, managed, roles};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ChoiceCard, ErrorSummary, Field, FieldKind, RadioCards};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Link, LinkButton};
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Error, ProviderId};
use domain::team::{self, MemberRole, TypedInvitation};
use leptos::prelude::*;
use uuid::Uuid;

/// `GET /provider/team/invite?member=`.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask_invite(page: PageRequest) -> Answer {
    let provider = managed(&page)?;
    // Somebody who is on the team already keeps their name.
    let state = match page.param("member") {
        Some(member) => {
            let known = team::member(page.ctx(), page.actor(), provider, id(&member)?).await?;
            FormState::with([
                ("name", known.who.name),
                ("member", member),
                ("role", MemberRole::Member.name().to_owned()),
            ])
        }
        None => FormState::with([("role", MemberRole::Member.name())]),
    };
    Ok(invite_page(&page, StatusCode::OK, &state, provider))
}

/// `POST /provider/team/invite`.
///
/// # Errors
/// Not found for those who may not.
pub async fn invite(page: PageRequest, form: Form) -> Answer {
    let provider = managed(&page)?;
    let member = match form.text("member") {
        "" => None,
        member => Some(id(member)?),
    };
    let typed = TypedInvitation { email: form.text("email"), name: form.text("name"), role: form.text("role"), member };
    match team::invite(page.ctx(), page.actor(), provider, typed).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=invited"))),
        Err(error) => Ok(invite_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, provider)),
    }
}

fn invite_page(page: &PageRequest, status: StatusCode, state: &FormState, provider: ProviderId) -> Response {
    let member = state.value("member").to_owned();
    let carried = (!member.is_empty()).then(|| view! { <input type="hidden" name="member" value=member/> });
    let options = roles(page, provider)
        .map(|role| ChoiceCard { text: Some(role.about().to_owned()), ..ChoiceCard::new(role.name(), role.title()) })
        .collect::<Vec<_>>();
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Team", PATH)] here="Invite somebody"/>
            <div>
                <h1>"Invite somebody"</h1>
                <p class="lead">"A link goes to their address. It works once, within seven days, and only for that address."</p>
            </div>
            <form class="form" method="post" action=format!("{PATH}/invite") novalidate=true>
                <ErrorSummary form=state/>
                {carried}
                <Field form=state name="email" label="Email address" kind=FieldKind::Email required=true maxlength=254 autocomplete="off"/>
                <Field form=state name="name" label="Name" required=true maxlength=120 autocomplete="off" hint="Customers see it when they choose who comes."/>
                <RadioCards form=state name="role" label="Role" options=options required=true/>
                <div class="row">
                    <Button>"Send the invitation"</Button>
                    <LinkButton href=PATH kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head("Invite somebody"), Frame::Provider, body)
}

/// `GET /provider/team/add`.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask_add(page: PageRequest) -> Answer {
    managed(&page)?;
    Ok(add_page(&page, StatusCode::OK, &FormState::default()))
}

/// `POST /provider/team/add`.
///
/// # Errors
/// Not found for those who may not.
pub async fn add(page: PageRequest, form: Form) -> Answer {
    let provider = managed(&page)?;
    match team::add(page.ctx(), page.actor(), provider, form.text("name")).await {
        Ok(member) => Ok(see_other(&format!("{PATH}/{}?said=member-added", member.0))),
        Err(error) => Ok(add_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

fn add_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Team", PATH)] here="Add without a login"/>
            <div>
                <h1>"Add somebody without a login"</h1>
                <p class="lead">"They can be booked like everybody; you look after their calendar. You can invite them later."</p>
            </div>
            <form class="form" method="post" action=format!("{PATH}/add") novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="name" label="Name" required=true maxlength=120 autocomplete="off" hint="Customers see it when they choose who comes."/>
                <div class="row">
                    <Button>"Add to the team"</Button>
                    <LinkButton href=PATH kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head("Add somebody"), Frame::Provider, body)
}

/// `POST /provider/team/invitations`: `resend` or `revoke` one that waits.
///
/// # Errors
/// Not found for those who may not, and when it does not wait.
pub async fn invitations(page: PageRequest, form: Form) -> Answer {
    let provider = managed(&page)?;
    let (ctx, actor) = (page.ctx(), page.actor());
    if let Some(id) = form.parsed::<Uuid>("resend") {
        team::resend(ctx, actor, provider, id).await?;
        return Ok(see_other(&format!("{PATH}?said=invited")));
    }
    let id: Uuid = form.parsed("revoke").ok_or(Error::NotFound)?;
    team::revoke(ctx, actor, provider, id).await?;
    Ok(see_other(&format!("{PATH}?said=invitation-revoked")))
}
