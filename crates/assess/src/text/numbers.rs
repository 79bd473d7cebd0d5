//! Numbers as people write them: `1,200`, `5×10^4`, `1e-6`, `10万`, `两`.

use rust_decimal::Decimal;

/// A number and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// First character.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// True where it was written in Chinese characters.
    pub in_words: bool,
}

/// Reads the number that begins at `at`, or `None`.
pub fn read(chars: &[char], at: usize) -> Option<Number> {
    digits(chars, at).or_else(|| words(chars, at))
}

fn digits(chars: &[char], at: usize) -> Option<Number> {
    let mut end = at;
    let negative = chars.get(end) == Some(&'-') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
    if negative {
        end += 1;
    }
    let mut text = String::new();
    let mut dotted = false;
    let mut since_comma = None;
    let mut since_blank = None;
    while let Some(&c) = chars.get(end) {
        match c {
            '0'..='9' => {
                text.push(c);
                since_comma = since_comma.map(|n: usize| n + 1);
                since_blank = since_blank.map(|n: usize| n + 1);
            }
            '.' if !dotted && chars.get(end + 1).is_some_and(char::is_ascii_digit) && !text.is_empty() => {
                dotted = true;
                text.push('.');
            }
            // 1,200 but not "1,20" and not "in 2020,300 pieces": a comma joins only groups of exactly three digits.
            ',' if !dotted
                && since_comma.map_or((1..=3).contains(&text.len()), |n| n == 3)
                && is_group(chars, end + 1) =>
            {
                since_comma = Some(0);
            }
            ' ' if !dotted
                && since_comma.is_none()
                && since_blank.map_or_else(|| opens_groups(&text), |n| n == 3)
                && is_group(chars, end + 1)
                && (since_blank.is_some() || are_thousands(chars, end, text.len())) =>
            {
                since_blank = Some(0);
            }
            _ => break,
        }
        end += 1;
        if text.len() > 24 {
            return None;
        }
    }
    if text.is_empty() {
        return None;
    }
    let mut value: Decimal = text.parse().ok()?;
    if negative {
        value.set_sign_negative(true);
    }
    if let Some((fraction, after)) = inches(chars, end, value, dotted) {
        return Some(Number { value: fraction, start: at, end: after, in_words: false });
    }
    if let Some((power, after)) = exponent(chars, end) {
        value = scale(value, power)?;
        end = after;
    }
    while let Some(power) = chars.get(end).copied().and_then(multiplier) {
        value = scale(value, power)?;
        end += 1;
    }
    Some(Number { value, start: at, end, in_words: false })
}

fn is_group(chars: &[char], at: usize) -> bool {
    chars.len() >= at + 3
        && chars[at..at + 3].iter().all(char::is_ascii_digit)
        && !chars.get(at + 3).is_some_and(char::is_ascii_digit)
}

/// One to three digits that do not begin with a nought.
fn opens_groups(text: &str) -> bool {
    (1..=3).contains(&text.len()) && !text.starts_with('0')
}

/// True where the groups parted by blanks from `at` on are of one number: `1 750 °C`, `18 000 cm3`, but not "316 500 mm": a unit has
/// to follow, and three digits before the first blank only go with noughts.
fn are_thousands(chars: &[char], at: usize, first: usize) -> bool {
    let mut end = at;
    let mut noughts = true;
    while chars.get(end) == Some(&' ') && is_group(chars, end + 1) {
        noughts &= chars[end + 1..end + 4].iter().all(|c| *c == '0');
        end += 4;
    }
    let after = chars[end..].iter().find(|c| **c != ' ');
    let unit = after.is_some_and(|c| c.is_alphabetic() || matches!(c, '%' | '°' | '℃' | 'µ' | 'Ω' | '"'));
    let runs_on = chars.get(end).is_some_and(|c| matches!(c, '.' | '/' | '×' | 'x'));
    unit && !runs_on && (first < 3 || noughts)
}

/// Fractions of an inch: `1/2"`, `1-1/2 inch`, `3/8 in`.
fn inches(chars: &[char], end: usize, whole: Decimal, dotted: bool) -> Option<(Decimal, usize)> {
    let small = |at: usize| {
        let length = chars[at.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        let text: String = (1..=2).contains(&length).then(|| chars[at..at + length].iter().collect())?;
        Some((text.parse::<Decimal>().ok()?, at + length))
    };
    let over = |above: Decimal, at: usize| {
        let (below, after) = (chars.get(at) == Some(&'/')).then(|| small(at + 1)).flatten()?;
        let usual = [2, 4, 8, 16, 32, 64].contains(&i64::try_from(below).ok()?);
        let unit: String = chars[after..].iter().filter(|c| **c != ' ').take(4).collect::<String>().to_lowercase();
        let inch = unit.starts_with('"')
            || unit.starts_with('英')
            || unit.starts_with("inch")
            || (unit.starts_with("in") && !unit.chars().nth(2).is_some_and(char::is_alphanumeric));
        (usual && inch).then(|| above.checked_div(below)).flatten().map(|value| (value.normalize(), after))
    };
    if dotted {
        return None;
    }
    over(whole, end).or_else(|| {
        let (above, after) = matches!(chars.get(end), Some('-' | ' ')).then(|| small(end + 1)).flatten()?;
        let (part, after) = over(above, after)?;
        Some((whole.checked_add(part)?, after))
    })
}

fn multiplier(c: char) -> Option<i32> {
    match c {
        '万' => Some(4),
        '亿' => Some(8),
        _ => None,
    }
}

/// `×10^4`, `x10^-6`, `·10^4`, `e4`, `^4` after a bare ten.
fn exponent(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let mut i = at;
    while chars.get(i) == Some(&' ') {
        i += 1;
    }
    if matches!(chars.get(i), Some('×' | 'x' | 'X' | '*' | '·')) {
        i += 1;
        while chars.get(i) == Some(&' ') {
            i += 1;
        }
        if chars.get(i) == Some(&'1') && chars.get(i + 1) == Some(&'0') {
            i += 2;
            let caret = chars.get(i) == Some(&'^');
            return signed(chars, i + usize::from(caret)).filter(|_| caret || chars.get(i) == Some(&'-'));
        }
        return None;
    }
    if matches!(chars.get(at), Some('e' | 'E'))
        && chars.get(at + 1).is_some_and(|c| c.is_ascii_digit() || "+-".contains(*c))
    {
        return signed(chars, at + 1);
    }
    if chars.get(at) == Some(&'^')
        && at >= 2
        && chars[at - 2..at] == ['1', '0']
        && !(at >= 3 && chars[at - 3].is_ascii_digit())
    {
        // 10^4 alone: the ten has been read as the value, so one power is already in it.
        return signed(chars, at + 1).map(|(power, end)| (power - 1, end));
    }
    None
}

fn signed(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let mut i = at;
    let negative = match chars.get(i) {
        Some('-') => {
            i += 1;
            true
        }
        Some('+') => {
            i += 1;
            false
        }
        _ => false,
    };
    let start = i;
    let mut power = 0_i32;
    while let Some(d) = chars.get(i).and_then(|c| c.to_digit(10)) {
        power = power.checked_mul(10)?.checked_add(i32::try_from(d).ok()?)?;
        i += 1;
        if i - start > 2 {
            return None;
        }
    }
    (i > start).then_some((if negative { -power } else { power }, i))
}

fn scale(mut value: Decimal, power: i32) -> Option<Decimal> {
    for _ in 0..power.unsigned_abs() {
        value = if power > 0 { value.checked_mul(Decimal::TEN)? } else { value.checked_div(Decimal::TEN)? };
    }
    Some(value.normalize())
}

/// 一 to 九十九, 两, 半.
fn words(chars: &[char], at: usize) -> Option<Number> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(2));
    let first = *chars.get(at)?;
    let made = |value: Decimal, end: usize| Some(Number { value, start: at, end, in_words: true });
    if first == '半' {
        return made(Decimal::new(5, 1), at + 1);
    }
    let mut i = at;
    let tens = if first == '十' {
        i += 1;
        Some(1)
    } else {
        let d = digit(first)?;
        i += 1;
        if chars.get(i) == Some(&'十') {
            i += 1;
            Some(d)
        } else {
            return made(Decimal::from(d), i);
        }
    };
    let ones = chars.get(i).copied().and_then(digit);
    made(Decimal::from(tens? * 10 + ones.unwrap_or(0)), i + usize::from(ones.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<(String, usize)> {
        let chars: Vec<char> = text.chars().collect();
        read(&chars, 0).map(|n| (n.value.to_string(), n.end))
    }

    #[test]
    fn numbers_in_every_writing() {
        assert_eq!(value("1 750 °C"), Some(("1750".into(), 5)));
        assert_eq!(value("18 000 cm3"), Some(("18000".into(), 6)));
        assert_eq!(value("650 000 t"), Some(("650000".into(), 7)));
        assert_eq!(value("1 200 000 m3"), Some(("1200000".into(), 9)));
        assert_eq!(value("316 500 mm"), Some(("316".into(), 3)));
        assert_eq!(value("38 200, 4"), Some(("38".into(), 2)));
        assert_eq!(value("24 120.5 mm"), Some(("24".into(), 2)));
        assert_eq!(value("1/2 inch"), Some(("0.5".into(), 3)));
        assert_eq!(value("1-1/2\""), Some(("1.5".into(), 5)));
        assert_eq!(value("3/8 of them"), Some(("3".into(), 1)));
        for (text, wanted) in [
            ("99.95%", "99.95"),
            ("1,200 kg", "1200"),
            ("5×10^4 Gy", "50000"),
            ("50×10^-6m", "0.00005"),
            ("1e-6", "0.000001"),
            ("10^4 A", "10000"),
            ("10万", "100000"),
            ("-50℃", "-50"),
            ("五轴", "5"),
            ("十二", "12"),
            ("二十四小时", "24"),
            ("半小时", "0.5"),
        ] {
            assert_eq!(value(text).map(|v| v.0), Some(wanted.to_owned()), "{text}");
        }
        assert_eq!(value("1,20").unwrap().1, 1);
        assert_eq!(value("2020,300").unwrap().0, "2020");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>(), at in 0_usize..20) {
            let chars: Vec<char> = text.chars().collect();
            let _ = read(&chars, at);
        }

        #[test]
        fn what_is_written_is_read(whole in 0_u32..1_000_000, part in 0_u32..1000) {
            let text = format!("{whole}.{part:03}");
            prop_assert_eq!(value(&text).unwrap().0.parse::<Decimal>().unwrap(), text.parse::<Decimal>().unwrap());
        }
    }
}
