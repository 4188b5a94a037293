//! The page around the page: head, header, footer, the side menu of the portal, and the pages of failures.

mod acting;
mod document;
mod error_page;
mod footer;
mod header;
mod portal;
mod wordmark;

use domain::kernel::{Action, Object, can};
use domain::pictures::{FACE_WIDTHS, face_address};
use leptos::prelude::*;

use crate::request::PageRequest;

pub use error_page::error_body;
pub use wordmark::Wordmark;

/// What stands in the `<head>` of a page.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Says where you are, without the site's name: "Deep cleaning by Brightside".
    pub title: String,
    /// One or two sentences for search results and cards; empty for the site's own.
    pub description: String,
    /// The address this page is known by, as a path; `None` for none.
    pub canonical: Option<String>,
    /// The card's picture, as a path or full address; `None` for the site's own.
    pub image: Option<String>,
    /// JSON-LD documents.
    pub json_ld: Vec<String>,
    /// Keep search engines from listing it.
    pub robots_noindex: bool,
    /// The page has islands, so the browser program is loaded.
    pub islands: bool,
    /// The small script of its own that the page loads.
    pub script: Option<PageScript>,
}

/// Small scripts that only some pages load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageScript {
    /// For pages that ask for passkeys.
    Passkeys,
    /// For pages on which a service is written.
    Editor,
    /// For the calendar of a business.
    Calendar,
}

/// What stands around the content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// Header, footer as a site map.
    #[default]
    Public,
    /// For one task at a time (booking, logging in): the wordmark and nothing that leads astray.
    Focused,
    /// The provider's portal with its side menu.
    Provider,
    /// A person's own account with its side menu.
    Account,
    /// The back office with its side menu.
    Admin,
}

/// Addresses of style sheet and scripts, which change with their content.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct AssetPaths {
    /// The style sheet.
    pub css: String,
    /// The browser program's loader, for pages with islands.
    pub js: String,
    /// The browser program.
    pub wasm: String,
    /// The small script of every page.
    pub boot: String,
    /// The small script of pages that ask for passkeys.
    #[serde(default)]
    pub passkeys: String,
    /// The small script of pages on which a service is written.
    #[serde(default)]
    pub editor: String,
    /// The small script of the calendar.
    #[serde(default)]
    pub calendar: String,
}

/// What the page around the page needs to know of the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Viewer {
    /// First name of the person, if signed in.
    pub name: Option<String>,
    /// Address of their picture, in the size of the header.
    pub picture: Option<String>,
    /// Works for a provider.
    pub provider: bool,
    /// The businesses the person works for, id and name, the one they are in first.
    pub businesses: Vec<(String, String)>,
    /// Belongs to the marketplace's own people, even while the roles wait for the second factor.
    pub operator: bool,
    /// What an operator may do, and whether somebody acts for their business: decides which rooms the menus name.
    pub may: Vec<Action>,
    /// For whom an operator acts, why, and until when on their clock.
    pub acting: Option<acting::Acting>,
    /// Path of the page.
    pub path: String,
    /// `https://example.org`, without a slash at the end.
    pub public_url: String,
    /// The number-used-once of this response's scripts.
    pub nonce: String,
}

impl Viewer {
    fn of(page: &PageRequest) -> Self {
        let actor = page.actor();
        Self {
            name: actor.user.map(|_| actor.name.clone()),
            picture: actor.picture.as_deref().map(|key| face_address(key, FACE_WIDTHS[0])),
            provider: !actor.memberships.is_empty(),
            businesses: actor.memberships.iter().map(|m| (m.provider.0.to_string(), m.business.clone())).collect(),
            operator: actor.is_operator() || actor.asleep,
            may: portal::ADMIN_ACTIONS
                .iter()
                .copied()
                .filter(|action| can(actor, *action, &Object::default()))
                .chain(
                    portal::BUSINESS_ACTIONS.iter().copied().filter(|action| {
                        can(actor, *action, &Object { provider: actor.provider(), ..Object::default() })
                    }),
                )
                .collect(),
            acting: acting::Acting::of(page),
            path: page.path().to_owned(),
            public_url: page.absolute(""),
            nonce: page.nonce().to_owned(),
        }
    }

    /// Whether `path` is the page or stands above it.
    pub(crate) fn within(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The whole document. `said` is what just happened, shown once.
pub fn shell(
    page: &PageRequest,
    head: Head,
    frame: Frame,
    said: Option<&'static str>,
    body: impl IntoView + 'static,
) -> AnyView {
    document::document(&Viewer::of(page), &page.site().assets, head, frame, said, body.into_any()).into_any()
}
