//! Reading tables. Sizes are bounded before anything is kept.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::Format;
use crate::failure::Failure;

/// Most columns of a table.
const MOST_COLUMNS: usize = 200;
/// Longest line of JSON, in bytes.
const LONGEST_LINE: u64 = 1024 * 1024;
/// Largest workbook, packed and unpacked; its strings are held in memory.
const LARGEST_WORKBOOK: u64 = 64 * 1024 * 1024;
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;

/// A row by column name. Names are folded to lower case without blanks around.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, the first data row being 1.
    pub number: usize,
    /// Values by column.
    pub values: BTreeMap<String, String>,
}

impl Row {
    /// The first of these columns that holds something.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().filter_map(|n| self.values.get(*n)).map(String::as_str).find(|v| !v.trim().is_empty())
    }
}

/// Rows of a table, one by one.
pub type Rows = Box<dyn Iterator<Item = Result<Row, Failure>>>;

/// Opens a table.
pub fn open(path: &Path) -> Result<Rows, Failure> {
    match Format::of(path)? {
        Format::Csv => csv(path),
        Format::Xlsx => xlsx(path),
        Format::Jsonl => jsonl(path),
    }
}

fn name(header: &str) -> String {
    header.trim_start_matches('\u{feff}').trim().to_lowercase()
}

fn too_wide(path: &Path) -> Failure {
    Failure::file(path, &format!("more than {MOST_COLUMNS} columns"))
}

fn csv(path: &Path) -> Result<Rows, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
    let mut head = vec![0_u8; 64 * 1024];
    let read = File::open(path).and_then(|mut f| f.read(&mut head)).map_err(|e| fail(&e))?;
    let file = File::open(path).map_err(|e| fail(&e))?;
    // Excel in China writes CSV in GB 18030: what is no UTF-8 is read as that.
    let utf8 = match std::str::from_utf8(&head[..read]) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    };
    let encoding = if utf8 { encoding_rs::UTF_8 } else { encoding_rs::GB18030 };
    let decoded: Box<dyn Read> = if utf8 { Box::new(file) } else { Box::new(Decoder::new(file, encoding)) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::new(decoded));
    let columns: Vec<String> = reader.headers().map_err(|e| fail(&e))?.iter().map(name).collect();
    if columns.len() > MOST_COLUMNS {
        return Err(too_wide(path));
    }
    told_once(path, &columns)?;
    let path = path.to_owned();
    Ok(Box::new(reader.into_records().zip(1..).map(move |(record, number)| {
        let record = record.map_err(|e| Failure::line(&path, number + 1, &e))?;
        let values = columns.iter().zip(&record).map(|(c, v)| (c.clone(), v.to_owned())).collect();
        Ok(Row { number, values })
    })))
}

/// A reader that turns another encoding into UTF-8 as it goes.
struct Decoder<R> {
    inner: R,
    state: encoding_rs::Decoder,
    out: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Decoder<R> {
    fn new(inner: R, encoding: &'static encoding_rs::Encoding) -> Self {
        Self { inner, state: encoding.new_decoder(), out: Vec::new(), at: 0, done: false }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.out.len() && !self.done {
            let mut raw = [0_u8; 16 * 1024];
            let n = self.inner.read(&mut raw)?;
            self.done = n == 0;
            let mut text = String::with_capacity(self.state.max_utf8_buffer_length(n).unwrap_or(n * 4 + 16));
            let _ = self.state.decode_to_string(&raw[..n], &mut text, self.done);
            self.out = text.into_bytes();
            self.at = 0;
        }
        let n = buffer.len().min(self.out.len() - self.at);
        buffer[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

fn xlsx(path: &Path) -> Result<Rows, Failure> {
    let size = std::fs::metadata(path).map_err(|e| Failure::file(path, &e))?.len();
    if size > LARGEST_WORKBOOK {
        return Err(Failure::file(path, &format!("{size} bytes; the limit for workbooks is {LARGEST_WORKBOOK}")));
    }
    let unpacked = unpacked(path)?;
    if unpacked > LARGEST_UNPACKED {
        return Err(Failure::file(path, &format!("{unpacked} bytes unpacked; the limit is {LARGEST_UNPACKED}")));
    }
    let mut book: Xlsx<_> = open_workbook(path).map_err(|e: calamine::XlsxError| Failure::file(path, &e))?;
    let first = book.sheet_names().into_iter().next().ok_or_else(|| Failure::file(path, &"no sheet"))?;
    // Cell by cell: the rectangle that a sheet claims may be a million rows around one stray blank.
    let mut cells = book.worksheet_cells_reader(&first).map_err(|e| Failure::file(path, &e))?;
    let mut header: Option<(u32, BTreeMap<u32, String>)> = None;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(found) = cells.next_cell().map_err(|e| Failure::file(path, &e))? {
        let (row, column) = found.get_position();
        let text = cell(&Data::from(found.get_value().clone()));
        if text.trim().is_empty() {
            continue;
        }
        match &mut header {
            None => header = Some((row, BTreeMap::from([(column, name(&text))]))),
            Some((at, columns)) if *at == row => {
                columns.insert(column, name(&text));
                if columns.len() > MOST_COLUMNS {
                    return Err(too_wide(path));
                }
            }
            Some((at, columns)) => {
                let Some(column) = columns.get(&column) else { continue };
                let number = usize::try_from(row.saturating_sub(*at)).unwrap_or(usize::MAX);
                if rows.last().is_none_or(|r| r.number != number) {
                    rows.push(Row { number, values: BTreeMap::new() });
                }
                if let Some(last) = rows.last_mut() {
                    last.values.insert(column.clone(), text);
                }
            }
        }
    }
    let columns: Vec<String> = header.map(|(_, columns)| columns.into_values().collect()).unwrap_or_default();
    told_once(path, &columns)?;
    Ok(Box::new(rows.into_iter().map(Ok)))
}

/// What the parts of a workbook say that they take unpacked.
fn unpacked(path: &Path) -> Result<u64, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
    let mut parts = zip::ZipArchive::new(File::open(path).map_err(|e| fail(&e))?).map_err(|e| fail(&e))?;
    let mut sum = 0_u64;
    for part in 0..parts.len() {
        sum = sum.saturating_add(parts.by_index_raw(part).map_err(|e| fail(&e))?.size());
    }
    Ok(sum)
}

/// Refuses a table in which two columns have one name: which of them would count?
fn told_once(path: &Path, columns: &[String]) -> Result<(), Failure> {
    let mut seen = std::collections::BTreeSet::new();
    match columns.iter().find(|c| !c.is_empty() && !seen.insert(c.as_str())) {
        None => Ok(()),
        Some(twice) => Err(Failure::data(
            "columns",
            format!("{}：有两列都叫“{twice}”。", path.display()),
            format!("{}: two columns are called \"{twice}\".", path.display()),
        )),
    }
}

/// A cell as people see it: a whole number without a decimal point.
fn cell(data: &Data) -> String {
    match data {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

fn jsonl(path: &Path) -> Result<Rows, Failure> {
    let mut reader = BufReader::new(File::open(path).map_err(|e| Failure::file(path, &e))?);
    let path = path.to_owned();
    let mut number = 0;
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            let mut line = String::new();
            number += 1;
            match reader.by_ref().take(LONGEST_LINE).read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => return Some(object(&line, number).map_err(|e| Failure::line(&path, number, &e))),
                Err(e) => return Some(Err(Failure::line(&path, number, &e))),
            }
        }
    })))
}

fn object(line: &str, number: usize) -> Result<Row, serde_json::Error> {
    let object: BTreeMap<String, serde_json::Value> = serde_json::from_str(line)?;
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    Ok(Row { number, values: object.into_iter().map(|(k, v)| (name(&k), text(v))).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &str, bytes: &[u8]) -> Vec<Row> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(file);
        std::fs::write(&path, bytes).unwrap();
        open(&path).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn csv_is_read_in_either_encoding() {
        let text = "编号,货物描述\nA1,\"石墨块,密度1.8\"\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &gb, format!("\u{feff}{text}").as_bytes()] {
            let rows = rows("items.csv", bytes);
            assert_eq!(rows[0].first(&["货物描述"]), Some("石墨块,密度1.8"));
            assert_eq!(rows[0].values["编号"], "A1");
        }
    }

    #[test]
    fn json_lines_are_read_and_blank_ones_passed_over() {
        let rows = rows("items.jsonl", "{\"Text\": \"石墨\", \"n\": 3}\n\n{\"text\": \"锗\"}\n".as_bytes());
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].values["n"], "3");
        assert_eq!(rows[1].first(&["text"]), Some("锗"));
    }
}
