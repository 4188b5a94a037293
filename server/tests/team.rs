//! The team of a business, through the whole router, as browsers without scripts use them.

use crate::house;

use axum::http::StatusCode;
use house::visit::{form, location, log_in, page, read};
use house::{cookie, house, text};

#[tokio::test]
async fn somebody_is_invited_joins_gets_work_and_goes() {
    let house = house().await;
    let world = &house.world;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&business, |service| service.called("Fix a leak")).await;
    let ana = world.customer("Ana").await;
    let (owner, mut hers) = (log_in(&house, &business.owner.user).await, log_in(&house, &ana).await);

    let wrong = form(&[("email", "nobody"), ("name", ""), ("role", "boss")]);
    let answer = house.post("/provider/team/invite", Some(&owner), &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let shown = text(answer).await;
    assert!(shown.contains("value=\"nobody\"") && shown.contains("Choose a role from the list."), "{shown}");
    let wish = form(&[("email", &ana.email), ("name", "Ana Lima"), ("role", "member")]);
    assert_eq!(
        location(&house.post("/provider/team/invite", Some(&owner), &wish).await),
        "/provider/team?said=invited"
    );
    assert!(read(&house, "/provider/team", &owner).await.contains(&ana.email));
    let link = world.mail_to(&ana.email).await.pop().unwrap().path();
    assert!(text(house.get(&link).await).await.contains("Log in and join"));
    assert!(location(&house.post(&link, None, "").await).starts_with("/login"));
    let other = read(&house, &link, &owner).await;
    let (first, place) = (ana.email.chars().next().unwrap(), ana.email.split('@').nth(1).unwrap());
    assert!(other.contains("for another account") && other.contains(&format!("{first}…@{place}")), "{other}");
    assert!(!other.contains(&ana.email) && !other.contains("Join Berlin Plumbing"), "{other}");
    assert!(read(&house, &link, &hers).await.contains("Join Berlin Plumbing"));
    let again = log_in(&house, &business.owner.user).await;
    let out = location(&house.post("/logout", Some(&again), &form(&[("next", &link)])).await);
    assert!(out.starts_with("/login?said=signed%2Dout&next=%2Fjoin%2F"), "{out}");
    assert_eq!(house.post(&link, Some(&owner), "").await.status(), StatusCode::CONFLICT, "not the owner's address");
    let joined = house.post(&link, Some(&hers), "").await;
    assert_eq!(location(&joined), "/provider?said=team-joined");
    let old = std::mem::replace(&mut hers, cookie(&joined).unwrap());
    assert_ne!(old, hers, "more rights, another id");
    assert!(location(&page(&house, "/account", &old).await).starts_with("/login"));
    assert_eq!(house.get(&link).await.status(), StatusCode::CONFLICT, "once");

    let id: String = sqlx::query_scalar("SELECT id::text FROM members WHERE user_id = $1")
        .bind(ana.id.0)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let base = format!("/provider/team/{id}");
    let team = read(&house, "/provider/team", &hers).await;
    assert!(team.contains("Ana Lima") && !team.contains("Invite somebody"), "members look, managers act");
    assert_eq!(page(&house, &base, &hers).await.status(), StatusCode::NOT_FOUND);
    let version = async || {
        let page = read(&house, &base, &owner).await;
        page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let service = leak.id.0.to_string();
    let opened = version().await;
    let wish = |name, skills, version: &str| {
        form(&[("name", name), ("skills", skills), ("services", &service), ("version", version)])
    };
    let first = wish("Ana L.", "Taps\nTiles", &opened);
    assert_eq!(location(&house.post(&base, Some(&owner), &first).await), format!("{base}?said=saved"));
    // Another window that was opened before: both are shown, what was typed stays, and nothing is overwritten.
    let stale = house.post(&base, Some(&owner), &wish("Ana Maria", "Boilers", &opened)).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let both = text(stale).await;
    for words in ["changed in another window", "<del>Ana L.", "<ins>Ana Maria", "<del>Tiles", "value=\"Ana Maria\""] {
        assert!(both.contains(words), "{words}");
    }
    assert!(read(&house, &base, &owner).await.contains("value=\"Ana L.\""));
    // A form with mistakes in it does not become a newer one by coming back.
    let wrong = text(house.post(&base, Some(&owner), &wish("", "Boilers", &opened)).await).await;
    assert!(wrong.contains(&format!("name=\"version\" value=\"{opened}\"")));
    // Sent again from there it takes the place of the other, knowingly.
    let again = both.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(again, version().await);
    location(&house.post(&base, Some(&owner), &wish("Ana L.", "Taps\nTiles", again)).await);
    let shown = read(&house, &base, &owner).await;
    assert!(shown.contains("Taps") && shown.contains("Ana L."));
    assert!(
        read(&house, &format!("/providers/{}", business.slug), &owner).await.contains("Tiles"),
        "customers see skills"
    );
    let answer = house.post(&format!("{base}/role"), Some(&owner), "role=king").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("Ana L."), "the other form keeps what stands in it");
    location(&house.post(&format!("{base}/role"), Some(&owner), "role=manager").await);
    let risen = page(&house, "/provider/team", &hers).await;
    let hers = cookie(&risen).unwrap();
    assert!(text(risen).await.contains("Invite somebody"));

    assert!(read(&house, &format!("{base}/deactivate"), &owner).await.contains("Deactivate Ana L.?"));
    location(&house.post(&format!("{base}/deactivate"), Some(&owner), "").await);
    assert!(read(&house, "/provider", &hers).await.contains("does not"), "the portal is closed to her");
    location(&house.post(&format!("{base}/reactivate"), Some(&owner), "").await);
    let refused = house.post("/provider/team/leave", Some(&owner), "").await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let refused = text(refused).await;
    assert!(
        refused.contains("That is not possible now") && refused.contains("A business needs an owner."),
        "{refused}"
    );
    let alone = read(&house, "/provider/team/leave", &owner).await;
    assert!(alone.contains("You are the only owner of Berlin Plumbing") && alone.contains("To the team"), "{alone}");
    assert!(!alone.contains("action=\"/provider/team/leave\""), "no button that cannot work");
    assert!(read(&house, "/provider/team/leave", &hers).await.contains("Leave Berlin Plumbing?"));
    assert_eq!(location(&house.post("/provider/team/leave", Some(&hers), "").await), "/provider?said=team-left");
    assert!(!read(&house, "/provider/team", &owner).await.contains("Ana L."));
}

#[tokio::test]
async fn who_works_for_two_businesses_switches_between_them() {
    let house = house().await;
    let world = &house.world;
    let (first, second) = (
        world.provider("Berlin Plumbing", "Europe/Berlin").await,
        world.provider("Lisbon Cleaning", "Europe/Lisbon").await,
    );
    let third = world.provider("Third", "UTC").await;
    let both = &first.owner.user;
    sqlx::query("UPDATE members SET user_id = $1 WHERE id = $2")
        .bind(both.id.0)
        .bind(second.member("Extra").await.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let session = log_in(&house, both).await;
    let shown = read(&house, "/provider/team", &session).await;
    assert!(shown.contains("/provider/switch") && shown.contains("Who works for Berlin Plumbing"), "{shown}");
    let to = |id: domain::kernel::ProviderId| form(&[("business", &id.0.to_string())]);
    assert_eq!(location(&house.post("/provider/switch", Some(&session), &to(second.id)).await), "/provider");
    assert!(read(&house, "/provider/team", &session).await.contains("Who works for Lisbon Cleaning"));
    assert_eq!(house.post("/provider/switch", Some(&session), &to(third.id)).await.status(), StatusCode::NOT_FOUND);
    location(&house.post("/provider/switch", Some(&session), &to(first.id)).await);
    assert!(read(&house, "/provider/team", &session).await.contains("Who works for Berlin Plumbing"));
    let alone = log_in(&house, &third.owner.user).await;
    assert!(!read(&house, "/provider/team", &alone).await.contains("/provider/switch"), "one business needs no switch");
}
