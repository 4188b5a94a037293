//! What happened and what it costs: history, steps, lists of facts, prices.

use leptos::prelude::*;

use super::badge::Tone;
use super::icon::{Glyph, Icon, IconSize};

/// Where an entry of a history stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// It happened.
    #[default]
    Past,
    /// It is what we wait for now.
    Now,
    /// It comes after that.
    Next,
}

/// One entry of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What: "Ana accepted".
    pub title: String,
    /// Who and why, or who must act and until when.
    pub text: Option<String>,
    /// When, in words: "Tuesday 14:02".
    pub when: Option<String>,
    /// The same for machines, ISO 8601.
    pub datetime: Option<String>,
    /// Was, is or comes.
    pub moment: Moment,
    /// Colour of a past entry's mark; `Danger` for refused and cancelled.
    pub tone: Tone,
}

/// What was, is and comes next.
#[component]
pub fn Timeline(entries: Vec<TimelineEntry>) -> impl IntoView {
    let entries = entries
        .into_iter()
        .map(|entry| {
            let (class, current) = match entry.moment {
                Moment::Past => (format!("moment moment-past moment-{}", entry.tone.word()), None),
                Moment::Now => ("moment moment-now".to_owned(), Some("step")),
                Moment::Next => ("moment moment-next".to_owned(), None),
            };
            let mark = match (entry.moment, entry.tone) {
                (Moment::Past, Tone::Danger) => Some(Icon::X),
                (Moment::Past, _) => Some(Icon::CHECK),
                _ => None,
            };
            view! {
                <li class=class aria-current=current>
                    <span class="moment-mark" aria-hidden="true">
                        {mark.map(|icon| view! { <Glyph icon=icon size=IconSize::Small/> })}
                    </span>
                    <div class="moment-words">
                        <p class="moment-title">{entry.title}</p>
                        {entry.text.map(|text| view! { <p class="moment-text">{text}</p> })}
                        {entry.when.map(|when| view! { <p class="moment-when"><time datetime=entry.datetime>{when}</time></p> })}
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ol class="timeline">{entries}</ol> }
}

/// The quiet steps of a longer task. Those that were done have an address, and link to it, also ahead of `current`.
#[component]
pub fn Steps(
    /// Each step's words and, for those that were done, where to change it.
    steps: Vec<(String, Option<String>)>,
    /// Counted from 0.
    current: usize,
    /// Steps can be taken in any order: only those that can be changed were done.
    #[prop(optional)]
    in_any_order: bool,
) -> impl IntoView {
    let total = steps.len();
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, (words, href))| {
            let done = (index < current && !in_any_order) || (index != current && href.is_some());
            let class = if done {
                "step step-done"
            } else if index == current {
                "step step-now"
            } else {
                "step"
            };
            let mark = if done {
                view! { <Glyph icon=Icon::CHECK size=IconSize::Small/> }.into_any()
            } else {
                (index + 1).into_any()
            };
            let words = match href.filter(|_| done) {
                Some(href) => view! { <a href=href>{words}</a> }.into_any(),
                None => words.into_any(),
            };
            view! {
                <li class=class aria-current=(index == current).then_some("step")>
                    <span class="step-mark" aria-hidden="true">{mark}</span>
                    <span class="step-words">{words}{done.then(|| view! { <span class="sr-only">", done"</span> })}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let label = format!("Step {} of {total}", current + 1);
    view! { <ol class="steps" aria-label=label>{items}</ol> }
}

/// Facts with their names. Children are `SummaryItem`s.
#[component]
pub fn SummaryList(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact: its name, the fact, and where to change it.
#[component]
pub fn SummaryItem(
    #[prop(into)] label: String,
    /// Address of the page that changes it.
    #[prop(optional_no_strip)]
    change: Option<String>,
    children: Children,
) -> impl IntoView {
    let spoken = format!(" {}", label.to_lowercase());
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
            {change.map(|href| view! { <dd class="fact-change"><a href=href>"Change"<span class="sr-only">{spoken}</span></a></dd> })}
        </div>
    }
}

/// One line of a price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceLine {
    /// "3 hours of cleaning".
    pub label: String,
    /// With its currency: "€66.00"; discounts with a minus.
    pub amount: String,
    /// Under the label, small.
    pub note: Option<String>,
}

impl PriceLine {
    /// A line without a note.
    pub fn new(label: impl Into<String>, amount: impl Into<String>) -> Self {
        Self { label: label.into(), amount: amount.into(), note: None }
    }
}

/// What it costs, line by line, and the sum.
#[component]
pub fn PriceLines(
    lines: Vec<PriceLine>,
    /// "Total", or "You pay now".
    #[prop(into)]
    total_label: String,
    #[prop(into)] total: String,
    /// What the sum includes: "including 23 % VAT (€16.08)".
    #[prop(optional, into)]
    note: Option<String>,
) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| {
            view! {
                <div class="price-line">
                    <dt>{line.label}{line.note.map(|note| view! { <small>{note}</small> })}</dt>
                    <dd>{line.amount}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="price-lines">
            <dl>
                {lines}
                <div class="price-line price-total"><dt>{total_label}</dt><dd>{total}</dd></div>
            </dl>
            {note.map(|note| view! { <p class="price-note">{note}</p> })}
        </div>
    }
}

/// An amount that stands alone: "from **€45** an hour".
#[component]
pub fn Price(
    /// With its currency: "€45".
    #[prop(into)]
    amount: String,
    /// The lowest of several.
    #[prop(optional)]
    from: bool,
    /// "an hour", "in 3 days".
    #[prop(optional, into)]
    unit: Option<String>,
    /// 25 px instead of 17.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <span class="price" class:price-lg=large>
            {from.then(|| view! { <span class="price-word">"from "</span> })}
            <strong>{amount}</strong>
            {unit.map(|unit| view! { <span class="price-word">" "{unit}</span> })}
        </span>
    }
}

/// A moment in words, with the same for machines and, when it differs, the viewer's own time.
#[component]
pub fn When(
    /// "Tuesday 25 November, 14:00".
    #[prop(into)]
    text: String,
    /// ISO 8601.
    #[prop(into)]
    datetime: String,
    /// "Lisbon time".
    #[prop(optional_no_strip)]
    zone: Option<String>,
    /// "15:00 for you".
    #[prop(optional_no_strip)]
    yours: Option<String>,
) -> impl IntoView {
    view! {
        <span class="when">
            <time datetime=datetime>{text}</time>
            {zone.map(|zone| view! { <span class="when-zone">" "{zone}</span> })}
            {yours.map(|yours| view! { <span class="when-zone">" ("{yours}")"</span> })}
        </span>
    }
}
