//! Reading XML record by record, bounded in depth and size; no document types, no entities but the five of XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Format, ImportError};

/// Deepest nesting of a record.
const DEEPEST: usize = 32;
/// Most elements of one record.
const MOST_NODES: usize = 20_000;

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Node {
    /// Local name.
    pub name: String,
    /// Attributes by local name.
    pub attributes: Vec<(String, String)>,
    /// Its own text.
    pub text: String,
    /// Elements within.
    pub children: Vec<Self>,
}

impl Node {
    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    /// Text of the first child of this name.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |c| c.text.trim())
    }

    /// An attribute; empty where there is none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// Every element of this name, however deep.
    pub fn all<'a>(&'a self, name: &'a str) -> Vec<&'a Self> {
        let mut out = Vec::new();
        for child in &self.children {
            if child.name == name {
                out.push(child);
            }
            out.extend(child.all(name));
        }
        out
    }
}

/// Walks a document: `open` is told of every element outside records, `record` of every whole record of one of these names.
pub fn walk(
    bytes: &[u8],
    format: Format,
    records: &[&str],
    mut open: impl FnMut(&Node),
    mut record: impl FnMut(&Node) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let fail = |why: &dyn std::fmt::Display| ImportError::NotThis(format, why.to_string());
    let text = std::str::from_utf8(bytes).map_err(|e| fail(&e))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut stack: Vec<Node> = Vec::new();
    let mut outside = Node::default();
    let mut nodes = 0;
    loop {
        let event = reader.read_event().map_err(|e| fail(&e))?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => return Err(fail(&"document types are not read")),
            Event::Start(start) => {
                let node = element(&start);
                if stack.is_empty() && !records.contains(&node.name.as_str()) {
                    open(&node);
                    outside = node;
                } else {
                    nodes += 1;
                    if stack.len() >= DEEPEST || nodes > MOST_NODES {
                        return Err(fail(&"a record is too deep or too large"));
                    }
                    stack.push(node);
                }
            }
            Event::Empty(start) => {
                let node = element(&start);
                match stack.last_mut() {
                    Some(parent) => {
                        nodes += 1;
                        if nodes > MOST_NODES {
                            return Err(fail(&"a record is too large"));
                        }
                        parent.children.push(node);
                    }
                    None if records.contains(&node.name.as_str()) => record(&node)?,
                    None => open(&node),
                }
            }
            Event::End(_) => {
                if let Some(node) = stack.pop() {
                    if let Some(parent) = stack.last_mut() {
                        parent.children.push(node);
                    } else {
                        nodes = 0;
                        record(&node)?;
                    }
                } else if !outside.text.is_empty() {
                    // A header such as DateGenerated is told with its text when it ends.
                    open(&std::mem::take(&mut outside));
                }
            }
            Event::Text(text) => {
                stack.last_mut().unwrap_or(&mut outside).text.push_str(&text);
            }
            Event::CData(text) => {
                stack.last_mut().unwrap_or(&mut outside).text.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => match &*name {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                };
                stack.last_mut().unwrap_or(&mut outside).text.extend(c);
            }
            _ => {}
        }
    }
    if stack.is_empty() { Ok(()) } else { Err(fail(&"the file ends within a record")) }
}

fn element(start: &BytesStart<'_>) -> Node {
    let attributes = start
        .attributes()
        .flatten()
        .map(|a| {
            let value = quick_xml::escape::unescape(&a.value)
                .map_or_else(|_| a.value.to_string(), std::borrow::Cow::into_owned);
            (a.key.local_name().as_ref().to_owned(), value)
        })
        .collect();
    Node { name: start.local_name().as_ref().to_owned(), attributes, ..Node::default() }
}
