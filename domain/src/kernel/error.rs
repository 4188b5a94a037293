//! What can go wrong, in the few kinds the edges translate: one place makes pages of them.

use std::fmt;

/// Messages beside form fields, in the order of the form. An empty field name means the whole form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// No complaint.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// One complaint.
    #[must_use]
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), message.into())])
    }

    /// Adds a complaint about a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push((field.to_owned(), message.into()));
    }

    /// Whether there is nothing to complain about.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and message, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// The first message about a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == field).map(|(_, message)| message)
    }

    /// `Ok` if nothing was complained about.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the complaints.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// One must sign in first.
    #[error("sign-in needed")]
    SignIn,
    /// The actor is known and may not.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// Input that cannot be accepted; messages stand beside the fields.
    #[error("rejected input")]
    Invalid(FieldErrors),
    /// It cannot be done as things stand: taken, already done, a rule forbids it now. The text is for people.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Somebody else changed it while the actor was at it. The text is for people.
    #[error("outrun: {0}")]
    Outrun(String),
    /// Too often. Try again after so many seconds.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next attempt can succeed.
        retry_after: u32,
    },
    /// A part we depend on is away; trying again later may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A defect or a broken promise of ours. People see a request id, never the text.
    #[error("internal: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// What a transaction looked up to know which locks to take was not so any more once it had them: it begins again.
#[derive(Debug, thiserror::Error)]
#[error("overtaken by another transaction")]
pub struct Overtaken;

/// How loud an error is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Part of normal life.
    Expected,
    /// Somebody should look if it goes on.
    Warning,
    /// Somebody must look.
    Defect,
}

impl Error {
    /// A defect, told in words.
    #[must_use]
    pub fn internal(message: impl fmt::Display) -> Self {
        Self::Internal(message.to_string().into())
    }

    /// Rejected input about one field.
    #[must_use]
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }

    /// How loud it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NotFound | Self::SignIn | Self::Invalid(_) | Self::Conflict(_) | Self::Outrun(_) => {
                Severity::Expected
            }
            Self::Forbidden(_) | Self::TooMany { .. } | Self::Unavailable(_) => Severity::Warning,
            Self::Internal(_) => Severity::Defect,
        }
    }
}

#[cfg(feature = "postgres")]
mod database {
    use super::{Error, Overtaken};

    impl From<sqlx::Error> for Error {
        fn from(error: sqlx::Error) -> Self {
            match error {
                sqlx::Error::RowNotFound => Self::NotFound,
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                    Self::Unavailable(error.to_string())
                }
                // 53300 too many connections, 57014 statement timeout, 55P03 lock timeout, 57P01/57P03 shutting down or starting up
                sqlx::Error::Database(ref inner)
                    if matches!(inner.code().as_deref(), Some("53300" | "57014" | "55P03" | "57P01" | "57P03")) =>
                {
                    Self::Unavailable(error.to_string())
                }
                other => Self::Internal(Box::new(other)),
            }
        }
    }

    impl Error {
        /// Whether trying the whole transaction again can help: the database asks for it (40001 serialisation failure,
        /// 40P01 deadlock), it was overtaken on the way to its locks, or a reference drawn by lot is somebody's already: the
        /// next one is another.
        #[must_use]
        pub fn retryable(&self) -> bool {
            let Self::Internal(inner) = self else {
                return false;
            };
            if inner.is::<Overtaken>() {
                return true;
            }
            let Some(sqlx::Error::Database(error)) = inner.downcast_ref::<sqlx::Error>() else {
                return false;
            };
            let drawn = matches!(error.constraint(), Some("bookings_reference" | "applications_reference"));
            drawn || matches!(error.code().as_deref(), Some("40001" | "40P01"))
        }
    }
}
