//! Runs the operators of a page: where each character stands, which lines are drawn.

use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::font::{Font, Fonts};
use super::{Glyph, Rule, Sheet};
use crate::error::ImportError;

/// What may still be done for one file.
pub(super) struct Budget {
    pub unpacked: usize,
    pub operations: usize,
}

/// Forms inside forms: real pages nest two deep; a cycle would never end.
const DEPTH: usize = 8;

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn apply(m: Matrix, x: f32, y: f32) -> (f32, f32) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    spacing: f32,
    word: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

struct Run<'p> {
    pdf: &'p Pdf,
    sheet: Sheet,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Vec<(f32, f32)>,
    pending: Vec<Rule>,
}

/// Reads a page.
pub(super) fn run(pdf: &Pdf, page: ObjectId, fonts: &mut Fonts, budget: &mut Budget) -> Result<Sheet, ImportError> {
    let beyond = |_| ImportError::Beyond { what: "bytes unpacked", limit: budget.unpacked as u64 };
    let bytes = pdf.get_page_content_with_limit(page, budget.unpacked).map_err(beyond)?;
    budget.unpacked = budget.unpacked.saturating_sub(bytes.len());
    let mut run = Run {
        pdf,
        sheet: Sheet::default(),
        state: State {
            ctm: IDENTITY,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        saved: Vec::new(),
        text: IDENTITY,
        line: IDENTITY,
        path: Vec::new(),
        pending: Vec::new(),
    };
    let resources = resources(pdf, page);
    run.stream(&bytes, &resources, fonts, budget, 0)?;
    Ok(run.sheet)
}

/// The resources of a page, its own before those it inherits.
fn resources(pdf: &Pdf, page: ObjectId) -> Vec<Dictionary> {
    let mut found = Vec::new();
    if let Ok((own, inherited)) = pdf.get_page_resources(page) {
        found.extend(own.cloned());
        found.extend(inherited.iter().take(16).filter_map(|id| pdf.get_dictionary(*id).ok().cloned()));
    }
    found
}

fn look<'p>(
    pdf: &'p Pdf,
    resources: &'p [Dictionary],
    kind: &[u8],
    name: &[u8],
) -> Option<(Option<ObjectId>, &'p Object)> {
    resources.iter().find_map(|r| {
        let group = r.get(kind).ok()?;
        let (_, group) = pdf.dereference(group).ok()?;
        let object = group.as_dict().ok()?.get(name).ok()?;
        pdf.dereference(object).ok()
    })
}

fn number(object: &Object) -> f32 {
    let value = object.as_float().unwrap_or(0.0);
    if value.is_finite() { value.clamp(-1.0e7, 1.0e7) } else { 0.0 }
}

impl Run<'_> {
    fn stream(
        &mut self,
        bytes: &[u8],
        resources: &[Dictionary],
        fonts: &mut Fonts,
        budget: &mut Budget,
        depth: usize,
    ) -> Result<(), ImportError> {
        let Ok(content) = Content::decode(bytes) else { return Ok(()) };
        for operation in &content.operations {
            if budget.operations == 0 {
                return Err(ImportError::Beyond { what: "operations", limit: 20_000_000 });
            }
            budget.operations -= 1;
            let n: Vec<f32> = operation.operands.iter().take(6).map(number).collect();
            let at = |i: usize| n.get(i).copied().unwrap_or(0.0);
            match operation.operator.as_str() {
                "q" if self.saved.len() < 256 => self.saved.push(self.state.clone()),
                "Q" => {
                    if let Some(state) = self.saved.pop() {
                        self.state = state;
                    }
                }
                "cm" => self.state.ctm = times([at(0), at(1), at(2), at(3), at(4), at(5)], self.state.ctm),
                "BT" => (self.text, self.line) = (IDENTITY, IDENTITY),
                "Tf" => {
                    self.state.size = at(1);
                    self.state.font = operation.operands.first().and_then(|o| o.as_name().ok()).and_then(|name| {
                        let (id, object) = look(self.pdf, resources, b"Font", name)?;
                        Some(fonts.get(self.pdf, id, object.as_dict().ok()?))
                    });
                }
                "Tc" => self.state.spacing = at(0),
                "Tw" => self.state.word = at(0),
                "Tz" => self.state.scale = at(0) / 100.0,
                "TL" => self.state.leading = at(0),
                "Ts" => self.state.rise = at(0),
                "Td" => self.next_line(at(0), at(1)),
                "TD" => {
                    self.state.leading = -at(1);
                    self.next_line(at(0), at(1));
                }
                "Tm" => {
                    self.text = [at(0), at(1), at(2), at(3), at(4), at(5)];
                    self.line = self.text;
                }
                "T*" => self.next_line(0.0, -self.state.leading),
                "Tj" => self.show_all(&operation.operands),
                "'" => {
                    self.next_line(0.0, -self.state.leading);
                    self.show_all(&operation.operands);
                }
                "\"" => {
                    (self.state.word, self.state.spacing) = (at(0), at(1));
                    self.next_line(0.0, -self.state.leading);
                    self.show_all(&operation.operands);
                }
                "TJ" => {
                    if let Some(parts) = operation.operands.first().and_then(|o| o.as_array().ok()) {
                        self.show_all(parts);
                    }
                }
                "Do" => {
                    let name = operation.operands.first().and_then(|o| o.as_name().ok());
                    if let Some(name) = name
                        && depth < DEPTH
                    {
                        self.form(name, resources, fonts, budget, depth)?;
                    }
                }
                operator => self.draw(operator, &n),
            }
        }
        Ok(())
    }

    fn form(
        &mut self,
        name: &[u8],
        resources: &[Dictionary],
        fonts: &mut Fonts,
        budget: &mut Budget,
        depth: usize,
    ) -> Result<(), ImportError> {
        let Some((_, Object::Stream(stream))) = look(self.pdf, resources, b"XObject", name) else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form".as_slice()) {
            return Ok(());
        }
        let Ok(bytes) = stream.get_plain_content_with_limit(budget.unpacked) else {
            return Err(ImportError::Beyond { what: "bytes unpacked", limit: budget.unpacked as u64 });
        };
        budget.unpacked = budget.unpacked.saturating_sub(bytes.len());
        let matrix: Vec<f32> = stream
            .dict
            .get(b"Matrix")
            .and_then(Object::as_array)
            .map(|m| m.iter().map(number).collect())
            .unwrap_or_default();
        let own = stream.dict.get(b"Resources").ok().and_then(|r| self.pdf.dereference(r).ok());
        let own: Vec<Dictionary> = own.and_then(|(_, r)| r.as_dict().ok().cloned()).into_iter().collect();
        let own = if own.is_empty() { resources.to_vec() } else { own };
        let held = (self.state.clone(), self.text, self.line, self.saved.len());
        if let [a, b, c, d, e, f] = matrix[..] {
            self.state.ctm = times([a, b, c, d, e, f], self.state.ctm);
        }
        self.stream(&bytes, &own, fonts, budget, depth + 1)?;
        (self.state, self.text, self.line) = (held.0, held.1, held.2);
        self.saved.truncate(held.3);
        Ok(())
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, parts: &[Object]) {
        for part in parts {
            match part {
                Object::String(bytes, _) => self.show(bytes),
                Object::Integer(_) | Object::Real(_) => {
                    let move_by = -number(part) / 1000.0 * self.state.size * self.state.scale;
                    self.text = times([1.0, 0.0, 0.0, 1.0, move_by, 0.0], self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for code in font.codes(bytes) {
            let advance = font.width(code.value) / 1000.0 * self.state.size + self.state.spacing;
            let word = if code.length == 1 && code.value == 32 { self.state.word } else { 0.0 };
            let advance = (advance + word) * self.state.scale;
            let whole = times(self.text, self.state.ctm);
            let (x, y) = apply(whole, 0.0, self.state.rise);
            let end = apply(whole, advance, self.state.rise);
            let width = (end.0 - x).hypot(end.1 - y);
            let size = whole[2].hypot(whole[3]) * self.state.size.abs();
            let angle = whole[1].atan2(whole[0]).to_degrees();
            match font.text(code.value) {
                Some(text) => self.sheet.glyphs.push(Glyph { x, y, width, size, angle, text }),
                None => self.sheet.unknown += 1,
            }
            self.text = times([1.0, 0.0, 0.0, 1.0, advance, 0.0], self.text);
        }
    }

    /// Paths: only straight horizontal and vertical lines matter, and thin rectangles that are drawn in their place.
    fn draw(&mut self, operator: &str, n: &[f32]) {
        let at = |i: usize| n.get(i).copied().unwrap_or(0.0);
        match operator {
            "m" => self.path = vec![apply(self.state.ctm, at(0), at(1))],
            "l" => {
                let to = apply(self.state.ctm, at(0), at(1));
                if let Some(from) = self.path.last() {
                    self.pending.push(Rule { x0: from.0, y0: from.1, x1: to.0, y1: to.1 });
                }
                self.path.push(to);
            }
            "h" => {
                if let (Some(from), Some(to)) = (self.path.last().copied(), self.path.first().copied()) {
                    self.pending.push(Rule { x0: from.0, y0: from.1, x1: to.0, y1: to.1 });
                }
            }
            "re" => {
                let (x0, y0) = apply(self.state.ctm, at(0), at(1));
                let (x1, y1) = apply(self.state.ctm, at(0) + at(2), at(1) + at(3));
                let rule = |x0, y0, x1, y1| Rule { x0, y0, x1, y1 };
                if (x1 - x0).abs() < 2.5 {
                    self.pending.push(rule(f32::midpoint(x0, x1), y0, f32::midpoint(x0, x1), y1));
                } else if (y1 - y0).abs() < 2.5 {
                    self.pending.push(rule(x0, f32::midpoint(y0, y1), x1, f32::midpoint(y0, y1)));
                } else {
                    let sides =
                        [rule(x0, y0, x1, y0), rule(x0, y1, x1, y1), rule(x0, y0, x0, y1), rule(x1, y0, x1, y1)];
                    self.pending.extend(sides);
                }
            }
            "S" | "s" | "B" | "B*" | "b" | "b*" | "f" | "F" | "f*" => {
                if self.sheet.rules.len() < 100_000 {
                    self.sheet.rules.append(&mut self.pending);
                }
                self.pending.clear();
                self.path.clear();
            }
            "n" => {
                self.pending.clear();
                self.path.clear();
            }
            _ => {}
        }
    }
}
