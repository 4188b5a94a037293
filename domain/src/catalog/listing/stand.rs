//! Pausing, going on, putting away, and taking back.

use super::{SaveError, find, keep, publish::SERVICE_CHANGED};
use crate::catalog::Status;
use crate::catalog::store::listing as store;
use crate::kernel::{Actor, Context, Error, write};
use serde_json::json;

/// What a business does with a service as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Takes it off for a while.
    Pause,
    /// Puts it on offer again.
    Resume,
    /// Puts it away for good; its bookings and reviews stay.
    Archive,
    /// Takes it out of the archive: paused, or a draft if customers never saw it.
    Restore,
}

impl Standing {
    /// The act of a name in a form.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "pause" => Some(Self::Pause),
            "resume" => Some(Self::Resume),
            "archive" => Some(Self::Archive),
            "restore" => Some(Self::Restore),
            _ => None,
        }
    }

    /// Where it leads from a state; `None` where it cannot be done.
    #[must_use]
    pub const fn to(self, from: Status, published: bool) -> Option<Status> {
        match (self, from) {
            (Self::Pause, Status::Live) => Some(Status::Paused),
            (Self::Resume, Status::Paused) => Some(Status::Live),
            (Self::Archive, Status::Draft | Status::Review | Status::Live | Status::Paused) => Some(Status::Archived),
            (Self::Restore, Status::Archived) if published => Some(Status::Paused),
            (Self::Restore, Status::Archived) => Some(Status::Draft),
            _ => None,
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Pause => "listing.paused",
            Self::Resume => "listing.resumed",
            Self::Archive => "listing.archived",
            Self::Restore => "listing.restored",
        }
    }
}

/// How a service stands that something cannot be done with.
const fn no_way(from: Status) -> &'static str {
    match from {
        Status::Draft => "This service is a draft that customers have not seen.",
        Status::Review => "This service waits for review.",
        Status::Live => "This service is on show already.",
        Status::Paused => "This service is paused already.",
        Status::Archived => "This service is in the archive.",
    }
}

/// Does it. What waits for review when a service is put away is taken back and stays a draft.
///
/// # Errors
/// A conflict where it cannot be done; [`SaveError::Stale`]; not found for people who do not manage the business.
pub async fn stand(ctx: &Context, actor: &Actor, slug: &str, standing: Standing) -> Result<(), SaveError> {
    let service = find::own(ctx, actor, slug).await?;
    let Some(to) = standing.to(service.status, service.published) else {
        return Err(Error::Conflict(no_way(service.status).to_owned()).into());
    };
    let (id, version, from) = (service.id, service.version, service.status);
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            if to == Status::Archived {
                store::withdraw(tx.conn(), id).await?;
            }
            store::set_status(tx.conn(), id, to).await?;
            tx.event(SERVICE_CHANGED, id);
            tx.audit(keep::entry(standing.action(), id, "provider", json!({ "from": from.name(), "to": to.name() })));
            Ok(())
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_its_states_and_no_others() {
        use Standing::{Archive, Pause, Restore, Resume};
        let to = |act: Standing| Status::ALL.iter().map(move |from| act.to(*from, true)).collect::<Vec<_>>();
        let (live, paused, archived) = (Some(Status::Live), Some(Status::Paused), Some(Status::Archived));
        // In the order of Status::ALL: draft, review, live, paused, archived.
        assert_eq!(to(Pause), [None, None, paused, None, None]);
        assert_eq!(to(Resume), [None, None, None, live, None]);
        assert_eq!(to(Archive), [archived, archived, archived, archived, None]);
        assert_eq!(to(Restore), [None, None, None, None, paused]);
        assert_eq!(Restore.to(Status::Archived, false), Some(Status::Draft));
    }
}
