//! `/admin`: what waits for the marketplace's own people.

use super::{enter, head};
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{EmptyState, LinkButton, Scene, Stat};
use domain::accounts::operators::{PeopleFilter, waiting};
use domain::kernel::{Action, Object, Role, can};
use domain::onboarding;
use leptos::prelude::*;

/// `GET /admin`.
///
/// # Errors
/// Not signed in; not found for everybody who is no operator.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::SeeBackOffice)? {
        return Ok(elsewhere);
    }
    let may_see = can(page.actor(), Action::SeeUsers, &Object::default());
    let figures = if may_see { Some(waiting(page.ctx(), page.actor()).await?) } else { None };
    let roles: Vec<&str> =
        page.actor().roles.iter().filter(|role| role.is_operators()).map(|role| role.title()).collect();
    let checks = can(page.actor(), Action::CheckProviders, &Object::default());
    let queue = if checks { Some(onboarding::waiting(page.ctx(), page.actor()).await?) } else { None };
    let has_queue = queue.is_some();
    let queue = queue.map(|queue| {
        view! {
            <div class="stats">
                <Stat label="Applications" value=queue.waiting.to_string() note="waiting for us" href=Some("/admin/providers".to_owned())/>
                <Stat label="Asked for more" value=queue.asked.to_string() note="waiting for applicants" href=Some("/admin/providers?show=asked".to_owned())/>
                <Stat label="New documents" value=queue.documents.to_string() note="from businesses" href=Some("/admin/providers?show=documents".to_owned())/>
            </div>
        }
    });
    let rooms = match figures {
        Some(figures) => {
            let appeals =
                format!("/admin/users?{}", query(&PeopleFilter { suspended: true, ..PeopleFilter::default() }));
            view! {
                <div class="stats">
                    <Stat label="People" value=figures.people.to_string() note="with an account" href=Some("/admin/users".to_owned())/>
                    <Stat label="New this week" value=figures.new_people.to_string() note="registered" href=Some("/admin/users".to_owned())/>
                    <Stat label="Suspended" value=figures.suspended.to_string() note="accounts" href=Some(appeals.clone())/>
                    <Stat label="Answers to read" value=figures.appeals.to_string() note="from suspended people" href=Some(appeals)/>
                </div>
            }
            .into_any()
        }
        None if has_queue => ().into_any(),
        None => view! {
            <EmptyState scene=Scene::Door title="Your rooms" text="The menu shows what your role opens.">
                <LinkButton href="/">"To the marketplace"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    };
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Back office"</h1>
                <p class="lead">"You work here as " {roles.join(", ")} "."</p>
            </div>
            {queue}
            {rooms}
        </div>
    };
    Ok(page.show(head("Back office"), Frame::Admin, body))
}

/// A filter as the query of an address.
pub(super) fn query(filter: &PeopleFilter) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if !filter.words.is_empty() {
        pairs.append_pair("q", &filter.words);
    }
    if let Some(role) = filter.role.map(Role::name) {
        pairs.append_pair("role", role);
    }
    if filter.suspended {
        pairs.append_pair("suspended", "on");
    }
    pairs.finish()
}
