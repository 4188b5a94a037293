//! Choosing a time: days with their free times as one group of radios. Works without scripts.

use leptos::prelude::*;

use super::frame::Described;
use super::radio::option_id;
use crate::forms::FormState;
use crate::ui::icon::{Glyph, Icon, IconSize};

/// One day with its free times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotDay {
    /// In words near today: "Today", "Tomorrow", else "Tuesday".
    pub heading: String,
    /// The date beside it: "25 Nov".
    pub date: String,
    /// Free times in order; empty for a day without any.
    pub times: Vec<SlotTime>,
}

/// One free time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotTime {
    /// What the form sends: the start as an instant.
    pub value: String,
    /// In the visit's zone: "14:00".
    pub label: String,
    /// In the viewer's zone when it differs: "15:00 for you".
    pub yours: Option<String>,
    /// What it costs more than other times: "+25%".
    pub more: Option<String>,
}

/// Days and times to choose from.
#[component]
pub fn SlotList<'a>(
    form: &'a FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    days: Vec<SlotDay>,
    /// Whose time it is: "Times in Lisbon".
    #[prop(optional, into)]
    zone: Option<String>,
    /// Chosen before anything was picked.
    #[prop(optional, into)]
    value: Option<String>,
    #[prop(optional)] required: bool,
    /// Address of the days before.
    #[prop(optional_no_strip)]
    earlier: Option<String>,
    /// Address of the days after.
    #[prop(optional_no_strip)]
    later: Option<String>,
    /// Shown when none of the days has a time: ("Tuesday 2 December", address).
    #[prop(optional_no_strip)]
    next_free: Option<(String, String)>,
) -> impl IntoView + use<> {
    let about = Described::new(form, &name, None);
    let picked = match form.value(&name) {
        "" => value.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let nothing = days.iter().all(|day| day.times.is_empty());
    let mut index = 0;
    let days = days
        .into_iter()
        .map(|day| {
            let spoken = format!("{} {}", day.heading, day.date);
            let times = day
                .times
                .into_iter()
                .map(|time| {
                    let id = option_id(&about.id, index);
                    index += 1;
                    view! {
                        <label class="slot">
                            <input
                                type="radio"
                                id=id
                                name=name.clone()
                                checked=time.value == picked
                                value=time.value
                                required=required
                            />
                            <span class="slot-face">
                                {time.label}
                                {time.yours.map(|yours| view! { <small>{yours}</small> })}
                                {time.more.map(|more| view! { <small>{more}</small> })}
                            </span>
                        </label>
                    }
                })
                .collect::<Vec<_>>();
            let none = times.is_empty().then(|| view! { <p class="slot-none">"Nothing free"</p> });
            view! {
                <div class="slot-day" role="group" aria-label=spoken>
                    <p class="slot-heading" aria-hidden="true"><strong>{day.heading}</strong>" "<span>{day.date}</span></p>
                    <div class="slot-times">{times}{none}</div>
                </div>
            }
        })
        .collect::<Vec<_>>();
    let jump = next_free.filter(|_| nothing).map(|(words, href)| {
        view! {
            <p class="slot-next">
                "Nothing free on these days. "
                <a href=href>"Next free: "{words}</a>
            </p>
        }
    });
    view! {
        <fieldset class="field slots" class:field-wrong=about.error.is_some() aria-describedby=about.described_by()>
            <legend class="field-label">{label}</legend>
            {zone.map(|zone| view! {
                <p class="slot-zone"><Glyph icon=Icon::GLOBE size=IconSize::Small/>{zone}</p>
            })}
            {about.error_view()}
            {jump}
            <div class="slot-days">{days}</div>
            <p class="slot-move">
                {earlier.map(|href| view! {
                    <a class="btn btn-quiet" href=href rel="prev"><Glyph icon=Icon::CHEVRON_LEFT/>"Earlier days"</a>
                })}
                {later.map(|href| view! {
                    <a class="btn btn-quiet" href=href rel="next">"Later days"<Glyph icon=Icon::CHEVRON_RIGHT/></a>
                })}
            </p>
        </fieldset>
    }
}
