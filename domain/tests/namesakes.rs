//! Two members of one name are told apart wherever one of them is chosen, and where a reviewer compares texts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::availability::keeping;
use domain::calendars;
use domain::catalog::listing::{edited, save, told_apart};
use domain::catalog::showcase;
use domain::kernel::{Actor, MemberId};
use domain::team::{self, Edit, TypedEdit};
use domain::testing::{Provider, Service, World};

struct Scene {
    world: World,
    plumbing: Provider,
    owner: Actor,
    leak: Service,
    toms: [MemberId; 2],
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom Meyer").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak").done_by(&[&tom])).await;
    let owner = world.actor(&plumbing.owner.user).await;
    let other = team::add(world.ctx(), &owner, plumbing.id, "tom meyer").await.unwrap();
    let toms = [tom.id, other];
    Scene { world, plumbing, owner, leak, toms }
}

impl Scene {
    async fn skilled(&self, which: usize, skills: &str) {
        let (ctx, id) = (self.world.ctx(), self.toms[which]);
        let name = ["Tom Meyer", "tom meyer"][which];
        let seen = team::member(ctx, &self.owner, self.plumbing.id, id).await.unwrap().version();
        let edit = Edit::parse(TypedEdit { name, skills, services: &[] }).unwrap();
        team::edit(ctx, &self.owner, self.plumbing.id, id, &seen, edit).await.unwrap();
    }

    /// What the calendar of each Tom is called where one is chosen.
    async fn names(&self) -> [String; 2] {
        let kept = keeping(self.world.ctx(), &self.owner, self.plumbing.id).await.unwrap();
        let sources = calendars::sources(self.world.ctx(), &self.owner, self.plumbing.id).await.unwrap().members;
        self.toms.map(|tom| {
            let name = kept.members.iter().find(|member| member.id == tom).unwrap().name.clone();
            assert!(sources.contains(&(tom, name.clone())), "the same name in every list: {name}");
            name
        })
    }
}

#[tokio::test]
async fn people_of_one_name_have_a_number_or_what_they_are_good_at() {
    let scene = scene().await;
    let mut numbers: Vec<String> = scene.names().await.iter().map(|name| name.to_lowercase()).collect();
    numbers.sort();
    assert_eq!(numbers, ["tom meyer (1)", "tom meyer (2)"]);
    scene.skilled(0, "Taps, Drains, Boilers").await;
    let [first, second] = scene.names().await;
    assert_eq!(first, "Tom Meyer (Taps, Drains)");
    assert!(second.starts_with("tom meyer (") && second.ends_with(')'), "{second}");
    // What both are good at tells nobody apart.
    scene.skilled(1, "Taps, Drains").await;
    let [first, second] = scene.names().await;
    assert!(first != second && !first.contains("Taps") && !second.contains("Taps"), "{first} {second}");
    // Whoever is alone with a name is called by it and nothing else.
    let kept = keeping(scene.world.ctx(), &scene.owner, scene.plumbing.id).await.unwrap();
    assert!(kept.members.iter().any(|member| member.name == "Berlin Plumbing owner"));
    team::remove(scene.world.ctx(), &scene.owner, scene.plumbing.id, scene.toms[1]).await.unwrap();
    let kept = keeping(scene.world.ctx(), &scene.owner, scene.plumbing.id).await.unwrap();
    assert!(kept.members.iter().any(|member| member.name == "Tom Meyer"), "who left is nobody's namesake");
}

#[tokio::test]
async fn a_reviewer_sees_which_of_them_does_it_now() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let (service, shelves) = edited(ctx, &scene.owner, &scene.leak.slug).await.unwrap();
    let mut text = service.listing().clone();
    text.members = vec![scene.toms[1]];
    let parts = told_apart(&service.live, &text, &shelves, &service.team);
    let who = parts.iter().find(|part| part.part == "Who does it").unwrap();
    assert!(who.before != who.after && who.before[0].to_lowercase().starts_with("tom meyer ("), "{who:?}");
    save(ctx, &scene.owner, &service, service.version, text).await.unwrap();
    let shown = showcase(ctx, None, &scene.leak.slug, Default::default()).await.unwrap();
    assert!(shown.service.members.iter().all(|member| member.name.contains('(')), "customers choose one, too");
}
