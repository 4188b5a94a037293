//! Cards, pictures, faces, notices, empty places, windows.

use leptos::prelude::*;

use super::{specimen, wide_specimen};
use crate::ui::*;

pub(super) fn parts() -> impl IntoView {
    view! {
        {wide_specimen("Services in a list", |_| services().into_any())}
        {specimen("Cards and figures", |_| cards().into_any())}
        {specimen("Faces and ratings", |side| faces(side).into_any())}
        {specimen("Notices", |_| notices().into_any())}
        {specimen("Windows and sheets", |side| windows(side).into_any())}
        {specimen("Nothing here yet", |_| empty().into_any())}
        {specimen("Waiting", |side| waiting(side).into_any())}
    }
}

/// A drawn stand-in: the real pictures belong to the listings, not to the kit.
fn sample(name: &str, colour: &str) -> PictureData {
    PictureData {
        src: format!("/kit/{name}.svg"),
        width: 800,
        height: 600,
        colour: colour.into(),
        ..PictureData::default()
    }
}

fn services() -> impl IntoView {
    let card = ServiceCardData {
        href: "#".into(),
        picture: sample("room", "#d9ecf2"),
        title: "Deep cleaning of a flat".into(),
        provider: "Brightside Lisbon".into(),
        verified: true,
        rating: Some(4.8),
        reviews: 127,
        place: Some("Lisbon · 2.4 km".into()),
        price: "€45".into(),
        price_from: true,
        next_free: Some("Tomorrow 10:30".into()),
        why: None,
        parts: None,
        label: "Featured",
        heart: Some(("#".into(), false)),
        mark: String::new(),
    };
    let cards = vec![
        card.clone(),
        ServiceCardData {
            title: "Logo and small identity, with three rounds".into(),
            provider: "Mira Novak".into(),
            verified: false,
            rating: None,
            place: None,
            label: "",
            heart: Some(("#".into(), true)),
            price: "€240".into(),
            next_free: Some("In 5 days".into()),
            why: Some("Matches “logo”".into()),
            parts: Some("What customers say in 12 reviews: 3,410 of 4,000\nFree soon: 1,500 of 1,500".into()),
            picture: sample("desk", "#f2dcef"),
            ..card.clone()
        },
        ServiceCardData {
            title:
                "Emergency plumber for burst pipes, blocked drains and everything else that cannot wait until Monday"
                    .into(),
            provider: "Wasserwerk & Söhne Installationsgesellschaft".into(),
            next_free: None,
            price: "€62 an hour".into(),
            price_from: false,
            picture: sample("pipe", "#d8e4f5"),
            ..card.clone()
        },
        ServiceCardData { picture: sample("door", "#dfeecf"), title: "Hedge trimming".into(), ..card },
    ];
    let cards = cards.into_iter().map(|card| view! { <ServiceCard card=card/> }).collect::<Vec<_>>();
    view! { <div class="service-grid">{cards}</div> }
}

fn cards() -> impl IntoView {
    view! {
        <div class="stack">
            <Card title="Next visit" aside=|| view! { <Status tone=Tone::Success text="Confirmed"/> }>
                <p>"Tomorrow 14:00, Rua da Bica 12. Maria Lopes has a small dog."</p>
            </Card>
            <Card tone=Tone::Accent dense=true><p>"A card with a ground of its own."</p></Card>
            <div class="stats">
                <Stat label="This week" value="€1,284" note="3 visits more than last week"/>
                <Stat label="Waiting for you" value="2" href=Some("#".to_owned())/>
            </div>
        </div>
    }
}

fn faces(side: &'static str) -> impl IntoView {
    let bars = vec![
        RatingBar { label: "Quality".into(), percent: 96, value: "4.8".into(), href: None },
        RatingBar { label: "Punctuality".into(), percent: 84, value: "4.2".into(), href: None },
        RatingBar { label: "5 stars".into(), percent: 61, value: "112".into(), href: Some("#".into()) },
    ];
    view! {
        <div class="stack">
            <p class="row">
                <Avatar name="Ana Sofia Reis" size=AvatarSize::Huge/>
                <Avatar name="Mira Novak" size=AvatarSize::Large/>
                <Avatar name="João Dias"/>
                <Avatar name="Petra Holm"/>
                <Avatar name="Ben" size=AvatarSize::Small/>
            </p>
            <p class="row"><Rating average=4.8 count=127/><Rating average=0.0 count=0/><Stars value=3.5/><Stars value=5.0 large=true/></p>
            <RatingBars label=format!("Sub-ratings, {side}") bars=bars/>
        </div>
    }
}

fn notices() -> impl IntoView {
    view! {
        <div class="stack">
            <Notice tone=Tone::Success title="Booked">"Ana comes on Tuesday at 14:00. We sent you the details."</Notice>
            <Notice tone=Tone::Warning title="That time was just taken">"These are free: Tuesday 15:30, Wednesday 9:00."</Notice>
            <Notice tone=Tone::Danger title="The card was declined">"Nothing was booked. Try another card."</Notice>
            <Notice tone=Tone::Info>"Times are shown in Lisbon time."</Notice>
            <Notice>"Ana usually answers within two hours."</Notice>
            <div class="toast toast-success toast-still"><Glyph icon=Icon::CIRCLE_CHECK/><p>"Saved."</p></div>
        </div>
    }
}

fn windows(side: &'static str) -> impl IntoView {
    let dialog = format!("{side}-dialog");
    view! {
        <div class="stack">
            <p class="row">
                <Button kind=ButtonKind::Secondary popover=dialog.clone()>"Open a window"</Button>
            </p>
            <Dialog id=dialog title="Cancel this booking?">
                <p>"It is free until tomorrow 14:00. Ana gets a message at once."</p>
                <p class="row"><Button plain=true kind=ButtonKind::Danger>"Cancel booking"</Button></p>
            </Dialog>
            <div>
            <Sheet id=format!("{side}-sheet") title=format!("Filters, {side}") count=2>
                <p>"On wide screens a panel, on phones a sheet from below."</p>
            </Sheet>
            </div>
            <div>
                <Disclosure title="What if it rains?" open=true><p>"Ana comes anyway; outside work moves to the next dry day."</p></Disclosure>
                <Disclosure title="Do I have to be at home?"><p>"No. Leave the key with a neighbour."</p></Disclosure>
                <AskFirst label="Remove" text="It is gone at once."><Button plain=true kind=ButtonKind::Danger size=ButtonSize::Small>"Remove it"</Button></AskFirst>
            </div>
        </div>
    }
}

fn empty() -> impl IntoView {
    view! {
        <EmptyState scene=Scene::Search title="Nobody for “harpsichord tuning” yet" text="Try fewer words, look a little farther away, or any day.">
            <Button plain=true>"Look within 50 km"</Button>
            <Button plain=true kind=ButtonKind::Secondary>"Any day"</Button>
        </EmptyState>
    }
}

fn waiting(side: &'static str) -> impl IntoView {
    view! {
        <div class="stack">
            <ProgressBar label=format!("Sending pictures, {side}") percent=62/>
            <Skeleton lines=3/>
            <div class="w-56"><Skeleton lines=2 picture=true/></div>
        </div>
    }
}
