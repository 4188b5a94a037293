//! Public holidays by country and region: a list in the repository, made by `holidays/make.py`, which names its source.
//! A business says which region's holidays it keeps; its people are closed on them unless they say other hours.

use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The list: region, date, name.
const LIST: &str = include_str!("holidays/list.csv");

/// Regions one can choose, with their names; a region has its country's holidays and its own.
const REGIONS: &[(&str, &str)] = &[
    ("AT", "Austria"),
    ("DE", "Germany, everywhere"),
    ("DE-BW", "Germany, Baden-Württemberg"),
    ("DE-BY", "Germany, Bavaria"),
    ("DE-BE", "Germany, Berlin"),
    ("DE-BB", "Germany, Brandenburg"),
    ("DE-HB", "Germany, Bremen"),
    ("DE-HH", "Germany, Hamburg"),
    ("DE-HE", "Germany, Hesse"),
    ("DE-NI", "Germany, Lower Saxony"),
    ("DE-MV", "Germany, Mecklenburg-Western Pomerania"),
    ("DE-NW", "Germany, North Rhine-Westphalia"),
    ("DE-RP", "Germany, Rhineland-Palatinate"),
    ("DE-SL", "Germany, Saarland"),
    ("DE-SN", "Germany, Saxony"),
    ("DE-ST", "Germany, Saxony-Anhalt"),
    ("DE-SH", "Germany, Schleswig-Holstein"),
    ("DE-TH", "Germany, Thuringia"),
    ("IE", "Ireland"),
    ("PT", "Portugal"),
    ("GB", "United Kingdom, everywhere"),
    ("GB-ENG", "United Kingdom, England"),
    ("GB-NIR", "United Kingdom, Northern Ireland"),
    ("GB-SCT", "United Kingdom, Scotland"),
    ("GB-WLS", "United Kingdom, Wales"),
    ("US", "United States, federal"),
];

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The civil date.
    pub date: Date,
    /// What it is called, in English.
    pub name: &'static str,
}

static KNOWN: LazyLock<BTreeMap<&'static str, Vec<Holiday>>> = LazyLock::new(|| {
    let mut known: BTreeMap<&str, Vec<Holiday>> = BTreeMap::new();
    for line in LIST.lines() {
        let mut parts = line.splitn(3, ',');
        // Comments and the heading have no date.
        if let (Some(region), Some(Ok(date)), Some(name)) = (parts.next(), parts.next().map(str::parse), parts.next()) {
            known.entry(region).or_default().push(Holiday { date, name });
        }
    }
    known
});

/// Regions one can choose: code and name.
#[must_use]
pub const fn regions() -> &'static [(&'static str, &'static str)] {
    REGIONS
}

/// The holidays of a region in order; none for regions that are not on the list.
#[must_use]
pub fn of(region: &str) -> Vec<Holiday> {
    let country = region.split('-').next().filter(|country| *country != region);
    let lists = [Some(region), country].into_iter().flatten().filter_map(|list| KNOWN.get(list));
    let mut days: Vec<Holiday> = lists.flatten().copied().collect();
    days.sort_unstable();
    days
}

/// The dates of the holidays a business keeps.
pub(super) fn dates(region: Option<&str>) -> Vec<Date> {
    region.map(|region| of(region).into_iter().map(|holiday| holiday.date).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_region_has_holidays_for_the_coming_years() {
        for (region, name) in regions() {
            let days = of(region);
            for year in 2026..=2031 {
                assert!(days.iter().filter(|day| day.date.year() == year).count() >= 6, "{name} {year}");
            }
            assert!(days.windows(2).all(|pair| pair[0].date <= pair[1].date), "{name}");
        }
        assert_eq!(of("XX"), []);
        assert!(KNOWN.keys().all(|known| regions().iter().any(|(region, _)| region == known)), "all can be chosen");
    }

    #[test]
    fn a_region_keeps_its_countrys_holidays_and_its_own() {
        let keeps = |region: &str, day: Date| of(region).iter().any(|holiday| holiday.date == day);
        let (unity, women) = (date(2027, 10, 3), date(2027, 3, 8));
        assert!(keeps("DE", unity) && keeps("DE-BE", unity) && keeps("DE-BE", women));
        assert!(!keeps("DE", women) && !keeps("DE-BY", women));
        // 25 December 2027 is a Saturday: the Monday after it is kept instead.
        assert!(keeps("GB-ENG", date(2027, 12, 27)));
    }
}
