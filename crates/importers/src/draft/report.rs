//! The report of a draft: figures for people and programs, and a page that stands by itself.

use std::collections::BTreeMap;

use serde::Serialize;
use yumen_lawbook::{Bilingual, Lang, Verification};

use super::{About, Confidence, Decision, Difference, Draft, Line, Total};
use crate::kinds::Unread;

/// What an import found, beside what it made of it.
#[derive(Debug, Serialize)]
pub struct Report<'d> {
    /// What was read.
    pub about: &'d About,
    /// True where totals are declared and met, and nothing is unread.
    pub totals_match: bool,
    /// Declared and found numbers.
    pub totals: Vec<Total>,
    /// What is lacking by the text itself: totals not met, words not understood.
    pub missing: Vec<Bilingual>,
    /// Lines by confidence.
    pub confidence: BTreeMap<&'static str, usize>,
    /// Lines by decision.
    pub decisions: BTreeMap<&'static str, usize>,
    /// Lines that differ from what the book recorded.
    pub conflicts: usize,
    /// Parameters that want a human eye.
    pub eyes: usize,
    /// The lines.
    pub lines: &'d [Line],
    /// What was not understood.
    pub unread: &'d [Unread],
}

impl Confidence {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Sure => Bilingual::new("完整识别", "read whole"),
            Self::Likely => Bilingual::new("请看参数", "look at the parameters"),
            Self::Doubtful => Bilingual::new("存疑", "doubtful"),
        }
    }

    /// The name used in data and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Doubtful => "doubtful",
        }
    }
}

impl Line {
    /// The operation in words for people.
    pub fn what_label(&self) -> Bilingual {
        let (zh, en) = match self.what.as_str() {
            "instrument" => ("文件", "instrument"),
            "add" => ("新增", "add"),
            "remove" => ("删去", "remove"),
            "modify" => ("修改", "modify"),
            "recode" => ("改编号", "recode"),
            "suspend" => ("暂停或恢复", "suspend"),
            "measure" => ("措施", "measure"),
            "party" => ("实体", "party"),
            "calendar" => ("日历", "calendar"),
            other => (other, other),
        };
        Bilingual::new(zh, en)
    }
}

impl Difference {
    /// How the book knew what it said, in words for people.
    pub fn verification_label(&self) -> Bilingual {
        let known = serde_json::from_value::<Verification>(self.verification.clone().into());
        known.map_or_else(|_| Bilingual::new(&self.verification, &self.verification), Verification::label)
    }
}

impl Decision {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Open => Bilingual::new("未审", "open"),
            Self::Accepted => Bilingual::new("接受", "accepted"),
            Self::Corrected => Bilingual::new("更正", "corrected"),
            Self::Rejected => Bilingual::new("不采用", "rejected"),
            Self::Left => Bilingual::new("留待", "left"),
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Left => "left",
        }
    }
}

impl Draft {
    /// The report of the draft as it stands.
    pub fn report(&self) -> Report<'_> {
        let mut confidence = BTreeMap::new();
        let mut decisions = BTreeMap::new();
        for line in &self.line {
            *confidence.entry(line.confidence.name()).or_default() += 1;
            *decisions.entry(line.decision.as_str()).or_default() += 1;
        }
        Report {
            about: &self.about,
            totals_match: self.matches_totals(),
            totals: self.totals(),
            missing: self.missing(),
            confidence,
            decisions,
            conflicts: self.line.iter().filter(|l| !l.differs.is_empty()).count(),
            eyes: self.line.iter().map(|l| l.eyes.len()).sum(),
            lines: &self.line,
            unread: &self.unread,
        }
    }

    /// The report as a page of its own: no script, no other file.
    pub fn html(&self, lang: Lang) -> String {
        let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        let mut out = String::new();
        let about = &self.about;
        out.push_str(&format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head><body>\n<h1>{}</h1>\n",
            say("zh", "en"),
            escape(&about.title),
            escape(&about.title)
        ));
        out.push_str(&format!(
            "<p>{} · SHA-256 <code>{}</code> · {} · {} {}</p>\n",
            escape(&about.file),
            about.sha256,
            about.form,
            about.pages,
            say("页", "page(s)")
        ));
        out.push_str(&format!(
            "<p>{} <code>{}</code> · {}</p>\n",
            say("文件", "act"),
            escape(&about.instrument),
            about.kinds.join(" + ")
        ));
        out.push_str(&self.totals_table(lang));
        if !self.unread.is_empty() {
            out.push_str(&format!("<h2>{}</h2>\n<table>\n", say("没有识别的文字", "Not understood")));
            for unread in &self.unread {
                out.push_str(&format!(
                    "<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                    unread.place,
                    escape(&unread.words),
                    escape(unread.why.get(lang))
                ));
            }
            out.push_str("</table>\n");
        }
        out.push_str(&format!("<h2>{}</h2>\n", say("逐项", "Line by line")));
        for line in &self.line {
            out.push_str(&html_line(line, lang));
        }
        if !about.left_out.is_empty() {
            out.push_str(&format!(
                "<h2>{}</h2>\n<ul>\n",
                say("作为页眉页脚略去", "Left out as running heads and page numbers")
            ));
            for left in &about.left_out {
                out.push_str(&format!("<li>{} {}</li>\n", left.at, escape(&left.words)));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</body></html>\n");
        out
    }

    fn totals_table(&self, lang: Lang) -> String {
        let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        let mut out = format!(
            "<h2>{}</h2>\n<table><tr><th></th><th>{}</th><th>{}</th><th></th></tr>\n",
            say("数目", "Totals"),
            say("文中写明", "declared"),
            say("读出", "found")
        );
        for total in self.totals() {
            out.push_str(&format!(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                total.name.get(lang),
                total.declared.get(lang),
                total.found.get(lang),
                total.mark()
            ));
        }
        out.push_str("</table>\n");
        out
    }
}

const STYLE: &str = "body{font:16px/1.6 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fdfcf9}table{border-collapse:collapse}td,th{border-top:1px solid #ccc;padding:.3rem .8rem;text-align:left;vertical-align:top}section{border-top:1px solid #999;padding:.6rem 0}pre{white-space:pre-wrap;background:#f3f1ea;padding:.6rem;font-size:.85rem}blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid #0b6e4f}.doubtful h3::before{content:'▲ '}.likely h3::before{content:'◐ '}.sure h3::before{content:'● '}";

fn html_line(line: &Line, lang: Lang) -> String {
    let mut out = format!(
        "<section class=\"{}\"><h3>{} {} {} <small>{} · {} · {}</small></h3>\n<blockquote>{}</blockquote>\n",
        line.confidence.name(),
        line.id,
        line.what_label().get(lang),
        escape(&line.about),
        line.at,
        line.confidence.label().get(lang),
        line.decision.label().get(lang),
        escape(&line.words).replace('\n', "<br>")
    );
    let listed: Vec<String> =
        line.doubts.iter().chain(&line.eyes).map(|b| format!("<li>{}</li>", escape(b.get(lang)))).collect();
    if !listed.is_empty() {
        out.push_str(&format!("<ul>{}</ul>\n", listed.concat()));
    }
    for d in &line.differs {
        out.push_str(&format!(
            "<p>{} <del>{}</del> ({}) → <ins>{}</ins></p>\n",
            escape(&d.point),
            escape(&d.book),
            d.verification_label().get(lang),
            escape(&d.text)
        ));
    }
    if !line.law.is_empty() {
        out.push_str(&format!("<pre>{}</pre>\n", escape(&line.law)));
    }
    out.push_str("</section>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
