//! People who book, and which portraits suit a first name.

use crate::drawing::Presentation;

/// First names whose portraits are drawn with masculine features; all others with feminine ones.
const MASCULINE: &[&str] = &[
    "Ahmed", "Aidan", "Albert", "Ali", "Amadou", "Amir", "Andre", "Andreas", "Ben", "Benno", "Bernhard", "Callum", "Chidi",
    "Christoph", "Ciarán", "Conor", "Dan", "Danny", "Darragh", "David", "Declan", "Dele", "Deniz", "Desmond", "Dmitri",
    "Edward", "Eli", "Elias", "Emre", "Eoin", "Ethan", "Felix", "Fergal", "Fionn", "Florian", "Gareth", "Georg", "Hassan",
    "Henrik", "Hugo", "Isaac", "Jakob", "Jamal", "Joe", "Jonah", "Jonas", "Josef", "Julian", "Kenji", "Kofi", "Kwame", "Leon",
    "Lorcan", "Luis", "Lukas", "Malik", "Marc", "Marcin", "Marco", "Marcus", "Matthias", "Michael", "Milan", "Mirko",
    "Mustafa", "Nathan", "Nikhil", "Nils", "Oisín", "Omar", "Oscar", "Owen", "Patrick", "Paul", "Pawel", "Peter", "Piet",
    "Radek", "Rafael", "Raj", "Ray", "Rob", "Rohan", "Ruben", "Sam", "Samuel", "Seán", "Simon", "Stefan", "Sven", "Tarek",
    "Ted", "Teo", "Theo", "Theodore", "Thomas", "Timo", "Tobias", "Tom", "Tomasz", "Tomek", "Troy", "Tyrell", "Valentin",
    "Victor", "Viktor", "Walter", "Will", "Yannick", "Yusuf",
];

/// Customers of each city, in the order of `PLACES`: first and last names.
pub const CUSTOMERS: [[&str; 16]; 6] = [
    [
        "Henrik Sommerfeld", "Leyla Arslan", "Ruth Kaminski", "Jakob Thiele", "Nele Brandis", "Mustafa Yıldız", "Cosima Richter",
        "Sven Adler", "Marlene Vogt", "Ewa Sikora", "Theo Lindemann", "Hanna Overbeck", "Raj Malhotra", "Ines Castro",
        "Walter Pohl", "Frieda Neumeister",
    ],
    [
        "Christoph Haas", "Valerie Pichler", "Bernhard Stadler", "Milena Todorović", "Georg Auer", "Lara Szabó", "Elias Fürst",
        "Theresa Zach", "Nina Kolarik", "Julian Reiter", "Amina Hadžić", "Rosa Winterstein", "Paul Egger", "Dorothea Lang",
        "Ahmed Saleh", "Viktoria Prohaska",
    ],
    [
        "Ana Ferreira", "Oscar Whitby", "Meera Nair", "Desmond Clarke", "Poppy Ainsworth", "Hugo Lambert", "Zainab Yusuf",
        "Fiona Drummond", "Nikhil Rao", "Alice Penhaligon", "Rafael Monteiro", "Judith Sparrow", "Malik Johnson",
        "Beatrix Holme", "Tomek Wiśniewski", "Charlotte Nwosu",
    ],
    [
        "Conor Hegarty", "Sinéad Mulcahy", "Eoin Dunphy", "Gráinne Lavelle", "Aidan Sheerin", "Blessing Adeleke", "Darragh Finnerty",
        "Maeve Costigan", "Owen Tuohy", "Ciara Devlin", "Ruben Silva", "Nuala Breslin", "Kate Mangan", "Yannick Perrin",
        "Úna Harte", "Liadh Rooney",
    ],
    [
        "Jamal Whitaker", "Rebecca Stein", "Carmen Ibarra", "Ethan Kowalski", "Mei Chen", "Isaac Friedman", "Lucille Armstrong",
        "Victor Petrenko", "Shanice Rowe", "Julia Marchetti", "David Oyelaran", "Priscilla Vance", "Leon Gutierrez",
        "Naomi Castellanos", "Harriet Bloom", "Sunita Desai",
    ],
    [
        "Caroline Whitcomb", "Albert Tremblay", "Rosalind Keane", "Andre Fontes", "Emily Nguyen", "Samuel Hartigan", "Joyce Pelletier",
        "Will Abernathy", "Teresa Amaral", "Hannah Lowell", "Kwame Boadi", "Bridget Scanlon", "Theo Karas", "Margot Sinclair",
        "Paige Donovan", "Irina Belova",
    ],
];

/// Which features a portrait of this name is drawn with.
pub fn presentation(name: &str) -> Presentation {
    let first = name.split(' ').next().unwrap_or(name);
    if MASCULINE.contains(&first) { Presentation::Masculine } else { Presentation::Feminine }
}

/// First name and the rest.
pub fn split(name: &str) -> (&str, &str) {
    name.split_once(' ').unwrap_or((name, name))
}

/// Letters and digits of a name for addresses: lower case, accents gone, dashes between words.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'à' | 'á' | 'â' | 'ã' | 'å' => slug.push('a'),
            'ä' | 'æ' => slug.push_str("ae"),
            'ç' | 'č' | 'ć' => slug.push('c'),
            'è' | 'é' | 'ê' | 'ë' => slug.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => slug.push('i'),
            'ñ' | 'ń' => slug.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' => slug.push('o'),
            'ö' => slug.push_str("oe"),
            'ř' => slug.push('r'),
            'ś' | 'š' => slug.push('s'),
            'ß' => slug.push_str("ss"),
            'ù' | 'ú' | 'û' => slug.push('u'),
            'ü' => slug.push_str("ue"),
            'ž' => slug.push('z'),
            // Apostrophes and combining marks join, everything else separates.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Putz & Söhne"), "putz-soehne");
        assert_eq!(slug("Grá Hair & Make-up"), "gra-hair-make-up");
        assert_eq!(slug("Runner's legs"), "runners-legs");
        assert_eq!(slug("Mustafa Yıldız"), "mustafa-yildiz");
    }
}
