//! `/admin/users/{id}`: a person, and what can be done about them.

use super::users::badge;
use super::{acting, clear_factor, enter, head};
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{
    AskFirst, Breadcrumbs, Button, ButtonKind, ButtonSize, Card, EmptyState, Icon, Link, LinkButton, Status,
    SummaryItem, SummaryList, Tone,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::operators::{self, Person, Suspension};
use domain::kernel::{Action, Error, Object, Role, UserId, Zone, can};
use jiff::Timestamp;
use leptos::prelude::*;

pub(super) fn id(text: &str) -> Result<UserId, Failure> {
    text.parse().map(UserId).map_err(|_| Failure(Error::NotFound))
}

/// `GET /admin/users/{id}`.
///
/// # Errors
/// Not signed in; not found, also for those who may not see it.
pub async fn show(page: PageRequest, Path(person): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::SeeUsers)? {
        return Ok(elsewhere);
    }
    let person = operators::find_person(page.ctx(), page.actor(), id(&person)?).await?;
    Ok(answer(&page, StatusCode::OK, &FormState::default(), &person))
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, person: &Person) -> Response {
    page.show_with(status, head(person.row.name.clone()), Frame::Admin, body(page, state, person))
}

fn body(page: &PageRequest, form: &FormState, person: &Person) -> impl IntoView + use<> {
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let may = |action| can(page.actor(), action, &Object::default());
    let row = person.row.clone();
    let (tone, state) = if row.suspended { (Tone::Danger, "Suspended") } else { (Tone::Success, "Active") };
    let yes = |yes: bool| if yes { "Yes" } else { "No" };
    let seen = person.last_seen.map_or_else(|| "Never".to_owned(), |at| words::moment(&zone, at, now));
    let businesses: Vec<_> = person
        .businesses
        .iter()
        .map(|(slug, name)| view! { <a href=format!("/providers/{slug}")>{name.clone()}</a> })
        .collect();
    let history = format!("/admin/audit?object={}", row.id.0);
    let read = may(Action::ReadAudit).then(
        || view! { <LinkButton href=history kind=ButtonKind::Quiet icon=Icon::HISTORY>"What happened"</LinkButton> },
    );
    let suspensions: Vec<_> = person.suspensions.iter().map(|one| suspension(one, &zone, now)).collect();
    let past = if suspensions.is_empty() {
        view! { <p class="muted">"Never suspended."</p> }.into_any()
    } else {
        view! { <ul class="stack">{suspensions}</ul> }.into_any()
    };
    let manages = may(Action::ManageUsers);
    let acts = manages.then(|| acts(person));
    let restore = (manages && person.row.suspended).then(|| restore_form(form, person));
    let act_for = (may(Action::ActOnBehalf) && acting::possible(person)).then(|| acting::door(person));
    let roles = roles(row.id, &row.roles, may(Action::GrantRoles) && page.actor().user != Some(row.id));
    let phone = person.phone.clone().unwrap_or_else(|| "Not given".to_owned());
    let (sessions, bookings) = (person.sessions.to_string(), person.bookings.to_string());
    let (verified, second) = (yes(person.email_verified), yes(person.two_factor));
    let trail = vec![Link::new("People", "/admin/users")];
    view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here=row.name.clone()/>
            <div class="row justify-between">
                <h1>{row.name.clone()}</h1>
                <Status tone=tone text=state/>
            </div>
            <Card dense=true>
                <SummaryList>
                    <SummaryItem label="Email"><span class="break-all">{row.email.clone()}</span></SummaryItem>
                    <SummaryItem label="Email confirmed">{verified}</SummaryItem>
                    <SummaryItem label="Phone">{phone}</SummaryItem>
                    <SummaryItem label="Two-step login">{second}</SummaryItem>
                    <SummaryItem label="With us since">{words::dated(&zone, row.since, now)}</SummaryItem>
                    <SummaryItem label="Last seen">{seen}</SummaryItem>
                    <SummaryItem label="Open sessions">{sessions}</SummaryItem>
                    <SummaryItem label="Bookings as a customer">{bookings}</SummaryItem>
                    {(!businesses.is_empty()).then(|| view! { <SummaryItem label="Works for"><span class="row">{businesses}</span></SummaryItem> })}
                </SummaryList>
            </Card>
            <div class="row">{act_for}{acts}{read}</div>
            {restore}
            <h2>"Roles"</h2>
            {roles}
            <h2>"Suspensions"</h2>
            {past}
        </div>
    }
}

/// The roles, with a way to take operators' away.
fn roles(user: UserId, roles: &[Role], may_take: bool) -> impl IntoView + use<> {
    let items: Vec<_> = roles
        .iter()
        .map(|role| {
            let take = (may_take && role.is_operators()).then(|| {
                let (label, name) = (format!("Take {} away", role.title()), role.name());
                let action = format!("/admin/users/{}/take-role", user.0);
                view! {
                    <AskFirst label="Take away" about=role.title() text="They are logged out at once, and need a new invitation to come back.">
                        <form method="post" action=action>
                            <input type="hidden" name="role" value=name/>
                            <Button kind=ButtonKind::Danger size=ButtonSize::Small>{label}</Button>
                        </form>
                    </AskFirst>
                }
            });
            view! { <li class="row">{badge(*role)}{take}</li> }
        })
        .collect();
    view! { <ul class="stack">{items}</ul> }
}

fn acts(person: &Person) -> impl IntoView + use<> {
    let base = format!("/admin/users/{}", person.row.id.0);
    let suspend = (!person.row.suspended)
        .then(|| view! { <LinkButton href=format!("{base}/suspend") kind=ButtonKind::Danger>"Suspend"</LinkButton> });
    view! {
        {suspend}
        <form method="post" action=format!("{base}/log-out")>
            <Button kind=ButtonKind::Secondary>"Log out everywhere"</Button>
        </form>
        {clear_factor::door(person)}
    }
}

fn restore_form(form: &FormState, person: &Person) -> impl IntoView + use<> {
    view! {
        <form class="form" method="post" action=format!("/admin/users/{}/restore", person.row.id.0)>
            <ErrorSummary form=form/>
            <TextArea form=form name="answer" label="A word to the person" optional=true maxlength=2000 rows=3/>
            <div><Button>"Restore the account"</Button></div>
        </form>
    }
}

fn suspension(one: &Suspension, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let when = format!("{} by {}", words::moment(zone, one.at, now), one.by);
    let said = (!one.appeal.is_empty()).then(|| {
        let at = one.appealed_at.map(|at| words::moment(zone, at, now)).unwrap_or_default();
        let words = one.appeal.clone();
        view! { <div><p class="muted">"The person's answer, " {at}</p><p class="whitespace-pre-line break-words">{words}</p></div> }
    });
    let end = one.lifted_at.map(|at| {
        let words = format!("Restored {}. {}", words::moment(zone, at, now), one.answer);
        view! { <p class="break-words">{words}</p> }
    });
    let (reason, evidence) = (one.reason.clone(), one.evidence.clone());
    view! {
        <li>
            <Card dense=true>
                <div class="stack">
                    <div><p class="muted">{when}</p><p class="whitespace-pre-line break-words"><strong>{reason}</strong></p></div>
                    {(!evidence.is_empty()).then(|| view! { <p class="whitespace-pre-line break-words">{evidence}</p> })}
                    {said}
                    {end}
                </div>
            </Card>
        </li>
    }
}

/// `GET /admin/users/{id}/suspend`.
///
/// # Errors
/// Not found for those who may not.
pub async fn ask_suspend(page: PageRequest, Path(person): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let person = operators::find_person(page.ctx(), page.actor(), id(&person)?).await?;
    Ok(suspend_page(&page, StatusCode::OK, &FormState::default(), &person))
}

/// `POST /admin/users/{id}/suspend`.
///
/// # Errors
/// Not found for those who may not.
pub async fn suspend(page: PageRequest, Path(person): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    let words = (form.text("reason"), form.text("evidence"));
    match operators::suspend(page.ctx(), page.actor(), user, words).await {
        Ok(()) => Ok(see_other(&format!("/admin/users/{}?said=suspended", user.0))),
        Err(error) => {
            let state = form.rejected(error)?;
            let person = operators::find_person(page.ctx(), page.actor(), user).await?;
            Ok(suspend_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &state, &person))
        }
    }
}

fn suspend_page(page: &PageRequest, status: StatusCode, state: &FormState, person: &Person) -> Response {
    let base = format!("/admin/users/{}", person.row.id.0);
    let (title, action) = (format!("Suspend {}?", person.row.name), format!("{base}/suspend"));
    let body = if person.row.suspended {
        view! {
            <div class="page-narrow">
                <h1 class="sr-only">{title.clone()}</h1>
                <EmptyState title="Suspended already" text="This account is suspended. You can restore it on its page.">
                    <LinkButton href=base>"To the person"</LinkButton>
                </EmptyState>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="page-narrow stack">
                <div>
                    <h1>{title.clone()}</h1>
                    <p class="lead">"They are logged out, told by mail, and can answer. Bookings stay as they were agreed."</p>
                </div>
                <form class="form" method="post" action=action novalidate=true>
                    <ErrorSummary form=state/>
                    <TextArea form=state name="reason" label="Reason" required=true maxlength=500 rows=3
                        hint="The person reads this, word for word."/>
                    <TextArea form=state name="evidence" label="What it is based on" optional=true maxlength=2000
                        hint="References of bookings, dates, what was said. The person reads this too."/>
                    <div class="row">
                        <Button kind=ButtonKind::Danger>"Suspend"</Button>
                        <LinkButton href=base kind=ButtonKind::Quiet>"Back"</LinkButton>
                    </div>
                </form>
            </div>
        }
        .into_any()
    };
    page.show_with(status, head(title), Frame::Admin, body)
}

/// `POST /admin/users/{id}/restore`.
///
/// # Errors
/// Not found for those who may not; not suspended.
pub async fn restore(page: PageRequest, Path(person): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    match operators::restore(page.ctx(), page.actor(), user, form.text("answer")).await {
        Ok(()) => Ok(see_other(&format!("/admin/users/{}?said=restored", user.0))),
        Err(error @ Error::Invalid(_)) => {
            let state = form.rejected(error)?;
            let person = operators::find_person(page.ctx(), page.actor(), user).await?;
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &state, &person))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /admin/users/{id}/log-out`.
///
/// # Errors
/// Not found for those who may not.
pub async fn log_out(page: PageRequest, Path(person): Path<String>) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::ManageUsers)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    operators::end_sessions(page.ctx(), page.actor(), user).await?;
    Ok(see_other(&format!("/admin/users/{}?said=logged-out-person", user.0)))
}

/// `POST /admin/users/{id}/take-role`.
///
/// # Errors
/// Not found for those who may not; the last superadmin.
pub async fn take_role(page: PageRequest, Path(person): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::GrantRoles)? {
        return Ok(elsewhere);
    }
    let user = id(&person)?;
    let role = Role::parse(form.text("role")).ok_or(Error::NotFound)?;
    operators::take_role(page.ctx(), page.actor(), user, role).await?;
    Ok(see_other(&format!("/admin/users/{}?said=role-taken", user.0)))
}
