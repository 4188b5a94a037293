//! The people of a business: how they come, what each may do, how they go, and that there is always an owner.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::privacy::delete_account;
use domain::bookings::{self, Event, ahead_of};
use domain::kernel::{Actor, Error, MemberId};
use domain::team::{self, Edit, EditError, MemberRole, TypedEdit, TypedInvitation};
use domain::testing::{PASSWORD, Provider, User, World};
use jiff::SignedDuration;
use sqlx::Executor;
use story::{at, go, wish};

async fn invite(world: &World, by: &Actor, business: &Provider, to: &str, role: &str) -> Result<String, Error> {
    // The letter is the newest one.
    world.advance(SignedDuration::from_secs(1));
    let typed = TypedInvitation { email: to, name: "Somebody New", role, member: None };
    team::invite(world.ctx(), by, business.id, typed).await?;
    Ok(secret(world, to).await)
}

/// The secret of the latest letter to an address.
async fn secret(world: &World, to: &str) -> String {
    let letters = world.mail_to(to).await;
    let mail = letters.iter().rfind(|mail| mail.kind == "team.invitation").unwrap();
    mail.path().strip_prefix("/join/").unwrap().trim_end_matches(['.', ',']).to_owned()
}

fn refused<T>(answer: Result<T, Error>, words: &str) {
    match answer {
        Err(Error::Conflict(said)) => assert!(said.contains(words), "{said}"),
        Err(Error::Invalid(errors)) => assert!(errors.iter().any(|(_, said)| said.contains(words)), "{errors:?}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was done: {words}"),
    }
}

fn nothing_there<T>(answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::NotFound)));
}

fn edit(name: &str, skills: &str, services: &[&str]) -> Edit {
    Edit::parse(TypedEdit { name, skills, services }).unwrap()
}

/// Changes a member as somebody who has just opened the form.
async fn edited(world: &World, by: &Actor, business: &Provider, member: MemberId, edit: Edit) -> Result<(), Error> {
    let seen = match team::member(world.ctx(), by, business.id, member).await {
        Ok(page) => page.version(),
        Err(_) => String::new(),
    };
    match team::edit(world.ctx(), by, business.id, member, &seen, edit).await {
        Err(EditError::Stale) => panic!("nobody else was there"),
        Err(EditError::Other(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

async fn state(world: &World, user: &User) -> (String, bool) {
    sqlx::query_as("SELECT role, active FROM members WHERE user_id = $1")
        .bind(user.id.0)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_invitation_is_for_one_address_once_for_seven_days_and_can_be_taken_back() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let owner = world.actor(&business.owner.user).await;
    let (ana, ben) = (world.customer("Ana").await, world.customer("Ben").await);
    world.unproved(&ana).await;
    let (hers, his) = (world.actor(&ana).await, world.actor(&ben).await);

    let link = invite(&world, &owner, &business, &ana.email, "manager").await.unwrap();
    let mail = world.mail_to(&ana.email).await.pop().unwrap();
    assert!(mail.subject.contains("Berlin Plumbing") && mail.text.contains("Manager"), "{}", mail.text);
    let kept: Vec<u8> = sqlx::query_scalar("SELECT hash FROM team_invitations").fetch_one(world.owner()).await.unwrap();
    assert_ne!(kept, link.as_bytes(), "only the hash is kept");
    assert_eq!(team::offer(ctx, &link).await.unwrap().unwrap().role, MemberRole::Manager);
    refused(team::accept(ctx, &his, &link).await, "used");
    assert_eq!(team::accept(ctx, &hers, &link).await.unwrap(), business.id);
    refused(team::accept(ctx, &hers, &link).await, "used");
    assert_eq!(state(&world, &ana).await, ("manager".to_owned(), true));
    let proved: bool = sqlx::query_scalar("SELECT email_verified_at IS NOT NULL FROM users WHERE id = $1")
        .bind(ana.id.0)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(proved, "she has read the mail");
    assert!(world.mail_to(&business.owner.user.email).await.iter().any(|mail| mail.kind == "team.joined"));
    let again = TypedInvitation { email: &ana.email, name: "Ana", role: "member", member: None };
    refused(team::invite(ctx, &owner, business.id, again).await, "works here already");

    // A newer one ends the older one, and so does sending it again.
    let first = invite(&world, &owner, &business, &ben.email, "member").await.unwrap();
    let second = invite(&world, &owner, &business, &ben.email, "member").await.unwrap();
    assert!(team::offer(ctx, &first).await.unwrap().is_none());
    world.advance(SignedDuration::from_hours(7 * 24));
    refused(team::accept(ctx, &his, &second).await, "too old");
    let waiting = team::team(ctx, &owner, business.id).await.unwrap().invited;
    assert_eq!(waiting.len(), 1);
    team::resend(ctx, &owner, business.id, waiting[0].id).await.unwrap();
    let third = secret(&world, &ben.email).await;
    assert!(team::offer(ctx, &second).await.unwrap().is_none() && team::offer(ctx, &third).await.unwrap().is_some());
    team::revoke(ctx, &owner, business.id, waiting[0].id).await.unwrap();
    refused(team::accept(ctx, &his, &third).await, "used");
    nothing_there(team::revoke(ctx, &owner, business.id, waiting[0].id).await);
    nothing_there(team::resend(ctx, &owner, business.id, waiting[0].id).await);
}

#[tokio::test]
async fn a_member_without_a_login_can_be_booked_and_gets_one_later() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let owner = world.actor(&business.owner.user).await;
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    let ana = world.customer("Ana").await;
    let member = team::add(ctx, &owner, business.id, "  Cem   Kaya ").await.unwrap();
    refused(team::add(ctx, &owner, business.id, " ").await, "name");
    refused(team::change_role(ctx, &owner, business.id, member, (None, "manager")).await, "login");
    let changes = edit("Cem Kaya", "Boilers, Gas", &[&leak.id.0.to_string()]);
    edited(&world, &owner, &business, member, changes).await.unwrap();
    let page = team::member(ctx, &owner, business.id, member).await.unwrap();
    assert_eq!(page.who.skills, ["Boilers", "Gas"]);
    assert!(page.services[0].does && page.services[0].others == 1 && !page.who.login);

    let typed = TypedInvitation { email: &ana.email, name: "Cem Kaya", role: "member", member: Some(member) };
    team::invite(ctx, &owner, business.id, typed).await.unwrap();
    let link = secret(&world, &ana.email).await;
    team::accept(ctx, &world.actor(&ana).await, &link).await.unwrap();
    let page = team::member(ctx, &owner, business.id, member).await.unwrap();
    assert!(page.who.login && page.who.skills.len() == 2 && page.services[0].does, "the same person, with a login");
    let typed = TypedInvitation { email: "new@example.org", name: "Cem", role: "member", member: Some(member) };
    refused(team::invite(ctx, &owner, business.id, typed).await, "login already");
}

#[tokio::test]
async fn owners_do_everything_managers_all_but_owners_members_nothing_and_strangers_see_nothing() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (dina, cem) = (business.manager("Dina").await, business.member("Cem").await);
    let other = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let (owner, manager, member) =
        (world.actor(&business.owner.user).await, world.actor(&dina.user).await, world.actor(&cem.user).await);
    let stranger = world.actor(&other.owner.user).await;
    let typed = TypedInvitation { email: "new@example.org", name: "New", role: "owner", member: None };
    refused(team::invite(ctx, &manager, business.id, typed).await, "Only owners");
    refused(team::change_role(ctx, &manager, business.id, cem.id, (None, "owner")).await, "Only owners");
    refused(team::change_role(ctx, &manager, business.id, business.owner.id, (None, "member")).await, "Only owners");
    refused(team::remove(ctx, &manager, business.id, business.owner.id).await, "Only owners");
    refused(team::deactivate(ctx, &manager, business.id, business.owner.id).await, "Only owners");
    refused(edited(&world, &manager, &business, business.owner.id, edit("X", "", &[])).await, "Only owners");
    team::change_role(ctx, &manager, business.id, cem.id, (None, "manager")).await.unwrap();
    team::change_role(ctx, &manager, business.id, cem.id, (None, "member")).await.unwrap();
    assert!(world.mail_to(&cem.user.email).await.iter().any(|mail| mail.kind == "team.role_changed"));
    invite(&world, &owner, &business, "new@example.org", "owner").await.unwrap();
    refused(
        team::resend(ctx, &manager, business.id, team::team(ctx, &owner, business.id).await.unwrap().invited[0].id)
            .await,
        "Only owners",
    );

    assert!(team::team(ctx, &member, business.id).await.unwrap().invited.is_empty(), "colleagues see each other only");
    for who in [&member, &stranger] {
        let typed = TypedInvitation { email: "x@example.org", name: "X", role: "member", member: None };
        nothing_there(team::invite(ctx, who, business.id, typed).await);
        nothing_there(team::add(ctx, who, business.id, "X").await);
        nothing_there(team::member(ctx, who, business.id, cem.id).await);
        nothing_there(edited(&world, who, &business, cem.id, edit("X", "", &[])).await);
        nothing_there(team::change_role(ctx, who, business.id, cem.id, (None, "owner")).await);
        nothing_there(team::deactivate(ctx, who, business.id, dina.id).await);
        nothing_there(team::remove(ctx, who, business.id, dina.id).await);
    }
    nothing_there(team::team(ctx, &stranger, business.id).await);
    nothing_there(team::leave(ctx, &stranger, business.id).await);
    nothing_there(edited(&world, &stranger, &other, cem.id, edit("X", "", &[])).await);
    assert!(matches!(team::team(ctx, &world.visitor(), business.id).await, Err(Error::SignIn)));
    // An owner makes an owner, and is not the last one any more.
    team::change_role(ctx, &owner, business.id, dina.id, (None, "owner")).await.unwrap();
    team::leave(ctx, &owner, business.id).await.unwrap();
    refused(team::leave(ctx, &world.actor(&dina.user).await, business.id).await, "needs an owner");
}

#[tokio::test]
async fn the_last_owner_stays_until_the_account_goes_and_the_business_with_it() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let cem = business.owner_too("Cem").await;
    world.service(&business, |service| service.called("Fix a leak")).await;
    let (ben, his) = (world.actor(&business.owner.user).await, business.owner.id);
    let cems = world.actor(&cem.user).await;
    refused(team::deactivate(ctx, &ben, business.id, his).await, "yourself");
    refused(team::remove(ctx, &ben, business.id, his).await, "leave the business");
    team::deactivate(ctx, &ben, business.id, cem.id).await.unwrap();
    refused(team::leave(ctx, &ben, business.id).await, "needs an owner");
    refused(team::change_role(ctx, &ben, business.id, his, (None, "manager")).await, "needs an owner");
    team::reactivate(ctx, &ben, business.id, cem.id).await.unwrap();
    team::leave(ctx, &ben, business.id).await.unwrap();
    // Nobody gets around it, not even with a statement of their own.
    for statement in [
        "UPDATE members SET role = 'member' WHERE role = 'owner'",
        "UPDATE members SET active = false WHERE role = 'owner'",
        "UPDATE members SET user_id = NULL WHERE role = 'owner'",
    ] {
        let refused = ctx.pool.execute(statement).await.unwrap_err();
        assert!(domain::kernel::constraint::violates(&refused, "members_keep_an_owner"), "{statement}: {refused}");
    }
    delete_account(ctx, &cems, PASSWORD.to_owned()).await.unwrap();
    let status: String = sqlx::query_scalar("SELECT status FROM services").fetch_one(world.owner()).await.unwrap();
    assert_eq!(status, "archived");
}

#[tokio::test]
async fn a_deactivated_member_cannot_be_booked_keeps_what_is_agreed_and_comes_back() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let cem = business.member("Cem").await;
    let leak = world.service(&business, |service| service.called("Fix a leak").done_by(&[&cem])).await;
    let owner = world.actor(&business.owner.user).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let reference = bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-05T10:00:00Z"))).await.unwrap();
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    let ahead = ahead_of(ctx, &owner, business.id, cem.id).await.unwrap();
    assert_eq!((ahead.len(), ahead[0].reference.as_str()), (1, reference.as_str()));
    nothing_there(ahead_of(ctx, &ana, business.id, cem.id).await);
    domain::availability::refresh_services(ctx, &[leak.id.0]).await.unwrap();
    let open = "SELECT count(*) FROM service_openings WHERE next_free IS NOT NULL";
    let count = async || sqlx::query_scalar::<_, i64>(open).fetch_one(world.owner()).await.unwrap();
    assert_eq!(count().await, 1);

    team::deactivate(ctx, &owner, business.id, cem.id).await.unwrap();
    domain::jobs::relay(ctx).await.unwrap();
    assert_eq!(count().await, 0, "a search by date finds nothing");
    assert!(bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-05T13:00:00Z"))).await.is_err());
    assert_eq!(bookings::find(ctx, &ana, &reference).await.unwrap().member, cem.id, "what is agreed stays his");
    assert_eq!(team::team(ctx, &owner, business.id).await.unwrap().unstaffed, ["Fix a leak"]);
    assert!(world.actor(&cem.user).await.memberships.is_empty(), "the portal is closed to him");
    assert!(world.mail_to(&cem.user.email).await.iter().any(|mail| mail.kind == "team.deactivated"));
    refused(team::deactivate(ctx, &owner, business.id, cem.id).await, "already");
    team::reactivate(ctx, &owner, business.id, cem.id).await.unwrap();
    domain::jobs::relay(ctx).await.unwrap();
    assert_eq!(count().await, 1);

    // Gone for good, and still on the list while something is ahead.
    team::remove(ctx, &owner, business.id, cem.id).await.unwrap();
    let team = team::team(ctx, &owner, business.id).await.unwrap();
    assert!(team.members.iter().any(|member| member.left && member.name == "Cem"));
    nothing_there(team::reactivate(ctx, &owner, business.id, cem.id).await);
    go(ctx, &ana, &reference, Event::Cancel).await.unwrap();
    assert_eq!(team::team(ctx, &owner, business.id).await.unwrap().members.len(), 1);
    // Coming back takes an invitation, and is to the old place.
    let link = invite(&world, &owner, &business, &cem.user.email, "member").await.unwrap();
    team::accept(ctx, &world.actor(&cem.user).await, &link).await.unwrap();
    let members = team::team(ctx, &owner, business.id).await.unwrap().members;
    assert!(members.len() == 2 && members.iter().any(|member| member.id == cem.id && member.active));
}

#[tokio::test]
async fn services_are_those_of_the_business_and_searches_learn_what_is_done_no_more() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (business, other) = (
        world.provider("Berlin Plumbing", "Europe/Berlin").await,
        world.provider("Lisbon Cleaning", "Europe/Lisbon").await,
    );
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    let foreign = world.service(&other, |service| service.called("Clean")).await;
    let owner = world.actor(&business.owner.user).await;
    domain::availability::refresh_services(ctx, &[leak.id.0]).await.unwrap();
    let ids = [leak.id.0.to_string(), foreign.id.0.to_string()];
    let both: Vec<&str> = ids.iter().map(String::as_str).collect();
    edited(&world, &owner, &business, business.owner.id, edit("Ben", "", &both)).await.unwrap();
    let strangers: i64 =
        sqlx::query_scalar("SELECT count(*) FROM service_members WHERE service_id = $1 AND member_id = $2")
            .bind(foreign.id.0)
            .bind(business.owner.id.0)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(strangers, 0, "nobody does another business's services");
    edited(&world, &owner, &business, business.owner.id, edit("Ben", "", &[])).await.unwrap();
    let free: Option<i64> =
        sqlx::query_scalar("SELECT 1::bigint FROM service_openings WHERE service_id = $1 AND next_free IS NOT NULL")
            .bind(leak.id.0)
            .fetch_optional(world.owner())
            .await
            .unwrap();
    assert_eq!(free, None);
    assert_eq!(team::team(ctx, &owner, business.id).await.unwrap().unstaffed, ["Fix a leak"]);
    let page = team::member(ctx, &owner, business.id, business.owner.id).await.unwrap();
    assert!(!page.services[0].does);
}

#[tokio::test]
async fn the_pages_of_a_team_take_two_statements() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    for n in 0..5 {
        business.member(&format!("Member {n}")).await;
    }
    let owner = world.actor(&business.owner.user).await;
    let (_, said) = world.statements(team::team(ctx, &owner, business.id)).await;
    assert_eq!(said.len(), 2, "{said:?}");
    let member: MemberId = business.owner.id;
    let (_, said) = world.statements(team::member(ctx, &owner, business.id, member)).await;
    assert_eq!(said.len(), 1, "{said:?}");
    let (_, said) = world.statements(ahead_of(ctx, &owner, business.id, member)).await;
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn a_form_opened_before_another_change_overwrites_nothing() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (owner, cem) = (world.actor(&business.owner.user).await, business.member("Cem").await);
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    let service = leak.id.0.to_string();
    let seen = async || team::member(ctx, &owner, business.id, cem.id).await.unwrap();
    let save = async |version: &str, edit: Edit| team::edit(ctx, &owner, business.id, cem.id, version, edit).await;
    let opened = seen().await.version();
    assert_eq!(opened, seen().await.version(), "looking changes nothing");
    save(&opened, edit("Cem", "Boilers", &[&service])).await.unwrap();
    let stale = save(&opened, edit("Cem Kaya", "", &[])).await;
    assert!(matches!(stale, Err(EditError::Stale)));
    assert_eq!((seen().await.who.name, seen().await.who.skills), ("Cem".to_owned(), vec!["Boilers".to_owned()]));
    assert!(matches!(save("", edit("Cem Kaya", "", &[])).await, Err(EditError::Stale)), "a form without one is old");
    // Each of name, skills and services makes another version; going back is the old one again.
    let base = seen().await.version();
    for other in [edit("Cem K", "Boilers", &[&service]), edit("Cem", "Gas", &[&service]), edit("Cem", "Boilers", &[])] {
        save(&base, other).await.unwrap();
        let changed = seen().await.version();
        assert_ne!(changed, base);
        save(&changed, edit("Cem", "Boilers", &[&service])).await.unwrap();
        assert_eq!(seen().await.version(), base);
    }
    // Two who save at once: one of them is told.
    let (one, two) = tokio::join!(save(&base, edit("One", "", &[])), save(&base, edit("Two", "", &[])));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[tokio::test]
async fn an_invitation_is_worth_what_its_sender_is() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (business.owner_too("Cem").await, business.manager("Dina").await);
    let (ben, cems, dinas) =
        (world.actor(&business.owner.user).await, world.actor(&cem.user).await, world.actor(&dina.user).await);
    let eve = world.customer("Eve").await;
    let eves = world.actor(&eve).await;
    // Cem asks a friend to be an owner, and is taken off the team before the friend comes.
    let back = invite(&world, &cems, &business, &eve.email, "owner").await.unwrap();
    assert!(team::offer(ctx, &back).await.unwrap().is_some());
    team::remove(ctx, &ben, business.id, cem.id).await.unwrap();
    assert!(team::offer(ctx, &back).await.unwrap().is_none(), "no way back for him");
    refused(team::accept(ctx, &eves, &back).await, "used");
    // Whoever sends it again gives their own word.
    let waiting = team::team(ctx, &ben, business.id).await.unwrap().invited;
    world.advance(SignedDuration::from_secs(1));
    team::resend(ctx, &ben, business.id, waiting[0].id).await.unwrap();
    let again = secret(&world, &eve.email).await;
    assert_eq!(team::offer(ctx, &again).await.unwrap().unwrap().by, "Berlin Plumbing owner Example");
    team::accept(ctx, &eves, &again).await.unwrap();
    // A manager who is none any more invites nobody, and neither does one who rests.
    let finn = world.customer("Finn").await;
    let link = invite(&world, &dinas, &business, &finn.email, "member").await.unwrap();
    for (role, works) in [("member", false), ("manager", true)] {
        team::change_role(ctx, &ben, business.id, dina.id, (None, role)).await.unwrap();
        assert_eq!(team::offer(ctx, &link).await.unwrap().is_some(), works, "{role}");
    }
    team::deactivate(ctx, &ben, business.id, dina.id).await.unwrap();
    refused(team::accept(ctx, &world.actor(&finn).await, &link).await, "used");
    team::reactivate(ctx, &ben, business.id, dina.id).await.unwrap();
    team::accept(ctx, &world.actor(&finn).await, &link).await.unwrap();
}

#[tokio::test]
async fn a_role_that_changed_while_the_form_was_open_is_not_put_back_unseen() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (business.owner_too("Cem").await, business.member("Dina").await);
    let (ben, cems) = (world.actor(&business.owner.user).await, world.actor(&cem.user).await);
    team::change_role(ctx, &cems, business.id, dina.id, (Some(MemberRole::Member), "manager")).await.unwrap();
    let late = team::change_role(ctx, &ben, business.id, dina.id, (Some(MemberRole::Member), "owner")).await;
    refused(late, "Manager now");
    assert_eq!(state(&world, &dina.user).await.0, "manager");
    team::change_role(ctx, &ben, business.id, dina.id, (Some(MemberRole::Manager), "member")).await.unwrap();
    // What it is already is no change.
    team::change_role(ctx, &ben, business.id, dina.id, (Some(MemberRole::Owner), "member")).await.unwrap();
}

#[tokio::test]
async fn who_left_hears_nothing_more_and_leaves_no_hours_to_keep() {
    let world = World::new().await;
    let ctx = world.ctx();
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (business.member("Cem").await, business.member("Dina").await);
    let leak = world.service(&business, |service| service.called("Fix a leak").done_by(&[&cem])).await;
    let drain = world.service(&business, |service| service.called("Clear a drain").done_by(&[&dina])).await;
    let owner = world.actor(&business.owner.user).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let booked = async |service, start: &str| {
        let reference = bookings::book(ctx, &ana, wish(ctx, service, at(start))).await.unwrap();
        go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
        reference
    };
    let (his, hers) = (booked(&leak, "2026-11-05T10:00:00Z").await, booked(&drain, "2026-11-05T10:00:00Z").await);
    let held = bookings::book(ctx, &ana, wish(ctx, &leak, at("2026-11-06T10:00:00Z"))).await.unwrap();
    team::remove(ctx, &owner, business.id, cem.id).await.unwrap();
    team::deactivate(ctx, &owner, business.id, dina.id).await.unwrap();
    // What was only held is not agreed with somebody who is gone.
    refused(go(ctx, &ana, &held, Event::Confirm).await, "cannot be booked any more");
    world.advance(SignedDuration::from_mins(1));
    for reference in [&his, &hers] {
        go(ctx, &ana, reference, Event::Cancel).await.unwrap();
    }
    let told = async |user: &User| {
        world.mail_to(&user.email).await.iter().filter(|mail| mail.kind == "bookings.cancelled").count()
    };
    assert_eq!(
        (told(&cem.user).await, told(&dina.user).await),
        (0, 0),
        "the names of customers are not theirs any more"
    );
    assert_eq!(told(&business.owner.user).await, 2, "somebody who is there hears of it");
    let keeping = domain::availability::keeping(ctx, &owner, business.id).await.unwrap();
    let names: Vec<&str> = keeping.members.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["Berlin Plumbing owner", "Dina"], "hours of whoever comes back are kept");
}
