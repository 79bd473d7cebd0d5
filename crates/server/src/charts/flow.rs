//! A procedure as a diagram: states in rows by their distance from the start, steps as numbered arrows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use yumen_lawbook::Lang;
use yumen_lawbook::procedure::Procedure;

use super::{escape, wrap};

const NODE_WIDTH: f64 = 176.0;
const NODE_HEIGHT: f64 = 52.0;
const GAP_X: f64 = 34.0;
const GAP_Y: f64 = 50.0;
/// Room at the left for steps that lead back.
const MARGIN: f64 = 64.0;

struct Place {
    x: f64,
    y: f64,
}

/// The diagram; `numbers` gives every step's number in the list below it.
pub fn flow(p: &Procedure, numbers: &BTreeMap<String, usize>, lang: Lang, label: &str) -> String {
    let places = places(p);
    let right = places.values().map(|q| q.x + NODE_WIDTH).fold(0.0, f64::max) + 56.0;
    let height = places.values().map(|q| q.y + NODE_HEIGHT).fold(0.0, f64::max) + 24.0;
    let mut out = format!(
        "<svg class=\"flow\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {right} {height}\" width=\"{right}\" height=\"{height}\">\
         <defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\">\
         <path class=\"tip\" d=\"M0 0L10 5L0 10z\"/></marker></defs>",
        escape(label)
    );
    let mut badges = String::new();
    // Steps between the same two states share one arrow and write their numbers beside each other.
    let mut arrows: BTreeMap<(&str, &str), (bool, Vec<usize>)> = BTreeMap::new();
    for step in &p.transition {
        for from in &step.from {
            let held = arrows.entry((from.as_str(), step.to.as_str())).or_default();
            held.0 |= step.main;
            held.1.extend(numbers.get(&step.id));
        }
    }
    for ((from, to), (main, steps)) in &arrows {
        let (Some(a), Some(b)) = (places.get(from), places.get(to)) else { continue };
        let class = if *main { "arrow main" } else { "arrow" };
        let (path, x, y) = arrow(a, b);
        let _ = write!(out, "<path class=\"{class}\" marker-end=\"url(#tip)\" d=\"{path}\"/>");
        let words: Vec<String> = steps.iter().map(ToString::to_string).collect();
        let words = words.join(" ");
        #[expect(clippy::cast_precision_loss, reason = "some digits")]
        let wide = words.len() as f64 * 7.0 + 10.0;
        let _ = write!(
            badges,
            "<rect class=\"badge\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"16\" rx=\"8\"/><text class=\"number\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{:.1}\">{words}</text>",
            x - wide / 2.0,
            y - 8.0,
            y + 4.0
        );
    }
    for state in &p.state {
        let Some(place) = places.get(state.id.as_str()) else { continue };
        let class = match (state.start, state.ends) {
            (true, _) => "node start",
            (_, true) => "node end",
            _ => "node",
        };
        let radius = if state.start || state.ends { 26.0 } else { 4.0 };
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{NODE_WIDTH}\" height=\"{NODE_HEIGHT}\" rx=\"{radius}\"/>",
            place.x, place.y
        );
        let lines = wrap(state.name.get(lang), 24, 3);
        #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
        let top = place.y + NODE_HEIGHT / 2.0 + 4.5 - (lines.len() as f64 - 1.0) * 7.5;
        for (index, line) in lines.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
            let y = top + index as f64 * 15.0;
            let _ = write!(
                out,
                "<text text-anchor=\"middle\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
                place.x + NODE_WIDTH / 2.0,
                escape(line.trim())
            );
        }
    }
    out.push_str(&badges);
    out.push_str("</svg>");
    out
}

/// Rows by distance from the start; in a row the states of the ordinary way stand first.
fn places(p: &Procedure) -> BTreeMap<&str, Place> {
    let depth = p.depth();
    let mut rows: BTreeMap<usize, Vec<(&str, bool)>> = BTreeMap::new();
    for state in &p.state {
        let ordinary = p.transition.iter().any(|t| t.main && (t.to == state.id || t.from.contains(&state.id)));
        let row = depth.get(state.id.as_str()).copied().unwrap_or(0);
        rows.entry(row).or_default().push((state.id.as_str(), ordinary));
    }
    let mut places = BTreeMap::new();
    let mut y = 8.0;
    for (_, mut row) in rows {
        row.sort_by_key(|(_, ordinary)| !ordinary);
        // Wide rows are broken, so that the drawing stays narrow enough for a page.
        for line in row.chunks(4) {
            let mut x = MARGIN;
            for (state, _) in line {
                places.insert(*state, Place { x, y });
                x += NODE_WIDTH + GAP_X;
            }
            y += NODE_HEIGHT + GAP_Y;
        }
    }
    places
}

/// The way of an arrow, and where its number stands.
fn arrow(a: &Place, b: &Place) -> (String, f64, f64) {
    let (ax, bx) = (a.x + NODE_WIDTH / 2.0, b.x + NODE_WIDTH / 2.0);
    if (a.y - b.y).abs() < 1.0 && (a.x - b.x).abs() < 1.0 {
        // Back to itself: a small loop at the right.
        let (x, y) = (a.x + NODE_WIDTH, a.y + NODE_HEIGHT / 2.0);
        let path = format!("M{x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}", y - 8.0, x + 30.0, y - 22.0, x + 30.0, y + 22.0, y + 8.0);
        return (path, x + 24.0, y);
    }
    if b.y > a.y {
        let (y1, y2) = (a.y + NODE_HEIGHT, b.y - 2.0);
        let bend = (y2 - y1) / 2.0;
        let path = format!("M{ax:.1} {y1:.1}C{ax:.1} {:.1} {bx:.1} {:.1} {bx:.1} {y2:.1}", y1 + bend, y2 - bend);
        return (path, (ax + bx) / 2.0, (y1 + y2) / 2.0);
    }
    if (a.y - b.y).abs() < 1.0 {
        let (x1, x2, y) = if b.x > a.x {
            (a.x + NODE_WIDTH, b.x - 2.0, a.y + NODE_HEIGHT / 2.0)
        } else {
            (a.x, b.x + NODE_WIDTH + 2.0, a.y + NODE_HEIGHT / 2.0 + 10.0)
        };
        return (format!("M{x1:.1} {y:.1}L{x2:.1} {y:.1}"), (x1 + x2) / 2.0, y);
    }
    // Back up: around the left side, the further the longer.
    let (y1, y2) = (a.y + NODE_HEIGHT / 2.0, b.y + NODE_HEIGHT / 2.0);
    let out = (16.0 + (y1 - y2) / 16.0).min(56.0);
    let left = a.x.min(b.x) - out;
    let path = format!("M{:.1} {y1:.1}C{left:.1} {y1:.1} {left:.1} {y2:.1} {:.1} {y2:.1}", a.x, b.x - 2.0);
    (path, left + out / 4.0 + 2.0, (y1 + y2) / 2.0)
}
