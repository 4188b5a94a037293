//! Businesses that ask for another name or payout country: the list, both side by side on their page, and the decision.

use super::super::enter;
use super::acts::refused;
use super::list::age_of;
use crate::catalog::changes::side_by_side;
use crate::forms::{Form, FormState};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Button, ButtonKind, Card, Disclosure, Status, Table, Tone};
use axum::extract::Path;
use domain::kernel::ProviderId;
use domain::kernel::{Action, Error};
use domain::onboarding::changes::{AskedChange, WaitingChange, approve_change, decline_change, waiting_change};
use jiff::Timestamp;
use leptos::prelude::*;

/// `POST /admin/providers/{slug}/change/approve`.
///
/// # Errors
/// Not found for those who may not.
pub async fn approve(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match approve_change(page.ctx(), page.actor(), &key, form.text("seen")).await {
        Ok(slug) => Ok(see_other(&format!("/admin/providers/{slug}?said=change-approved"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// `POST /admin/providers/{slug}/change/decline` with `reason`.
///
/// # Errors
/// Not found for those who may not.
pub async fn decline(page: PageRequest, Path(key): Path<String>, form: Form) -> Answer {
    if let Some(elsewhere) = enter(&page, Action::CheckProviders)? {
        return Ok(elsewhere);
    }
    match decline_change(page.ctx(), page.actor(), &key, form.text("seen"), form.text("reason")).await {
        Ok(()) => Ok(see_other(&format!("/admin/providers/{key}?said=change-declined"))),
        Err(error) => refused(&page, &key, &form, error).await,
    }
}

/// What a business asks for, both side by side, with the decision; nothing where nothing waits.
pub(super) async fn card(
    page: &PageRequest,
    (provider, slug): (ProviderId, &str),
    form: &FormState,
) -> Result<Option<AnyView>, Error> {
    let waiting = waiting_change(page.ctx(), page.actor(), provider).await?;
    let now = page.ctx().clock.now();
    Ok(waiting.map(|one| shown(slug, &one.asked, &one.namesakes, form, now)))
}

fn shown(slug: &str, asked: &AskedChange, namesakes: &[(String, String)], form: &FormState, now: Timestamp) -> AnyView {
    let both = side_by_side(&asked.differs(), "Now", "Asked for", false);
    let base = format!("/admin/providers/{slug}/change");
    let (approve, decline) = (format!("{base}/approve"), format!("{base}/decline"));
    let seen = format!("{}.{}", asked.number, asked.state.name());
    let again = seen.clone();
    let since = format!("Asked by {}, waiting {}.", asked.asked_by, age_of(asked.asked_at, now));
    let names: Vec<_> = namesakes
        .iter()
        .map(|(slug, name)| view! { <li><a href=format!("/admin/providers/{slug}")>{name.clone()}</a></li> })
        .collect();
    let alike = (!names.is_empty()).then(|| {
        view! { <p>"Others of that name:"</p><ul class="list-disc ps-5">{names}</ul> }
    });
    let declined = form.error("reason").is_some();
    let (summary, reason) = (
        declined.then(|| view! { <ErrorSummary form=form/> }),
        view! {
            <TextArea form=form name="reason" label="Why not?" required=true maxlength=2000 rows=4
                hint="The owners read this, word for word, and may ask again."/>
        },
    );
    view! {
        <Card title="Asks for a change" tone=Tone::Info>
            <div class="stack">
                <p class="muted wrap-anywhere">{since}</p>
                {summary}
                {both}
                {alike}
                <p class="muted">"By eye: do the documents below go with the new name? A new name also makes a new address; the one before leads there."</p>
                <form method="post" action=approve>
                    <input type="hidden" name="seen" value=seen/>
                    <Button>"Approve the change"</Button>
                </form>
                <Disclosure title="Decline the change" open=declined>
                    <form class="form" method="post" action=decline novalidate=true>
                        <input type="hidden" name="seen" value=again/>
                        {reason}
                        <div><Button kind=ButtonKind::Danger>"Decline the change"</Button></div>
                    </form>
                </Disclosure>
            </div>
        </Card>
    }
    .into_any()
}

/// The queue.
pub(super) fn table(rows: &[WaitingChange], now: Timestamp) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let asked = &row.asked;
            let late = now.duration_since(asked.asked_at).as_hours() >= 72;
            let tone = if late { Tone::Warning } else { Tone::Info };
            let parts: Vec<String> =
                asked.differs().iter().map(|part| format!("{}: {}", part.part, part.after.join(", "))).collect();
            view! {
                <tr>
                    <td><a href=format!("/admin/providers/{}", row.slug)>{asked.before.name.clone()}</a></td>
                    <td><Status tone=tone text=age_of(asked.asked_at, now)/></td>
                    <td class="whole wrap-anywhere">{parts.join("; ")}</td>
                    <td>{asked.asked_by.clone()}</td>
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <Table caption="Changes of businesses" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"Business"</th>
                    <th scope="col">"Waiting"</th>
                    <th scope="col">"Asks for"</th>
                    <th scope="col">"Asked by"</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </Table>
        }
        .into_any(),
    )
}
