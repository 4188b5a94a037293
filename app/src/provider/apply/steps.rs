//! The forms of the steps, and what stands beside them.

use super::HERE;
use super::parts::{document_cards, document_form};
use crate::forms::FormState;
use crate::request::PageRequest;
use crate::ui::fields::{Choice, ChoiceCard, ErrorSummary, Field, FieldKind, RadioCards, Select, TextArea};
use crate::ui::{Button, ButtonSize, Card, Drawing, Glyph, Icon, IconSize, LinkButton, Notice, Scene, Tone};
use domain::catalog::{Shelf, Shelves};
use domain::kernel::{CategoryId, Zone};
use domain::onboarding::{Application, DocumentKind, Step, countries, today_of};
use leptos::prelude::*;

/// A form of a step; `children` are its fields.
fn form_of(form: &FormState, step: Step, version: i32, fields: AnyView) -> impl IntoView + use<> {
    let summary = view! { <ErrorSummary form=form/> };
    view! {
        <form class="form" method="post" action=HERE novalidate=true>
            {summary}
            <input type="hidden" name="step" value=step.name()/>
            <input type="hidden" name="version" value=version/>
            {fields}
            <div><Button size=ButtonSize::Large>"Save and go on"</Button></div>
        </form>
    }
}

pub(super) fn business(form: &FormState, version: i32) -> impl IntoView + use<> {
    let kinds = vec![
        ChoiceCard { text: Some("You do the work yourself.".to_owned()), ..ChoiceCard::new("sole", "I work alone") },
        ChoiceCard {
            text: Some("Several people can be booked; you invite them later.".to_owned()),
            ..ChoiceCard::new("company", "We are a company")
        },
    ];
    let fields = view! {
        <Field form=form name="name" label="Name of the business" required=true maxlength=120 autocomplete="organization"
            hint="As customers know it. Your own name is fine."/>
        <RadioCards form=form name="kind" label="How do you work?" options=kinds required=true/>
        <Field form=form name="headline" label="In one line" required=true maxlength=120
            hint="Under your name in every list: “Leaks found and fixed, without breaking the wall.”"/>
        <TextArea form=form name="about" label="Your story" optional=true rows=6 maxlength=4000
            hint="What you have learned, how you work, what people can count on."/>
    };
    form_of(form, Step::Business, version, fields.into_any())
}

pub(in crate::provider) fn countries_to_choose() -> Vec<Choice> {
    countries::COUNTRIES.iter().map(|(code, name)| Choice::new(*code, *name)).collect()
}

pub(super) fn place(form: &FormState, version: i32) -> impl IntoView + use<> {
    let zones: Vec<Choice> =
        Zone::names().into_iter().map(|name| Choice::new(name.clone(), name.replace('_', " "))).collect();
    let fields = view! {
        <div class="form-row">
            <Field form=form name="city" label="Town" required=true maxlength=120 autocomplete="address-level2"/>
            <Field form=form name="postal_code" label="Postal code" optional=true maxlength=16 autocomplete="postal-code"/>
        </div>
        <Select form=form name="country" label="Country" options=countries_to_choose() empty="Choose a country" required=true/>
        <Field form=form name="radius_km" label="How far do you go?" kind=FieldKind::Number value="25" suffix="km" min="1" max="500"
            required=true hint="From the middle of your town. Remote work knows no distance."/>
        <TextArea form=form name="postal_codes" label="Postal codes you serve" optional=true rows=2
            hint="Only if you want to name them, with commas between them: 10115, 10117, 10119"/>
        <Select form=form name="zone" label="Time zone" options=zones empty="That of the town" optional=true
            hint="Your hours are told in it. We know it for most towns."/>
    };
    form_of(form, Step::Place, version, fields.into_any())
}

pub(super) fn work(form: &FormState, version: i32, shelves: &Shelves) -> impl IntoView + use<> {
    let mut first = true;
    let chosen = form.values("categories").into_iter().filter_map(|id| id.parse().ok().map(CategoryId));
    let chosen: Vec<CategoryId> = chosen.map(|id| shelves.home_of(id)).collect();
    let offered = shelves.offered(&chosen);
    let offers = |id: CategoryId| offered.iter().any(|shelf| shelf.id == id);
    let groups: Vec<_> = offered
        .iter()
        .filter(|top| top.parent.is_none_or(|parent| !offers(parent)))
        .map(|top| {
            let leaves: Vec<&Shelf> = offered.iter().copied().filter(|leaf| leaf.parent == Some(top.id)).collect();
            let leaves = if leaves.is_empty() { vec![*top] } else { leaves };
            let ticks: Vec<_> = leaves
                .into_iter()
                .map(|leaf| {
                    // The linked summary leads to the first of all.
                    let id = std::mem::take(&mut first).then_some("f-categories");
                    view! {
                        <label class="tick">
                            <input type="checkbox" class="tick-box" name="categories" id=id checked=chosen.contains(&leaf.id) value=leaf.id.0.to_string()/>
                            <span class="tick-words">{leaf.name.clone()}</span>
                        </label>
                    }
                })
                .collect();
            view! {
                <div class="kinds-group" role="group" aria-label=top.name.clone()>
                    <p class="kinds-top" aria-hidden="true">{top.name.clone()}</p>
                    {ticks}
                </div>
            }
        })
        .collect();
    let wrong = form.error("categories").map(|words| {
        let words = words.to_owned();
        view! { <p class="field-error"><Glyph icon=Icon::CIRCLE_ALERT size=IconSize::Small/><span>{words}</span></p> }
    });
    let is_wrong = wrong.is_some();
    let fields = view! {
        <fieldset class="field" class:field-wrong=is_wrong>
            <legend class="field-label">"Kinds of work"</legend>
            <p class="field-hint">"Up to eight. More can come later."</p>
            {wrong}
            <div class="kinds">{groups}</div>
        </fieldset>
        <TextArea form=form name="skills" label="Skills" optional=true rows=2
            hint="Words customers look for, with commas between them: boiler service, underfloor heating, Portuguese"/>
    };
    form_of(form, Step::Work, version, fields.into_any())
}

pub(super) fn documents(page: &PageRequest, form: &FormState, known: Option<&Application>) -> impl IntoView + use<> {
    let today = known.map(|known| today_of(page.ctx(), &known.told));
    let missing = known.zip(today).map(|(known, today)| known.missing_documents(today));
    let missing = missing.unwrap_or_else(|| DocumentKind::ALL.into_iter().filter(|kind| kind.needed()).collect());
    let list = known
        .filter(|known| !known.documents.is_empty())
        .zip(today)
        .map(|(known, today)| document_cards(&known.documents, today, Some("/provider/apply/documents/remove")));
    let on = if missing.is_empty() {
        view! {
            <Notice tone=Tone::Success title="That is all we need">
                <p>"Add a trade licence as well if your trade asks for one."</p>
            </Notice>
            <div><LinkButton href=format!("{HERE}?step=payout") size=ButtonSize::Large>"Go on"</LinkButton></div>
        }
        .into_any()
    } else {
        let names: Vec<String> = missing.iter().map(|kind| kind.title().to_lowercase()).collect();
        view! {
            <p class="muted">"Still needed: " {names.join(" and ")} ". You can also "
                <a href=format!("{HERE}?step=payout")>"go on and add them later"</a> "."</p>
        }
        .into_any()
    };
    let first = missing.first().copied().unwrap_or(DocumentKind::Licence);
    view! {
        {list}
        {on}
        {document_form(form, "/provider/apply/documents", first)}
    }
}

pub(super) fn payout(form: &FormState, version: i32) -> impl IntoView + use<> {
    let fields = view! {
        <Select form=form name="payout_country" label="Country of your bank account" options=countries_to_choose()
            empty="Choose a country" required=true/>
    };
    form_of(form, Step::Payout, version, fields.into_any())
}

/// What stands beside the form: why we ask, in a few words.
pub(super) fn aside(step: Step) -> impl IntoView {
    let (scene, title, points): (Scene, &str, &[&str]) = match step {
        Step::Business => (
            Scene::Shutters,
            "How it goes on",
            &[
                "You tell us about you, in six short steps.",
                "A person looks at it, within a few working days.",
                "You describe your services, and your calendar opens.",
            ],
        ),
        Step::Place => (
            Scene::Signpost,
            "What customers see",
            &[
                "Your town and the distance, never a street.",
                "Your hours in the time of your town.",
                "The distance can change any time.",
            ],
        ),
        Step::Work => (
            Scene::Shelf,
            "What helps",
            &[
                "Fewer kinds of work are found better.",
                "Skills are shown on your page.",
                "Prices and packages come later.",
            ],
        ),
        Step::Documents => (
            Scene::Held,
            "What becomes of them",
            &[
                "Kept apart from everything public, and shown to nobody else.",
                "Where and with what a picture was taken is left out.",
                "We remind you 30 and 7 days before one ends.",
            ],
        ),
        Step::Payout => (
            Scene::Tea,
            "How you are paid",
            &[
                "Money is held until the work is signed for.",
                "Two days later it is yours.",
                "It goes out every week, or when you ask.",
            ],
        ),
        Step::Check => (
            Scene::Letterbox,
            "What happens next",
            &[
                "A person compares what you told with your documents.",
                "You get a mail: approved, or what we still need.",
                "You see here where it stands.",
            ],
        ),
    };
    let points: Vec<_> = points
        .iter()
        .map(|point| view! { <li><Glyph icon=Icon::CHECK size=IconSize::Small/><span>{*point}</span></li> })
        .collect();
    view! {
        <Card title=title class="apply-aside">
            <div class="apply-scene"><Drawing scene=scene/></div>
            <ul class="apply-points">{points}</ul>
        </Card>
    }
}
