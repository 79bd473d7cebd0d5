//! Pages that are written across, and words drawn aslant over a page.

use super::{Glyph, Rule, Sheet};

/// How far, in degrees, writing may be off the level and still be part of the text.
const LEVEL: f32 = 3.0;

/// The page as it is read: turned where its writing runs upwards or downwards. Words aslant to most of the writing are a
/// watermark; they are taken out and returned.
pub(super) fn level(mut sheet: Sheet) -> (Sheet, String) {
    let quarter = main_quarter(&sheet.glyphs);
    let aslant = |g: &Glyph| {
        let off = (g.angle - 90.0 * f32::from(quarter)).rem_euclid(360.0);
        off.min(360.0 - off) > LEVEL
    };
    let watermark: String = sheet.glyphs.iter().filter(|g| aslant(g)).map(|g| g.text.as_str()).collect();
    sheet.glyphs.retain(|g| !aslant(g));
    if quarter != 0 {
        let turn = |x: f32, y: f32| match quarter {
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        for glyph in &mut sheet.glyphs {
            (glyph.x, glyph.y) = turn(glyph.x, glyph.y);
        }
        for rule in &mut sheet.rules {
            let ((x0, y0), (x1, y1)) = (turn(rule.x0, rule.y0), turn(rule.x1, rule.y1));
            *rule = Rule { x0, y0, x1, y1 };
        }
    }
    (sheet, watermark)
}

/// The quarter turn in which most characters stand.
fn main_quarter(glyphs: &[Glyph]) -> u8 {
    let mut counts = [0_usize; 4];
    for glyph in glyphs {
        for (quarter, count) in (0_u8..).zip(&mut counts) {
            let off = (glyph.angle - 90.0 * f32::from(quarter)).rem_euclid(360.0);
            *count += usize::from(off.min(360.0 - off) <= LEVEL);
        }
    }
    (0_u8..4).max_by_key(|q| (counts[usize::from(*q)], std::cmp::Reverse(*q))).unwrap_or(0)
}
