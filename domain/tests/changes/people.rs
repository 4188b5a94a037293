//! People come and go, protect their accounts, and are looked after by the back office.

use domain::accounts::api_keys::{self, TypedKey, make_key, revoke_key};
use domain::accounts::operators::{act_for, invite, lapse_act, refuse_acts, restore, suspend};
use domain::accounts::phone::{ask_for_code, confirm_phone};
use domain::accounts::privacy::ask_for_copy;
use domain::accounts::{
    Credentials, Registration, Typed, TypedProfile, Visit, log_in, log_out, register, save_profile,
};
use domain::accounts::{ask_for_address, change_password, forgot_password, passkeys, second_factor, send_verification};
use domain::accounts::{change_picture, remove_picture};
use domain::catalog::{Pair, Side, block as keep_away, blocked_by_customer, unblock as make_up};
use domain::kernel::{Actor, ProviderId, Zone};
use domain::testing::{Authenticator, PASSWORD, User, World};
use jiff::SignedDuration;

/// Somebody registers, logs in and out.
pub async fn come_and_go(world: &World, ana: &Actor) {
    let ctx = world.ctx();
    let typed = Typed {
        first_name: "Eve",
        last_name: "Lima",
        email: "eve@example.org",
        phone: "",
        password: "tea at five o'clock",
        password_again: "tea at five o'clock",
        intent: "provider",
    };
    let registration = || Registration::parse(&typed, Zone::utc()).unwrap();
    register(ctx, &world.visitor(), registration()).await.unwrap();
    register(ctx, &world.visitor(), registration()).await.unwrap();
    for password in [PASSWORD, "a wrong one"] {
        let _ =
            log_in(ctx, &world.visitor(), Credentials::parse("ana@example.org", password).unwrap(), &Visit::default())
                .await;
    }
    log_out(ctx, ana).await.unwrap();
}

/// An account and what protects it.
pub async fn account(world: &World, ana: &Actor, una: &User) {
    let ctx = world.ctx();
    send_verification(ctx, &world.actor(una).await).await.unwrap();
    forgot_password(ctx, &world.visitor(), "ana@example.org").await.unwrap();
    world.run_jobs().await;
    ask_for_address(ctx, ana, "ana.lima@example.org", PASSWORD.to_owned()).await.unwrap();
    second_factor::offer(ctx, ana).await.unwrap();
    phone_and_keys(world, ana).await;
    let mut phone = Authenticator::at("http://localhost:3000");
    let question = passkeys::start_adding(ctx, ana, "Phone", PASSWORD.to_owned()).await.unwrap();
    passkeys::add(ctx, ana, &question.ceremony, &phone.create(&question.options)).await.unwrap();
    for _ in 0..2 {
        let question = passkeys::start_log_in(ctx).await.unwrap();
        let answer = phone.get(&question.options);
        passkeys::log_in(ctx, &world.visitor(), &question.ceremony, &answer, &Visit::default()).await.unwrap();
        let wrong = passkeys::log_in(ctx, &world.visitor(), &question.ceremony, &answer, &Visit::default()).await;
        assert!(wrong.is_err());
    }
    let passkey = passkeys::list(ctx, ana).await.unwrap()[0].id;
    passkeys::rename(ctx, ana, passkey, "Old phone").await.unwrap();
    passkeys::remove(ctx, ana, passkey, PASSWORD.to_owned()).await.unwrap();
    change_password(ctx, ana, PASSWORD.to_owned(), ("six blue teapots", "six blue teapots")).await.unwrap();
    ask_for_copy(ctx, ana).await.unwrap();
    let mut photo = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(80, 80).write_to(&mut photo, image::ImageFormat::Png).unwrap();
    change_picture(ctx, ana, photo.get_ref()).await.unwrap();
    remove_picture(ctx, ana).await.unwrap();
}

/// A number is proved, keys are made, used and revoked.
async fn phone_and_keys(world: &World, ana: &Actor) {
    let ctx = world.ctx();
    let number = "+4930901820";
    let details =
        TypedProfile { first_name: "Ana", last_name: "Lima", phone: number, zone: "Europe/Berlin", locale: "en" };
    save_profile(ctx, ana, details).await.unwrap();
    ask_for_code(ctx, ana).await.unwrap();
    let code = world.mail_to(number).await[0].text["ServiceHub: ".len()..][..6].to_owned();
    confirm_phone(ctx, ana, if code == "123456" { "654321" } else { "123456" }).await.unwrap_err();
    confirm_phone(ctx, ana, &code).await.unwrap();
    for name in ["revoked", "alive until the suspension"] {
        let typed = TypedKey { name, scopes: &["bookings:read"], lasts: "never", form_key: ctx.id() };
        let made = make_key(ctx, ana, typed, PASSWORD.to_owned()).await.unwrap();
        let visitor = world.visitor();
        api_keys::authenticate(ctx, &made.secret, visitor.address, visitor.request).await.unwrap();
        if name == "revoked" {
            revoke_key(ctx, ana, made.key.id).await.unwrap();
        }
    }
}

/// The back office invites, suspends, and acts for somebody.
pub async fn back_office(world: &World, ana: &Actor, boss: &Actor) {
    let ctx = world.ctx();
    invite(ctx, boss, "new@example.org", "auditor").await.unwrap();
    suspend(ctx, boss, ana.user.unwrap(), ("Three visits were not paid.", "")).await.unwrap();
    restore(ctx, boss, ana.user.unwrap(), "They are now.").await.unwrap();
    let act = act_for(ctx, boss, ana.user.unwrap(), "She asked us to.").await.unwrap();
    world.advance(SignedDuration::from_mins(31));
    lapse_act(ctx, act).await.unwrap();
    act_for(ctx, boss, ana.user.unwrap(), "She asked us again.").await.unwrap();
    refuse_acts(ctx, ana).await.unwrap();
}

/// Two who do not want to meet again.
pub async fn blocks(world: &World, ana: &Actor, provider: ProviderId) {
    let ctx = world.ctx();
    let pair = Pair { customer: ana.user.unwrap(), provider };
    keep_away(ctx, ana, Side::Customer, pair, "Was late.").await.unwrap();
    make_up(ctx, ana, blocked_by_customer(ctx, ana).await.unwrap()[0].id).await.unwrap();
}
