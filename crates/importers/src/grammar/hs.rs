//! Reference customs numbers: （参考海关商品编号：2841801000、…）. They are taken out of the words they stand in.

use winnow::Parser as _;
use winnow::combinator::{alt, delimited, opt, separated};
use winnow::token::{one_of, take_while};

use super::{Input, finds};

fn numbers(input: &mut Input<'_>) -> winnow::Result<Vec<String>> {
    let number = take_while(4..=13, |c: char| c.is_ascii_digit() || c == '.')
        .map(|n: &str| n.chars().filter(char::is_ascii_digit).collect::<String>())
        .verify(|n: &String| (4..=10).contains(&n.len()));
    separated(1..=60, number, (take_while(0..=1, ' '), one_of(['、', '，', ',', '；', ';']), take_while(0..=1, ' ')))
        .parse_next(input)
}

fn bracket(input: &mut Input<'_>) -> winnow::Result<Vec<String>> {
    delimited(
        (
            one_of(['（', '(']),
            opt("参考"),
            alt(("海关商品编号", "税则号列", "海关商品编码", "商品编号", "税号")),
            opt("为"),
            take_while(0..=2, ['：', ':', ' ']),
        ),
        numbers,
        one_of(['）', ')']),
    )
    .parse_next(input)
}

/// The words without the numbers, and the numbers.
pub fn taken_out(text: &str) -> (String, Vec<String>) {
    let found = finds(text, bracket);
    let mut words = String::new();
    let mut all: Vec<String> = Vec::new();
    let mut at = 0;
    for (start, end, numbers) in found {
        words.push_str(&text[at..start]);
        for number in numbers {
            if !all.contains(&number) {
                all.push(number);
            }
        }
        at = end;
    }
    words.push_str(&text[at..]);
    (words, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_out_of_the_words() {
        let (words, hs) =
            taken_out("钨镍铁合金(参考海关商品编号：8101940001、8101991001)或钨镍铜合金（参考税则号列：8101940001）：");
        assert_eq!(words, "钨镍铁合金或钨镍铜合金：");
        assert_eq!(hs, ["8101940001", "8101991001"]);
        assert_eq!(taken_out("（参考图1）").1.len(), 0);
    }
}
