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
    while let Some(&c) = chars.get(end) {
        match c {
            '0'..='9' => {
                text.push(c);
                since_comma = since_comma.map(|n: usize| n + 1);
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
