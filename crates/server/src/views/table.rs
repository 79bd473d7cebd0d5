//! Tables of the site as files, and how they are sorted.

use crate::problem::Problem;

/// Rows as CSV, with the mark by which spreadsheets know UTF-8.
///
/// # Errors
/// Never for rows of the book; the error is the writer's.
pub fn csv<const N: usize>(columns: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns).map_err(|e| Problem::internal(&e))?;
    for row in rows {
        writer.write_record(&row).map_err(|e| Problem::internal(&e))?;
    }
    writer.into_inner().map_err(|e| Problem::internal(&e))
}

/// By which column a table is sorted, and whether backwards: `name`, `-name`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sort {
    /// The column; empty for the table's own order.
    pub by: String,
    /// True where the last comes first.
    pub backwards: bool,
}

impl Sort {
    /// The sort a field asks for, where the table has such a column.
    pub fn read(field: &str, columns: &[&str]) -> Self {
        let (by, backwards) = field.strip_prefix('-').map_or((field, false), |by| (by, true));
        if columns.contains(&by) { Self { by: by.to_owned(), backwards } } else { Self::default() }
    }

    /// Sorts lines by what a column says of each; equal lines keep their order.
    pub fn apply<T, K: Ord>(&self, lines: &mut [T], key: impl Fn(&T) -> K) {
        if self.by.is_empty() {
            return;
        }
        lines.sort_by(|a, b| {
            let order = key(a).cmp(&key(b));
            if self.backwards { order.reverse() } else { order }
        });
    }

    /// The field that sorts by a column, the other way round where it sorts by it already.
    pub fn field(&self, column: &str) -> String {
        if self.by == column && !self.backwards { format!("-{column}") } else { column.to_owned() }
    }

    /// What a column's head says to readers of screens.
    pub fn aria(&self, column: &str) -> &'static str {
        match (self.by == column, self.backwards) {
            (true, false) => "ascending",
            (true, true) => "descending",
            _ => "none",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_sorts_and_then_turns_round() {
        let columns = ["name", "day"];
        let sort = Sort::read("name", &columns);
        assert_eq!((sort.aria("name"), sort.aria("day")), ("ascending", "none"));
        assert_eq!((sort.field("name"), sort.field("day")), ("-name".to_owned(), "day".to_owned()));
        let back = Sort::read("-name", &columns);
        let mut lines = ["b", "a", "c"];
        back.apply(&mut lines, |l| *l);
        assert_eq!(lines, ["c", "b", "a"]);
        assert_eq!(Sort::read("colour", &columns), Sort::default());
    }
}
