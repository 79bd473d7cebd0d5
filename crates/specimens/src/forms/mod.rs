//! Forms: the blocks of a document as bytes.

mod docx;
pub mod furniture;
mod html;
mod pdf;
mod text;
mod xlsx;

use self::furniture::Furniture;
use crate::layout::Block;

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text wrapped at 74 columns, with pages, running heads and page numbers.
    Text,
    /// Text of one line a paragraph, in GB 18030.
    Gb18030,
    /// DOCX.
    Docx,
    /// PDF with pages, running heads, ruled tables; its font names its characters by a `ToUnicode` map.
    Pdf,
    /// HTML.
    Html,
    /// XLSX.
    Xlsx,
}

/// Every form.
pub const FORMS: [Form; 6] = [Form::Text, Form::Gb18030, Form::Docx, Form::Pdf, Form::Html, Form::Xlsx];

/// The document in a form, on pages as the measurements have them.
pub fn write(blocks: &[Block], form: Form) -> Vec<u8> {
    write_on(blocks, form, &Furniture::official())
}

/// The document in a form, with what stands on its pages where the form has any.
pub fn write_on(blocks: &[Block], form: Form, furniture: &Furniture) -> Vec<u8> {
    match form {
        Form::Text => text::wrapped(blocks, furniture),
        Form::Gb18030 => text::gb18030(blocks),
        Form::Docx => docx::write(blocks),
        Form::Pdf => pdf::write(blocks, furniture),
        Form::Html => html::write(blocks),
        Form::Xlsx => xlsx::write(blocks),
    }
}

pub use pdf::write_pages;
pub use text::{width, wrap};

/// Text made safe for XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A package of parts.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    use std::io::{Cursor, Write as _};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        // Writing into memory does not fail.
        if zip.start_file(*name, options).is_ok() {
            let _ = zip.write_all(content.as_bytes());
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
