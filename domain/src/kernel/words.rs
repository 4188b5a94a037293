//! What people type, cleaned once where it comes in: nothing that cannot be seen passes for words, and nobody's words
//! turn the direction of ours around.
//!
//! Unicode knows many characters without any ink. Most carry no meaning in a name or a sentence, only surprises: a
//! business called by one zero-width space has a name for every check and none for people, and one override
//! (U+202E) mirrors the page's own words behind it. A few do carry meaning and stay where they do: joiners between
//! letters of scripts that need them and inside emoji, the variation selectors of symbols and ideographs, and the tags
//! of a flag. Hebrew and Arabic need none of the characters that go: letters know their direction by themselves.

/// Typed text as it is kept: without what cannot be seen, line ends as `\n`, blanks of every kind trimmed. A text
/// without any visible character is empty. Never longer than what was typed; cleaning twice changes nothing.
#[must_use]
pub fn visible(typed: &str) -> String {
    if typed.is_ascii() && !typed.bytes().any(|b| b.is_ascii_control()) {
        return typed.trim().to_owned();
    }
    let chars: Vec<char> = typed.chars().collect();
    let seen_after = seen_after(&chars);
    let mut kept = String::with_capacity(typed.len());
    let mut last = '\0';
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = seen_after.get(at).copied().unwrap_or('\0');
        at += 1;
        let stays = match c {
            '\r' if chars.get(at) == Some(&'\n') => None,
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            // Blanks of a width that Unicode does not call blanks: those of Braille and of Hangul.
            '\u{2800}' | '\u{3164}' | '\u{ffa0}' => Some(' '),
            _ if is_inkless(c) => means_something(last, c, next).then_some(c),
            _ => Some(c),
        };
        if let Some(c) = stays {
            kept.push(c);
            last = c;
        }
        if c == FLAG {
            let tags = tags_of_a_flag(chars.get(at..).unwrap_or_default());
            kept.extend(chars.iter().skip(at).take(tags));
            at += tags;
        }
    }
    kept.trim().to_owned()
}

/// How many characters of a typed text can be seen; blanks in a row count once. What "at least so many letters" is
/// measured by. (At most so many is measured by all characters: those are what is kept.)
#[must_use]
pub fn letters(typed: &str) -> usize {
    let text = visible(typed);
    let words = text.split_whitespace();
    let (blanks, seen) = words.fold((0_usize, 0_usize), |(blanks, seen), word| {
        (blanks + 1, seen + word.chars().filter(|&c| !is_inkless(c)).count())
    });
    seen + blanks.saturating_sub(1)
}

/// For each character, the next one that can be seen; NUL where none is left.
fn seen_after(chars: &[char]) -> Vec<char> {
    let mut next = '\0';
    let mut backwards: Vec<char> = Vec::with_capacity(chars.len());
    for &c in chars.iter().rev() {
        backwards.push(next);
        if !is_inkless(c) {
            next = c;
        }
    }
    backwards.reverse();
    backwards
}

/// The black flag, which tags behind it make the flag of a country's part.
const FLAG: char = '\u{1f3f4}';
/// No flag has more of them: a country and its part.
const MOST_TAGS: usize = 6;

/// Whether a character leaves nothing on paper, not even a blank: controls, those Unicode calls default-ignorable, the marks around
/// annotations, hieroglyphs and objects, the note without a head, and code points that are no characters.
/// (`DerivedCoreProperties.txt`, Default_Ignorable_Code_Point, and category Cf, of Unicode 16; the signs of Arabic
/// numbers and years are of category Cf, too, and can be seen.)
fn is_inkless(c: char) -> bool {
    if c.is_control() {
        return !matches!(c, '\n' | '\t' | '\r' | '\u{85}');
    }
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}'..='\u{ffff}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || c as u32 & 0xfffe == 0xfffe
}

/// Whether a character without ink says something between these two: the last one that stays, and the next to be seen.
fn means_something(last: char, c: char, next: char) -> bool {
    match c {
        // Half a letter or none: Persian, and the scripts of India, write words with it.
        '\u{200c}' => joins(last) && joins(next),
        // The same, also at a word's end; and families, professions and flags of emoji.
        '\u{200d}' => joins(last) || ((is_emoji(last) || last == '\u{fe0f}') && is_emoji(next)),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => is_mongolian(last),
        '\u{180e}' => is_mongolian(last) && is_mongolian(next),
        // As a picture, or as text.
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(last) || matches!(last, '0'..='9' | '#' | '*' | '©' | '®'),
        '\u{fe00}'..='\u{fe0d}' => last as u32 >= 0x1000 && !is_inkless(last) && !last.is_whitespace(),
        // How somebody writes the ideographs of their name.
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(last, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
        }
        _ => false,
    }
}

/// Scripts whose letters take another shape beside a joiner: Arabic and its neighbours, those of India and of the
/// south-east of Asia, Mongolian, Adlam.
fn joins(c: char) -> bool {
    let written = matches!(c,
        '\u{600}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1900}'..='\u{1cff}'
        | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10a00}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}');
    written && !is_inkless(c)
}

const fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{18aa}')
}

/// Symbols that have, or join into, a picture.
const fn is_emoji(c: char) -> bool {
    matches!(c,
        '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | 'Ⓜ' | '\u{25a0}'..='\u{27bf}'
        | '⤴' | '⤵' | '\u{2b00}'..='\u{2bff}' | '〰' | '〽' | '㊗' | '㊙' | '\u{1f000}'..='\u{1faff}')
}

/// How many of the characters behind a black flag are its tags: the letters of a place, and their end.
fn tags_of_a_flag(behind: &[char]) -> usize {
    let place = behind.iter().take_while(|c| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}'));
    let place = place.count();
    if (1..=MOST_TAGS).contains(&place) && behind.get(place) == Some(&'\u{e007f}') { place + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{is_inkless, letters, visible};
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_is_nothing() {
        let nothing = "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{34f}\u{180e}\u{115f}\u{1160}\
            \u{3164}\u{2800}\u{ffa0}\u{61c}\u{202e}\u{2067}\u{2069}\u{fe0f}\u{e0041}\u{e0100}\u{1d173}\u{1d159}\u{1}\
            \u{7f}\u{a0}\u{2003}\u{3000}\u{2028}\u{85}\t\r\n ";
        assert_eq!((visible(nothing), letters(nothing)), (String::new(), 0));
        for c in nothing.chars() {
            assert_eq!(visible(&c.to_string().repeat(40)), "", "{c:?}");
            assert_eq!(letters(&c.to_string().repeat(40)), 0, "{c:?}");
        }
    }

    #[test]
    fn nobody_turns_our_words_around() {
        assert_eq!(visible("Sparkle \u{202e}gnihsaw\u{202c} Ltd\u{2066}\u{2069}"), "Sparkle gnihsaw Ltd");
        assert_eq!(visible("\u{200f}דוד ובניו\u{200e} (3)"), "דוד ובניו (3)");
        assert_eq!(visible("photo\u{202e}gpj.exe"), "photogpj.exe");
    }

    #[test]
    fn joiners_stay_where_they_mean_something() {
        for written in [
            "می‌خواهم",
            "ه‍",
            "क्‍ष",
            "ന്‍",
            "👨‍👩‍👧 Family",
            "❤️‍🔥",
            "🏳️‍🌈",
            "👩🏽‍🔧",
            "1️⃣ first",
            "☎︎",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Tours",
            "葛\u{e0100}城",
            "ᠮᠣᠩᠭᠣᠯ\u{180b}",
        ] {
            assert_eq!(visible(written), written);
        }
        assert_eq!(visible("A\u{200d}na\u{200c} \u{200d}Lin\u{fe0f}"), "Ana Lin");
        assert_eq!(visible("می‌\u{200c}\u{200b}خواهم\u{200c} "), "می‌خواهم");
        assert_eq!(visible("🏴\u{e0067}\u{e0062} x"), "🏴 x");
    }

    #[test]
    fn long_texts_keep_their_lines() {
        assert_eq!(visible(" One.\r\n\r\nTwo,\u{200b}\tthree.\r\n"), "One.\n\nTwo,\tthree.");
        assert_eq!(visible("One\u{2028}two\u{2029}three\rfour"), "One\ntwo\nthree\nfour");
    }

    #[test]
    fn letters_are_those_one_can_see() {
        assert_eq!(letters("Ana"), 3);
        assert_eq!(letters("A\u{200b}\u{200b}\u{200b}\u{200b}"), 1);
        assert_eq!(letters("a \u{2800}  \u{3164} b"), 3);
        assert_eq!(letters("👨‍👩‍👧"), 3);
        assert_eq!(letters("❤️"), 1);
        assert_eq!(letters("می‌خواهم"), 7);
    }

    /// Text with plenty of what cannot be seen.
    fn messy() -> impl Strategy<Value = String> {
        let odd = "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{ad}\u{61c}\u{feff}\u{fe0e}\u{fe0f}\u{180b}-\u{180f}\
            \u{e0060}-\u{e0065}\u{e007f}\u{e0100}\u{2800}\u{3164}\u{1f3f4}\u{1f468}\u{2764}葛بमᠮa0 \r\n\u{2028}]{0,24}";
        prop_oneof![any::<String>(), odd]
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(typed in messy()) {
            let once = visible(&typed);
            prop_assert_eq!(visible(&once), once);
        }

        #[test]
        fn nothing_grows(typed in messy()) {
            let kept = visible(&typed);
            prop_assert!(kept.len() <= typed.len() && kept.chars().count() <= typed.chars().count());
            prop_assert!(letters(&typed) <= kept.chars().count());
        }

        #[test]
        fn what_is_left_can_be_seen(typed in messy()) {
            let kept = visible(&typed);
            prop_assert_eq!(kept.is_empty(), letters(&kept) == 0);
            prop_assert_eq!(kept.is_empty(), !kept.chars().any(|c| !is_inkless(c) && !c.is_whitespace()));
            let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!kept.contains(turns));
        }

        #[test]
        fn words_stay_as_they_are(typed in "[a-zA-ZÀ-ÿА-яא-תء-ي一-龥ก-ฮ0-9 .,!?&'()\n-]{0,60}") {
            prop_assert_eq!(visible(&typed), typed.trim());
        }
    }
}
