//! Businesses begin, are hidden and shown again: other subjects decide when, in their own transactions.

use super::ProviderKind;
use super::store::businesses as store;
use crate::kernel::{Error, MemberId, ProviderId, UserId, Zone};
use jiff::Timestamp;
use sqlx::PgConnection;

/// Longest part of an address that is made from a name.
const LONGEST_SLUG: usize = 60;

/// A business with its only member, the owner.
#[derive(Clone, Debug)]
pub struct NewBusiness {
    /// Which one.
    pub id: ProviderId,
    /// The owner as a bookable person.
    pub member: MemberId,
    /// The owner.
    pub owner: UserId,
    /// Its name.
    pub name: String,
    /// A person or a company.
    pub kind: ProviderKind,
    /// What it says of itself in a line.
    pub headline: String,
    /// The whole story.
    pub about: String,
    /// Its town.
    pub city: String,
    /// As typed; may be empty.
    pub postal_code: String,
    /// ISO 3166 code.
    pub country: String,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lng: f64,
    /// Where its clocks are.
    pub zone: Zone,
    /// How far it goes.
    pub radius_km: i32,
    /// Postal codes it names beside that.
    pub postal_codes: Vec<String>,
    /// What it can do, in words.
    pub skills: Vec<String>,
    /// ISO 3166 code.
    pub payout_country: String,
}

/// Opens a business whose documents were checked just now, and says its address: from its name, with the town or a
/// number where somebody else has it.
///
/// # Errors
/// The database is away.
pub async fn open_business(conn: &mut PgConnection, business: &NewBusiness, now: Timestamp) -> Result<String, Error> {
    let slug = store::free_slug(conn, &slug_of(&business.name), &slug_of(&business.city)).await?;
    store::open(conn, business, &slug, now).await?;
    Ok(slug)
}

/// Hides a business with a reason its people read, or shows it again. Says whether that changed anything.
///
/// # Errors
/// The database is away.
pub async fn suspend_business(
    conn: &mut PgConnection,
    provider: ProviderId,
    suspended: Option<(Timestamp, &str)>,
) -> Result<bool, Error> {
    store::suspend(conn, provider, suspended).await
}

/// Hides a business because a document it needs is over, or shows it again. Says whether that changed anything.
///
/// # Errors
/// The database is away.
pub async fn papers_over(
    conn: &mut PgConnection,
    provider: ProviderId,
    since: Option<Timestamp>,
) -> Result<bool, Error> {
    store::papers_over(conn, provider, since).await
}

/// Logins of the owners of a business.
///
/// # Errors
/// The database is away.
pub async fn owners_of(conn: &mut PgConnection, provider: ProviderId) -> Result<Vec<UserId>, Error> {
    store::owners(conn, provider).await
}

/// A name as part of an address: small Latin letters, digits and single hyphens.
pub(super) fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            "" if letter.is_ascii_alphanumeric() => slug.push(letter),
            "" if matches!(letter, '\'' | '’') => {}
            "" if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            "" => {}
            plain => slug.push_str(plain),
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "business".to_owned() } else { slug.to_owned() }
}

/// Letters with marks, in those that addresses have.
const fn plain(letter: char) -> &'static str {
    match letter {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ă' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '&' => "and",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug_of("Müller & Söhne GmbH"), "mueller-and-soehne-gmbh");
        assert_eq!(slug_of("  Tanner's  Row!! "), "tanners-row");
        assert_eq!(slug_of("水道屋"), "business");
        assert_eq!(slug_of("../admin?x=1"), "admin-x-1");
        assert!(slug_of(&"long ".repeat(100)).len() <= 60);
    }
}
