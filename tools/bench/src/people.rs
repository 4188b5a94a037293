//! People with sessions, made as everybody else's: through the forms.

use crate::Outcome;
use crate::client::{Connection, Request, Session, Target};

/// The password of all of our people.
pub const PASSWORD: &str = "measure twice, cut once";

/// The address of the n-th of our people.
pub fn email(n: usize) -> String {
    format!("bench-{n}@example.org")
}

/// Where the n-th of them is: addresses that many come from, or wrong passwords, have to wait.
pub fn place(n: usize) -> String {
    format!("10.20.{}.{}", n / 200, n % 200 + 1)
}

/// Signs so many people in; who is new registers first.
///
/// # Errors
/// The forms do not answer as they should.
pub async fn sign_in(target: &Target, count: usize) -> Outcome<Vec<Session>> {
    let mut sessions = Vec::with_capacity(count);
    for n in 0..count {
        let email = email(n);
        let place = place(n);
        let session = match log_in(target, &place, &email).await? {
            Some(session) => session,
            None => {
                register(target, &place, &email).await?;
                log_in(target, &place, &email).await?.ok_or("who has registered cannot log in")?
            }
        };
        sessions.push(session);
    }
    Ok(sessions)
}

/// Logs in with our password; `None` if that is not theirs, or nobody has this address.
///
/// # Errors
/// The form does not answer as it should.
pub async fn log_in(target: &Target, place: &str, email: &str) -> Outcome<Option<Session>> {
    let form = Request::post_from(place, "/login", &[("email", email), ("password", PASSWORD)]);
    let answer = Connection::to(target).ask(&form).await?;
    match (answer.status, answer.cookie) {
        (303, Some(cookie)) => Ok(Some(cookie.into())),
        (422, _) => Ok(None),
        (status, _) => Err(format!("logging in was answered with {status}").into()),
    }
}

async fn register(target: &Target, place: &str, email: &str) -> Outcome<()> {
    let fields = [
        ("first_name", "Bench"),
        ("last_name", "Example"),
        ("email", email),
        ("phone", ""),
        ("intent", "customer"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let answer = Connection::to(target).ask(&Request::post_from(place, "/register", &fields)).await?;
    if answer.status != 303 {
        return Err(format!("registering was answered with {}", answer.status).into());
    }
    Ok(())
}
