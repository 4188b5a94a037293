//! The published logins of the demo marketplace: accounts name them, because the login page shows them too.

pub use domain::accounts::demo::{DOMAIN, LOGINS, PASSWORD};
