//! One person of the team, with what can be changed about them.

use super::going::{Giving, agreed, stays};
use super::list::state as told;
use super::services::{checked, services};
use super::{PATH, head, id, managed, may, roles, stale};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Field, Select, TextArea};
use crate::ui::{Avatar, AvatarSize, Breadcrumbs, Button, ButtonKind, Card, Chip, Icon, Link, LinkButton, Status};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::bookings;
use domain::kernel::{Action, FieldErrors, MemberId, ProviderId};
use domain::pictures::face_address;
use domain::team::{self, Edit, EditError, MemberPage, MemberRole, TypedEdit};
use leptos::prelude::*;

/// `GET /provider/team/{id}?skill=`: a skill in the address stands in the form already, to be kept.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn person(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    let known = team::member(page.ctx(), page.actor(), provider, member).await?;
    let (state, none) = (filled(&page, &known), FormState::default());
    // Whoever rests or has left still stands for visits that somebody else could do.
    let ahead = if known.who.active {
        Vec::new()
    } else {
        bookings::ahead_of(page.ctx(), page.actor(), provider, member).await?
    };
    let here = format!("{PATH}/{}", member.0);
    let giving = Giving { back: Some(&here), left: &stays(&known.who.name) };
    let now = page.ctx().clock.now();
    let above = (!ahead.is_empty()).then(|| agreed(&ahead, &known.zone, now, giving).into_any());
    let body = body(&page, provider, &known, (&state, &none), above);
    Ok(page.show(head(known.who.name.clone()), Frame::Provider, body))
}

/// `POST /provider/team/{id}`: name, skills, services.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn edit(page: PageRequest, Path(member): Path<String>, form: Form) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    let ticked = form.all("services");
    let typed = TypedEdit { name: form.text("name"), skills: form.text("skills"), services: &ticked };
    let done = match Edit::parse(typed) {
        Ok(edit) => team::edit(page.ctx(), page.actor(), provider, member, form.text("version"), edit).await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{PATH}/{}?said=saved", member.0))),
        Err(EditError::Stale) => {
            let known = team::member(page.ctx(), page.actor(), provider, member).await?;
            // The form goes on from what is there now.
            let kept = form.kept().into_iter().filter(|(name, _)| name != "version").collect();
            let (state, none) = (FormState::rejected(kept, FieldErrors::new()), FormState::default());
            let told = stale::told(&known, &state);
            Ok(page.show_with(
                StatusCode::CONFLICT,
                head(known.who.name.clone()),
                Frame::Provider,
                body(&page, provider, &known, (&state, &none), Some(told)),
            ))
        }
        Err(EditError::Other(error)) => {
            again(&page, provider, member, &form.rejected(error)?, &FormState::default()).await
        }
    }
}

/// `POST /provider/team/{id}/role`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn change_role(page: PageRequest, Path(member): Path<String>, form: Form) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    let seen = MemberRole::parse(form.text("was"));
    match team::change_role(page.ctx(), page.actor(), provider, member, (seen, form.text("role"))).await {
        Ok(()) => Ok(see_other(&format!("{PATH}/{}?said=saved", member.0))),
        Err(error) => {
            let known = team::member(page.ctx(), page.actor(), provider, member).await?;
            let (typed, kept) = (form.rejected(error)?, filled(&page, &known));
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, provider, &known, (&kept, &typed)))
        }
    }
}

async fn again(
    page: &PageRequest,
    provider: ProviderId,
    member: MemberId,
    edit: &FormState,
    role: &FormState,
) -> Answer {
    let known = team::member(page.ctx(), page.actor(), provider, member).await?;
    Ok(answer(page, StatusCode::UNPROCESSABLE_ENTITY, provider, &known, (edit, role)))
}

/// The form as things stand, with a suggested skill that was pressed.
fn filled(page: &PageRequest, known: &MemberPage) -> FormState {
    let mut skills = known.who.skills.clone();
    skills.extend(page.params("skill").into_iter().filter(|skill| known.suggestions.contains(skill)));
    let mut values = vec![("name".to_owned(), known.who.name.clone()), ("skills".to_owned(), skills.join("\n"))];
    values.extend(checked(&known.services));
    FormState::with(values)
}

fn answer(
    page: &PageRequest,
    status: StatusCode,
    provider: ProviderId,
    known: &MemberPage,
    (edit, role): (&FormState, &FormState),
) -> Response {
    page.show_with(
        status,
        head(known.who.name.clone()),
        Frame::Provider,
        body(page, provider, known, (edit, role), None),
    )
}

fn body(
    page: &PageRequest,
    provider: ProviderId,
    known: &MemberPage,
    (form, role): (&FormState, &FormState),
    above: Option<AnyView>,
) -> impl IntoView + use<> {
    let who = &known.who;
    // A form that comes back with complaints is still made from what was seen when it was opened.
    let version = Some(form.value("version").to_owned()).filter(|seen| !seen.is_empty());
    let version = version.unwrap_or_else(|| known.version());
    let (tone, text) = told(who);
    let base = format!("{PATH}/{}", who.id.0);
    let may_touch = who.role != MemberRole::Owner || may(page, Action::ManageOwners, provider);
    let chosen: Vec<String> = page.params("skill");
    let suggestions: Vec<_> = known
        .suggestions
        .iter()
        .filter(|word| !chosen.contains(word))
        .take(12)
        .map(|word| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(chosen.iter().chain([word]).map(|skill| ("skill", skill)));
            view! { <Chip href=format!("{base}?{}#skills", query.finish()) text=word.clone() on=false icon=Icon::PLUS/> }
        })
        .collect();
    let suggested = (!suggestions.is_empty()).then(|| {
        view! { <div id="skills"><p class="muted">"Often said here. What you have not saved yet is typed anew:"</p><p class="chips">{suggestions}</p></div> }
    });
    let described = if may_touch && !who.left {
        view! {
            <form class="form" method="post" action=base.clone() novalidate=true>
                <ErrorSummary form=form/>
                <input type="hidden" name="version" value=version/>
                <Field form=form name="name" label="Name" required=true maxlength=120 hint="Customers see it when they choose who comes."/>
                <TextArea form=form name="skills" label="Skills" optional=true rows=4 maxlength=1000
                    hint="One a line, in your own words. Shown on the page of the business."/>
                {suggested}
                {services(form, known)}
                <div class="row"><Button>"Save"</Button></div>
            </form>
        }
        .into_any()
    } else {
        let words =
            if who.left { "They do not work here any more." } else { "Only owners change what is said of owners." };
        view! { <p class="muted">{words}</p> }.into_any()
    };
    view! {
        <div class="page stack">
            <Breadcrumbs trail=vec![Link::new("Team", PATH)] here=who.name.clone()/>
            <header class="team-person">
                <Avatar name=who.name.clone() src=who.picture.as_deref().map(|key| face_address(key, 192)) size=AvatarSize::Large decorative=true/>
                <div>
                    <h1>{who.name.clone()}</h1>
                    <p class="row"><Status tone=tone text=text/><span class="muted">{who.role.title()}</span></p>
                </div>
            </header>
            {above}
            <div class="with-side">
                <div>{described}</div>
                <aside class="stack">
                    {(may_touch && !who.left).then(|| place(page, provider, known, role))}
                    {(may_touch && !who.left).then(|| going(known))}
                </aside>
            </div>
        </div>
    }
}

/// Login and role.
fn place(page: &PageRequest, provider: ProviderId, known: &MemberPage, form: &FormState) -> impl IntoView + use<> {
    let base = format!("{PATH}/{}", known.who.id.0);
    let content = if known.who.login {
        let options = roles(page, provider).map(|role| Choice::new(role.name(), role.title())).collect();
        view! {
            <form class="form" method="post" action=format!("{base}/role") novalidate=true>
                <input type="hidden" name="was" value=known.who.role.name()/>
                <Select form=form name="role" label="Role" options=options value=known.who.role.name()
                    hint=known.who.role.about()/>
                {form.error("").map(|words| view! { <p class="field-error">{words.to_owned()}</p> })}
                <Button kind=ButtonKind::Secondary>"Change the role"</Button>
            </form>
        }
        .into_any()
    } else {
        let href = format!("{PATH}/invite?member={}", known.who.id.0);
        view! {
            <p>"Without a login. With one they see their own calendar and bookings."</p>
            <LinkButton href=href kind=ButtonKind::Secondary icon=Icon::MAIL>"Invite to log in"</LinkButton>
        }
        .into_any()
    };
    view! { <Card title="Role" dense=true><div class="stack">{content}</div></Card> }
}

/// Off the market, back on it, and off the team.
fn going(known: &MemberPage) -> impl IntoView + use<> {
    let base = format!("{PATH}/{}", known.who.id.0);
    if known.who.you {
        let words = format!("Leave {}", known.business);
        return view! {
            <Card title="Going" dense=true>
                <LinkButton href=format!("{PATH}/leave") kind=ButtonKind::Quiet>{words}</LinkButton>
            </Card>
        }
        .into_any();
    }
    let market = if known.who.active {
        view! {
            <p>"A break, an illness, a parental leave: nobody can book them until they are back."</p>
            <LinkButton href=format!("{base}/deactivate") kind=ButtonKind::Secondary>"Deactivate"</LinkButton>
        }
        .into_any()
    } else {
        view! {
            <p>"Deactivated: nobody can book them."</p>
            <form method="post" action=format!("{base}/reactivate")><Button>"Activate again"</Button></form>
        }
        .into_any()
    };
    view! {
        <Card title="Coming and going" dense=true>
            <div class="stack">
                {market}
                <LinkButton href=format!("{base}/remove") kind=ButtonKind::Quiet>"Take off the team"</LinkButton>
            </div>
        </Card>
    }
    .into_any()
}
