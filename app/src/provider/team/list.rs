//! Everybody on one page.

use super::super::{business, elsewhere};
use super::{PATH, head, may};
use crate::bookings::words;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::{
    AskFirst, Avatar, AvatarSize, Badge, Button, ButtonKind, ButtonSize, Card, Icon, LinkButton, Notice, Status, Tone,
};
use domain::kernel::{Action, Zone};
use domain::pictures::face_address;
use domain::team::{self, Colleague, Invited, MemberRole, Team};
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /provider/team`.
///
/// # Errors
/// Not signed in, or the database is away.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let team = team::team(page.ctx(), page.actor(), provider).await?;
    let manages = may(&page, Action::ManageTeam, provider);
    let now = page.ctx().clock.now();
    let in_person = page.actor().behalf.is_none();
    Ok(page.show(head("Team"), Frame::Provider, body(&team, manages, in_person, now)))
}

fn body(team: &Team, manages: bool, in_person: bool, now: Timestamp) -> impl IntoView + use<> {
    let people: Vec<_> = team.members.iter().map(|member| entry(member, manages)).collect();
    let acts = manages.then(|| {
        view! {
            <div class="row">
                <LinkButton href=format!("{PATH}/invite") icon=Icon::MAIL>"Invite somebody"</LinkButton>
                <LinkButton href=format!("{PATH}/add") kind=ButtonKind::Secondary icon=Icon::PLUS>"Add without a login"</LinkButton>
            </div>
        }
    });
    let leave_words = format!("Leave {}", team.business);
    let leave = in_person.then(|| {
        view! { <p><LinkButton href=format!("{PATH}/leave") kind=ButtonKind::Quiet>{leave_words}</LinkButton></p> }
    });
    view! {
        <div class="page stack">
            <div class="row justify-between">
                <div>
                    <h1>"Team"</h1>
                    <p class="lead">{format!("Who works for {}, and what they do.", team.business)}</p>
                </div>
                {acts}
            </div>
            {unstaffed(&team.unstaffed)}
            <ul class="team">{people}</ul>
            {waiting(&team.invited, &team.zone, now)}
            {leave}
        </div>
    }
}

fn unstaffed(titles: &[String]) -> Option<impl IntoView + use<>> {
    if titles.is_empty() {
        return None;
    }
    let titles: Vec<_> = titles.iter().map(|title| view! { <li>{title.clone()}</li> }).collect();
    Some(view! {
        <Notice tone=Tone::Warning title="Nobody does these services, so nobody can book them">
            <ul class="list-disc pl-5">{titles}</ul>
            <p>"Open somebody who works here and tick what they do."</p>
        </Notice>
    })
}

/// What customers and colleagues need to know of a person at a glance.
pub(super) fn state(member: &Colleague) -> (Tone, &'static str) {
    match member {
        Colleague { left: true, .. } => (Tone::Plain, "Left, with visits ahead"),
        Colleague { active: false, .. } => (Tone::Warning, "Deactivated"),
        Colleague { services, .. } if services.is_empty() => (Tone::Plain, "Does no service yet"),
        Colleague { hours: false, .. } => (Tone::Warning, "No hours of work yet"),
        _ => (Tone::Success, "Can be booked"),
    }
}

fn entry(member: &Colleague, manages: bool) -> impl IntoView + use<> {
    let (tone, state) = state(member);
    let (name, picture) = (member.name.clone(), member.picture.as_deref().map(|key| face_address(key, 192)));
    let title = if manages {
        view! { <a class="team-link" href=format!("{PATH}/{}", member.id.0)>{name.clone()}</a> }.into_any()
    } else {
        view! { <span>{name.clone()}</span> }.into_any()
    };
    let role = match member.role {
        MemberRole::Member => None,
        role => Some(view! { <Badge tone=Tone::Primary>{role.title()}</Badge> }),
    };
    let skills: Vec<_> =
        member.skills.clone().into_iter().map(|skill| view! { <li><Badge>{skill}</Badge></li> }).collect();
    let skills = (!skills.is_empty()).then(|| view! { <ul class="team-skills" aria-label="Skills">{skills}</ul> });
    let does = match member.services.len() {
        0 => None,
        1..=3 => Some(member.services.join(" · ")),
        many => Some(format!("{} and {} more", member.services[..2].join(" · "), many - 2)),
    };
    let login = (!member.login && !member.left).then(|| view! { <Badge icon=Icon::LOCK>"No login"</Badge> });
    let you = member.you.then(|| view! { <span class="muted">"(you)"</span> });
    view! {
        <li>
            <Card dense=true>
                <div class="team-person">
                    <Avatar name=name src=picture size=AvatarSize::Large decorative=true/>
                    <div class="team-words">
                        <p class="team-name">{title}" "{you}</p>
                        <p class="row"><Status tone=tone text=state/>{role}{login}</p>
                        {does.map(|does| view! { <p class="muted">{does}</p> })}
                        {skills}
                    </div>
                </div>
            </Card>
        </li>
    }
}

fn waiting(invited: &[Invited], zone: &Zone, now: Timestamp) -> Option<impl IntoView + use<>> {
    if invited.is_empty() {
        return None;
    }
    let items: Vec<_> = invited.iter().map(|one| invitation(one, zone, now)).collect();
    Some(view! {
        <section class="stack" aria-labelledby="invited">
            <h2 id="invited">"Invited"</h2>
            <ul class="stack">{items}</ul>
        </section>
    })
}

fn invitation(one: &Invited, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let over = one.expires <= now;
    let until = if over {
        "too old by now".to_owned()
    } else {
        format!("until {}", words::moment_within(zone, one.expires, now))
    };
    let about = format!("{} · by {} · {until}", one.role.title(), one.by);
    let (id, again) = (one.id.to_string(), one.id.to_string());
    let (name, email) = (one.name.clone(), one.email.clone());
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <p><strong>{name}</strong></p>
                        <p class="break-all">{email.clone()}</p>
                        <p class="muted">{about}</p>
                    </div>
                    <div class="row">
                        <form method="post" action=format!("{PATH}/invitations")>
                            <Button kind=ButtonKind::Secondary size=ButtonSize::Small name="resend" value=again>"Send again"</Button>
                        </form>
                        <AskFirst label="Take it back" about=email.clone() text="The link in the letter opens nothing any more.">
                            <form method="post" action=format!("{PATH}/invitations")>
                                <Button kind=ButtonKind::Danger size=ButtonSize::Small name="revoke" value=id>"Take back the invitation"</Button>
                            </form>
                        </AskFirst>
                    </div>
                </div>
            </Card>
        </li>
    }
}
