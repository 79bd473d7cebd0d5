//! Fonts: from the codes of a text to characters and widths.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

/// A code of a text: its value and how many bytes it took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub value: u32,
    pub length: usize,
}

/// How the bytes of a text are cut into codes, and what a code without a `ToUnicode` entry means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    /// One byte, a Western character set.
    Single,
    /// Two bytes, meaning only what `ToUnicode` says.
    Glyphs,
    /// UTF-16.
    Utf16,
    /// GBK: one byte below 0x80, else two.
    Gbk,
}

/// One font.
#[derive(Debug)]
pub(super) struct Font {
    scheme: Scheme,
    names: BTreeMap<u32, String>,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
}

/// Fonts by object: a font is read once for all pages.
#[derive(Default)]
pub(super) struct Fonts {
    known: BTreeMap<ObjectId, Rc<Font>>,
}

/// Entries read from one character map or width table: more is no font.
const ENTRIES: usize = 140_000;
/// Bytes of one character map.
const MAP: usize = 8 << 20;

impl Fonts {
    pub(super) fn get(&mut self, pdf: &Pdf, id: Option<ObjectId>, font: &Dictionary) -> Rc<Font> {
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return Rc::clone(known);
        }
        let read = Rc::new(Font::read(pdf, font));
        if let Some(id) = id {
            self.known.insert(id, Rc::clone(&read));
        }
        read
    }
}

fn get<'p>(pdf: &'p Pdf, dictionary: &'p Dictionary, key: &[u8]) -> Option<&'p Object> {
    pdf.dereference(dictionary.get(key).ok()?).ok().map(|(_, object)| object)
}

fn whole(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|n| u32::try_from(n).ok())
}

impl Font {
    fn read(pdf: &Pdf, font: &Dictionary) -> Self {
        let composite = get(pdf, font, b"Subtype").and_then(|o| o.as_name().ok()) == Some(b"Type0".as_slice());
        let encoding = get(pdf, font, b"Encoding");
        let named = encoding.and_then(|o| o.as_name().ok()).map(|n| String::from_utf8_lossy(n).into_owned());
        let scheme = match named.as_deref() {
            _ if !composite => Scheme::Single,
            Some(n) if n.contains("UCS2") || n.contains("UTF16") => Scheme::Utf16,
            Some(n) if n.starts_with("GB") => Scheme::Gbk,
            _ => Scheme::Glyphs,
        };
        let mut read = Self {
            scheme,
            names: BTreeMap::new(),
            widths: BTreeMap::new(),
            default_width: if composite { 1000.0 } else { 500.0 },
        };
        if let Some(Object::Stream(stream)) = get(pdf, font, b"ToUnicode")
            && let Ok(map) = stream.get_plain_content_with_limit(MAP)
        {
            read.names = to_unicode(&map);
        }
        if composite {
            let below = get(pdf, font, b"DescendantFonts").and_then(|o| o.as_array().ok()).and_then(|a| a.first());
            let below = below.and_then(|o| pdf.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok());
            if let Some(below) = below {
                if let Some(width) = get(pdf, below, b"DW").and_then(|o| o.as_float().ok()) {
                    read.default_width = width;
                }
                if let Some(table) = get(pdf, below, b"W").and_then(|o| o.as_array().ok()) {
                    read.wide_widths(pdf, table);
                }
            }
        } else {
            let first = get(pdf, font, b"FirstChar").and_then(whole).unwrap_or(0);
            let widths = get(pdf, font, b"Widths").and_then(|o| o.as_array().ok());
            for (i, width) in widths.into_iter().flatten().enumerate().take(256) {
                if let Ok(width) = width.as_float() {
                    read.widths.insert(first.saturating_add(u32::try_from(i).unwrap_or(0)), width);
                }
            }
            if let Some(differences) = encoding
                .and_then(|o| o.as_dict().ok())
                .and_then(|d| get(pdf, d, b"Differences"))
                .and_then(|o| o.as_array().ok())
            {
                read.differences(differences);
            }
        }
        read
    }

    fn wide_widths(&mut self, pdf: &Pdf, table: &[Object]) {
        let mut at = 0;
        while let Some(first) = table.get(at).and_then(whole) {
            match table.get(at + 1).and_then(|o| pdf.dereference(o).ok()).map(|(_, o)| o) {
                Some(Object::Array(widths)) => {
                    for (code, width) in (first..).zip(widths.iter().take(ENTRIES)) {
                        self.widths.insert(code, width.as_float().unwrap_or(self.default_width));
                    }
                    at += 2;
                }
                Some(last) => {
                    let last = whole(last).unwrap_or(first).min(first.saturating_add(0xffff));
                    let width = table.get(at + 2).and_then(|o| o.as_float().ok()).unwrap_or(self.default_width);
                    for code in first..=last {
                        self.widths.insert(code, width);
                    }
                    at += 3;
                }
                None => return,
            }
            if self.widths.len() > ENTRIES {
                return;
            }
        }
    }

    fn differences(&mut self, differences: &[Object]) {
        let mut code = 0_u32;
        for item in differences.iter().take(1024) {
            if let Some(first) = whole(item) {
                code = first;
            } else if let Ok(name) = item.as_name() {
                let name = String::from_utf8_lossy(name);
                let hex =
                    name.strip_prefix("uni").and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32);
                let single = (name.chars().count() == 1).then(|| name.chars().next()).flatten();
                if let Some(c) = hex.or(single) {
                    self.names.entry(code).or_insert_with(|| c.to_string());
                }
                code = code.saturating_add(1);
            }
        }
    }

    /// The codes of a text.
    pub(super) fn codes<'b>(&self, bytes: &'b [u8]) -> impl Iterator<Item = Code> + 'b {
        let scheme = self.scheme;
        let mut rest = bytes;
        std::iter::from_fn(move || {
            let length = match (scheme, rest) {
                (_, []) => return None,
                (Scheme::Single, _) | (_, [_]) => 1,
                (Scheme::Gbk, [first, ..]) if *first < 0x81 => 1,
                _ => 2,
            };
            let value = rest[..length].iter().fold(0, |v, b| v << 8 | u32::from(*b));
            rest = &rest[length..];
            Some(Code { value, length })
        })
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(name) = self.names.get(&code) {
            return Some(name.clone());
        }
        match self.scheme {
            Scheme::Single => {
                let byte = u8::try_from(code).ok()?;
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
                Some(text.into_owned())
            }
            Scheme::Utf16 => char::from_u32(code).map(String::from),
            Scheme::Gbk => {
                let bytes = u16::try_from(code).ok()?.to_be_bytes();
                let bytes = if bytes[0] == 0 { &bytes[1..] } else { &bytes[..] };
                let (text, lost) = encoding_rs::GBK.decode_without_bom_handling(bytes);
                (!lost).then(|| text.into_owned())
            }
            Scheme::Glyphs => None,
        }
    }

    /// Width in thousandths of the size.
    pub(super) fn width(&self, code: u32) -> f32 {
        self.widths.get(&code).copied().unwrap_or(self.default_width)
    }
}

/// Reads a `ToUnicode` map: `bfchar` and `bfrange`.
fn to_unicode(map: &[u8]) -> BTreeMap<u32, String> {
    let text = String::from_utf8_lossy(map);
    let mut names = BTreeMap::new();
    let mut tokens = Tokens { rest: &text };
    let mut held: Vec<Token<'_>> = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word("beginbfchar" | "beginbfrange") => held.clear(),
            Token::Word("endbfchar") => {
                for pair in held.chunks_exact(2) {
                    if let [Token::Hex(code), Token::Hex(to)] = pair {
                        names.insert(code_of(code), utf16(to));
                    }
                }
                held.clear();
            }
            Token::Word("endbfrange") => {
                ranges(&held, &mut names);
                held.clear();
            }
            Token::Word(_) => {}
            other => held.push(other),
        }
        if names.len() > ENTRIES || held.len() > 4 * ENTRIES {
            break;
        }
    }
    names
}

fn ranges(held: &[Token<'_>], names: &mut BTreeMap<u32, String>) {
    let mut at = 0;
    while let (Some(Token::Hex(first)), Some(Token::Hex(last))) = (held.get(at), held.get(at + 1)) {
        let first = code_of(first);
        let last = code_of(last).min(first.saturating_add(0xffff));
        match held.get(at + 2) {
            Some(Token::Hex(to)) => {
                let mut units = utf16_units(to);
                for code in first..=last {
                    names.insert(code, String::from_utf16_lossy(&units));
                    if let Some(unit) = units.last_mut() {
                        *unit = unit.wrapping_add(1);
                    }
                    if names.len() > ENTRIES {
                        return;
                    }
                }
                at += 3;
            }
            Some(Token::Open) => {
                at += 3;
                for code in first.. {
                    match held.get(at) {
                        Some(Token::Hex(to)) => names.insert(code, utf16(to)),
                        _ => break,
                    };
                    at += 1;
                }
                at += 1;
            }
            _ => return,
        }
    }
}

enum Token<'t> {
    Hex(&'t str),
    Open,
    Close,
    Word(&'t str),
}

struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Tokens<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        match first {
            '<' if !self.rest.starts_with("<<") => {
                let end = self.rest.find('>')?;
                let token = &self.rest[1..end];
                self.rest = &self.rest[end + 1..];
                Some(Token::Hex(token))
            }
            '[' | ']' => {
                self.rest = &self.rest[1..];
                Some(if first == '[' { Token::Open } else { Token::Close })
            }
            _ => {
                let end = self
                    .rest
                    .char_indices()
                    .skip(1)
                    .find(|(_, c)| c.is_whitespace() || matches!(c, '<' | '[' | ']'))
                    .map_or(self.rest.len(), |(i, _)| i);
                let token = &self.rest[..end];
                self.rest = &self.rest[end..];
                Some(Token::Word(token))
            }
        }
    }
}

fn code_of(hex: &str) -> u32 {
    hex.chars().filter_map(|c| c.to_digit(16)).take(8).fold(0, |v, d| v << 4 | d)
}

fn utf16_units(hex: &str) -> Vec<u16> {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).take(64).collect();
    digits.chunks(4).map(|c| c.iter().fold(0_u32, |v, d| v << 4 | d)).map(|v| u16::try_from(v).unwrap_or(0)).collect()
}

fn utf16(hex: &str) -> String {
    String::from_utf16_lossy(&utf16_units(hex))
}
