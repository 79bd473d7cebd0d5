//! Drawings as SVG: no script, no inline style, colours by the classes of the stylesheet, a text alternative, a table beside them.

mod bars;
mod flow;
mod life;
mod qr;

pub use bars::{Bar, bars};
pub use flow::flow;
pub use life::life;
pub use qr::qr;

use yumen_lawbook::Day;

/// Text for a place between tags or in an attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// How wide a text stands, in units of half a Chinese character.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A text in lines no wider than `most`, at most `lines` of them; what is left out is marked.
pub fn wrap(text: &str, most: usize, lines: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        // Latin words stay whole; Chinese breaks anywhere.
        match pieces.last_mut() {
            Some(last) if c.is_ascii() && c != ' ' && last.chars().all(|p| p.is_ascii() && p != ' ') => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    for piece in pieces {
        let Some(line) = out.last_mut() else { break };
        if width(line) + width(&piece) > most && !line.is_empty() {
            out.push(piece.trim_start().to_owned());
        } else {
            line.push_str(&piece);
        }
    }
    if out.len() > lines {
        out.truncate(lines);
        if let Some(last) = out.last_mut() {
            last.push('…');
        }
    }
    out
}

/// Days since the first day of the calendar, for places on an axis.
fn number(day: Day) -> f64 {
    let (year, month, date) = (f64::from(day.year()), f64::from(day.month()), f64::from(day.day()));
    year * 365.25 + (month - 1.0) * 30.4375 + date
}

/// A span of days laid over a width.
struct Axis {
    from: f64,
    to: f64,
    left: f64,
    right: f64,
}

impl Axis {
    fn new(from: Day, to: Day, left: f64, right: f64) -> Self {
        Self { from: number(from), to: number(to).max(number(from) + 1.0), left, right }
    }

    fn at(&self, day: Day) -> f64 {
        let share = ((number(day) - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.left + share * (self.right - self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_words_whole_and_are_counted() {
        assert_eq!(wrap("received by the commerce department", 20, 3), ["received by the ", "commerce department"]);
        assert_eq!(wrap("商务主管部门已收到", 10, 3), ["商务主管部", "门已收到"]);
        assert_eq!(wrap("一二三四五六七八九十", 4, 2), ["一二", "三四…"]);
    }
}
