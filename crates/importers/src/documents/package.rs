//! Office files are zip packages of XML parts: opened with a bound on what is unpacked, whatever the package claims.

use std::io::{Cursor, Read as _};

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::{Form, Limits};
use crate::error::ImportError;

/// An opened package with what may still be unpacked.
pub(super) struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
    limits: Limits,
    form: Form,
}

fn broken(form: Form, why: &dyn std::fmt::Display) -> ImportError {
    ImportError::Broken { form, why: why.to_string().chars().take(200).collect() }
}

/// Whether a package is a document or a spreadsheet.
pub(super) fn kind(bytes: &[u8], limits: &Limits) -> Result<Form, ImportError> {
    let package = Package::open(bytes, limits, Form::Docx)?;
    let has = |name: &str| package.archive.file_names().flatten().any(|n| n == name);
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, _) => Ok(Form::Docx),
        (_, true) => Ok(Form::Xlsx),
        _ => Err(ImportError::UnknownForm),
    }
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits, form: Form) -> Result<Self, ImportError> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(form, &e))?;
        if archive.len() > limits.parts {
            return Err(ImportError::Beyond { what: "parts", limit: limits.parts as u64 });
        }
        Ok(Self { archive, left: limits.unpacked as u64, limits: *limits, form })
    }

    /// Names of the parts that begin and end like this, in natural order (`sheet2` before `sheet10`).
    pub(super) fn names(&self, prefix: &str, suffix: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .archive
            .file_names()
            .flatten()
            .filter(|n| n.starts_with(prefix) && n.ends_with(suffix))
            .map(std::borrow::Cow::into_owned)
            .collect();
        names.sort_by_key(|n| (n.len(), n.clone()));
        names
    }

    /// The text of a part; `None` where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        let form = self.form;
        let part = self.archive.by_name(name).map_err(|e| broken(form, &e))?;
        let mut content = Vec::new();
        // One byte more than is left tells a bomb from a part that just fits; declared sizes are not believed.
        part.take(self.left + 1).read_to_end(&mut content).map_err(|e| broken(form, &e))?;
        if content.len() as u64 > self.left {
            return Err(ImportError::Beyond { what: "bytes unpacked", limit: self.limits.unpacked as u64 });
        }
        self.left -= content.len() as u64;
        Ok(Some(content))
    }
}

/// One thing an XML part says, with names stripped of their prefix.
pub(super) enum Say<'x> {
    /// An element begins: name, attributes.
    Open(&'x str, &'x [(String, String)]),
    /// An element ends.
    Close(&'x str),
    /// Text.
    Text(&'x str),
}

/// Reads XML event by event. Document types are refused: they are how entity bombs come in. Depth is bounded.
pub(super) fn read_xml(
    bytes: &[u8],
    form: Form,
    limits: &Limits,
    mut tell: impl FnMut(Say<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_reader(bytes);
    let mut depth = 0_usize;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| broken(form, &e))?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if depth >= limits.depth => {
                let _ = tag;
                return Err(ImportError::Beyond { what: "elements inside each other", limit: limits.depth as u64 });
            }
            Event::Start(tag) => {
                depth += 1;
                let name = tag.local_name().as_ref().to_owned();
                tell(Say::Open(&name, &attributes(&tag)))?;
            }
            Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                tell(Say::Open(&name, &attributes(&tag)))?;
                tell(Say::Close(&name))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name = tag.local_name().as_ref().to_owned();
                tell(Say::Close(&name))?;
            }
            Event::Text(text) => tell(Say::Text(&text))?,
            Event::CData(text) => tell(Say::Text(&text))?,
            Event::GeneralRef(name) => {
                if let Some(c) = reference(&name) {
                    tell(Say::Text(c.encode_utf8(&mut [0; 4])))?;
                }
            }
            Event::DocType(_) => return Err(broken(form, &"it brings a document type, which no such file does")),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> Vec<(String, String)> {
    tag.attributes()
        .flatten()
        .take(64)
        .map(|a| (a.key.local_name().as_ref().to_owned(), a.value.into_owned()))
        .collect()
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
