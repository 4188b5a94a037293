//! Buttons, chips, pills, tabs, pages of a list.

use leptos::prelude::*;

use super::specimen;
use crate::ui::*;

pub(super) fn parts() -> impl IntoView {
    view! {
        {specimen("Buttons", |_| buttons().into_any())}
        {specimen("States of buttons", |_| states().into_any())}
        {specimen("Pills and chips", |_| pills().into_any())}
        {specimen("Ways", |side| ways(side).into_any())}
    }
}

fn buttons() -> impl IntoView {
    view! {
        <div class="stack">
            <p class="row">
                <Button plain=true>"Book Tuesday 14:00 · €86"</Button>
                <Button plain=true kind=ButtonKind::Secondary>"Message Ana"</Button>
                <Button plain=true kind=ButtonKind::Quiet>"Change"</Button>
                <Button plain=true kind=ButtonKind::Danger>"Cancel booking"</Button>
                <Button plain=true kind=ButtonKind::Accent>"Offer your services"</Button>
            </p>
            <p class="row">
                <Button plain=true size=ButtonSize::Small kind=ButtonKind::Secondary>"Small, in tables"</Button>
                <Button plain=true icon=Icon::CALENDAR_PLUS>"With an icon"</Button>
                <Button plain=true size=ButtonSize::Large>"Large"</Button>
                <LinkButton href="#buttons" kind=ButtonKind::Secondary icon=Icon::DOWNLOAD>"A link"</LinkButton>
            </p>
            <Button plain=true full=true size=ButtonSize::Large>"As wide as its column"</Button>
        </div>
    }
}

fn states() -> impl IntoView {
    let kinds = [ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Quiet, ButtonKind::Danger, ButtonKind::Accent];
    let rows = kinds
        .map(|kind| {
            view! {
                <p class="row">
                    <Button plain=true kind=kind>"At rest"</Button>
                    <Button plain=true kind=kind attr:data-state="hover">"Hover"</Button>
                    <Button plain=true kind=kind attr:data-state="focus">"Focus"</Button>
                    <Button plain=true kind=kind loading=true>"Booking"</Button>
                    <Button plain=true kind=kind disabled=true>"Not now"</Button>
                </p>
            }
        })
        .into_iter()
        .collect::<Vec<_>>();
    view! { <div class="stack">{rows}</div> }
}

fn pills() -> impl IntoView {
    view! {
        <div class="stack">
            <p class="row">
                <Badge>"Remote"</Badge>
                <Badge tone=Tone::Primary icon=Icon::SHIELD_CHECK>"Insured"</Badge>
                <Badge tone=Tone::Accent>"Most chosen"</Badge>
                <Verified/>
            </p>
            <p class="row">
                <Status tone=Tone::Warning text="Waiting for Ana"/>
                <Status tone=Tone::Success text="Confirmed"/>
                <Status tone=Tone::Info text="Under way"/>
                <Status tone=Tone::Danger text="Cancelled"/>
                <Status text="Draft"/>
            </p>
            <p class="chips">
                <Chip href="#" text="Verified"/>
                <Chip href="#" text="Under €50"/>
                <Chip href="#" text="Free on Saturday" on=false icon=Icon::CALENDAR count=18/>
            </p>
        </div>
    }
}

fn ways(side: &'static str) -> impl IntoView {
    let tabs = vec![
        Tab::new("Upcoming", "#", true),
        Tab { count: Some(2), ..Tab::new("Waiting for you", "#", false) },
        Tab::new("Past", "#", false),
    ];
    let steps = vec![
        ("Time".to_owned(), Some("#".to_owned())),
        ("Details".to_owned(), None),
        ("Pay".to_owned(), None),
        ("Done".to_owned(), None),
    ];
    view! {
        <div class="stack">
            <Breadcrumbs label=format!("Crumbs, {side}") trail=vec![Link::new("Services", "#"), Link::new("Cleaning", "#")] here="Deep cleaning of a flat"/>
            <Tabs label=format!("Bookings, {side}") tabs=tabs/>
            <Steps steps=steps current=1/>
            <Pager label=format!("Pages, {side}") previous=Some("#".to_owned()) next=Some("#".to_owned()) summary="21 to 40 of 240"/>
        </div>
    }
}
