//! `/provider/bookings`: what is open, what waits, what was.

use super::words::Clocks;
use super::work::{Acts, Work, WorkRow};
use super::{business, elsewhere};
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{Button, ButtonKind, EmptyState, LinkButton, Pager, Scene, Tab, Tabs};
use domain::bookings::{self, ListFilter, ListRow};
use domain::catalog::questions::in_one_line;
use domain::kernel::page::Page;
use form_urlencoded::Serializer;
use leptos::prelude::*;

const PATH: &str = "/provider/bookings";

/// `GET /provider/bookings?show=&words=&after=`.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let filter = ListFilter::parse(&page.param("show").unwrap_or_default());
    let words = page.param("words").unwrap_or_default().trim().to_owned();
    let after = page.param("after");
    let list = bookings::list_of_provider(page.ctx(), page.actor(), provider, filter, &words, after.as_deref()).await?;
    let here = address(filter, &words, after.as_deref());
    let now = page.ctx().clock.now();
    let head = Head { title: format!("{} bookings", title(filter)), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Provider, body(list, filter, words, here, now)))
}

const fn title(filter: ListFilter) -> &'static str {
    match filter {
        ListFilter::Open => "Open",
        ListFilter::Waiting => "Waiting",
        ListFilter::Past => "Past",
    }
}

fn address(filter: ListFilter, words: &str, after: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("show", filter.name());
    if !words.is_empty() {
        query.append_pair("words", words);
    }
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    format!("{PATH}?{}", query.finish())
}

fn body(list: Page<ListRow>, filter: ListFilter, words: String, here: String, now: jiff::Timestamp) -> AnyView {
    let tabs = ListFilter::ALL.map(|each| Tab::new(title(each), address(each, &words, None), each == filter));
    let search = FormState::with([("words", words.as_str())]);
    let next = list.next.as_deref().map(|next| address(filter, &words, Some(next)));
    let start = list.continued.then(|| address(filter, &words, None));
    let whole = (!words.is_empty()).then(|| address(filter, "", None));
    // Each row says whose work it is where it is not always the same person's.
    let team = list.items.windows(2).any(|pair| matches!(pair, [a, b] if a.member_name != b.member_name));
    let zone = list.items.first().map(|row| format!("Times are those of {}.", row.zone.place()));
    let rows = list.items.into_iter().map(|row| entry(row, team, &here, now)).collect::<Vec<_>>();
    let empty = rows.is_empty();
    view! {
        <div class="page stack">
            <div>
                <h1>"Bookings"</h1>
                {zone.map(|words| view! { <p class="muted">{words}</p> })}
            </div>
            <Tabs label="Which bookings" tabs=tabs.to_vec()/>
            <search>
                <form class="find-row" method="get" action=PATH>
                    <input type="hidden" name="show" value=filter.name()/>
                    <Field form=&search name="words" label="Search by customer, service or reference" kind=FieldKind::Search maxlength=80/>
                    <Button kind=ButtonKind::Secondary>"Search"</Button>
                    {whole.clone().map(|href| view! { <LinkButton href=href kind=ButtonKind::Quiet>"Show all"</LinkButton> })}
                </form>
            </search>
            {if empty { nothing(filter, whole.is_some()).into_any() } else { view! { <ul class="works works-list">{rows}</ul> }.into_any() }}
            {start.map(|href| view! { <p><a href=href>"Back to the first page"</a></p> })}
            <Pager previous=None next=next/>
        </div>
    }
    .into_any()
}

fn entry(row: ListRow, team: bool, here: &str, now: jiff::Timestamp) -> impl IntoView + use<> {
    let clocks = Clocks { zone: row.zone.rules(), now };
    let (wait, awaited) = (row.wait(now), in_one_line(&row.awaited));
    let (reference, title) = (row.reference.clone(), row.title.clone());
    let work = Work::of_row(row, team, &clocks);
    let back = here.to_owned();
    match wait {
        Some(wait) => view! {
            <WorkRow work=work clocks=clocks day=true><Acts wait=wait reference=reference title=title awaited=awaited back=back/></WorkRow>
        }
        .into_any(),
        None => view! { <WorkRow work=work clocks=clocks day=true/> }.into_any(),
    }
}

fn nothing(filter: ListFilter, searched: bool) -> impl IntoView {
    let (scene, title, text) = match (searched, filter) {
        (true, _) => (
            Scene::Search,
            "No booking has these words",
            "Try a customer's name, part of the service, or the reference.",
        ),
        (_, ListFilter::Open) => {
            (Scene::Calendar, "No open bookings", "New bookings appear here the moment somebody books you.")
        }
        (_, ListFilter::Waiting) => {
            (Scene::Letterbox, "Nothing waits", "Requests to answer and finished work to confirm would be here.")
        }
        (_, ListFilter::Past) => {
            (Scene::Shelf, "Nothing here yet", "Completed, declined and cancelled bookings are kept here.")
        }
    };
    view! { <EmptyState scene=scene title=title text=text/> }
}
