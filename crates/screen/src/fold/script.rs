//! Scripts, as far as matching of names treats them differently.

/// A family of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// Latin letters and digits.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Arabic letters: short vowels are not written.
    Arabic,
    /// Hebrew letters: the same.
    Hebrew,
    /// Chinese characters, with kana, which stand among them.
    Han,
    /// Any other letters.
    Other,
}

impl Script {
    /// The script of a letter; `None` for what is no letter or digit.
    pub fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => Some(Self::Latin),
            _ if c.is_ascii() => None,
            '\u{3040}'..='\u{30ff}' if c != '・' && c != '゠' => Some(Self::Han),
            _ if is_han(c) => Some(Self::Han),
            _ if !c.is_alphanumeric() => None,
            '\u{0080}'..='\u{024f}' | '\u{1e00}'..='\u{1eff}' => Some(Self::Latin),
            '\u{0370}'..='\u{03ff}' | '\u{1f00}'..='\u{1fff}' => Some(Self::Greek),
            '\u{0400}'..='\u{052f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' => Some(Self::Cyrillic),
            '\u{0590}'..='\u{05ff}' => Some(Self::Hebrew),
            '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{08a0}'..='\u{08ff}' => Some(Self::Arabic),
            _ => Some(Self::Other),
        }
    }

    /// True where vowels are mostly not written.
    pub fn is_consonantal(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }
}

/// True for Chinese characters.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

/// A Latin letter that looks like this Cyrillic or Greek one.
pub fn latin_twin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' => 'e',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'х' | 'χ' => 'x',
        'у' | 'υ' => 'y',
        'ν' => 'v',
        'ԝ' => 'w',
        _ => return None,
    })
}

/// A Cyrillic letter that looks like this Latin one.
pub fn cyrillic_twin(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}
