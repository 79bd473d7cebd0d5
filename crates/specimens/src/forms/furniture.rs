//! What stands on pages and is no part of the text: running heads, page numbers, watermarks.

use crate::chance::Chance;

/// The running head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// None.
    None,
    /// The same on every page.
    Same,
    /// One on right, another on left pages.
    Turning,
    /// The heading under which the page begins.
    Chapter,
}

/// The page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foot {
    /// None.
    None,
    /// `— 7 —`
    Dashed,
    /// `第7页 共20页`
    Counted,
    /// `7`
    Bare,
    /// `7/20`
    Slashed,
}

/// What stands on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// The running head.
    pub head: Head,
    /// The page number.
    pub foot: Foot,
    /// Words across every page.
    pub watermark: Option<&'static str>,
}

/// The running head of the documents that are measured.
pub const HEAD: &str = "中国禁止出口限制出口技术目录（公开版）";

impl Furniture {
    /// The same head on every page and a number between dashes.
    pub fn official() -> Self {
        Self { head: Head::Same, foot: Foot::Dashed, watermark: None }
    }

    /// Any furniture.
    pub fn random(chance: &mut Chance) -> Self {
        Self {
            head: [Head::None, Head::Same, Head::Turning, Head::Chapter][chance.below(4)],
            foot: [Foot::None, Foot::Dashed, Foot::Counted, Foot::Bare, Foot::Slashed][chance.below(5)],
            watermark: chance.once_in(4).then_some("内部资料 仅供参考"),
        }
    }

    /// The running head of a page.
    pub fn head(&self, page: usize, chapter: &str) -> Option<String> {
        match self.head {
            Head::None => None,
            Head::Turning if page.is_multiple_of(2) => Some("商务部 科技部公告附件".to_owned()),
            Head::Same | Head::Turning => Some(HEAD.to_owned()),
            Head::Chapter if chapter.is_empty() => Some(HEAD.to_owned()),
            Head::Chapter => Some(format!("{HEAD} {chapter}")),
        }
    }

    /// The number of a page.
    pub fn foot(&self, page: usize, of: usize) -> Option<String> {
        match self.foot {
            Foot::None => None,
            Foot::Dashed => Some(format!("— {page} —")),
            Foot::Counted => Some(format!("第{page}页 共{of}页")),
            Foot::Bare => Some(page.to_string()),
            Foot::Slashed => Some(format!("{page}/{of}")),
        }
    }
}
