//! Chemical formulas and alloy grades: `Sn42Bi58`, `LixFeyMzPO4`, `SmCo5`.

use rust_decimal::Decimal;

/// One element of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its symbol.
    pub symbol: String,
    /// The number after it, where there is one; letters (`x`, `y`) give none.
    pub count: Option<Decimal>,
}

/// A formula in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Its elements in order.
    pub parts: Vec<Part>,
    /// First character.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
}

impl Formula {
    /// True where the numbers add up to about a hundred: a composition in percent, not a count of atoms.
    pub fn is_composition(&self) -> bool {
        let counts: Option<Vec<Decimal>> = self.parts.iter().map(|p| p.count).collect();
        counts.is_some_and(|c| {
            let sum: Decimal = c.iter().sum();
            c.len() >= 2 && sum >= Decimal::from(98) && sum <= Decimal::from(102)
        })
    }
}

const SYMBOLS: &str = " H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf ";

/// True for the symbol of an element.
pub fn is_symbol(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 2
        && text.bytes().all(|b| b.is_ascii_alphabetic())
        && SYMBOLS.contains(&format!(" {text} "))
}

/// Every formula in a text (letter case kept). A run of capitals is no formula: it must hold a number or two symbols of two
/// letters.
pub fn find(chars: &[char]) -> Vec<Formula> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let opens = chars[at].is_ascii_uppercase() && (at == 0 || !chars[at - 1].is_ascii_alphanumeric());
        match opens.then(|| one(chars, at)).flatten() {
            Some(formula) => {
                at = formula.end;
                found.push(formula);
            }
            None => at += 1,
        }
    }
    found
}

fn one(chars: &[char], start: usize) -> Option<Formula> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = start;
    let (mut numbered, mut two_letters, mut variables) = (false, 0, 0);
    while let Some(&c) = chars.get(at) {
        if matches!(c, '(' | ')' | '[' | ']' | '·') && !parts.is_empty() {
            at += 1;
            continue;
        }
        if !c.is_ascii_uppercase() {
            break;
        }
        let two: String = chars[at..(at + 2).min(chars.len())].iter().collect();
        let symbol = if is_symbol(&two) { two } else { c.to_string() };
        // M, R, X stand for "one or more other elements".
        let placeholder = !is_symbol(&symbol) && matches!(c, 'M' | 'R' | 'X');
        if !is_symbol(&symbol) && !placeholder {
            return None;
        }
        at += symbol.len();
        two_letters += usize::from(symbol.len() == 2);
        let mut digits = String::new();
        while let Some(&d) = chars.get(at) {
            if d.is_ascii_digit()
                || (d == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit) && !digits.is_empty())
            {
                digits.push(d);
                at += 1;
            } else {
                break;
            }
        }
        if digits.is_empty() && matches!(chars.get(at), Some('x' | 'y' | 'z' | 'a' | 'δ')) {
            variables += 1;
            at += 1;
        }
        numbered |= !digits.is_empty();
        if !placeholder {
            parts.push(Part { symbol, count: digits.parse().ok() });
        }
        if parts.len() > 12 {
            return None;
        }
    }
    let closed = !chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let elements = parts.len();
    (closed && elements >= 2 && (numbered || variables > 0 || two_letters >= 2)).then_some(Formula {
        parts,
        start,
        end: at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn symbols(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        find(&chars)
            .into_iter()
            .map(|f| f.parts.iter().map(|p| p.symbol.as_str()).collect::<Vec<_>>().join("-"))
            .collect()
    }

    #[test]
    fn formulas_are_split_into_elements() {
        assert_eq!(symbols("solder Sn42Bi58 paste"), ["Sn-Bi"]);
        assert_eq!(symbols("LixFeyMzPO4 and SmCo5, BiVO4"), ["Li-Fe-P-O", "Sm-Co", "Bi-V-O"]);
        assert!(symbols("APT PCB USB-C NASA In stock, No. 18 UAVs").is_empty());
        let chars: Vec<char> = "Sn42Bi58".chars().collect();
        assert!(find(&chars)[0].is_composition());
        let chars: Vec<char> = "Nd2Fe14B".chars().collect();
        assert!(!find(&chars)[0].is_composition());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let chars: Vec<char> = text.chars().collect();
            let _ = find(&chars);
        }
    }
}
