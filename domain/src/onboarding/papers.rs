//! Documents: shown by applicants and later by their businesses, seen by nobody else but those who check them.

use super::answers::NewDocument;
use super::application::Application;
use super::apply::{begin, begun, check_open, has_business, today_of};
use super::document::{DocumentKind, DocumentState, days_left};
use super::entry::{applicant, checker, note};
use super::letters;
use super::life::State;
use super::store::{applications, businesses, papers as store};
use crate::catalog;
use crate::kernel::{
    Action, Actor, ApplicationId, Context, DocumentId, Error, Object, ProviderId, Tx, UserId, can, write,
};
use crate::pictures::{self, SHEET};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::json;
use std::sync::Arc;

/// Documents one application holds at most. Those that newer ones replaced do not count: nobody can remove them.
const MOST: i64 = 24;
/// Looks of one person at one document within this time are one entry of the history.
const ONE_LOOK: SignedDuration = SignedDuration::from_hours(1);

/// The papers of a business, for those who run it.
#[derive(Clone, Debug)]
pub struct Papers {
    /// The application with its documents; `None` for businesses from before there were applications.
    pub application: Option<Application>,
    /// Why we have hidden the business, if we have.
    pub suspended: Option<String>,
    /// Whether it is hidden because a document is over.
    pub over: bool,
}

/// The papers of the actor's business: two statements.
///
/// # Errors
/// Not found for those who do not run it.
pub async fn papers_of_business(ctx: &Context, actor: &Actor) -> Result<Papers, Error> {
    actor.signed_in()?;
    let provider = run_by(actor).ok_or(Error::NotFound)?;
    let (suspended, over) = businesses::standing(&ctx.pool, provider).await?;
    let application = applications::of_provider(&ctx.pool, provider).await?;
    Ok(Papers { application, suspended, over })
}

/// The business the actor may show documents of.
fn run_by(actor: &Actor) -> Option<ProviderId> {
    let object = |provider| Object { provider: Some(provider), ..Object::default() };
    actor.provider().filter(|provider| can(actor, Action::ShowDocuments, &object(*provider)))
}

/// The application documents are added to: that of the actor's business, else their own, if there is one yet.
async fn holder(ctx: &Context, actor: &Actor) -> Result<Option<Application>, Error> {
    let user = applicant(actor)?;
    if let Some(provider) = run_by(actor) {
        let found = applications::of_provider(&ctx.pool, provider).await?;
        return Ok(Some(found.ok_or_else(|| Error::Conflict("Your business needs no documents.".to_owned()))?));
    }
    if !actor.memberships.is_empty() {
        return Err(has_business());
    }
    let own = applications::of_user(&ctx.pool, user).await?;
    if let Some(own) = &own {
        check_open(own.state)?;
    }
    Ok(own)
}

/// What was typed about a document.
#[derive(Clone, Copy, Debug)]
pub struct TypedDocument<'t> {
    /// Name of its kind.
    pub kind: &'t str,
    /// Its number.
    pub number: &'t str,
    /// Its last good day, `2028-05-31`.
    pub expires_on: &'t str,
}

/// Shows a document: its picture is made anew from its pixels and kept apart from public ones.
///
/// # Errors
/// Messages beside `kind`, `number`, `expires_on` and `document`; a conflict when nothing can be changed now.
pub async fn add_document(ctx: &Context, actor: &Actor, typed: TypedDocument<'_>, sent: &[u8]) -> Result<(), Error> {
    let user = applicant(actor)?;
    let known = holder(ctx, actor).await?;
    let told = known.as_ref().map(|known| known.told.clone()).unwrap_or_default();
    let document = NewDocument::read(typed.kind, typed.number, typed.expires_on, today_of(ctx, &told))?;
    let prints = Arc::new(pictures::take(ctx, "document", sent, SHEET).await?);
    let (begins, id) = (known.is_none(), ctx.id::<DocumentId>());
    let ids = known.map_or_else(|| begun(ctx), |known| (known.id, known.reference));
    write(ctx, actor, move |tx| {
        let (document, prints, (application, reference)) = (document.clone(), Arc::clone(&prints), ids.clone());
        Box::pin(async move {
            let now = tx.now();
            if begins {
                begin(tx, user, application, &reference).await?;
            }
            touch(tx, application).await?;
            if !store::add(tx.conn(), id, application, &document, MOST, now).await? {
                let words = "There are very many documents already. Remove those that are not needed.";
                return Err(Error::invalid("document", words));
            }
            store::keep_files(tx.conn(), id, &prints.files).await?;
            note(
                tx,
                "application.document_added",
                application.0,
                json!({ "document": id, "kind": document.kind.name() }),
                "",
            );
            Ok(())
        })
    })
    .await
}

/// One more change of an application whose documents may be changed.
async fn touch(tx: &mut Tx, application: ApplicationId) -> Result<(), Error> {
    let now = tx.now();
    if store::touch(tx.conn(), application, now).await? {
        Ok(())
    } else {
        Err(Error::Conflict("Your application is being looked at. Take it back to change it.".to_owned()))
    }
}

/// Removes a document that nobody has accepted, with its picture.
///
/// # Errors
/// Not found: it is not theirs, or it was accepted.
pub async fn remove_document(ctx: &Context, actor: &Actor, document: DocumentId) -> Result<(), Error> {
    let known = holder(ctx, actor).await?.ok_or(Error::NotFound)?;
    let removable = |state| matches!(state, DocumentState::Sent | DocumentState::Refused);
    if !known.documents.iter().any(|one| one.id == document && removable(one.state)) {
        return Err(Error::NotFound);
    }
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            touch(tx, known.id).await?;
            if !store::remove(tx.conn(), document).await? {
                return Err(Error::NotFound);
            }
            note(tx, "application.document_removed", known.id.0, json!({ "document": document }), "");
            Ok(())
        })
    })
    .await
}

/// The picture of a document as JPEG, in one of the widths of [`SHEET`]: one statement. When somebody looks who checks it,
/// the history learns of it before they see anything; looks within an hour are one.
///
/// # Errors
/// Not found for everybody but the applicant, those who run the business, and those who check.
pub async fn document_picture(
    ctx: &Context,
    actor: &Actor,
    document: DocumentId,
    width: u32,
) -> Result<Vec<u8>, Error> {
    let user = actor.in_person()?;
    let checks = can(actor, Action::CheckProviders, &Object::default());
    let print = store::file(&ctx.pool, document, width, (user, checks, run_by(actor))).await?;
    if !print.own {
        note_look(ctx, actor, user, document, &print).await?;
    }
    Ok(print.content)
}

async fn note_look(
    ctx: &Context,
    actor: &Actor,
    user: UserId,
    document: DocumentId,
    print: &store::Print,
) -> Result<(), Error> {
    let (application, kind) = (print.application.0, print.kind.name());
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let before = now.checked_sub(ONE_LOOK).unwrap_or(now);
            if store::look(tx.conn(), document, user, (now, before)).await? {
                let detail = json!({ "document": document, "kind": kind });
                note(tx, "application.document_seen", application, detail, "");
            }
            Ok(())
        })
    })
    .await
}

/// Accepts or refuses a document of a business that has shown a new one. A good one takes the place of those before it,
/// and shows the business again if that was all it lacked. Says which business it is about.
///
/// # Errors
/// Not found for those who may not check; a message beside `note`, which a refusal needs; somebody was faster.
pub async fn decide_document(
    ctx: &Context,
    actor: &Actor,
    document: DocumentId,
    accept: bool,
    words: &str,
) -> Result<(), Error> {
    let by = checker(actor)?;
    if !accept && words.trim().is_empty() {
        return Err(Error::invalid("note", "Say what is wrong with it: the business reads this."));
    }
    if words.chars().count() > 2000 {
        return Err(Error::invalid("note", "Please keep it under 2,000 characters."));
    }
    let for_tx = (ctx.clone(), words.trim().to_owned());
    write(ctx, actor, move |tx| {
        let (ctx, words) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let state = if accept { DocumentState::Accepted } else { DocumentState::Refused };
            let decided = store::decide(tx.conn(), document, state, &words, by, now).await?;
            let Some(decided) = decided else {
                return Err(Error::Conflict("Somebody else has decided this document already.".to_owned()));
            };
            if tx.actor().works_for(decided.provider) {
                let words = "This is a document of your own business: somebody else decides about it.";
                return Err(Error::Conflict(words.to_owned()));
            }
            let today = crate::availability::civil::date(&decided.zone.rules(), now);
            if accept && decided.expires_on.is_some_and(|end| days_left(end, today) < 0) {
                return Err(Error::invalid("note", "This document is over by now. Refuse it with a word instead."));
            }
            let action = if accept { "application.document_accepted" } else { "application.document_refused" };
            note(
                tx,
                action,
                decided.application.0,
                json!({ "document": document, "kind": decided.kind.name() }),
                &words,
            );
            let mut shown_again = false;
            if accept {
                store::replace_older(tx.conn(), decided.application, decided.kind, document).await?;
                shown_again = settle(tx, decided.application, decided.provider, today).await? == Some(false);
            }
            letters::document_decided(&ctx, tx, decided.provider, (decided.kind, accept, shown_again), &words).await
        })
    })
    .await
}

/// Hides or shows a business by its accepted documents. `Some` says what changed: hidden now, or not any more.
pub(super) async fn settle(
    tx: &mut Tx,
    application: ApplicationId,
    provider: ProviderId,
    today: Date,
) -> Result<Option<bool>, Error> {
    let now = tx.now();
    let over = !store::kinds_over(tx.conn(), application, today).await?.is_empty();
    let changed = catalog::papers_over(tx.conn(), provider, over.then_some(now)).await?;
    if changed {
        let action = if over { "provider.papers_over" } else { "provider.papers_good" };
        super::entry::note_business(tx, action, provider.0, json!({}), "");
    }
    Ok(changed.then_some(over))
}

/// What became of a document.
pub(super) struct Decided {
    pub application: ApplicationId,
    pub provider: ProviderId,
    pub kind: DocumentKind,
    pub zone: crate::kernel::Zone,
    pub expires_on: Option<Date>,
}

impl Application {
    /// Whether its documents can be changed by the applicant or the business now.
    #[must_use]
    pub const fn takes_documents(&self) -> bool {
        self.state.open() || matches!(self.state, State::Approved)
    }
}
