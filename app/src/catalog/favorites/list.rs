//! The list of services somebody keeps.

use super::heart::{button, hearts, mark};
use super::searches;
use crate::catalog::cards;
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{
    Button, ButtonKind, Card, EmptyState, LinkButton, Pager, Scene, ServiceCard, ServiceCardData, Tab, Tabs,
};
use domain::catalog::{Favorite, favorites};
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /favorites?q=&after=`, and `?show=searches`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    if page.param("show").as_deref() == Some("searches") {
        let list = searches::list(&page).await?;
        let body = view! {
            <div class="page stack">
                <h1>"Your favourites"</h1>
                {tabs(true)}
                {list}
            </div>
        };
        let head = Head { title: "Your searches".to_owned(), robots_noindex: true, ..Head::default() };
        return Ok(page.show(head, Frame::Public, body));
    }
    let q = page.param("q").unwrap_or_default();
    let found = favorites(page.ctx(), page.actor(), &q, page.param("after").as_deref()).await?;
    let now = page.ctx().clock.now();
    let address = |after: Option<&String>| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if !q.is_empty() {
            pairs.append_pair("q", &q);
        }
        if let Some(after) = after {
            pairs.append_pair("after", after);
        }
        let query = pairs.finish();
        if query.is_empty() { "/favorites".to_owned() } else { format!("/favorites?{query}") }
    };
    let next = found.next.as_ref().map(|cursor| address(Some(cursor)));
    let previous = found.continued.then(|| address(None));
    let form = FormState::with([("q", q.clone())]);
    let (here, gone): (Vec<_>, Vec<_>) = found.items.iter().partition(|one| one.hit.is_some());
    let list = if found.items.is_empty() {
        nothing(&q).into_any()
    } else {
        let cards: Vec<_> = here.into_iter().filter_map(|one| card(one, now)).collect();
        view! {
            <ul class="service-grid">{cards}</ul>
            {resting(&gone)}
        }
        .into_any()
    };
    let body = view! {
        <div class="page stack">
            <h1>"Your favourites"</h1>
            {tabs(false)}
            <form method="get" action="/favorites" class="row" role="search">
                <Field form=&form name="q" label="Search your favourites" kind=FieldKind::Search hide_label=true placeholder="Service or provider"/>
                <Button kind=ButtonKind::Secondary>"Search"</Button>
            </form>
            {hearts(&page)}
            {list}
            <Pager previous=previous next=next/>
        </div>
    };
    let head = Head { title: "Your favourites".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Public, body))
}

fn tabs(searches: bool) -> impl IntoView {
    let tabs =
        vec![Tab::new("Services", "/favorites", !searches), Tab::new("Searches", "/favorites?show=searches", searches)];
    view! { <Tabs label="What you keep" tabs=tabs/> }
}

fn card(one: &Favorite, now: Timestamp) -> Option<impl IntoView + use<>> {
    let mut hit = one.hit.clone()?;
    hit.kept = true;
    let data = ServiceCardData { heart: Some(button(&hit)), mark: mark(&hit.slug), ..cards::card(&hit, now) };
    Some(view! { <li><ServiceCard card=data level=2/></li> })
}

/// What is kept and not on offer now.
fn resting(gone: &[&Favorite]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = gone
        .iter()
        .map(|one| {
            let (href, title, provider) = (format!("/services/{}", one.slug), one.title.clone(), one.provider.clone());
            let (let_go, label) = (format!("/services/{}/favorite/remove", one.slug), format!("Let {title} go"));
            view! {
                <li class="row justify-between" id=mark(&one.slug)>
                    <span class="wrap-anywhere"><a href=href>{title}</a>" by "{provider}</span>
                    <form method="post" action=let_go>
                        <Button kind=ButtonKind::Quiet size=crate::ui::ButtonSize::Small>{label}</Button>
                    </form>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <Card title="Not on offer now"><ul class="stack">{rows}</ul></Card> })
}

fn nothing(q: &str) -> impl IntoView + use<> {
    let (title, text) = if q.is_empty() {
        ("Nothing kept yet", "Press the heart on a service, and you find it here again.")
    } else {
        ("Nothing found", "No favourite matches your words. Try fewer of them.")
    };
    view! {
        <EmptyState scene=Scene::Signpost title=title text=text>
            <LinkButton kind=ButtonKind::Primary href="/services">"Find a service"</LinkButton>
        </EmptyState>
    }
}
