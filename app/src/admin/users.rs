//! `/admin/users`: who has an account.

use super::overview::query;
use super::{enter, head};
use crate::bookings::words;
use crate::forms::FormState;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Checkbox, Choice, Field, FieldKind, Select};
use crate::ui::{Badge, Button, ButtonKind, EmptyState, LinkButton, Pager, Status, Table, Tone};
use domain::accounts::operators::{PeopleFilter, PersonRow, people};
use domain::kernel::{Action, Object, Role, Zone, can};
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /admin/users?q=&role=&suspended=&after=`.
///
/// # Errors
/// Not signed in; not found for those who may not see it.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::SeeUsers)? {
        return Ok(elsewhere);
    }
    let filter = PeopleFilter {
        words: page.param("q").unwrap_or_default().trim().chars().take(80).collect(),
        role: page.param("role").and_then(|name| Role::parse(&name)),
        suspended: page.param("suspended").is_some_and(|value| !value.is_empty()),
    };
    let found = people(page.ctx(), page.actor(), &filter, page.param("after").as_deref()).await?;
    let address = format!("/admin/users?{}", query(&filter));
    let next = found.next.map(|cursor| format!("{address}&after={cursor}"));
    let previous = found.continued.then(|| address.clone());
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let rows: Vec<_> = found.items.iter().map(|row| line(row, &zone, now)).collect();
    let list = if rows.is_empty() {
        view! {
            <EmptyState title="Nobody found" text="Nobody fits these words and filters. Try a part of the name, or fewer filters.">
                <LinkButton href="/admin/users" kind=ButtonKind::Secondary>"Show everybody"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Table caption="People" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Email"</th>
                    <th scope="col">"Roles"</th>
                    <th scope="col">"Since"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    };
    let invite = can(page.actor(), Action::GrantRoles, &Object::default())
        .then(|| view! { <LinkButton href="/admin/users/invitations" kind=ButtonKind::Secondary>"Invite operators"</LinkButton> });
    let body = view! {
        <div class="page stack">
            <div class="row justify-between"><h1>"People"</h1>{invite}</div>
            {search(&filter)}
            {list}
            <Pager previous=previous next=next/>
        </div>
    };
    Ok(page.show(head("People"), Frame::Admin, body))
}

fn search(filter: &PeopleFilter) -> impl IntoView + use<> {
    let form = FormState::with([
        ("q", filter.words.as_str()),
        ("role", filter.role.map(Role::name).unwrap_or_default()),
        ("suspended", if filter.suspended { "on" } else { "" }),
    ]);
    let roles = Role::STORED.map(|role| Choice::new(role.name(), role.title())).to_vec();
    view! {
        <form class="row items-end people-search" method="get" action="/admin/users" role="search" aria-label="People">
            <Field form=&form name="q" label="Name or address" kind=FieldKind::Search maxlength=80/>
            <Select form=&form name="role" label="Role" options=roles empty="Any role"/>
            <Checkbox form=&form name="suspended" label="Suspended only"/>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
    }
}

fn line(row: &PersonRow, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let href = format!("/admin/users/{}", row.id.0);
    let roles: Vec<_> = row.roles.iter().map(|role| badge(*role)).collect();
    let (tone, text) = if row.suspended { (Tone::Danger, "Suspended") } else { (Tone::Success, "Active") };
    let (name, email) = (row.name.clone(), row.email.clone());
    view! {
        <tr>
            <td><a href=href>{name}</a></td>
            <td><Status tone=tone text=text/></td>
            <td class="whole break-all">{email}</td>
            <td><span class="row">{roles}</span></td>
            <td class="whitespace-nowrap">{words::dated(zone, row.since, now)}</td>
        </tr>
    }
}

/// A role as a badge; those of operators stand out.
pub(super) fn badge(role: Role) -> impl IntoView {
    let tone = if role.is_operators() { Tone::Accent } else { Tone::Plain };
    view! { <Badge tone=tone>{role.title()}</Badge> }
}
