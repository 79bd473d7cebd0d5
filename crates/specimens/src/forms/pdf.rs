//! PDF: pages with a running head and a number, wrapped lines, ruled tables whose rows break over pages. The font is not embedded;
//! its `ToUnicode` map names the characters, as in the files that offices print.

use std::collections::BTreeMap;

use lopdf::{Document, Object, Stream, dictionary};

use super::furniture::Furniture;
use super::text::{chapter_of, wrap};
use crate::layout::Block;

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 72.0;
const SIZE: f32 = 12.0;
const LEADING: f32 = 20.0;
/// Width of a table.
const TABLE: f32 = 451.0;
const CELL: f32 = 9.0;
const CELL_LEADING: f32 = 13.0;

/// Glyph numbers by character, given as they are used.
#[derive(Default)]
struct Font {
    glyphs: BTreeMap<char, u16>,
}

impl Font {
    fn encode(&mut self, text: &str) -> String {
        text.chars()
            .map(|c| {
                let next = u16::try_from(self.glyphs.len() + 3).unwrap_or(u16::MAX);
                format!("{:04X}", self.glyphs.entry(c).or_insert(next))
            })
            .collect()
    }

    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /F def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        let all: Vec<(&char, &u16)> = self.glyphs.iter().collect();
        for chunk in all.chunks(100) {
            map.push_str(&format!("{} beginbfchar\n", chunk.len()));
            for (c, glyph) in chunk {
                let mut units = [0; 2];
                let hex: String = c.encode_utf16(&mut units).iter().map(|u| format!("{u:04X}")).collect();
                map.push_str(&format!("<{glyph:04X}> <{hex}>\n"));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap end end");
        map
    }

    /// Half-width characters, for the widths table.
    fn widths(&self) -> Vec<Object> {
        self.glyphs
            .iter()
            .filter(|(c, _)| c.is_ascii())
            .flat_map(|(_, g)| [Object::Integer(i64::from(*g)), Object::Array(vec![500.into()])])
            .collect()
    }
}

struct Pages<'f> {
    font: Font,
    furniture: &'f Furniture,
    chapter: String,
    /// Widths of the columns of the table being drawn.
    columns: Vec<f32>,
    done: Vec<String>,
    content: String,
    y: f32,
}

impl Pages<'_> {
    fn text(&mut self, x: f32, y: f32, size: f32, text: &str) {
        let hex = self.font.encode(text);
        self.content.push_str(&format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n"));
    }

    fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.content.push_str(&format!("{x0} {y0} m {x1} {y1} l S\n"));
    }

    fn begin(&mut self) {
        self.content.clear();
        if let Some(head) = self.furniture.head(self.done.len() + 1, &self.chapter) {
            self.text(MARGIN + 60.0, HEIGHT - 40.0, 9.0, &head);
        }
        if let Some(words) = self.furniture.watermark {
            let hex = self.font.encode(words);
            self.content.push_str(&format!("BT /F1 48 Tf 0.7 0.7 -0.7 0.7 150 250 Tm <{hex}> Tj ET\n"));
        }
        self.y = HEIGHT - MARGIN;
    }

    fn end(&mut self) {
        let content = std::mem::take(&mut self.content);
        self.done.push(content);
    }

    /// Page numbers, which may say how many pages there are.
    fn numbered(&mut self) {
        let of = self.done.len();
        for page in 0..of {
            if let Some(foot) = self.furniture.foot(page + 1, of) {
                self.content = std::mem::take(&mut self.done[page]);
                self.text(WIDTH / 2.0 - 12.0, 40.0, 9.0, &foot);
                self.done[page] = std::mem::take(&mut self.content);
            }
        }
    }

    fn turn(&mut self) {
        self.end();
        self.begin();
    }

    fn line(&mut self, text: &str) {
        if self.y < MARGIN + LEADING {
            self.turn();
        }
        self.y -= LEADING;
        let (x, y) = (MARGIN, self.y);
        self.text(x, y, SIZE, text);
    }

    /// A row: as many lines as fit, the rest on the next page.
    fn row(&mut self, cells: &[String]) {
        let columns = self.columns.clone();
        let mut left: Vec<Vec<String>> = cells
            .iter()
            .zip(&columns)
            .map(|(cell, width)| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive width")]
                let columns = ((width - 6.0) / CELL * 2.0) as usize;
                cell.lines().flat_map(|l| wrap(l, columns.saturating_sub(1))).collect()
            })
            .collect();
        while left.iter().any(|l| !l.is_empty()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of lines")]
            let room = ((self.y - MARGIN - 6.0) / CELL_LEADING).max(0.0) as usize;
            if room == 0 {
                self.turn();
                continue;
            }
            let lines = left.iter().map(|l| l.len().min(room)).max().unwrap_or(0);
            #[expect(clippy::cast_precision_loss, reason = "a small number of lines")]
            let height = lines as f32 * CELL_LEADING + 5.0;
            let (top, bottom) = (self.y, self.y - height);
            let mut x = MARGIN;
            for (cell, width) in left.iter_mut().zip(&columns) {
                let here: Vec<String> = cell.drain(..cell.len().min(lines)).collect();
                let mut y = top;
                for text in here {
                    y -= CELL_LEADING;
                    self.text(x + 2.0, y, CELL, &text);
                }
                self.rule(x, bottom, x, top);
                x += width;
            }
            self.rule(x, bottom, x, top);
            self.rule(MARGIN, top, x, top);
            self.rule(MARGIN, bottom, x, bottom);
            self.y = bottom;
        }
    }
}

/// Widths of the columns of a table, as wide as what stands in them asks for.
fn columns(rows: &[&Vec<String>]) -> Vec<f32> {
    let count = rows.iter().map(|r| r.len()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "lengths of cells")]
    let need: Vec<f32> = (0..count)
        .map(|c| {
            let longest = |r: &&Vec<String>| r.get(c).map_or(0, |t| t.chars().count());
            let average = rows.iter().map(longest).sum::<usize>() as f32 / rows.len().max(1) as f32;
            average.sqrt().max(2.0)
        })
        .collect();
    let all: f32 = need.iter().sum();
    // A code takes seven half-width characters and a margin.
    #[expect(clippy::cast_precision_loss, reason = "a small number of columns")]
    let widths: Vec<f32> =
        need.iter().map(|n| (n / all * TABLE).max(62.0_f32.min(TABLE / count.max(1) as f32))).collect();
    let sum: f32 = widths.iter().sum();
    widths.iter().map(|w| w / sum * TABLE).collect()
}

/// Writes a PDF.
pub fn write(blocks: &[Block], furniture: &Furniture) -> Vec<u8> {
    let mut pages = Pages {
        font: Font::default(),
        furniture,
        chapter: String::new(),
        columns: Vec::new(),
        done: Vec::new(),
        content: String::new(),
        y: 0.0,
    };
    pages.begin();
    for (i, block) in blocks.iter().enumerate() {
        match block {
            Block::Line(text) => {
                pages.columns.clear();
                for line in wrap(text, 74) {
                    pages.line(&line);
                }
            }
            Block::Row(cells) => {
                if pages.columns.len() != cells.len() {
                    let rows: Vec<&Vec<String>> = blocks[i..]
                        .iter()
                        .map_while(|b| match b {
                            Block::Row(r) if r.len() == cells.len() => Some(r),
                            _ => None,
                        })
                        .collect();
                    pages.columns = columns(&rows);
                }
                pages.row(cells);
            }
        }
        if let Some(heading) = chapter_of(block) {
            pages.chapter = heading;
        }
    }
    pages.end();
    pages.numbered();
    write_pages(&pages.done, &pages.font.to_unicode(), pages.font.widths())
}

/// A PDF of pages with the given content, drawn with one font. Without a map the font names no character.
pub fn write_pages(contents: &[String], to_unicode: &str, widths: Vec<Object>) -> Vec<u8> {
    let mut pdf = Document::with_version("1.5");
    let tree = pdf.new_object_id();
    let below = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "SimSun",
        "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 },
        "DW" => 1000, "W" => widths,
    });
    let mut font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![below.into()],
    };
    if !to_unicode.is_empty() {
        let map = pdf.add_object(Stream::new(dictionary! {}, to_unicode.as_bytes().to_vec()));
        font.set("ToUnicode", map);
    }
    let font = pdf.add_object(font);
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for content in contents {
        let content = pdf.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
        kids.push(
            pdf.add_object(dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            })
            .into(),
        );
    }
    let count = i64::try_from(kids.len()).unwrap_or(0);
    pdf.objects.insert(tree, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    pdf.compress();
    let mut bytes = Vec::new();
    // Writing into memory does not fail.
    let _ = pdf.save_to(&mut bytes);
    bytes
}
