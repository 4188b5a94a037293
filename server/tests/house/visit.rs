//! What people without scripts do in a house: log in, open pages, send forms, follow where they are led.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::testing::{PASSWORD, User};

use super::{House, cookie, text};

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Where an answer leads; fails when it leads nowhere.
pub fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// Logs somebody in; the cookie of their session.
pub async fn log_in(house: &House, user: &User) -> String {
    let answer = house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await;
    cookie(&answer).unwrap()
}

/// Logs an operator in, with the second factor shown.
pub async fn log_in_operator(house: &House, user: &User) -> String {
    let session = log_in(house, user).await;
    sqlx::query("UPDATE sessions SET data = data || '{\"second\": true}' WHERE user_id = $1")
        .bind(user.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    session
}

/// A page for whoever is logged in.
pub async fn page(house: &House, path: &str, session: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", session).body(Body::empty()).unwrap()).await
}

/// The text of a page that opens.
pub async fn read(house: &House, path: &str, session: &str) -> String {
    let answer = page(house, path, session).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    text(answer).await
}
