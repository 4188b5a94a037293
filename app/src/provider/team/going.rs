//! Off the market, back on it, off the team, and away by oneself: each asks first and shows what is agreed.

use super::super::business;
use super::{PATH, head, id, managed, may};
use crate::bookings::words;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Breadcrumbs, Button, ButtonKind, ConfirmPage, Link, LinkButton, Notice, Tone};
use axum::extract::Path;
use domain::bookings::{Ahead, State, ahead_of};
use domain::kernel::{Action, Error, MemberId, Zone};
use domain::team::{self, MemberPage};
use jiff::Timestamp;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// `GET /provider/team/{id}/deactivate`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn ask_deactivate(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (known, ahead) = found(&page, id(&member)?).await?;
    let title = format!("Deactivate {}?", known.who.name);
    let text =
        "Nobody can book them, and the portal is closed to them, until you activate them again. They are told by mail.";
    Ok(ask(&page, &known, &ahead, (&title, text), ("deactivate", "Deactivate")))
}

/// `POST /provider/team/{id}/deactivate`.
///
/// # Errors
/// Not found, also for those who may not; the last owner.
pub async fn deactivate(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    team::deactivate(page.ctx(), page.actor(), provider, member).await?;
    Ok(see_other(&format!("{PATH}/{}?said=member-deactivated", member.0)))
}

/// `POST /provider/team/{id}/reactivate`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn reactivate(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    team::reactivate(page.ctx(), page.actor(), provider, member).await?;
    Ok(see_other(&format!("{PATH}/{}?said=member-reactivated", member.0)))
}

/// `GET /provider/team/{id}/remove`.
///
/// # Errors
/// Not found, also for those who may not.
pub async fn ask_remove(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (known, ahead) = found(&page, id(&member)?).await?;
    let title = format!("Take {} off the team?", known.who.name);
    let text = "They cannot be booked any more and do not get into the portal. Coming back takes a new invitation.";
    Ok(ask(&page, &known, &ahead, (&title, text), ("remove", "Take off the team")))
}

/// `POST /provider/team/{id}/remove`.
///
/// # Errors
/// Not found, also for those who may not; the last owner.
pub async fn remove(page: PageRequest, Path(member): Path<String>) -> Answer {
    let (provider, member) = (managed(&page)?, id(&member)?);
    team::remove(page.ctx(), page.actor(), provider, member).await?;
    Ok(see_other(&format!("{PATH}?said=member-removed")))
}

async fn found(page: &PageRequest, member: MemberId) -> Result<(MemberPage, Vec<Ahead>), crate::request::Failure> {
    let provider = managed(page)?;
    let known = team::member(page.ctx(), page.actor(), provider, member).await?;
    let ahead = ahead_of(page.ctx(), page.actor(), provider, member).await?;
    Ok((known, ahead))
}

fn ask(
    page: &PageRequest,
    known: &MemberPage,
    ahead: &[Ahead],
    (title, text): (&str, &str),
    (act, button): (&'static str, &'static str),
) -> axum::response::Response {
    let base = format!("{PATH}/{}", known.who.id.0);
    let now = page.ctx().clock.now();
    let trail = vec![Link::new("Team", PATH), Link::new(known.who.name.clone(), base.clone())];
    let alone: Vec<&str> = known
        .services
        .iter()
        .filter(|service| service.does && service.others == 0 && service.status == "live")
        .map(|service| service.title.as_str())
        .collect();
    let unstaffed = (known.who.active && !alone.is_empty()).then(|| {
        let words = format!("Nobody else does: {}. They cannot be booked then.", alone.join(", "));
        view! { <Notice tone=Tone::Warning>{words}</Notice> }
    });
    let action = format!("{base}/{act}");
    let agreed = agreed(ahead, &known.zone, now, Giving { back: Some(&action), left: &stays(&known.who.name) });
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here=button/>
            <ConfirmPage title=title.to_owned() text=text.to_owned() tone=Tone::Danger>
                {agreed}
                {unstaffed}
                <form method="post" action=action class="row">
                    <Button kind=ButtonKind::Danger>{button}</Button>
                    <LinkButton href=base kind=ButtonKind::Quiet>"Back"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    page.show(head(title), Frame::Provider, body)
}

/// What happens to visits that nobody takes over.
pub(super) fn stays(name: &str) -> String {
    format!(
        "What is left stays as agreed, in the name of {name}, and waits under “Today” until somebody gives it to another \
         person, moves it or cancels it. The owners hear of it in place of {name}."
    )
}

/// How visits find somebody else.
pub(super) struct Giving<'g> {
    /// Where one comes back to; `None` for those who cannot give them to anybody.
    pub back: Option<&'g str>,
    /// What happens to those that are left.
    pub left: &'g str,
}

/// What is agreed and stays agreed, each with the way to somebody else.
pub(super) fn agreed(ahead: &[Ahead], zone: &Zone, now: Timestamp, giving: Giving<'_>) -> impl IntoView + use<> {
    if ahead.is_empty() {
        return view! { <p>"Nothing is agreed with customers that is still ahead."</p> }.into_any();
    }
    let title = match ahead.len() {
        1 => "One booking is still ahead".to_owned(),
        many => format!("{many} bookings are still ahead"),
    };
    let rows: Vec<_> = ahead
        .iter()
        .map(|one| {
            let when = one.at.map_or_else(|| "No date".to_owned(), |at| words::moment(zone, at, now));
            let asked = if one.state == State::Requested { " · waits for an answer" } else { "" };
            let give = giving.back.filter(|_| one.givable).map(|back| {
                let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
                let spoken = format!(": {}, {when}", one.title);
                let href = format!("/bookings/{}/reassign?next={back}", one.reference);
                view! { <br/><a href=href class="inline-block py-1">"Give to somebody else"<span class="sr-only">{spoken}</span></a> }
            });
            let page = format!("/bookings/{}", one.reference);
            view! { <li><a href=page>{one.title.clone()}</a>{format!(" · {when}{asked}")}{give}</li> }
        })
        .collect();
    let left = giving.left.to_owned();
    view! {
        <Notice tone=Tone::Warning title=title>
            <ul class="list-disc pl-5">{rows}</ul>
            <p class="mt-2">{left}</p>
        </Notice>
    }
    .into_any()
}

/// `GET /provider/team/leave`.
///
/// # Errors
/// Not found for people who work nowhere.
pub async fn ask_leave(page: PageRequest) -> Answer {
    let provider = business(&page)?.ok_or(Error::NotFound)?;
    page.actor().in_person()?;
    let own = page.actor().memberships.iter().find(|own| own.provider == provider).ok_or(Error::NotFound)?;
    let title = format!("Leave {}?", own.business);
    if team::team(page.ctx(), page.actor(), provider).await?.keeps(own.member) {
        return Ok(page.show(head(title), Frame::Provider, only_owner(&own.business)));
    }
    let ahead = ahead_of(page.ctx(), page.actor(), provider, own.member).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let back = format!("{PATH}/leave");
    let giving = Giving {
        back: may(&page, Action::GiveVisit, provider).then_some(&*back),
        left: "What is left stays as agreed. Whoever runs the business finds it under “Today” and gives it to somebody.",
    };
    let agreed = agreed(&ahead, &zone, now, giving);
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Team", PATH)] here="Leave"/>
            <ConfirmPage title=title.clone() text="You cannot be booked there any more, and its portal closes to you. Your own account stays. Coming back takes an invitation." tone=Tone::Danger>
                {agreed}
                <form method="post" action=format!("{PATH}/leave") class="row">
                    <Button kind=ButtonKind::Danger>"Leave"</Button>
                    <LinkButton href=PATH kind=ButtonKind::Quiet>"Stay"</LinkButton>
                </form>
            </ConfirmPage>
        </div>
    };
    Ok(page.show(head(title), Frame::Provider, body))
}

/// What the only owner reads in place of the question.
fn only_owner(business: &str) -> impl IntoView + use<> {
    let title = format!("You are the only owner of {business}");
    view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Team", PATH)] here="Leave"/>
            <h1>{title}</h1>
            <p class="lead">"A business needs an owner who can log in. Make somebody else an owner first, then you can leave."</p>
            <p>"Open the person under “Team” and give them the role of an owner; whoever has no login is invited first."</p>
            <div><LinkButton href=PATH>"To the team"</LinkButton></div>
        </div>
    }
}

/// `POST /provider/team/leave`.
///
/// # Errors
/// Not found for people who work nowhere; the last owner.
pub async fn leave(page: PageRequest) -> Answer {
    let provider = business(&page)?.ok_or(Error::NotFound)?;
    team::leave(page.ctx(), page.actor(), provider).await?;
    Ok(see_other("/provider?said=team-left"))
}
