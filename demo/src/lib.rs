//! The demo marketplace: people, businesses, services with pictures, bookings and reviews. The same every
//! time, told for the present: there are always visits today and free times in the coming weeks.

pub mod content;
pub mod drawing;
mod gallery;
mod large;
mod logins;
mod small;
mod store;
mod story;

pub use logins::{LOGINS, PASSWORD};

use domain::kernel::{Context, Error};
use sqlx::PgPool;
use std::fmt;
use std::path::Path;

/// How much there is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A living marketplace to look at: 65 businesses, 247 services.
    Small,
    /// Mass for measuring: 5,000 businesses, 100,000 services, 1,000,000 bookings.
    Large,
}

/// What was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Logins.
    pub users: usize,
    /// Businesses.
    pub providers: usize,
    /// Services on offer.
    pub services: usize,
    /// Bookings in all states.
    pub bookings: usize,
    /// Reviews with words.
    pub reviews: usize,
    /// Pictures, each in several sizes.
    pub pictures: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} people, {} businesses, {} services, {} bookings, {} reviews, {} pictures",
            self.users, self.providers, self.services, self.bookings, self.reviews, self.pictures
        )
    }
}

/// Fills an empty marketplace. `owner` is a pool of the role that owns the tables; `files` is the folder
/// pictures are served from, their files go into `pictures/` there. `say` is told how far it is.
///
/// # Errors
/// A conflict when there are users already: demo data never mixes with real data. The database is away,
/// or the folder cannot be written to.
pub async fn load(
    ctx: &Context,
    owner: &PgPool,
    files: &Path,
    scale: Scale,
    say: &dyn Fn(&str),
) -> Result<Summary, Error> {
    if store::has_users(&ctx.pool).await? {
        let words = "There are people in this marketplace already. Demo data is loaded into an empty one only.";
        return Err(Error::Conflict(words.to_owned()));
    }
    match scale {
        Scale::Small => small::load(ctx, owner, files, say).await,
        Scale::Large => large::load(ctx, owner, files, say).await,
    }
}
