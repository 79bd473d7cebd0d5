//! States have a word, a mark and a colour, never colour alone. The same marks stand in pages and papers.

use anstyle::{AnsiColor, Color, Style};
use yumen_assess::Truth;
use yumen_assess::answer::Answer;

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}

/// The colour of a verdict.
pub fn style(answer: Answer) -> Style {
    match answer {
        Answer::Prohibited => colour(AnsiColor::Red).bold(),
        Answer::LicenceRequired | Answer::VoucherPossible => colour(AnsiColor::Yellow).bold(),
        Answer::Suspended | Answer::LapsedUnconfirmed => colour(AnsiColor::Blue).bold(),
        Answer::LikelyNotControlled | Answer::Registration => colour(AnsiColor::Green).bold(),
        Answer::NotFound => Style::new().dimmed().bold(),
        Answer::Depends | Answer::Conflict => colour(AnsiColor::Magenta).bold(),
    }
}

/// The mark of a tested condition.
pub fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Met => "✓",
        Truth::NotMet => "✗",
        Truth::NotStated => "?",
    }
}

/// A heading.
pub const HEAD: Style = Style::new().bold();
/// Something of less weight: sources, marks.
pub const SOFT: Style = Style::new().dimmed();

/// What met the question.
pub const MET: Style = Style::new().bold().underline();

/// `text` with some ranges of its characters in a style.
pub fn in_ranges(style: Style, text: &str, ranges: &[std::ops::Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + ranges.len() * 8);
    for (at, c) in text.chars().enumerate() {
        if ranges.iter().any(|r| r.start == at) {
            out.push_str(&style.render().to_string());
        }
        out.push(c);
        if ranges.iter().any(|r| r.end == at + 1) {
            out.push_str(&style.render_reset().to_string());
        }
    }
    out
}

/// `text` in a style.
pub fn in_style(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
