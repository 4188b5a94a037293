//! Who may check applications, and what the history learns of it.

use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Error, Object, Role, Tx, UserId, can};
use serde_json::{Value, json};
use uuid::Uuid;

/// Who may not check applications does not learn that there are any.
pub(super) fn checker(actor: &Actor) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    if can(actor, Action::CheckProviders, &Object::default()) { Ok(user) } else { Err(Error::NotFound) }
}

/// The person who applies, come themselves.
pub(super) fn applicant(actor: &Actor) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    if can(actor, Action::Apply, &Object::default()) {
        Ok(user)
    } else {
        Err(Error::Forbidden("applying is for the person alone".to_owned()))
    }
}

/// The role in which a checker acts, for the record: the highest they have.
fn capacity(actor: &Actor) -> &'static str {
    let highest = [Role::System, Role::Superadmin, Role::Admin, Role::OnboardingManager];
    highest.into_iter().find(|role| actor.has(*role)).map_or("customer", Role::name)
}

/// An entry about an application.
pub(super) fn note(tx: &mut Tx, action: &'static str, application: Uuid, detail: Value, words: &str) {
    record(tx, action, ("application", application), detail, words);
}

/// An entry about a business.
pub(super) fn note_business(tx: &mut Tx, action: &'static str, provider: Uuid, detail: Value, words: &str) {
    record(tx, action, ("provider", provider), detail, words);
}

fn record(
    tx: &mut Tx,
    action: &'static str,
    (object_kind, object_id): (&'static str, Uuid),
    detail: Value,
    words: &str,
) {
    let personal = if words.is_empty() { Value::Null } else { json!({ "words": words }) };
    let capacity = capacity(tx.actor());
    tx.audit(AuditEntry { action, object_kind, object_id, capacity, detail, personal });
}
