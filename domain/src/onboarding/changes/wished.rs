//! A name and a payout country as typed.

use super::Registered;
use crate::kernel::{Error, FieldErrors, words};
use crate::onboarding::countries;

/// The fewest and the most letters of a name: as in the application.
const NAME: (usize, usize) = (2, 120);

/// What somebody looks at before it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wished {
    /// The name of the business.
    pub name: String,
    /// Where earnings go: an ISO 3166 code; empty for businesses from before anybody asked.
    pub payout_country: String,
}

impl Wished {
    /// Reads a form of a business that is registered like this.
    ///
    /// # Errors
    /// Messages beside `name` and `payout_country`.
    pub fn parse(name: &str, payout_country: &str, known: &Registered) -> Result<Self, Error> {
        let mut wrong = FieldErrors::new();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            _ if words::letters(&name) < NAME.0 => wrong.add("name", "Type the name customers know you by."),
            letters if letters > NAME.1 => wrong.add("name", "Please keep the name under 120 characters."),
            _ if name.chars().any(char::is_control) => wrong.add("name", "Type the name with letters and signs only."),
            _ => {}
        }
        let payout_country = payout_country.trim().to_owned();
        let never_said = payout_country.is_empty() && known.present.payout_country.is_empty();
        if !never_said && countries::name(&payout_country).is_none() {
            wrong.add("payout_country", "Choose a country of the list.");
        }
        let wished = Self { name, payout_country };
        if wrong.is_empty() && wished == known.present {
            wrong.add("name", "This is how it is already. Change the name or the country, or leave both.");
        }
        wrong.into_result()?;
        Ok(wished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ProviderId;

    fn known(payout_country: &str) -> Registered {
        Registered {
            id: ProviderId(uuid::Uuid::nil()),
            slug: "leaks".to_owned(),
            present: Wished { name: "Leaks".to_owned(), payout_country: payout_country.to_owned() },
            city: "Porto".to_owned(),
            postal_code: String::new(),
            country: "PT".to_owned(),
            moved: 0,
            latest: None,
        }
    }

    fn wrong(name: &str, country: &str, known: &Registered) -> Vec<String> {
        match Wished::parse(name, country, known) {
            Err(Error::Invalid(wrong)) => wrong.iter().map(|(field, _)| field.to_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn complaints_stand_beside_their_fields() {
        assert_eq!(wrong(" x ", "", &known("PT")), ["name", "payout_country"]);
        assert_eq!(wrong(&"x".repeat(121), "XX", &known("")), ["name", "payout_country"]);
        assert_eq!(wrong("Le\u{7}aks", "PT", &known("PT")), ["name"]);
        assert_eq!(wrong(" Leaks ", "PT", &known("PT")), ["name"]);
    }

    #[test]
    fn what_was_never_said_may_stay_so() {
        let wished = Wished::parse("Leaks  & Co", "", &known("")).expect("taken");
        assert_eq!((wished.name.as_str(), wished.payout_country.as_str()), ("Leaks & Co", ""));
        assert!(Wished::parse("Leaks", "DE", &known("PT")).is_ok());
    }
}
