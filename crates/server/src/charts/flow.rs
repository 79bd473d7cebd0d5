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
#[expect(clippy::many_single_char_names, reason = "places in a drawing are x and y, points a to d")]
pub fn flow(p: &Procedure, numbers: &BTreeMap<String, usize>, lang: Lang, label: &str) -> String {
    let places = places(p);
    let right = places.values().map(|q| q.x + NODE_WIDTH).fold(0.0, f64::max) + 56.0;
    let height = places.values().map(|q| q.y + NODE_HEIGHT).fold(0.0, f64::max) + 24.0;
    let mut out = format!(
        "<svg class=\"flow\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {right} {height}\" width=\"{right}\" height=\"{height}\">\
         <defs>{}{}</defs>",
        escape(label),
        tip("tip"),
        tip("tip-main")
    );
    let mut badges = String::new();
    let mut taken = Vec::new();
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
        let curve = curve(a, b);
        let (x, y) = number_place(&curve, &places, &taken);
        taken.push((x, y));
        let tip = if *main { "tip-main" } else { "tip" };
        let _ = write!(out, "<path class=\"{class}\" marker-end=\"url(#{tip})\" d=\"{}\"/>", curve.path());
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

/// The head of an arrow, as large for thick lines as for thin ones.
fn tip(id: &str) -> String {
    format!(
        "<marker id=\"{id}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"{id}\" d=\"M0 0L10 5L0 10z\"/></marker>"
    )
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

/// The four points of a curve.
struct Curve([(f64, f64); 4]);

impl Curve {
    fn path(&self) -> String {
        let [a, b, c, d] = self.0;
        format!("M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1)
    }

    /// The point at a share of the way.
    #[expect(clippy::many_single_char_names, reason = "the names of the formula")]
    fn at(&self, t: f64) -> (f64, f64) {
        let [a, b, c, d] = self.0;
        let weigh = |a: f64, b: f64, c: f64, d: f64| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        (weigh(a.0, b.0, c.0, d.0), weigh(a.1, b.1, c.1, d.1))
    }
}

/// The way of an arrow: straight down, sideways, or around the left side back up.
fn curve(a: &Place, b: &Place) -> Curve {
    let (ax, bx) = (a.x + NODE_WIDTH / 2.0, b.x + NODE_WIDTH / 2.0);
    let same_row = (a.y - b.y).abs() < 1.0;
    if same_row && (a.x - b.x).abs() < 1.0 {
        // Back to itself: a small loop at the right.
        let (x, y) = (a.x + NODE_WIDTH, a.y + NODE_HEIGHT / 2.0);
        return Curve([(x, y - 8.0), (x + 36.0, y - 24.0), (x + 36.0, y + 24.0), (x, y + 8.0)]);
    }
    if same_row {
        let apart = (a.x - b.x).abs() > NODE_WIDTH + GAP_X + 1.0;
        let y = a.y + NODE_HEIGHT / 2.0;
        if !apart {
            let (x1, x2, y) =
                if b.x > a.x { (a.x + NODE_WIDTH, b.x - 2.0, y - 6.0) } else { (a.x, b.x + NODE_WIDTH + 2.0, y + 8.0) };
            return Curve([(x1, y), (x1, y), (x2, y), (x2, y)]);
        }
        // Over the heads of those between.
        let dip = a.y + NODE_HEIGHT;
        return Curve([(ax, dip), (ax, dip + 34.0), (bx, dip + 34.0), (bx, dip + 2.0)]);
    }
    if b.y > a.y {
        let (y1, y2) = (a.y + NODE_HEIGHT, b.y - 2.0);
        let bend = ((y2 - y1) / 2.0).min(60.0);
        return Curve([(ax, y1), (ax, y1 + bend), (bx, y2 - bend), (bx, y2)]);
    }
    let (y1, y2) = (a.y + NODE_HEIGHT / 2.0, b.y + NODE_HEIGHT / 2.0);
    if b.x > a.x {
        // Up to a state further right: out at the right, in from below.
        return Curve([(a.x + NODE_WIDTH, y1), (bx, y1), (bx, y1), (bx, b.y + NODE_HEIGHT + 2.0)]);
    }
    let out = (16.0 + (y1 - y2) / 16.0).min(56.0);
    let left = a.x.min(b.x) - out;
    Curve([(a.x, y1), (left, y1), (left, y2), (b.x - 2.0, y2)])
}

/// A place on the curve for its number: off every box, away from numbers that stand already.
fn number_place(curve: &Curve, places: &BTreeMap<&str, Place>, taken: &[(f64, f64)]) -> (f64, f64) {
    let free = |(x, y): (f64, f64)| {
        let on_box = places
            .values()
            .any(|p| x > p.x - 10.0 && x < p.x + NODE_WIDTH + 10.0 && y > p.y - 9.0 && y < p.y + NODE_HEIGHT + 9.0);
        !on_box && !taken.iter().any(|(tx, ty)| (tx - x).abs() < 26.0 && (ty - y).abs() < 17.0)
    };
    // From the middle outwards, so that numbers stand where arrows are told apart best.
    let shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
    shares.into_iter().map(|t| curve.at(t)).find(|point| free(*point)).unwrap_or_else(|| curve.at(0.5))
}
