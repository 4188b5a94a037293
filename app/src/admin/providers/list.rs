//! The lists: applications in their states, and businesses.

use super::super::{enter, head};
use super::changes;
use crate::bookings::words;
use crate::forms::FormState;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Choice, Field, FieldKind, Select};
use crate::ui::{Button, ButtonKind, EmptyState, LinkButton, Pager, Scene, Status, Tab, Table, Tabs, Tone};
use domain::kernel::{Action, Zone};
use domain::onboarding::changes::changes_waiting;
use domain::onboarding::{
    self, BusinessRow, BusinessesFilter, Queue, QueueFilter, QueueRow, Waiting, answer_until, businesses, queue,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What the address asks to see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Applications(Queue),
    Businesses,
    Hidden,
    Documents,
    Changes,
}

impl Shown {
    const ALL: [Self; 8] = [
        Self::Applications(Queue::Waiting),
        Self::Applications(Queue::Asked),
        Self::Applications(Queue::Declined),
        Self::Applications(Queue::Approved),
        Self::Businesses,
        Self::Documents,
        Self::Changes,
        Self::Hidden,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Applications(queue) => queue.name(),
            Self::Businesses => "businesses",
            Self::Hidden => "hidden",
            Self::Documents => "documents",
            Self::Changes => "changes",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Applications(Queue::Waiting) => "Waiting",
            Self::Applications(Queue::Asked) => "Asked",
            Self::Applications(Queue::Declined) => "Declined",
            Self::Applications(Queue::Approved) => "Approved",
            Self::Businesses => "Businesses",
            Self::Documents => "New documents",
            Self::Changes => "Changes",
            Self::Hidden => "Hidden",
        }
    }
}

/// `GET /admin/providers?show=&q=&age=&after=`.
///
/// # Errors
/// Not signed in; not found for those who may not see it.
pub async fn show(page: PageRequest) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    let wanted = page.param("show").unwrap_or_default();
    let shown = Shown::ALL.into_iter().find(|shown| shown.name() == wanted).unwrap_or(Shown::ALL[0]);
    let search: String = page.param("q").unwrap_or_default().trim().chars().take(80).collect();
    let age: i64 =
        page.param("age").and_then(|days| days.parse().ok()).filter(|days| (0..=365).contains(days)).unwrap_or(0);
    let after = page.param("after");
    let waiting = onboarding::waiting(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let (list, next, continued) = match shown {
        Shown::Applications(part) => {
            let filter = QueueFilter { queue: part, words: search.clone(), older_than_days: age };
            let found = queue(page.ctx(), page.actor(), &filter, after.as_deref()).await?;
            (applications(&found.items, part, &zone, now), found.next, found.continued)
        }
        Shown::Changes => {
            let found = changes_waiting(page.ctx(), page.actor(), after.as_deref()).await?;
            (changes::table(&found.items, now), found.next, found.continued)
        }
        Shown::Businesses | Shown::Hidden | Shown::Documents => {
            let (hidden, documents) = (shown == Shown::Hidden, shown == Shown::Documents);
            let filter = BusinessesFilter { words: search.clone(), hidden, documents };
            let found = businesses(page.ctx(), page.actor(), &filter, after.as_deref()).await?;
            (businesses_table(&found.items, &zone, now), found.next, found.continued)
        }
    };
    let list = list.unwrap_or_else(|| nothing(shown, !search.is_empty() || age > 0));
    let address = address(shown, &search, age);
    let next = next.map(|cursor| format!("{address}&after={cursor}"));
    let previous = continued.then_some(address);
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Providers"</h1>
                {lead(&waiting, now)}
            </div>
            <Tabs label="Lists" tabs=tabs(shown, &waiting)/>
            {search_form(shown, &search, age)}
            {list}
            <Pager previous=previous next=next/>
        </div>
    };
    Ok(page.show(head("Providers"), Frame::Admin, body))
}

fn lead(waiting: &Waiting, now: Timestamp) -> impl IntoView + use<> {
    let words = match (waiting.waiting, waiting.oldest) {
        (0, _) | (_, None) => "No application waits for us.".to_owned(),
        (1, Some(oldest)) => format!("One application waits, {}.", age_of(oldest, now)),
        (more, Some(oldest)) => format!("{more} applications wait, the first one {}.", age_of(oldest, now)),
    };
    view! { <p class="lead">{words}</p> }
}

/// How long something has waited: "since today", "for 3 days".
pub(in crate::admin) fn age_of(since: Timestamp, now: Timestamp) -> String {
    match now.duration_since(since).as_hours() / 24 {
        0 => "for less than a day".to_owned(),
        1 => "for 1 day".to_owned(),
        days => format!("for {days} days"),
    }
}

fn tabs(shown: Shown, waiting: &Waiting) -> Vec<Tab> {
    let count = |number: i64| u64::try_from(number).ok().filter(|number| *number > 0);
    Shown::ALL
        .into_iter()
        .map(|one| Tab {
            count: match one {
                Shown::Applications(Queue::Waiting) => count(waiting.waiting),
                Shown::Applications(Queue::Asked) => count(waiting.asked),
                Shown::Documents => count(waiting.documents),
                Shown::Changes => count(waiting.changes),
                _ => None,
            },
            ..Tab::new(one.title(), format!("/admin/providers?show={}", one.name()), one == shown)
        })
        .collect()
}

fn address(shown: Shown, search: &str, age: i64) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair("show", shown.name());
    if !search.is_empty() {
        pairs.append_pair("q", search);
    }
    if age > 0 {
        pairs.append_pair("age", &age.to_string());
    }
    format!("/admin/providers?{}", pairs.finish())
}

fn search_form(shown: Shown, search: &str, age: i64) -> Option<impl IntoView + use<>> {
    if matches!(shown, Shown::Documents | Shown::Changes) {
        return None;
    }
    let age = if age > 0 { age.to_string() } else { String::new() };
    let form = FormState::with([("q", search), ("age", age.as_str())]);
    let ages = [("1", "A day or more"), ("3", "3 days or more"), ("7", "A week or more"), ("30", "30 days or more")];
    let ages: Vec<Choice> = ages.into_iter().map(|(days, words)| Choice::new(days, words)).collect();
    let by_age = matches!(shown, Shown::Applications(_))
        .then(|| view! { <Select form=&form name="age" label="Sent" options=ages empty="Any time ago"/> });
    let label =
        if matches!(shown, Shown::Applications(_)) { "Name, town, address or reference" } else { "Name or town" };
    Some(view! {
        <form class="row items-end people-search" method="get" action="/admin/providers" role="search" aria-label="Providers">
            <input type="hidden" name="show" value=shown.name()/>
            <Field form=&form name="q" label=label kind=FieldKind::Search maxlength=80/>
            {by_age}
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
    })
}

fn applications(rows: &[QueueRow], part: Queue, zone: &Zone, now: Timestamp) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let href = format!("/admin/providers/{}", row.reference);
            let age = match (part, row.decided_at) {
                (Queue::Waiting, _) => {
                    let late = now.duration_since(row.sent_at).as_hours() >= 72;
                    let tone = if late { Tone::Warning } else { Tone::Info };
                    view! { <Status tone=tone text=age_of(row.sent_at, now)/> }.into_any()
                }
                (Queue::Asked, Some(asked)) => {
                    let until = answer_until(asked);
                    let tone = if until.duration_since(now).as_hours() < 7 * 24 { Tone::Warning } else { Tone::Info };
                    let ends = format!("ends {}", words::dated(zone, until, now));
                    view! { <Status tone=tone text=age_of(asked, now)/><br/><span class="muted">{ends}</span> }.into_any()
                }
                _ => words::dated(zone, row.sent_at, now).into_any(),
            };
            let again = (row.round > 1).then(|| format!(" · try {}", row.round));
            view! {
                <tr>
                    <td><a href=href>{row.name.clone()}</a><br/><span class="muted tabular">{row.reference.clone()}{again}</span></td>
                    <td>{age}</td>
                    <td>{row.applicant.clone()}</td>
                    <td>{row.city.clone()} ", " {row.country.clone()}</td>
                </tr>
            }
        })
        .collect();
    let when = match part {
        Queue::Waiting => "Waiting",
        Queue::Asked => "Asked",
        Queue::Approved | Queue::Declined => "Sent",
    };
    Some(
        view! {
            <Table caption="Applications" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"Business"</th>
                    <th scope="col">{when}</th>
                    <th scope="col">"Applicant"</th>
                    <th scope="col">"Place"</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </Table>
        }
        .into_any(),
    )
}

/// Whether a business can be found and booked, as a status.
pub(super) fn standing(row: &BusinessRow) -> (Tone, &'static str) {
    match (row.suspended_at, row.papers_over_at) {
        (Some(_), _) => (Tone::Danger, "Suspended"),
        (None, Some(_)) => (Tone::Warning, "Document over"),
        (None, None) => (Tone::Success, "Open"),
    }
}

fn businesses_table(rows: &[BusinessRow], zone: &Zone, now: Timestamp) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let (tone, word) = standing(row);
            let services = if row.services == 1 { " service" } else { " services" };
            let papers = (row.documents > 0).then(|| view! { " " <Status tone=Tone::Info text="New document"/> });
            view! {
                <tr>
                    <td><a href=format!("/admin/providers/{}", row.slug)>{row.name.clone()}</a></td>
                    <td><Status tone=tone text=word/>{papers}</td>
                    <td class="whole">{row.city.clone()} ", " {row.country.clone()}</td>
                    <td class="whitespace-nowrap">{words::dated(zone, row.since, now)}</td>
                    <td class="num">{row.services}<span class="num-unit">{services}</span></td>
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <Table caption="Businesses" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"Business"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Place"</th>
                    <th scope="col">"Since"</th>
                    <th scope="col" class="num">"Services"</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </Table>
        }
        .into_any(),
    )
}

fn nothing(shown: Shown, narrowed: bool) -> AnyView {
    if narrowed {
        let all = format!("/admin/providers?show={}", shown.name());
        return view! {
            <EmptyState title="Nothing found" text="Nothing fits these words. Try a part of the name, or any time ago.">
                <LinkButton href=all kind=ButtonKind::Secondary>"Show all of this list"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let (title, text) = match shown {
        Shown::Applications(Queue::Waiting) => {
            ("All answered", "Nobody waits for us. New applications come in here, the oldest first.")
        }
        Shown::Applications(Queue::Asked) => {
            ("Nobody is asked", "Applications you ask more of wait here for their applicants, 30 days at most.")
        }
        Shown::Applications(Queue::Declined) => ("None declined", "Applications you decline are kept here."),
        Shown::Applications(Queue::Approved) => {
            ("None approved yet", "Applications that became businesses are kept here.")
        }
        Shown::Businesses => ("No business yet", "Approve an application, and its business stands here."),
        Shown::Documents => ("No new documents", "When a business shows a new document, it waits here."),
        Shown::Changes => {
            ("Nothing to decide", "When a business asks for another name or bank country, it waits here.")
        }
        Shown::Hidden => ("None is hidden", "Suspended businesses, and those whose documents are over, stand here."),
    };
    view! { <EmptyState scene=Scene::Tea title=title text=text/> }.into_any()
}
