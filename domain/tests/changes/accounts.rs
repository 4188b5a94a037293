//! How accounts are proved, taken back, opened to others and ended: a story in which each of these use cases changes
//! something.

use domain::accounts::operators::{
    accept_invitation, appeal, end_sessions, invitations, invite, restore, revoke_invitation, suspend, take_role,
};
use domain::accounts::privacy::delete_account;
use domain::accounts::{
    Credentials, Visit, ask_for_address, end_other_sessions, end_session, forgot_password, log_in, prove,
    reset_password, second_factor, send_verification, sessions,
};
use domain::kernel::{Actor, Role};
use domain::testing::{User, World};
use jiff::SignedDuration;
use sqlx::Executor;
use totp_rs::{Algorithm, Secret, TOTP};

/// The last part of the address in the newest letter of a kind.
async fn word(world: &World, to: &str, kind: &str) -> String {
    let letters = world.mail_to(to).await;
    let letter = letters.iter().rev().find(|letter| letter.kind == kind);
    letter.unwrap_or_else(|| panic!("no {kind} to {to}")).path().rsplit('/').next().unwrap().to_owned()
}

/// Browsers in which somebody is logged in. Only the server makes sessions: this is none of the changes that are watched.
pub async fn logged_in(world: &World, user: &User, browsers: i32) {
    let mut tx = world.owner().begin().await.unwrap();
    tx.execute("SET LOCAL session_replication_role = 'replica'").await.unwrap();
    sqlx::query(
        "INSERT INTO sessions (id_hash, user_id, data, created, last_seen, expires)
         SELECT sha256((n || $1::text)::bytea), $1, '{}', $2, $2, $2 + interval '90 days' FROM generate_series(1, $3) n",
    )
    .bind(user.id.0)
    .bind(jiff_sqlx::Timestamp::from(world.now()))
    .bind(browsers)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Eve proves and changes her address, forgets her password, takes a second factor and gives it up, ends sessions,
/// becomes an operator and is none any more, is suspended, answers, comes back, and goes for good.
pub async fn of(world: &World, boss: &Actor, eve: &User) {
    let ctx = world.ctx();
    let actor = world.actor(eve).await;
    send_verification(ctx, &actor).await.unwrap();
    prove(ctx, &world.visitor(), &word(world, &eve.email, "accounts.verify_email").await).await.unwrap();
    forgot_password(ctx, &world.visitor(), &eve.email).await.unwrap();
    world.run_jobs().await;
    let secret = word(world, &eve.email, "accounts.reset_password").await;
    let new = "seven green umbrellas";
    reset_password(ctx, &world.visitor(), &secret, (new, new)).await.unwrap();

    let offer = second_factor::offer(ctx, &actor).await.unwrap();
    let bytes = Secret::Encoded(offer.secret).to_bytes().unwrap();
    let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, bytes, None, "x".to_owned()).unwrap();
    let now = app.generate(world.now().as_second().unsigned_abs());
    second_factor::confirm(ctx, &actor, &now, new.to_owned()).await.unwrap();
    let codes = second_factor::new_recovery_codes(ctx, &actor, new.to_owned()).await.unwrap();
    world.advance(SignedDuration::from_mins(1));
    for code in [app.generate(world.now().as_second().unsigned_abs()), codes[0].clone(), "000000".to_owned()] {
        let _ = second_factor::show(ctx, &world.visitor(), world.half_way(eve).await, &code, &Visit::default()).await;
    }
    second_factor::remove(ctx, &actor, new.to_owned()).await.unwrap();

    let visit = Visit { device: Some("a browser".to_owned()), ..Visit::default() };
    log_in(ctx, &world.visitor(), Credentials::parse(&eve.email, new).unwrap(), &visit).await.unwrap();
    logged_in(world, eve, 4).await;
    let (devices, _) = sessions(ctx, &actor).await.unwrap();
    end_session(ctx, &actor, devices[0].id, new.to_owned()).await.unwrap();
    let this = Actor { session: Some(devices[1].id), ..actor.clone() };
    assert!(end_other_sessions(ctx, &this, new.to_owned()).await.unwrap() > 0);
    assert_eq!(end_sessions(ctx, boss, eve.id).await.unwrap(), 1);

    invite(ctx, boss, "nobody@example.org", "auditor").await.unwrap();
    let unused = invitations(ctx, boss).await.unwrap().into_iter().find(|one| one.email == "nobody@example.org");
    revoke_invitation(ctx, boss, unused.unwrap().id).await.unwrap();
    invite(ctx, boss, &eve.email, "auditor").await.unwrap();
    accept_invitation(ctx, &actor, &word(world, &eve.email, "accounts.invitation").await).await.unwrap();
    take_role(ctx, boss, eve.id, Role::Auditor).await.unwrap();

    suspend(ctx, boss, eve.id, ("Three visits were not paid.", "")).await.unwrap();
    appeal(ctx, &world.visitor(), eve.id, "I have paid all of them.").await.unwrap();
    restore(ctx, boss, eve.id, "You have.").await.unwrap();
    ask_for_address(ctx, &actor, "eve.new@example.org", new.to_owned()).await.unwrap();
    prove(ctx, &world.visitor(), &word(world, "eve.new@example.org", "accounts.change_email").await).await.unwrap();
    delete_account(ctx, &world.actor(eve).await, new.to_owned()).await.unwrap();
}
