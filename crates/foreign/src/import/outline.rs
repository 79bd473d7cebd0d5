//! Paragraph numbers that say only their last step (`a.`, `1.`, `a.`) and stand deeper the further in they are.

/// Builds whole paths from steps and the columns they stand in.
#[derive(Debug, Default)]
pub(super) struct Outline {
    open: Vec<(usize, String)>,
}

/// Columns that one level may vary by from page to page.
const TOLERANCE: usize = 2;

impl Outline {
    pub fn clear(&mut self) {
        self.open.clear();
    }

    /// The whole path of a step at a column; the second value is false where the step does not follow the one before it.
    pub fn step(&mut self, column: usize, step: &str) -> (String, bool) {
        let near = |at: usize| at.abs_diff(column) <= TOLERANCE;
        let nearest = self.open.iter().rposition(|(at, _)| *at <= column + TOLERANCE);
        let level = match nearest {
            Some(at) if near(self.open[at].0) && is_next(&self.open[at].1, step) => Some(at),
            // Set further in than anything open: the first step of a new level.
            Some(at) if !near(self.open[at].0) && is_first(step) => Some(at + 1),
            None if is_first(step) => Some(0),
            // Columns move from page to page; the number says which level goes on.
            _ => self.open.iter().rposition(|(_, last)| is_next(last, step)),
        };
        let at = level.unwrap_or_else(|| nearest.map_or(0, |at| if near(self.open[at].0) { at } else { at + 1 }));
        self.open.truncate(at);
        self.open.push((column, step.to_owned()));
        let path = self.open.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join(".");
        (path, level.is_some())
    }
}

fn is_first(step: &str) -> bool {
    matches!(step, "a" | "1")
}

fn is_next(last: &str, step: &str) -> bool {
    match (last.parse::<u32>(), step.parse::<u32>()) {
        (Ok(a), Ok(b)) => b == a + 1,
        (Err(_), Err(_)) => {
            let rank = |s: &str| s.bytes().fold(0_u32, |n, b| n * 26 + u32::from(b.saturating_sub(b'a')) + 1);
            rank(step) == rank(last) + 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_become_paths() {
        let mut outline = Outline::default();
        let path = |o: &mut Outline, c, s: &str| o.step(c, s).0;
        assert_eq!(path(&mut outline, 9, "a"), "a");
        assert_eq!(path(&mut outline, 15, "1"), "a.1");
        assert_eq!(path(&mut outline, 22, "a"), "a.1.a");
        assert_eq!(path(&mut outline, 22, "b"), "a.1.b");
        assert_eq!(path(&mut outline, 14, "2"), "a.2");
        assert_eq!(path(&mut outline, 9, "b"), "b");
    }

    #[test]
    fn a_step_out_of_order_is_told() {
        let mut outline = Outline::default();
        assert!(outline.step(9, "a").1);
        assert!(!outline.step(15, "3").1);
        assert!(!outline.step(15, "2").1);
    }
}
