//! Codes of the two lists as notices print them: `056101X`, `05-61-01-X`, `1C117.d．`, `1C117. d. 1`.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, repeat, terminated};
use winnow::token::{one_of, take_while};
use yumen_lawbook::code::Code;

use super::Input;

/// A code of the catalogue: six digits and a letter, perhaps parted by hyphens or blanks.
pub fn catalogue(input: &mut Input<'_>) -> winnow::Result<Code> {
    let digit = |input: &mut Input<'_>| terminated(one_of('0'..='9'), opt(one_of(['-', '‐', ' ']))).parse_next(input);
    let digits = repeat::<_, char, String, _, _>(6, digit);
    (digits, one_of(['J', 'X', 'j', 'x']))
        .verify_map(|(digits, letter)| format!("{digits}{letter}").parse::<Code>().ok())
        .parse_next(input)
}

fn level(input: &mut Input<'_>) -> winnow::Result<String> {
    let point = (one_of(['.', '．']), take_while(0..=1, ' '));
    let letter = terminated(one_of('a'..='z'), winnow::combinator::peek(not_word));
    let digits = take_while(1..=2, |c: char| c.is_ascii_digit());
    preceded(point, alt((letter.map(String::from), digits.map(String::from)))).parse_next(input)
}

fn not_word(input: &mut Input<'_>) -> winnow::Result<()> {
    winnow::combinator::not(one_of(|c: char| c.is_ascii_alphabetic())).parse_next(input)
}

/// A control code with its path: `1C117.d.1`. The point that closes it in print is taken too.
pub fn control(input: &mut Input<'_>) -> winnow::Result<Code> {
    let head = (one_of('0'..='9'), one_of('A'..='E'), take_while(3..=3, |c: char| c.is_ascii_digit())).take();
    let levels = repeat::<_, String, Vec<String>, _, _>(0..=8, level);
    terminated((head, levels), opt(one_of(['．', '.'])))
        .verify_map(|(head, levels): (&str, Vec<String>)| {
            let code = std::iter::once(head.to_owned()).chain(levels).collect::<Vec<_>>().join(".");
            code.parse::<Code>().ok()
        })
        .parse_next(input)
}

/// Any code.
pub fn any_code(input: &mut Input<'_>) -> winnow::Result<Code> {
    alt((catalogue, control)).parse_next(input)
}

/// Codes joined by 、 和 及 ,
pub fn controls(input: &mut Input<'_>) -> winnow::Result<Vec<Code>> {
    winnow::combinator::separated(
        1..=40,
        control,
        (take_while(0..=1, ' '), alt(("、", "，", ",", "和", "及", "或")), take_while(0..=1, ' ')),
    )
    .parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{begins, finds};

    #[test]
    fn codes_are_read_as_printed() {
        let read = |t| begins(t, any_code).map(|(c, at)| (c.to_string(), at));
        assert_eq!(read("056101X）"), Some(("056101X".to_owned(), 7)));
        assert_eq!(read("05-61-01-X"), Some(("056101X".to_owned(), 10)));
        assert_eq!(read("1C117.d．钨"), Some(("1C117.d".to_owned(), 10)));
        assert_eq!(read("1C117. d. 1 "), Some(("1C117.d.1".to_owned(), 11)));
        assert_eq!(read("1C004 具有"), Some(("1C004".to_owned(), 5)));
        assert_eq!(read("2161010X"), None);
        let several = finds("生产1C004、1C117.c、1C117.d项的技术", controls);
        assert_eq!(several[0].2.len(), 3);
    }
}
