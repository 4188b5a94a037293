//! Acting for a person: who may, for whom, what stays closed, what the history says, and when it is over.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::operators::{self, act_for, end_sessions, refuse_acts, stop_acting, suspend};
use domain::accounts::privacy::{ask_for_copy, copies, delete_account};
use domain::accounts::{
    TypedProfile, ask_for_address, change_password, end_other_sessions, log_out, profile, save_profile, second_factor,
    sessions,
};
use domain::audit::{Entry, Filter, Trust, Verdict, search, verify};
use domain::bookings::{self, Event};
use domain::kernel::outbox::AuditEntry;
use domain::kernel::{Actor, Behalf, Error, Role, write};
use domain::reviews::{self, NewReview};
use domain::testing::{PASSWORD, User, World};
use jiff::SignedDuration;
use serde_json::json;
use story::{at, go, wish};

const WHY: &str = "She asked us by phone to move her visit.";

/// The operator as they act for somebody, the way the session makes them.
async fn acting(world: &World, operator: &Actor, person: &User, reason: &str) -> Actor {
    let id = act_for(world.ctx(), operator, person.id, reason).await.unwrap();
    let theirs = world.actor(person).await;
    Actor {
        behalf: Some(Behalf {
            id,
            operator: operator.user.unwrap(),
            operator_name: operator.name.clone(),
            operator_roles: operator.roles.clone(),
            person_name: format!("{} Example", person.name),
            reason: reason.to_owned(),
            until: world.now() + SignedDuration::from_mins(30),
        }),
        ..theirs
    }
}

async fn going_on(world: &World) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM acts_on_behalf WHERE ended_at IS NULL")
        .fetch_one(world.owner())
        .await
        .unwrap()
}

async fn history(world: &World, auditor: &Actor, fields: &[(&str, &str)]) -> Vec<Entry> {
    let field = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let (filter, wrong) = Filter::parse(field);
    assert!(wrong.is_empty(), "{wrong:?}");
    search(world.ctx(), auditor, &filter, None).await.unwrap().items
}

#[tokio::test]
async fn only_admins_act_and_never_for_operators_or_the_suspended() {
    let world = World::new().await;
    let ctx = world.ctx();
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let admin = world.operator("Admin", Role::Admin).await;
    let boss = world.operator("Boss", Role::Superadmin).await;
    let (admins, bosss) = (world.actor(&admin).await, world.actor(&boss).await);
    for role in [Role::OnboardingManager, Role::OpsManager, Role::Auditor] {
        let other = world.operator(role.title(), role).await;
        let refused = act_for(ctx, &world.actor(&other).await, ana.id, WHY).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{role:?}: {refused:?}");
    }
    assert!(matches!(act_for(ctx, &world.actor(&eve).await, ana.id, WHY).await, Err(Error::NotFound)));
    assert!(matches!(act_for(ctx, &world.visitor(), ana.id, WHY).await, Err(Error::SignIn)));
    // The second factor was not shown: the roles sleep.
    let asleep = Actor { roles: Vec::new(), asleep: true, ..admins.clone() };
    assert!(matches!(act_for(ctx, &asleep, ana.id, WHY).await, Err(Error::NotFound)));
    for other in [&admin, &boss] {
        assert!(matches!(act_for(ctx, &bosss, other.id, WHY).await, Err(Error::Conflict(_))), "{}", other.name);
    }
    suspend(ctx, &admins, eve.id, ("Three visits were not paid.", "")).await.unwrap();
    assert!(matches!(act_for(ctx, &admins, eve.id, WHY).await, Err(Error::Conflict(_))));
    let nobody = domain::kernel::UserId(ctx.id());
    assert!(matches!(act_for(ctx, &admins, nobody, WHY).await, Err(Error::NotFound)));
    for (words, told) in [("  ", "Say why"), (&"x".repeat(501)[..], "under 500")] {
        let Err(Error::Invalid(errors)) = act_for(ctx, &admins, ana.id, words).await else { panic!("{words}") };
        assert!(errors.of("reason").unwrap().contains(told));
    }
    assert_eq!(going_on(&world).await, 0);

    act_for(ctx, &admins, ana.id, WHY).await.unwrap();
    let mails = world.mail_to(&ana.email).await;
    assert!(mails[0].text.contains(WHY) && mails[0].subject.contains("acts for you"), "{mails:?}");
    let seen = sessions(ctx, &world.actor(&ana).await).await.unwrap().1;
    assert_eq!(seen[0].outcome, "behalf");
    assert_eq!(seen[0].acted, Some((WHY.to_owned(), world.now() + SignedDuration::from_mins(30))));
    assert_eq!(seen[0].address, None, "where operators sit is not told");
}

#[tokio::test]
async fn every_entry_names_both_and_the_reason_and_the_chain_is_whole() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.customer("Ana").await;
    let own = world.actor(&ana).await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    // Entries from before stand beside the new ones.
    bookings::book(ctx, &own, wish(ctx, &leak, at("2026-11-03T09:00:00Z"))).await.unwrap();
    let admin = world.actor(&world.operator("Admin", Role::Admin).await).await;
    let hers = acting(&world, &admin, &ana, WHY).await;
    let reference = bookings::book(ctx, &hers, wish(ctx, &leak, at("2026-11-04T09:00:00Z"))).await.unwrap();
    go(ctx, &hers, &reference, Event::Confirm).await.unwrap();
    go(ctx, &hers, &reference, Event::Cancel).await.unwrap();
    for (to, whom) in [(&ana, "you"), (&plumbing.owner.user, "Ana")] {
        let mails = world.mail_to(&to.email).await;
        let told = format!("An operator of ServiceHub did this for {whom}.");
        let about: Vec<_> = mails.iter().filter(|mail| mail.kind.starts_with("bookings.")).collect();
        assert!(about.len() == 2 && about.iter().all(|mail| mail.text.contains(&told)), "{about:?}");
    }
    assert_eq!(stop_acting(ctx, &hers).await.unwrap(), ana.id);
    assert_eq!(going_on(&world).await, 0);

    let auditor = world.actor(&world.operator("Auditor", Role::Auditor).await).await;
    let operator = admin.user.unwrap();
    let did = history(&world, &auditor, &[("actor", "admin@example.org")]).await;
    let told: Vec<(&str, bool)> = did.iter().map(|e| (e.action.as_str(), e.on_behalf.is_some())).collect();
    assert_eq!(
        told,
        [
            ("behalf.ended", false),
            ("booking.cancelled", true),
            ("booking.confirmed", true),
            ("booking.held", true),
            // Her own earlier hold of the service, which was given back for it.
            ("booking.cancelled", true),
            ("behalf.started", false)
        ]
    );
    for entry in &did {
        if let Some((by, name)) = &entry.on_behalf {
            assert_eq!((entry.actor, *by, name.as_deref()), (Some(ana.id), operator, Some("Admin Example")));
            assert_eq!(entry.personal.as_ref().unwrap().words["on_behalf"]["reason"], WHY);
        } else {
            assert_eq!((entry.actor, entry.object), (Some(operator), ana.id.0));
        }
    }
    let object = did[1].object.to_string();
    for whose in ["admin@example.org", &operator.0.to_string()] {
        let about = history(&world, &auditor, &[("actor", whose), ("object", &object)]).await;
        assert_eq!(about.len(), 3, "of one booking, too: {about:?}");
    }
    let hers: Vec<Entry> = history(&world, &auditor, &[("actor", "ana@example.org")]).await;
    assert_eq!(hers.iter().filter(|entry| entry.on_behalf.is_none()).count(), 1, "what she did herself is told apart");
    assert!(matches!(verify(ctx, &Trust::default()).await.unwrap(), Verdict::Whole(_)));

    // The operator's name is under the hash: taking it out is found.
    sqlx::raw_sql(
        "ALTER TABLE audit_entries DISABLE TRIGGER USER;
         UPDATE audit_entries SET detail = detail - 'on_behalf' WHERE action = 'booking.cancelled'",
    )
    .execute(world.owner())
    .await
    .unwrap();
    assert!(matches!(verify(ctx, &Trust::default()).await.unwrap(), Verdict::Broken(_)));
}

#[tokio::test]
async fn what_is_the_persons_alone_stays_closed() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.customer("Ana").await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ben = world.actor(&plumbing.owner.user).await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let admin = world.actor(&world.operator("Admin", Role::Admin).await).await;
    let hers = acting(&world, &admin, &ana, WHY).await;
    let reference = bookings::book(ctx, &hers, wish(ctx, &leak, at("2026-11-03T09:00:00Z"))).await.unwrap();
    go(ctx, &hers, &reference, Event::Confirm).await.unwrap();
    for event in [Event::Start, Event::Finish] {
        go(ctx, &ben, &reference, event).await.unwrap();
    }
    let before = fingerprint(&world).await;

    let typed = |phone| TypedProfile { first_name: "Ana", last_name: "Example", phone, zone: "UTC", locale: "en" };
    let review = NewReview {
        rating: Some(5),
        quality: Some(5),
        punctuality: Some(5),
        professionalism: Some(5),
        value: Some(5),
        title: "Good".to_owned(),
        body: "Came on time.".to_owned(),
    };
    let password = || PASSWORD.to_owned();
    let closed = [
        ("password", change_password(ctx, &hers, password(), ("six blue teapots", "six blue teapots")).await),
        ("address", ask_for_address(ctx, &hers, "other@example.org", password()).await),
        ("second factor", second_factor::offer(ctx, &hers).await.map(drop)),
        ("second factor off", second_factor::remove(ctx, &hers, password()).await),
        ("phone", save_profile(ctx, &hers, typed("+49 30 901820")).await),
        ("copy", ask_for_copy(ctx, &hers).await),
        ("copies", copies(ctx, &hers).await.map(drop)),
        ("deletion", delete_account(ctx, &hers, password()).await),
        ("devices", sessions(ctx, &hers).await.map(drop)),
        ("logging out", end_other_sessions(ctx, &hers, PASSWORD.to_owned()).await.map(drop)),
        ("ending acts", refuse_acts(ctx, &hers).await),
        ("signing off", go(ctx, &hers, &reference, Event::SignOff).await.map(drop)),
        ("reviewing", reviews::write(ctx, &hers, &reference, review).await),
        (
            "a new kind of change",
            write(ctx, &hers, |tx| {
                Box::pin(async move {
                    tx.audit(AuditEntry {
                        action: "passkey.added",
                        object_kind: "user",
                        object_id: uuid::Uuid::nil(),
                        capacity: "customer",
                        detail: json!({}),
                        personal: json!({}),
                    });
                    Ok::<(), Error>(())
                })
            })
            .await,
        ),
    ];
    for (what, answer) in closed {
        assert!(matches!(answer, Err(Error::Forbidden(_))), "{what}: {answer:?}");
    }
    // Somebody who is acted for has no rights of an operator, and neither has who acts.
    assert!(matches!(act_for(ctx, &hers, ana.id, WHY).await, Err(Error::NotFound)));
    assert!(matches!(operators::people(ctx, &hers, &Default::default(), None).await, Err(Error::NotFound)));
    assert_eq!(fingerprint(&world).await, before, "nothing was changed");

    save_profile(ctx, &hers, TypedProfile { first_name: "Anna", ..typed("") }).await.unwrap();
    assert_eq!(profile(ctx, &hers).await.unwrap().first_name, "Anna", "a slip of the pen can be put right");
    go(ctx, &world.actor(&ana).await, &reference, Event::SignOff).await.unwrap();
}

/// What is in the tables of an account and in the history, as one text.
async fn fingerprint(world: &World) -> String {
    sqlx::query_scalar(
        "SELECT md5((SELECT string_agg(u::text, '' ORDER BY id) FROM users u)
                 || (SELECT count(*) FROM account_links) || (SELECT count(*) FROM totp_secrets)
                 || (SELECT count(*) FROM data_exports) || (SELECT count(*) FROM reviews)
                 || (SELECT string_agg(b::text, '' ORDER BY id) FROM bookings b) || (SELECT seq FROM audit_head))",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn an_act_ends_in_every_way() {
    let world = World::new().await;
    let ctx = world.ctx();
    let ana = world.customer("Ana").await;
    let own = world.actor(&ana).await;
    let admin = world.operator("Admin", Role::Admin).await;
    let admins = world.actor(&admin).await;
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    let until =
        async || -> Option<jiff::Timestamp> { sessions(ctx, &own).await.unwrap().1[0].acted.clone().map(|a| a.1) };

    // By itself.
    acting(&world, &admins, &ana, WHY).await;
    let end = world.now() + SignedDuration::from_mins(30);
    world.advance(SignedDuration::from_mins(29));
    world.run_jobs().await;
    assert_eq!(going_on(&world).await, 1);
    world.advance(SignedDuration::from_mins(1));
    world.run_jobs().await;
    assert_eq!((going_on(&world).await, until().await), (0, Some(end)));
    // By beginning another one, by the person, by logging out, and with the sessions of either.
    acting(&world, &admins, &ana, WHY).await;
    acting(&world, &admins, &ana, WHY).await;
    assert_eq!(going_on(&world).await, 1);
    refuse_acts(ctx, &own).await.unwrap();
    assert_eq!((going_on(&world).await, until().await), (0, Some(world.now())));
    assert!(matches!(refuse_acts(ctx, &own).await, Err(Error::NotFound)));
    log_out(ctx, &acting(&world, &admins, &ana, WHY).await).await.unwrap();
    assert_eq!(going_on(&world).await, 0);
    acting(&world, &admins, &ana, WHY).await;
    end_other_sessions(ctx, &own, PASSWORD.to_owned()).await.unwrap();
    assert_eq!(going_on(&world).await, 0);
    acting(&world, &admins, &ana, WHY).await;
    end_sessions(ctx, &boss, ana.id).await.unwrap();
    assert_eq!(going_on(&world).await, 0);
    acting(&world, &admins, &ana, WHY).await;
    suspend(ctx, &boss, admin.id, ("Acted without being asked.", "")).await.unwrap();
    assert_eq!(going_on(&world).await, 0);

    let how: Vec<Option<String>> =
        sqlx::query_scalar("SELECT detail ->> 'how' FROM audit_entries WHERE action = 'behalf.ended' ORDER BY seq")
            .fetch_all(world.owner())
            .await
            .unwrap();
    assert_eq!(how.into_iter().flatten().collect::<Vec<_>>(), ["lapsed", "refused", "stopped"]);
}

#[tokio::test]
async fn of_two_acts_at_once_one_is_going_on() {
    let world = World::new().await;
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let admin = world.actor(&world.operator("Admin", Role::Admin).await).await;
    let tries = (0..12).map(|n| {
        let (ctx, admin, whom) = (world.ctx().clone(), admin.clone(), if n % 2 == 0 { ana.id } else { eve.id });
        tokio::spawn(async move { act_for(&ctx, &admin, whom, WHY).await })
    });
    for task in tries.collect::<Vec<_>>() {
        let done = task.await.unwrap();
        assert!(matches!(done, Ok(_) | Err(Error::Conflict(_))), "{done:?}");
    }
    assert_eq!(going_on(&world).await, 1);
}
