//! The parts of a service's page.

use super::cards::{counted, in_days, picture, portrait};
use super::markdown::story_html;
use crate::bookings::words;
use crate::ui::{
    Avatar, AvatarSize, Badge, ButtonKind, Glyph, Icon, IconSize, LinkButton, Picture, Rating, SummaryItem,
    SummaryList, Tone, Verified,
};
use domain::catalog::{
    BookingMode, Extra, Kind, Package, Place, Priced, Pricing, ProviderKind, ServicePicture, Shown, Status, Tier,
};
use domain::kernel::Zone;
use leptos::prelude::*;

/// Pictures: the first large, the others under it; on phones a row to swipe.
pub(super) fn gallery(pictures: &[ServicePicture]) -> impl IntoView + use<> {
    let first = picture(pictures.first(), true);
    let rest: Vec<_> = pictures
        .iter()
        .skip(1)
        .take(3)
        .map(|shown| view! { <li><Picture picture=picture(Some(shown), true) sizes="(min-width: 64rem) 17rem, 86vw"/></li> })
        .collect();
    let count = rest.len();
    view! {
        <ul class=format!("gallery gallery-{count}") tabindex=(count > 0).then_some("0") aria-label="Pictures">
            <li><Picture picture=first sizes="(min-width: 64rem) 52rem, 92vw" eager=true class="service-hero"/></li>
            {rest}
        </ul>
    }
}

pub(super) const fn place_icon(place: Place) -> Icon {
    match place {
        Place::Customer => Icon::HOUSE,
        Place::Provider => Icon::MAP_PIN,
        Place::Remote => Icon::LAPTOP,
    }
}

/// Where the work is done, in words.
pub(super) fn where_words(service: &Shown) -> String {
    match (service.place, service.priced.kind) {
        (Place::Customer, _) => format!("At your place, within {} km of {}", service.radius_km, service.city),
        (Place::Provider, _) => format!("At {} in {}", service.provider.name, service.city),
        (Place::Remote, Kind::Visit) => "Remote, by call".to_owned(),
        (Place::Remote, Kind::Delivery) => "Remote, delivered as files".to_owned(),
    }
}

/// How long it takes, how it is booked, whose clocks count.
pub(super) fn facts(service: &Shown) -> impl IntoView + use<> {
    let priced = &service.priced;
    let long = match (priced.kind, priced.pricing) {
        (_, Pricing::Quote) => "Price and time on request".to_owned(),
        (Kind::Delivery, _) => format!("Delivered {}", in_days(quickest(priced))),
        (Kind::Visit, Pricing::Packages) => match span(priced.packages.iter().map(|package| package.duration_min)) {
            Some((short, long)) if short != long => {
                format!("{} to {}", words::length(short), words::length(long))
            }
            Some((short, _)) => words::length(short),
            None => words::length(priced.duration_min),
        },
        (Kind::Visit, Pricing::Unit) if priced.unit.minutes > 0 => {
            let long = |count: u32| words::length(priced.duration_min + priced.unit.minutes * count);
            format!("{} to {}", long(priced.unit.least), long(priced.unit.most))
        }
        (Kind::Visit, Pricing::Hourly) if priced.max_duration_min > priced.duration_min => {
            format!("{} to {}", words::length(priced.duration_min), words::length(priced.max_duration_min))
        }
        (Kind::Visit, _) => words::length(priced.duration_min),
    };
    let (mode_icon, mode) = match service.booking_mode {
        BookingMode::Instant => (Icon::ZAP, "Booked at once"),
        BookingMode::Request => (Icon::MESSAGE_CIRCLE, "Answered within a day"),
    };
    let clocks = (priced.kind == Kind::Visit).then(|| fact(Icon::GLOBE, format!("{} time", service.zone.place())));
    view! {
        <ul class="show-facts" aria-label="In short">
            {fact(Icon::CLOCK, long)}
            {fact(mode_icon, mode.to_owned())}
            {clocks}
        </ul>
    }
}

fn fact(icon: Icon, text: String) -> impl IntoView {
    view! { <li><Glyph icon=icon/>{text}</li> }
}

/// The days until files are delivered, of the quickest package.
pub(super) fn quickest(priced: &Priced) -> u32 {
    let packages = priced.packages.iter().map(|package| package.delivery_days).min();
    packages.filter(|_| priced.pricing == Pricing::Packages).unwrap_or(priced.delivery_days)
}

fn span(numbers: impl Iterator<Item = u32> + Clone) -> Option<(u32, u32)> {
    Some((numbers.clone().min()?, numbers.max()?))
}

/// Summary, description, and what is included.
pub(super) fn story(service: &Shown) -> impl IntoView + use<> {
    let text = story_html(&service.description);
    let included = (!service.includes.is_empty()).then(|| {
        view! {
            <section class="show-part">
                <h2>"What is included"</h2>
                {ticks(&service.includes, true)}
            </section>
        }
    });
    let told: Vec<_> = service
        .told
        .iter()
        .map(|(asked, said)| (asked.clone(), said.clone()))
        .map(|(asked, said)| view! { <SummaryItem label=asked>{said}</SummaryItem> })
        .collect();
    let told = (!told.is_empty()).then(|| {
        view! {
            <section class="show-part">
                <h2>"At a glance"</h2>
                <SummaryList>{told}</SummaryList>
            </section>
        }
    });
    view! {
        <section class="show-part">
            <h2 class="sr-only">"About this service"</h2>
            <p class="show-summary">{service.summary.clone()}</p>
            <div class="prose show-story" inner_html=text></div>
        </section>
        {told}
        {included}
    }
}

fn ticks(lines: &[String], wide: bool) -> impl IntoView + use<> {
    let lines: Vec<_> = lines.iter().map(|line| view! { <li><Glyph icon=Icon::CHECK/>{line.clone()}</li> }).collect();
    view! { <ul class=if wide { "ticks ticks-wide" } else { "ticks" }>{lines}</ul> }
}

/// Packages side by side, each with the way to book it.
pub(super) fn packages(service: &Shown) -> Option<impl IntoView + use<>> {
    let packages = &service.priced.packages;
    if service.priced.pricing != Pricing::Packages || packages.is_empty() {
        return None;
    }
    let cards: Vec<_> = packages.iter().map(|one| package(service, one)).collect();
    let class = format!("packs packs-{}", packages.len().min(3));
    Some(view! {
        <section class="show-part" id="packages">
            <h2>"Packages"</h2>
            <div class=class>{cards}</div>
        </section>
    })
}

fn package(service: &Shown, package: &Package) -> impl IntoView + use<> {
    let (icon, long) = match service.priced.kind {
        Kind::Visit => (Icon::CLOCK, words::length(package.duration_min)),
        Kind::Delivery => (Icon::CALENDAR_CHECK, format!("Delivered {}", in_days(package.delivery_days))),
    };
    let changes = (service.priced.kind == Kind::Delivery && package.revisions > 0).then(|| {
        let text = counted(package.revisions, "round of changes", "rounds of changes");
        view! { <li><Glyph icon=Icon::REPEAT/>{text}</li> }
    });
    let middle = package.tier == Tier::Standard && service.priced.packages.len() == 3;
    let tier = package.tier.title();
    let kind = if middle { ButtonKind::Primary } else { ButtonKind::Secondary };
    let described = Some(package.description.clone()).filter(|text| !text.is_empty());
    let act = (service.status == Status::Live).then(|| {
        let href = format!("/services/{}/book?package={}", service.slug, package.id.0);
        let name = package.name.clone();
        view! { <LinkButton href=href kind=kind full=true>"Choose"<span class="sr-only">" "{name}</span></LinkButton> }
    });
    view! {
        <article class="pack" class:pack-middle=middle>
            <p class="pack-tier"><Badge tone=if middle { Tone::Accent } else { Tone::Plain }>{tier}</Badge></p>
            <h3 class="pack-name">{package.name.clone()}</h3>
            <p class="pack-price num">{package.price.to_string()}</p>
            {described.map(|text| view! { <p class="muted text-sm">{text}</p> })}
            <ul class="ticks pack-facts">
                <li><Glyph icon=icon/>{long}</li>
                {changes}
            </ul>
            {ticks(&package.includes, false)}
            <div class="pack-act">{act}</div>
        </article>
    }
}

/// What can be added.
pub(super) fn extras(priced: &Priced) -> Option<impl IntoView + use<>> {
    if priced.extras.is_empty() {
        return None;
    }
    let lines: Vec<_> = priced.extras.iter().map(|one| extra(one, priced.kind)).collect();
    Some(view! {
        <section class="show-part">
            <h2>"Can be added"</h2>
            <ul class="adds">{lines}</ul>
        </section>
    })
}

fn extra(extra: &Extra, kind: Kind) -> impl IntoView + use<> {
    let more = match kind {
        Kind::Visit if extra.extra_min > 0 => Some(format!("{} more", words::length(extra.extra_min))),
        Kind::Delivery if extra.extra_days > 0 => Some(counted(extra.extra_days, "more day", "more days")),
        _ => None,
    };
    view! {
        <li class="add">
            <span>{extra.name.clone()}{more.map(|more| view! { <small class="muted">{more}</small> })}</span>
            <strong class="num">"+ "{extra.price.to_string()}</strong>
        </li>
    }
}

/// Who does the work, where one can choose.
pub(super) fn team(service: &Shown) -> Option<impl IntoView + use<>> {
    if service.members.len() < 2 {
        return None;
    }
    let people: Vec<_> = service
        .members
        .iter()
        .take(12)
        .map(|member| {
            view! {
                <li class="person">
                    <Avatar name=member.name.clone() src=portrait(member.picture.as_deref(), 192) size=AvatarSize::Large/>
                    <span>{member.name.clone()}</span>
                </li>
            }
        })
        .collect();
    let title = if service.priced.kind == Kind::Visit { "Who can come" } else { "Who does it" };
    let title = if service.place == Place::Customer { title } else { "Who does it" };
    Some(view! {
        <section class="show-part">
            <h2>{title}</h2>
            <p class="muted">"Choose one of them when you book, or anyone who is free."</p>
            <ul class="people">{people}</ul>
        </section>
    })
}

/// What cancelling costs, in a sentence.
pub(super) fn policy(service: &Shown) -> impl IntoView + use<> {
    let policy = service.cancellation_policy;
    view! {
        <section class="show-part">
            <h2>"If plans change"</h2>
            <p><strong>{policy.title()}": "</strong>{policy.sentence()}</p>
        </section>
    }
}

/// The business behind it.
pub(super) fn behind(service: &Shown) -> impl IntoView + use<> {
    let provider = &service.provider;
    let href = format!("/providers/{}", provider.slug);
    let verified = provider.verified_at.map(|at| {
        let month = words::date(&Zone::utc(), at).strftime("%B %Y").to_string();
        view! { <li><Verified/>"Checked in "{month}</li> }
    });
    let done = (provider.completed > 0).then(|| {
        view! { <li><Glyph icon=Icon::CALENDAR_CHECK size=IconSize::Small/>{counted(provider.completed, "finished booking", "finished bookings")}</li> }
    });
    let rating = provider.rating.map(|average| view! { <li><Rating average=average count=provider.reviews/></li> });
    let who = match provider.kind {
        ProviderKind::Sole => "Who is behind it",
        ProviderKind::Company => "The company behind it",
    };
    view! {
        <section class="show-part">
            <h2>{who}</h2>
            <div class="behind">
                <Avatar name=provider.name.clone() src=portrait(provider.picture.as_deref(), 192) size=AvatarSize::Large/>
                <div>
                    <p class="behind-name"><a href=href>{provider.name.clone()}</a></p>
                    <p class="muted">{provider.headline.clone()}</p>
                    <ul class="behind-facts">{verified}{rating}{done}</ul>
                </div>
            </div>
        </section>
    }
}

/// What we stand for, under the price.
pub(super) fn promises(service: &Shown) -> impl IntoView + use<> {
    let time = (service.priced.kind == Kind::Visit).then(
        || view! { <li><Glyph icon=Icon::CALENDAR_CHECK/>"Never double-booked: a time you take is yours alone."</li> },
    );
    view! {
        <ul class="promises">
            {time}
            <li><Glyph icon=Icon::SHIELD_CHECK/>"The whole price before you book."</li>
            <li><Glyph icon=Icon::FILE_TEXT/>"Everything agreed stays on record."</li>
        </ul>
    }
}
