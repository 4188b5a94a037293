//! Sending a picture through the form, and asking for what became of it.

use crate::house::{House, cookie};
use axum::body::Body;
use axum::http::{Request, Response};
use domain::testing::{PASSWORD, User};
use http_body_util::BodyExt;

pub async fn signed_in(house: &House, user: &User) -> String {
    let pairs = [("email", user.email.as_str()), ("password", PASSWORD)];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    cookie(&house.post("/login", None, &form).await).unwrap()
}

pub async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

/// Sends a file in the field `picture` of one's own picture as a browser does.
pub async fn send(house: &House, session: &str, name: &str, kind: &str, file: &[u8]) -> Response<Body> {
    send_to(house, session, "/account/picture", (name, kind, file)).await
}

/// The same to another form.
pub async fn send_to(house: &House, session: &str, path: &str, sent: (&str, &str, &[u8])) -> Response<Body> {
    send_with(house, session, path, &[], ("picture", sent)).await
}

/// The same with more fields, and another name for the file's.
pub async fn send_with(
    house: &House,
    session: &str,
    path: &str,
    fields: &[(&str, &str)],
    (field, (name, kind, file)): (&str, (&str, &str, &[u8])),
) -> Response<Body> {
    let text = |(name, value): &(&str, &str)| {
        format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let start = fields.iter().map(text).collect::<String>()
        + &format!(
            "--limit\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
    let body = [start.as_bytes(), file, b"\r\n--limit--\r\n"].concat();
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=limit")
        .header("cookie", session);
    house.ask(request.body(Body::from(body)).unwrap()).await
}

/// Everything of an answer's body.
pub async fn bytes(response: Response<Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

/// Addresses of sent pictures on a page.
pub fn addresses(page: &str) -> Vec<String> {
    let found = page.split("\"/pictures/photo-").skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|rest| format!("/pictures/photo-{rest}")).collect()
}
