//! Questions before the work through the whole router, as browsers without scripts use them: written in the form of a
//! listing, shown on its page, answered on the page of a booking, waited for by the provider.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::listing::{edited, fields};
use domain::catalog::{AnswerKind, Choice};
use domain::kernel::UserId;
use domain::testing::{PASSWORD, Provider, Service, User};
use house::{House, cookie, house, text};
use jiff::SignedDuration;

type Pairs = Vec<(String, String)>;

fn pairs(fields: &[(&str, &str)]) -> Pairs {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> String {
    text(house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await).await
}

async fn signed_in(house: &House, user: &User) -> String {
    let credentials = pairs(&[("email", &user.email), ("password", PASSWORD)]);
    cookie(&house.post("/login", None, &form(&credentials)).await).unwrap()
}

struct Scene {
    house: House,
    plumbing: Provider,
    leak: Service,
    ana: User,
}

async fn scene(required: bool) -> Scene {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house
        .world
        .service(&plumbing, |service| {
            service.called("Fix a leak").asks("Where is the <stopcock>?", AnswerKind::Text, required, &[]).asks(
                "Is there a lift?",
                AnswerKind::YesNo,
                false,
                &[],
            )
        })
        .await;
    sqlx::query("UPDATE services SET description = 'I listen at the wall first. Then I open what must be opened.'")
        .execute(house.world.owner())
        .await
        .unwrap();
    let ana = house.world.customer("Ana").await;
    Scene { house, plumbing, leak, ana }
}

impl Scene {
    async fn booked(&self) -> String {
        let ctx = self.house.world.ctx();
        let actor = self.house.world.actor(&self.ana).await;
        let wish = Book {
            service: self.leak.slug.clone(),
            choice: Choice::default(),
            member: None,
            start: Some("2026-11-03T09:00:00Z".parse().unwrap()),
            address: Address {
                street: "Linienstraße 1".to_owned(),
                postal_code: "10119".to_owned(),
                city: "Berlin".to_owned(),
                ..Address::default()
            },
            note: String::new(),
            key: ctx.id::<UserId>().0,
        };
        let reference = bookings::book(ctx, &actor, wish).await.unwrap();
        bookings::advance(ctx, &actor, &reference, Event::Confirm, Words::default()).await.unwrap();
        format!("/bookings/{reference}")
    }
}

#[tokio::test]
async fn a_customer_answers_and_the_work_begins() {
    let scene = scene(true).await;
    let house = &scene.house;
    let public = text(house.get(&format!("/services/{}", scene.leak.slug)).await).await;
    assert!(public.contains("Questions before the work") && public.contains("Where is the &lt;stopcock&gt;?"));
    let booking = scene.booked().await;
    let ben = signed_in(house, &scene.plumbing.owner.user).await;

    let page = get_as(house, &booking, &ben).await;
    assert!(page.contains("still has to answer") && !page.contains("Start the work"));
    let refused = house.post(&format!("{booking}/start"), Some(&ben), "").await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(text(refused).await.contains("Not quite yet: the customer still has to answer"));

    // The lists of the portal say what is waited for and offer nothing that would be refused; the menu says where one is.
    house.world.advance(SignedDuration::from_hours(25));
    let ben = signed_in(house, &scene.plumbing.owner.user).await;
    for list in ["/provider", "/provider/bookings"] {
        let page = get_as(house, list, &ben).await;
        assert!(page.contains("The customer still has to answer “Where is the &lt;stopcock&gt;?”"), "{list}: {page}");
        assert!(!page.contains("Start the work") && page.contains("aits for the customer"), "{list}");
    }
    let page = get_as(house, &booking, &ben).await;
    let tags = page.split("<a ").filter_map(|link| link.split('>').next());
    let here = tags.filter(|tag| tag.contains("side-link") && tag.contains("aria-current")).count();
    assert!(page.contains("href=\"/provider/bookings\" aria-current=\"page\"") && here == 1, "{here}");
    let ana = signed_in(house, &scene.ana).await;
    assert!(get_as(house, "/bookings", &ana).await.contains("Answer the questions"));
    let page = get_as(house, &booking, &ana).await;
    assert!(page.contains("has questions for you") && page.contains("name=\"answer-0\""));
    let wrong = pairs(&[("answers-shown", "yes"), ("answer-0", ""), ("answer-1", "no")]);
    let wrong = house.post(&format!("{booking}/answers"), Some(&ana), &form(&wrong)).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(wrong).await;
    assert!(page.contains("id=\"f-answer-0-error\"") && page.contains("href=\"#f-answer-0\""));
    let ticked = page.split("value=\"no\"").next().unwrap();
    assert!(ticked.rsplit("<input").next().unwrap().contains("checked"), "what was chosen stays chosen");

    let fine = form(&pairs(&[("answers-shown", "yes"), ("answer-0", "Under the <sink>."), ("answer-1", "no")]));
    let forbidden = house.post(&format!("{booking}/answers"), Some(&ben), &fine).await;
    assert_eq!(forbidden.status(), StatusCode::FORBIDDEN);
    let done = house.post(&format!("{booking}/answers"), Some(&ana), &fine).await;
    assert_eq!(location(&done), format!("{booking}?said=answered"));
    let page = get_as(house, &booking, &ana).await;
    assert!(page.contains("Under the &lt;sink&gt;.") && page.contains("All set."));
    let page = get_as(house, &booking, &ben).await;
    assert!(page.contains("Under the &lt;sink&gt;.") && page.contains("Start the work"));
    assert!(!page.contains("name=\"answer-0\""), "the provider reads");
    location(&house.post(&format!("{booking}/start"), Some(&ben), "").await);
    let late = house.post(&format!("{booking}/answers"), Some(&ana), &fine).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("The work has begun."));
}

#[tokio::test]
async fn nobody_waits_for_what_is_not_needed() {
    let scene = scene(false).await;
    let booking = scene.booked().await;
    let ben = signed_in(&scene.house, &scene.plumbing.owner.user).await;
    assert!(get_as(&scene.house, &booking, &ben).await.contains("Start the work"));
    location(&scene.house.post(&format!("{booking}/start"), Some(&ben), "").await);
    assert!(get_as(&scene.house, &booking, &ben).await.contains("No answer"));
}

#[tokio::test]
async fn questions_are_written_moved_and_put_on_show_without_scripts() {
    let scene = scene(true).await;
    let house = &scene.house;
    let ben = signed_in(house, &scene.plumbing.owner.user).await;
    let path = format!("/provider/services/{}", scene.leak.slug);
    let opened = async || {
        let actor = house.world.actor(&scene.plumbing.owner.user).await;
        let service = edited(house.world.ctx(), &actor, &scene.leak.slug).await.unwrap().0;
        let mut all = fields(service.listing());
        all.push(("version".to_owned(), service.version.to_string()));
        all
    };
    let send = async |mut all: Pairs, more: &[(&str, &str)]| {
        all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        all.extend(pairs(more));
        house.post(&path, Some(&ben), &form(&all)).await
    };
    let page = get_as(house, &path, &ben).await;
    assert!(page.contains("Questions before the work") && page.contains("name=\"question-1-text\""));
    let more = text(send(opened().await, &[("act", "add-question")]).await).await;
    assert!(more.contains("name=\"question-2-text\"") && !more.contains("name=\"question-3-text\""));
    let moved = text(send(opened().await, &[("act", "raise-question-1")]).await).await;
    assert!(moved.find("Is there a lift?") < moved.find("Where is the &lt;stopcock&gt;?"));

    let choice = [("question-2-text", "Which pipes?"), ("question-2-kind", "choice"), ("question-2-options", "Lead")];
    let poor: Vec<(&str, &str)> = choice.into_iter().chain([("act", "submit")]).collect();
    let refused = send(opened().await, &poor).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("id=\"f-question-2-options-error\"") && page.contains("Which pipes?"));
    let rich = [("question-2-options", "Lead\nCopper\nCopper"), ("question-2-required", "yes"), ("act", "submit")];
    let live = send(opened().await, &rich).await;
    assert_eq!(location(&live), format!("{path}?said=listing-live"));
    let public = text(house.get(&format!("/services/{}", scene.leak.slug)).await).await;
    assert!(public.contains("Which pipes?"));
    let history = get_as(house, &format!("{path}/history"), &ben).await;
    assert!(history.contains("Which pipes? (Lead / Copper; needed)"));
}
