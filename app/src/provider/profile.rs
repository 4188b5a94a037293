//! `/provider/profile`: what a business says of itself, as customers read it on its page. A form that was opened before
//! somebody else's change is told so: both stand side by side, and nothing is overwritten unless one sends it again.

use super::registered::card;
use super::{business, elsewhere};
use crate::catalog::changes::side_by_side;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind, TextArea};
use crate::ui::{Button, ButtonKind, Card, Icon, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use domain::catalog::listing::Change;
use domain::catalog::profile::{DescribeError, Described, Profile, TypedProfile, describe, described};
use domain::kernel::{Action, Error, FieldErrors, Object, ProviderId, can};
use domain::onboarding::changes::registered;
use leptos::prelude::*;

const PATH: &str = "/provider/profile";

/// `GET /provider/profile`.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let known = described(page.ctx(), page.actor(), provider).await?;
    let state = FormState::with(fields(&known.profile));
    answer(&page, StatusCode::OK, provider, &known, &state, None).await
}

/// `POST /provider/profile` with the `version` the form was made from.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let provider = business(&page)?.ok_or(Error::NotFound)?;
    // Who may not learns so before anything about the form.
    let known = described(page.ctx(), page.actor(), provider).await?;
    let typed = TypedProfile {
        headline: form.text("headline"),
        about: form.text("about"),
        skills: form.text("skills"),
        radius_km: form.text("radius_km"),
        postal_codes: form.text("postal_codes"),
    };
    let profile = match Profile::parse(typed) {
        Ok(profile) => profile,
        // The form goes on from the version it was made from: what was saved meanwhile is still to be told.
        Err(error) => {
            let state = form.rejected(error)?;
            let known = Described { version: seen(&form), ..known };
            return answer(&page, StatusCode::UNPROCESSABLE_ENTITY, provider, &known, &state, None).await;
        }
    };
    match describe(page.ctx(), page.actor(), provider, seen(&form), profile.clone()).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=saved"))),
        Err(DescribeError::Stale) => {
            let known = described(page.ctx(), page.actor(), provider).await?;
            // Sent twice, or the same in both windows: it is saved.
            if known.profile == profile {
                return Ok(see_other(&format!("{PATH}?said=saved")));
            }
            let state = FormState::rejected(form.kept(), FieldErrors::new());
            let both = told(&known.profile, &profile);
            answer(&page, StatusCode::CONFLICT, provider, &known, &state, Some(both)).await
        }
        Err(DescribeError::Other(error)) => Err(error.into()),
    }
}

fn seen(form: &Form) -> i32 {
    form.parsed("version").unwrap_or(-1)
}

fn fields(profile: &Profile) -> Vec<(&'static str, String)> {
    vec![
        ("headline", profile.headline.clone()),
        ("about", profile.about.clone()),
        ("skills", profile.skills.join(", ")),
        ("radius_km", profile.radius_km.to_string()),
        ("postal_codes", profile.postal_codes.join(", ")),
    ]
}

/// What was saved meanwhile beside what was typed.
fn told(kept: &Profile, typed: &Profile) -> AnyView {
    let parts = [
        ("In one line", vec![kept.headline.clone()], vec![typed.headline.clone()]),
        ("Your story", lines(&kept.about), lines(&typed.about)),
        ("Skills", kept.skills.clone(), typed.skills.clone()),
        ("How far you go", vec![format!("{} km", kept.radius_km)], vec![format!("{} km", typed.radius_km)]),
        ("Postal codes", kept.postal_codes.clone(), typed.postal_codes.clone()),
    ];
    let parts = parts.into_iter().filter(|(_, before, after)| before != after);
    let differing: Vec<Change> =
        parts.map(|(part, before, after)| Change { part, before, after, risky: false }).collect();
    let both = side_by_side(&differing, "Saved meanwhile", "What you typed", false);
    view! {
        <Notice tone=Tone::Warning title="This was changed in another window" live=true>
            <div class="stack">
                <p>"Nothing was overwritten. Below stands what was saved beside what you typed; the form holds yours. Save to put it in the place of the other."</p>
                {both}
                <div><LinkButton href=PATH kind=ButtonKind::Secondary>"Take what was saved, and drop mine"</LinkButton></div>
            </div>
        </Notice>
    }
    .into_any()
}

fn lines(story: &str) -> Vec<String> {
    story.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

async fn answer(
    page: &PageRequest,
    status: StatusCode,
    provider: ProviderId,
    known: &Described,
    state: &FormState,
    above: Option<AnyView>,
) -> Answer {
    let object = Object { provider: Some(provider), ..Object::default() };
    let owner = can(page.actor(), Action::RenameBusiness, &object);
    let registered = card(&registered(page.ctx(), page.actor(), provider).await?, owner);
    let public = format!("/providers/{}", known.slug);
    let reach = format!("From the middle of {}. New services begin with it; each can say its own.", known.city);
    let words = view! {
        <div class="form">
            <Field form=state name="headline" label="In one line" required=true maxlength=120
                hint="Under your name in every list: “Leaks found and fixed, without breaking the wall.”"/>
            <TextArea form=state name="about" label="Your story" optional=true rows=10 maxlength=4000
                hint="What you have learned, how you work, what people can count on. An empty line begins a paragraph."/>
            <TextArea form=state name="skills" label="Skills" optional=true rows=2
                hint="Words customers look for, with commas between them: boiler service, underfloor heating, Portuguese"/>
        </div>
    };
    let area = view! {
        <div class="form">
            <Field form=state name="radius_km" label="How far do you go?" kind=FieldKind::Digits suffix="km" required=true hint=reach/>
            <TextArea form=state name="postal_codes" label="Postal codes you serve" optional=true rows=2
                hint="Only if you want to name them, with commas between them: 10115, 10117, 10119"/>
        </div>
    };
    let head = Head { title: "Profile".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow stack">
            <div class="row justify-between">
                <div>
                    <h1>"Profile"</h1>
                    <p class="lead">{format!("What {} says of itself. Customers see changes at once.", known.name)}</p>
                </div>
                <LinkButton href=public kind=ButtonKind::Quiet icon=Icon::EXTERNAL_LINK>"What customers see"</LinkButton>
            </div>
            {above}
            <form class="stack" method="post" action=PATH novalidate=true>
                <ErrorSummary form=state/>
                <input type="hidden" name="version" value=known.version.to_string()/>
                <Card title="On your page">{words}</Card>
                <Card title="Where you work">{area}</Card>
                <div><Button>"Save"</Button></div>
            </form>
            {registered}
        </div>
    };
    Ok(page.show_with(status, head, Frame::Provider, body))
}
