//! The last step: everything once more, and sending it.

use super::HERE;
use super::page::word;
use super::parts::document_cards;
use crate::forms::FormState;
use crate::request::PageRequest;
use crate::ui::fields::ErrorSummary;
use crate::ui::{Badge, Button, ButtonSize, Card, EmptyState, LinkButton, Scene, SummaryItem, SummaryList, Tone};
use domain::catalog::ProviderKind;
use domain::onboarding::{Application, Step, Told, countries, today_of};
use leptos::prelude::*;

pub(super) fn part(page: &PageRequest, form: &FormState, known: Option<&Application>) -> AnyView {
    let Some(known) = known else {
        return view! {
            <EmptyState scene=Scene::Form title="Nothing to send yet" text="Begin with the name of your business. Everything is kept as you go.">
                <LinkButton href=format!("{HERE}?step=business")>"Begin"</LinkButton>
            </EmptyState>
        }
        .into_any();
    };
    let today = today_of(page.ctx(), &known.told);
    let lacking: Vec<_> = Step::ALL
        .into_iter()
        .filter(|step| *step != Step::Check && !known.done(*step, today))
        .map(|step| {
            view! { <li id=format!("f-{}", step.name())><a href=format!("{HERE}?step={}", step.name())>{word(step)}</a></li> }
        })
        .collect();
    let version = known.version;
    let send = if lacking.is_empty() {
        view! {
            <form class="form" method="post" action="/provider/apply/send">
                <ErrorSummary form=form/>
                <input type="hidden" name="version" value=version/>
                <div><Button size=ButtonSize::Large>"Send my application"</Button></div>
                <p class="muted">"By sending it you say that what you told is true and that the documents are yours."</p>
            </form>
        }
        .into_any()
    } else {
        view! {
            <ErrorSummary form=form/>
            <Card title="Still missing" tone=Tone::Warning><ul class="list-disc ps-5">{lacking}</ul></Card>
        }
        .into_any()
    };
    let papers = if known.documents.is_empty() {
        view! { <p class="muted">"None yet."</p> }.into_any()
    } else {
        document_cards(&known.documents, today, None).into_any()
    };
    let told = summary(&known.told, true);
    view! {
        <Card title="What you told us">{told}</Card>
        <Card title="Documents" aside=|| view! { <a href=format!("{HERE}?step=documents")>"Change"<span class="sr-only">" documents"</span></a> }>
            {papers}
        </Card>
        {send}
    }
    .into_any()
}

/// What was told, as facts; with ways to change it for the applicant.
pub(crate) fn summary(told: &Told, changes: bool) -> impl IntoView + use<> {
    let change = move |step: Step| changes.then(|| format!("{HERE}?step={}", step.name()));
    let kind = match told.kind {
        Some(ProviderKind::Sole) => "Works alone",
        Some(ProviderKind::Company) => "A company",
        None => "Not said yet",
    };
    let said = |text: &str| if text.is_empty() { "Not said yet".to_owned() } else { text.to_owned() };
    let country = |code: &str| countries::name(code).unwrap_or("Not said yet");
    let place = if told.city.is_empty() {
        "Not said yet".to_owned()
    } else {
        format!("{} {}, {}", told.postal_code, told.city, country(&told.country)).trim().to_owned()
    };
    let area = if told.postal_codes.is_empty() {
        format!("{} km around it", told.radius_km)
    } else {
        format!("{} km around it, and {}", told.radius_km, told.postal_codes.join(", "))
    };
    let kinds: Vec<&str> = told.categories.iter().map(|(_, name)| name.as_str()).collect();
    let skills: Vec<_> = told.skills.iter().cloned().map(|skill| view! { <Badge>{skill}</Badge> }).collect();
    let about = (!told.about.is_empty()).then(|| {
        let words = told.about.clone();
        view! { <SummaryItem label="Story" change=change(Step::Business)><span class="whitespace-pre-line wrap-anywhere">{words}</span></SummaryItem> }
    });
    let (name, headline, zone) = (said(&told.name), said(&told.headline), said(&told.zone.replace('_', " ")));
    let (work, payout) = (said(&kinds.join(", ")), country(&told.payout_country));
    view! {
        <SummaryList>
            <SummaryItem label="Business" change=change(Step::Business)><span class="wrap-anywhere">{name}</span></SummaryItem>
            <SummaryItem label="Kind">{kind}</SummaryItem>
            <SummaryItem label="In one line"><span class="wrap-anywhere">{headline}</span></SummaryItem>
            {about}
            <SummaryItem label="Place" change=change(Step::Place)>{place}</SummaryItem>
            <SummaryItem label="Area">{area}</SummaryItem>
            <SummaryItem label="Time zone">{zone}</SummaryItem>
            <SummaryItem label="Work" change=change(Step::Work)>{work}</SummaryItem>
            {(!skills.is_empty()).then(|| view! { <SummaryItem label="Skills"><span class="row">{skills}</span></SummaryItem> })}
            <SummaryItem label="Earnings go to" change=change(Step::Payout)>{payout}</SummaryItem>
        </SummaryList>
    }
}
