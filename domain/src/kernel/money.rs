//! Money: integer minor units with a currency. Never a float, never a bare integer.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The currencies a marketplace can trade in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Euro
    Eur,
    /// Pound sterling
    Gbp,
    /// US dollar
    Usd,
    /// Swiss franc
    Chf,
    /// Japanese yen, which has no minor unit
    Jpy,
}

impl Currency {
    /// All currencies, for choices on forms.
    pub const ALL: [Self; 5] = [Self::Eur, Self::Gbp, Self::Usd, Self::Chf, Self::Jpy];

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Usd => "USD",
            Self::Chf => "CHF",
            Self::Jpy => "JPY",
        }
    }

    /// What stands before an amount on screen.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Eur => "€",
            Self::Gbp => "£",
            Self::Usd => "$",
            Self::Chf => "CHF\u{a0}",
            Self::Jpy => "¥",
        }
    }

    /// Number of digits of the minor unit (ISO 4217).
    #[must_use]
    pub const fn digits(self) -> u32 {
        match self {
            Self::Jpy => 0,
            _ => 2,
        }
    }

    /// What an amount looks like when it is typed.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self.digits() {
            0 => "3000, without decimals",
            _ => "86 or 86.50",
        }
    }

    /// The currency of an ISO 4217 code, if we trade in it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// An amount in minor units of a currency. May be negative in the ledger, never on a price tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Cents, pence, yen.
    pub minor: i64,
    /// What they are cents of.
    pub currency: Currency,
}

/// Why an amount could not be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies in one sum.
    #[error("amounts of different currencies cannot be added")]
    MixedCurrencies,
    /// More than 64 bits of minor units.
    #[error("the amount is too large")]
    TooLarge,
    /// Text that is not an amount, or has more decimals than the currency.
    #[error("that is not an amount of money")]
    NotAnAmount,
}

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum.
    ///
    /// # Errors
    /// Mixed currencies, or an overflow.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }

    /// `self × numerator ÷ denominator`, a half rounded away from zero (commercial rounding).
    ///
    /// # Errors
    /// An overflow, or a denominator of zero.
    pub fn ratio(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator == 0 {
            return Err(MoneyError::TooLarge);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let divisor = i128::from(denominator);
        let negative = (product < 0) != (divisor < 0);
        let (product, divisor) = (product.unsigned_abs(), divisor.unsigned_abs());
        let rounded = (product + divisor / 2) / divisor;
        let magnitude = i64::try_from(rounded).map_err(|_| MoneyError::TooLarge)?;
        Ok(Self::new(if negative { -magnitude } else { magnitude }, self.currency))
    }

    /// A share in basis points (hundredths of a percent), commercial rounding.
    ///
    /// # Errors
    /// An overflow.
    pub fn share(self, basis_points: i64) -> Result<Self, MoneyError> {
        self.ratio(basis_points, 10_000)
    }

    /// Reads what a person types: `86`, `86.5`, `86,50`, with or without a symbol.
    ///
    /// # Errors
    /// Not a number, negative, too many decimals, too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim().trim_start_matches(currency.symbol().trim()).trim();
        let (whole, fraction) = match text.split_once(['.', ',']) {
            Some((whole, fraction)) => (whole, fraction),
            None => (text, ""),
        };
        let digits = currency.digits() as usize;
        let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > digits {
            return Err(MoneyError::NotAnAmount);
        }
        let padded = format!("{whole}{fraction:0<digits$}");
        let minor = padded.parse::<i64>().map_err(|_| MoneyError::TooLarge)?;
        Ok(Self::new(minor, currency))
    }

    /// The amount without its symbol: `1,234.50`.
    #[must_use]
    pub fn amount(self) -> String {
        let scale = 10_u64.pow(self.currency.digits());
        let magnitude = self.minor.unsigned_abs();
        let whole = (magnitude / scale).to_string();
        let mut grouped = String::with_capacity(whole.len() + 8);
        if self.minor < 0 {
            grouped.push('−');
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let rest = magnitude % scale;
        if self.currency.digits() > 0 && rest > 0 {
            grouped.push_str(&format!(".{rest:0width$}", width = self.currency.digits() as usize));
        }
        grouped
    }
}

impl fmt::Display for Money {
    /// On screen: `€86`, `€86.50`, `CHF 20`, `¥1,200`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.amount();
        match amount.strip_prefix('−') {
            Some(positive) => write!(f, "−{}{positive}", self.currency.symbol()),
            None => write!(f, "{}{amount}", self.currency.symbol()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_whole_and_broken_amounts() {
        assert_eq!(Money::new(8600, Currency::Eur).to_string(), "€86");
        assert_eq!(Money::new(123_450, Currency::Gbp).to_string(), "£1,234.50");
        assert_eq!(Money::new(-5, Currency::Usd).to_string(), "−$0.05");
        assert_eq!(Money::new(1200, Currency::Jpy).to_string(), "¥1,200");
    }

    #[test]
    fn rounds_halves_away_from_zero() {
        assert_eq!(Money::new(5, Currency::Eur).ratio(1, 2).map(|m| m.minor), Ok(3));
        assert_eq!(Money::new(-5, Currency::Eur).ratio(1, 2).map(|m| m.minor), Ok(-3));
    }

    #[test]
    fn refuses_mixed_currencies_and_bad_text() {
        let euro = Money::new(1, Currency::Eur);
        assert_eq!(euro.plus(Money::new(1, Currency::Usd)), Err(MoneyError::MixedCurrencies));
        for text in ["", "-1", "1.234", "1.2.3", "abc", "∞", "99999999999999999999"] {
            assert!(Money::parse(text, Currency::Eur).is_err(), "{text}");
        }
        assert!(Money::parse("1.5", Currency::Jpy).is_err());
        for currency in Currency::ALL {
            let example = currency.example().split([' ', ',']).next().unwrap_or_default();
            assert!(Money::parse(example, currency).is_ok(), "{example}");
        }
        assert!(!Currency::Jpy.example().contains('.'), "no cents where there are none");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(minor in 0_i64..1_000_000_000_000) {
            let money = Money::new(minor, Currency::Eur);
            let typed = money.amount().replace(',', "");
            prop_assert_eq!(Money::parse(&typed, Currency::Eur), Ok(money));
        }

        #[test]
        fn shares_of_a_whole_add_up(minor in 0_i64..1_000_000_000, bp in 0_i64..=10_000) {
            let whole = Money::new(minor, Currency::Eur);
            let part = whole.share(bp).expect("small");
            prop_assert!(part.minor >= 0 && part.minor <= minor);
            prop_assert!((i128::from(part.minor) * 10_000 - i128::from(minor) * i128::from(bp)).abs() <= 5_000);
        }
    }
}
