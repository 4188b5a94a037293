//! An application as a whole: what was told, step by step, and what is still missing.

use super::document::{Document, DocumentKind, DocumentState, days_left};
use super::life::State;
use crate::catalog::ProviderKind;
use crate::kernel::{ApplicationId, CategoryId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A page of the stepper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What the business is called, and what it is.
    Business,
    /// Where it is, and how far it goes.
    Place,
    /// What it does.
    Work,
    /// What shows that it may.
    Documents,
    /// Where earnings go.
    Payout,
    /// A last look, and sending.
    Check,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 6] = [Self::Business, Self::Place, Self::Work, Self::Documents, Self::Payout, Self::Check];

    /// The name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Place => "place",
            Self::Work => "work",
            Self::Documents => "documents",
            Self::Payout => "payout",
            Self::Check => "check",
        }
    }

    /// The step of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The step after it; the last has none.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }
}

/// An application with its documents.
#[derive(Clone, Debug)]
pub struct Application {
    /// Which one.
    pub id: ApplicationId,
    /// Its reference, `AP-7K3MQ2XD`.
    pub reference: String,
    /// Whose it is.
    pub user: UserId,
    /// The applicant's name.
    pub applicant: String,
    /// The applicant's address.
    pub email: String,
    /// Whether the address is proved.
    pub email_verified: bool,
    /// Since when the applicant has an account.
    pub member_since: Timestamp,
    /// How far it is.
    pub state: State,
    /// Counts changes.
    pub version: i32,
    /// How often it was sent.
    pub round: i16,
    /// What is told of it.
    pub told: Told,
    /// Its documents, the first first; no picture.
    pub documents: Vec<Document>,
    /// When it was sent last.
    pub submitted_at: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Our last words about it.
    pub note: String,
    /// Address of the business it became.
    pub provider: Option<String>,
}

/// The answers of the stepper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Name of the business.
    pub name: String,
    /// A person or a company; `None` before anything was told.
    pub kind: Option<ProviderKind>,
    /// What it says of itself in a line.
    pub headline: String,
    /// The whole story.
    pub about: String,
    /// Its town.
    pub city: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// Its postal code.
    pub postal_code: String,
    /// IANA name.
    pub zone: String,
    /// Degrees of latitude and longitude, once the place was found.
    pub position: Option<(f64, f64)>,
    /// How far it goes.
    pub radius_km: i32,
    /// Postal codes it names beside that.
    pub postal_codes: Vec<String>,
    /// What it does: ids and names.
    pub categories: Vec<(CategoryId, String)>,
    /// What it can do, in words.
    pub skills: Vec<String>,
    /// ISO 3166 code of the country earnings go to.
    pub payout_country: String,
}

impl Application {
    /// Whether a step has what it needs, on this day.
    #[must_use]
    pub fn done(&self, step: Step, today: Date) -> bool {
        let told = &self.told;
        match step {
            Step::Business => !told.name.is_empty() && told.kind.is_some() && !told.headline.is_empty(),
            Step::Place => told.position.is_some() && !told.zone.is_empty(),
            Step::Work => !told.categories.is_empty(),
            Step::Documents => self.missing_documents(today).is_empty(),
            Step::Payout => !told.payout_country.is_empty(),
            Step::Check => self.state != State::Draft && !self.state.open(),
        }
    }

    /// The first step that lacks something, or the last look.
    #[must_use]
    pub fn next_step(&self, today: Date) -> Step {
        Step::ALL.into_iter().find(|step| !self.done(*step, today)).unwrap_or(Step::Check)
    }

    /// Kinds that are needed and of which none is good on this day.
    #[must_use]
    pub fn missing_documents(&self, today: Date) -> Vec<DocumentKind> {
        let good = |kind: DocumentKind| {
            self.documents.iter().any(|document| {
                document.kind == kind
                    && matches!(document.state, DocumentState::Sent | DocumentState::Accepted)
                    && document.expires_on.is_none_or(|end| days_left(end, today) >= 0)
            })
        };
        DocumentKind::ALL.into_iter().filter(|kind| kind.needed() && !good(*kind)).collect()
    }
}
