//! Tables with headings, found by name.

/// A table.
pub struct Table {
    columns: Vec<String>,
    records: Vec<csv::StringRecord>,
    /// A line before the headings, such as a report date.
    pub before: Option<String>,
}

/// A row.
pub struct Row<'a> {
    columns: &'a [String],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The value of the first of these columns that holds something.
    pub fn get(&self, names: &[&str]) -> &str {
        names
            .iter()
            .filter_map(|n| self.columns.iter().position(|c| c == n))
            .filter_map(|at| self.record.get(at))
            .map(str::trim)
            .find(|v| !v.is_empty())
            .unwrap_or_default()
    }
}

impl Table {
    /// Reads a table whose headings hold one of `needed`; up to five lines may stand before them.
    pub fn read(bytes: &[u8], delimiter: u8, needed: &[&str]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let (mut columns, mut records, mut before): (Option<Vec<String>>, Vec<csv::StringRecord>, Option<String>) =
            (None, Vec::new(), None);
        for (number, record) in reader.records().enumerate() {
            let record = record.map_err(|e| e.to_string())?;
            if columns.is_some() {
                if records.len() > super::MOST_ENTITIES * 4 {
                    return Err("too many rows".to_owned());
                }
                records.push(record);
                continue;
            }
            let names: Vec<String> = record.iter().map(|c| c.trim().to_lowercase()).collect();
            if needed.iter().any(|n| names.iter().any(|c| c == n)) {
                columns = Some(names);
            } else if number >= 5 {
                break;
            } else {
                let line = record.iter().filter(|c| !c.trim().is_empty()).collect::<Vec<_>>().join(" ");
                before = before.or(Some(line).filter(|l| !l.is_empty()));
            }
        }
        let columns = columns.ok_or_else(|| format!("no column called {}", needed.join(" / ")))?;
        Ok(Self { columns, records, before })
    }

    /// Its rows, numbered from 1.
    pub fn rows(&self) -> impl Iterator<Item = (usize, Row<'_>)> {
        (1..).zip(self.records.iter().map(|record| Row { columns: &self.columns, record }))
    }
}
