//! What works once works once, also when it is used twenty times at the same moment: every code, link and word there is
//! beside those that have a test where they are told of (codes of an app, passkeys, codes by phone, forgotten passwords).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::accounts::operators::{accept_invitation, appeal, invite, suspend};
use domain::accounts::{Visit, ask_for_address, profile, prove, second_factor, send_verification};
use domain::kernel::{Actor, Context, Role};
use domain::team::{self, TypedInvitation};
use domain::testing::{PASSWORD, World};
use jiff::SignedDuration;
use std::sync::Arc;
use tokio::sync::Barrier;
use totp_rs::{Algorithm, Secret, TOTP};

const MANY: usize = 20;

/// How many of twenty at once succeed.
async fn at_once<F, W>(world: &World, one: F) -> usize
where
    F: Fn(Context, Actor) -> W,
    W: Future<Output = bool> + Send + 'static,
{
    let gate = Arc::new(Barrier::new(MANY));
    let tries: Vec<_> = (0..MANY)
        .map(|_| {
            let (gate, work) = (Arc::clone(&gate), one(world.ctx().clone(), world.visitor()));
            tokio::spawn(async move {
                gate.wait().await;
                work.await
            })
        })
        .collect();
    let mut right = 0;
    for one in tries {
        right += usize::from(one.await.unwrap());
    }
    right
}

/// So many entries of the history say so.
async fn told(world: &World, action: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1")
        .bind(action)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// The last part of the address in the newest letter of a kind.
async fn word(world: &World, to: &str, kind: &str) -> String {
    let letters = world.mail_to(to).await;
    let letter = letters.iter().rev().find(|letter| letter.kind == kind).unwrap();
    letter.path().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_opens_once() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    let offer = second_factor::offer(world.ctx(), &actor).await.unwrap();
    let bytes = Secret::Encoded(offer.secret).to_bytes().unwrap();
    let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
    let now = app.generate(world.now().as_second().unsigned_abs());
    let codes = second_factor::confirm(world.ctx(), &actor, &now, PASSWORD.to_owned()).await.unwrap();
    world.advance(SignedDuration::from_hours(1));
    let half_way = world.half_way(&ana).await;
    let right = at_once(&world, |ctx, visitor| {
        let code = codes[0].clone();
        async move { second_factor::show(&ctx, &visitor, half_way, &code, &Visit::default()).await.is_ok() }
    })
    .await;
    assert_eq!(right, 1, "one of twenty");
    assert_eq!(profile(world.ctx(), &actor).await.unwrap().recovery_codes, 9, "and no other code is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proved_once() {
    let world = World::new().await;
    let una = world.customer("Una").await;
    world.unproved(&una).await;
    send_verification(world.ctx(), &world.actor(&una).await).await.unwrap();
    let secret = word(&world, &una.email, "accounts.verify_email").await;
    let used = |ctx: Context, visitor: Actor| {
        let secret = secret.clone();
        async move { prove(&ctx, &visitor, &secret).await.is_ok() }
    };
    assert_eq!(at_once(&world, used).await, 1, "one of twenty");
    assert_eq!(told(&world, "user.email_verified").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_changed_once() {
    let world = World::new().await;
    let ana = world.customer("Ana").await;
    let actor = world.actor(&ana).await;
    ask_for_address(world.ctx(), &actor, "ana.lima@example.org", PASSWORD.to_owned()).await.unwrap();
    let secret = word(&world, "ana.lima@example.org", "accounts.change_email").await;
    let before = world.mail_to(&ana.email).await.len();
    let used = |ctx: Context, visitor: Actor| {
        let secret = secret.clone();
        async move { prove(&ctx, &visitor, &secret).await.is_ok() }
    };
    assert_eq!(at_once(&world, used).await, 1, "one of twenty");
    assert_eq!(told(&world, "user.email_changed").await, 1);
    assert_eq!(world.mail_to(&ana.email).await.len(), before + 1, "the old address reads of it once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_joins_once() {
    let world = World::new().await;
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    let ana = world.customer("Ana").await;
    invite(world.ctx(), &boss, &ana.email, "auditor").await.unwrap();
    let secret = word(&world, &ana.email, "accounts.invitation").await;
    let actor = world.actor(&ana).await;
    let used = |ctx: Context, _: Actor| {
        let (secret, actor) = (secret.clone(), actor.clone());
        async move { accept_invitation(&ctx, &actor, &secret).await.is_ok() }
    };
    assert_eq!(at_once(&world, used).await, 1, "one of twenty");
    assert_eq!(told(&world, "operator.joined").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_is_answered_once() {
    let world = World::new().await;
    let boss = world.actor(&world.operator("Boss", Role::Superadmin).await).await;
    let ana = world.customer("Ana").await;
    suspend(world.ctx(), &boss, ana.id, ("Three visits were not paid.", "")).await.unwrap();
    let used = |ctx: Context, visitor: Actor| {
        let id = ana.id;
        async move { appeal(&ctx, &visitor, id, "I have paid all of them.").await.is_ok() }
    };
    assert_eq!(at_once(&world, used).await, 1, "one of twenty");
    assert_eq!(told(&world, "user.appealed").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_is_joined_once() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (owner, ana) = (world.actor(&plumbing.owner.user).await, world.customer("Ana").await);
    let typed = TypedInvitation { email: &ana.email, name: "Ana", role: "member", member: None };
    team::invite(world.ctx(), &owner, plumbing.id, typed).await.unwrap();
    let secret = word(&world, &ana.email, "team.invitation").await;
    let actor = world.actor(&ana).await;
    let used = |ctx: Context, _: Actor| {
        let (secret, actor) = (secret.clone(), actor.clone());
        async move { team::accept(&ctx, &actor, &secret).await.is_ok() }
    };
    assert_eq!(at_once(&world, used).await, 1, "one of twenty");
    assert_eq!(world.actor(&ana).await.memberships.len(), 1);
}
