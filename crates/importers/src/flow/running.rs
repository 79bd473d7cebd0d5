//! What stands on pages and is no part of the text: page numbers, running heads, watermarks, a table of contents. It is left out
//! and listed; where it cannot be told for certain, the reader is asked.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::Bilingual;

use super::reading::Reader;
use super::{Asked, Place};
use crate::documents::Line;
use crate::grammar::numbering;

/// A document without its furniture.
pub(super) struct Left<'l> {
    /// The lines of the text.
    pub kept: Vec<&'l Line>,
    /// What was left out.
    pub dropped: Vec<(Place, String)>,
    /// What a reader should look at.
    pub asked: Vec<Asked>,
}

/// Fewest characters of a line that may be a running head by its repetition.
const SHORTEST: usize = 4;
/// Fewest characters that two running heads share which name the chapter besides.
const SHARED: usize = 7;

/// Leaves the furniture of the pages out.
pub(super) fn without(lines: &[Line], reader: Reader) -> Left<'_> {
    let pages = Pages::of(lines, reader);
    let mut left = Left { kept: Vec::new(), dropped: Vec::new(), asked: Vec::new() };
    let mut numbers: Vec<(Place, u32)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let place = Place { page: line.page, line: line.line };
        let words = line.text.trim();
        let is_number = line.cells.is_empty() && (pages.is_bare_number(i) || is_page_number(words));
        if is_number {
            numbers.extend(first_number(words).map(|n| (place, n)));
        }
        if is_number || line.cells.is_empty() && (is_contents(words) || pages.is_furniture(i)) {
            left.dropped.push((place, words.to_owned()));
        } else if pages.is_odd_head(i, left.kept.last().copied()) {
            left.asked.push(Asked {
                place,
                words: words.to_owned(),
                why: Bilingual::new(
                    "多数页面顶端是页眉，此行也按页眉略去，请核对",
                    "most pages begin with a running head: this line was taken for one, please compare",
                ),
            });
        } else {
            left.kept.push(line);
        }
    }
    left.asked.extend(missing_pages(&numbers));
    left
}

/// The lines of a document by page, with what tells furniture.
struct Pages<'l> {
    lines: &'l [Line],
    count: usize,
    /// Lines without blanks and page numbers; empty for rows of tables and for what begins something of its own. Other figures
    /// stay: the ends of wrapped lines (`不低于59%`) differ in nothing else.
    keys: Vec<String>,
    /// Lines that stand first or second, last or last but one on their page.
    edges: BTreeSet<usize>,
    first: BTreeSet<usize>,
    last: BTreeSet<usize>,
    /// On how many pages a line stands anywhere, and at an edge.
    anywhere: BTreeMap<String, usize>,
    at_edge: BTreeMap<String, usize>,
}

impl<'l> Pages<'l> {
    fn of(lines: &'l [Line], reader: Reader) -> Self {
        let key = |line: &Line| -> String {
            let text = reader.read(&line.text);
            let words = line.cells.is_empty() && !numbering::opens(&text);
            if words { without_page_number(&text) } else { String::new() }
        };
        let mut by_page: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, line) in lines.iter().enumerate() {
            by_page.entry(line.page).or_default().push(i);
        }
        let mut pages = Self {
            lines,
            count: by_page.len(),
            keys: if by_page.len() > 1 { lines.iter().map(key).collect() } else { vec![String::new(); lines.len()] },
            edges: BTreeSet::new(),
            first: BTreeSet::new(),
            last: BTreeSet::new(),
            anywhere: BTreeMap::new(),
            at_edge: BTreeMap::new(),
        };
        for on_page in by_page.values() {
            pages.first.extend(on_page.first());
            pages.last.extend(on_page.last());
            let edge: Vec<usize> = on_page.iter().take(2).chain(on_page.iter().rev().take(2)).copied().collect();
            for (among, into) in [(on_page, &mut pages.anywhere), (&edge, &mut pages.at_edge)] {
                let here: BTreeSet<&String> = among.iter().map(|i| &pages.keys[*i]).filter(|k| !k.is_empty()).collect();
                for key in here {
                    *into.entry(key.clone()).or_default() += 1;
                }
            }
            pages.edges.extend(edge);
        }
        pages
    }

    /// A number alone at the edge of a page.
    fn is_bare_number(&self, i: usize) -> bool {
        self.count > 1 && self.edges.contains(&i) && is_number(self.lines[i].text.trim())
    }

    fn is_furniture(&self, i: usize) -> bool {
        let key = &self.keys[i];
        let length = key.chars().count();
        if self.count < 2 || length < SHORTEST {
            return false;
        }
        let stands = |on: &BTreeMap<String, usize>| on.get(key).copied().unwrap_or(0);
        // What stands on half of all pages in the same words is no part of what the text says. Two pages prove little.
        let across = match self.count {
            2 => stands(&self.anywhere) == 2 && length >= 6 && !key.ends_with('业'),
            n => stands(&self.anywhere) >= n.div_ceil(2).max(3) && (length >= 6 || self.edges.contains(&i)),
        };
        let across = across && !is_sentence(key);
        let turning = self.count > 2 && self.edges.contains(&i) && stands(&self.at_edge) >= (self.count / 3).max(2);
        across || turning || self.names_a_chapter(i)
    }

    /// A running head that names the chapter besides: it shares a long beginning or end with those of other pages.
    fn names_a_chapter(&self, i: usize) -> bool {
        let side = match (self.first.contains(&i), self.last.contains(&i)) {
            (true, _) => &self.first,
            (_, true) => &self.last,
            _ => return false,
        };
        if is_sentence(&self.keys[i]) {
            return false;
        }
        let here: Vec<char> = self.keys[i].chars().collect();
        let shares = |other: &usize| {
            let there: Vec<char> = self.keys[*other].chars().collect();
            let common = |a: &mut dyn Iterator<Item = &char>, b: &mut dyn Iterator<Item = &char>| {
                a.zip(b).take_while(|(x, y)| x == y).count()
            };
            *other != i
                && (common(&mut here.iter(), &mut there.iter()) >= SHARED
                    || common(&mut here.iter().rev(), &mut there.iter().rev()) >= SHARED)
        };
        side.iter().filter(|other| shares(other)).count() >= (self.count / 3).max(if self.count > 2 { 2 } else { 1 })
    }

    /// The first line of a page of a document whose pages have running heads, and which is none that is known: short, ending
    /// nothing, and not what the page before runs on with.
    fn is_odd_head(&self, i: usize, before: Option<&Line>) -> bool {
        if self.count < 3 || !self.first.contains(&i) || self.keys[i].is_empty() {
            return false;
        }
        let headed = self.first.iter().filter(|f| **f != i && self.is_furniture(**f)).count();
        let short = self.lines[i].fill < 0.7 && self.keys[i].chars().count() <= 24;
        let ends = self.keys[i].ends_with(['。', '；', ';', '，', '、', '：', ':', '）']);
        let complete = before.is_none_or(|l| l.fill < 0.78 || l.text.trim_end().ends_with(['。', '；', ';', '：']));
        headed * 2 >= self.count && short && !ends && complete
    }
}

/// The end of a sentence or of a bracket, or several parts of one: no running head, but text that wraps alike on many pages.
fn is_sentence(key: &str) -> bool {
    key.ends_with(['。', '；', ';', '，', '）', ')', '：', ':', '%']) || key.contains(['，', '；'])
}

/// A line without blanks and without the number of its page: `目录 第3页`, `— 12 —  目录`, `目录 3/30`.
fn without_page_number(text: &str) -> String {
    let counts = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '—' | '–' | '/' | '·');
    let mut rest = text.trim_matches(counts);
    for (before, after) in [('共', '页'), ('第', '页')] {
        if let Some((words, number)) = rest.strip_suffix(after).and_then(|r| r.rsplit_once(before))
            && number.chars().all(counts)
        {
            rest = words.trim_end_matches(|c| counts(c) || matches!(c, '，' | '|'));
        }
    }
    rest.chars().filter(|c| *c != ' ').collect()
}

/// A line that only counts pages: `— 12 —`, `第3页 共30页`, `- 7 -`, `3/30`.
fn is_page_number(text: &str) -> bool {
    let inner: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dashed = inner.trim_matches(|c| matches!(c, '-' | '—' | '–' | '―' | '·'));
    let counted = inner.starts_with('第') && inner.contains('页') && inner.chars().count() < 14;
    let slashed = inner.split_once('/').is_some_and(|(a, b)| is_number(a) && is_number(b) && inner.len() < 9);
    (dashed.len() < inner.len() && is_number(dashed)) || counted || slashed
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn first_number(text: &str) -> Option<u32> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(4).collect();
    digits.parse().ok()
}

/// A line of a table of contents: words, leaders, a page number.
fn is_contents(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let leaders = words.chars().rev().take_while(|c| matches!(c, '…' | '.' | '·' | '．' | '⋯' | ' ')).count();
    words.len() < text.len() && leaders >= 3 && words.chars().count() > leaders
}

/// Page numbers that do not count on, where most do.
fn missing_pages(numbers: &[(Place, u32)]) -> Vec<Asked> {
    let pairs = || numbers.windows(2).filter(|w| w[1].0.page == w[0].0.page + 1);
    let follows = |w: &&[(Place, u32)]| w[1].1 == w[0].1 + 1;
    if pairs().filter(follows).count() * 2 < pairs().count() {
        return Vec::new();
    }
    pairs()
        .filter(|w| !follows(w))
        .map(|w| Asked {
            place: w[1].0,
            words: w[1].1.to_string(),
            why: Bilingual::new(
                format!("页码由{}到{}：可能缺页或者重页", w[0].1, w[1].1),
                format!("the page numbers go from {} to {}: a page may be missing or stand twice", w[0].1, w[1].1),
            ),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, lines: &[&str]) -> Vec<Line> {
        lines
            .iter()
            .zip(1..)
            .map(|(text, line)| Line { page: number, line, text: (*text).to_owned(), fill: 0.5, ..Line::default() })
            .collect()
    }

    fn left(pages: &[&[&str]]) -> (Vec<String>, usize) {
        let lines: Vec<Line> = pages.iter().zip(1..).flat_map(|(p, n)| page(n, p)).collect();
        let left = without(&lines, Reader::of(&lines));
        (left.kept.iter().map(|l| l.text.clone()).collect(), left.asked.len())
    }

    #[test]
    fn heads_numbers_and_watermarks_are_left_out() {
        let (kept, asked) = left(&[
            &["中国目录公开版 农业", "1．甲技术；", "仅供内部参考", "2．乙技术。", "— 1 —"],
            &["中国目录公开版 农业", "3．丙技术；", "仅供内部参考", "4．丁技术。", "— 2 —"],
            &["中国目录公开版 渔业", "5．戊技术；", "仅供内部参考", "6．己技术。", "— 3 —"],
        ]);
        assert_eq!(kept.len(), 6, "{kept:?}");
        assert_eq!(asked, 0);
    }

    #[test]
    fn a_page_that_is_not_there_is_asked_for() {
        let (_, asked) = left(&[&["甲。", "第1页"], &["乙。", "第2页"], &["丙。", "第3页"], &["丁。", "第5页"]]);
        assert_eq!(asked, 1);
    }

    #[test]
    fn contents_are_told_from_text() {
        assert!(is_contents("一、禁止出口部分…………3"));
        assert!(is_contents("（一）农业 ........ 12"));
        assert!(!is_contents("纯度大于等于99.9"));
        assert!(!is_contents("3．密度大于1.5"));
    }
}
