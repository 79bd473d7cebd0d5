//! The data of a catalogue: from an edition of the book, or made up from the words of the lexicon.

use std::collections::BTreeMap;

use yumen_lawbook::Book;
use yumen_lawbook::list::edition::{Edition, Operation};

use crate::chance::Chance;

/// One entry as an official text prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The heading of its division.
    pub division: String,
    /// Path and words of its points, in order; paths of one or two levels.
    pub points: Vec<(String, String)>,
}

/// A whole catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Number line of the act: `商务部 科技部公告2023年第57号`.
    pub number: String,
    /// Day of signature in words.
    pub day: String,
    /// Entries, prohibited ones first, in order of code within each part.
    pub entries: Vec<Entry>,
}

impl Entry {
    /// True for 禁止.
    pub fn is_prohibited(&self) -> bool {
        self.code.ends_with('J')
    }
}

impl Catalogue {
    /// How many entries are prohibited and restricted.
    pub fn totals(&self) -> (usize, usize) {
        let prohibited = self.entries.iter().filter(|e| e.is_prohibited()).count();
        (prohibited, self.entries.len() - prohibited)
    }
}

const DIVISIONS: &[(u8, &str)] = &[
    (1, "农业"),
    (3, "畜牧业"),
    (4, "渔业"),
    (14, "食品制造业"),
    (17, "纺织业"),
    (26, "化学原料和化学制品制造业"),
    (27, "医药制造业"),
    (31, "非金属矿物制品业"),
    (32, "有色金属冶炼和压延加工业"),
    (35, "专用设备制造业"),
    (37, "铁路、船舶、航空航天和其他运输设备制造业"),
    (39, "计算机、通信和其他电子设备制造业"),
    (40, "仪器仪表制造业"),
    (65, "软件和信息技术服务业"),
    (84, "卫生"),
];

const TAILS: &[&str] = &[
    "制备技术",
    "生产工艺",
    "加工技术",
    "设计技术",
    "检测方法",
    "提纯工艺",
    "制造技术",
    "配方",
    "控制技术",
    "成型工艺",
];

/// Chinese terms of the lexicon of two characters or more.
fn terms(book: &Book) -> Vec<&str> {
    let all = book.lexicon.iter().flat_map(|c| &c.zh).map(String::as_str);
    all.filter(|t| t.chars().count() >= 2 && t.chars().all(yumen_assess::is_han)).collect()
}

fn point(chance: &mut Chance, terms: &[&str]) -> String {
    let term = chance.pick(terms).copied().unwrap_or("材料");
    let other = chance.pick(terms).copied().unwrap_or("设备");
    let tail = chance.pick(TAILS).copied().unwrap_or("技术");
    let number = 1 + chance.below(400);
    match chance.below(9) {
        0 => format!("{term}的{tail}"),
        1 => format!("密度大于{}.{}g/cm³的{term}{tail}", number % 20, number % 10),
        2 => format!("{term}、{other}及其{tail}（含工艺参数和配套软件）"),
        3 => format!("纯度大于等于{}.{}%的{term}{tail}", 90 + number % 10, number % 10),
        4 => format!("用于{other}的{term}{tail}，工作温度高于{number}℃，且连续运行时间不少于{}小时", number * 3),
        5 => format!("直径大于等于{number}mm、长度大于等于{}mm的{term}{tail}", number + 20),
        6 => format!("除{other}以外的{term}{tail}"),
        7 => format!("{term}{tail}（包括“{other}”专用的{tail}）"),
        _ => format!("{term}与{other}复合的{tail}，其中{term}含量（按重量）不低于{}%", 1 + number % 99),
    }
}

/// A made-up catalogue of `count` entries. With `only`, the entries given are among them.
pub fn random(seed: u64, count: usize, book: &Book, given: Vec<Entry>) -> Catalogue {
    parted(seed, count, (count / 6).max(1), book, given)
}

/// A made-up catalogue of `count` entries, of which at least so many are prohibited.
fn parted(seed: u64, count: usize, prohibited: usize, book: &Book, given: Vec<Entry>) -> Catalogue {
    let mut chance = Chance::new(seed);
    let terms = terms(book);
    let mut by_code: BTreeMap<String, Entry> = given.into_iter().map(|e| (e.code.clone(), e)).collect();
    let mut numbers: BTreeMap<(u8, char), u32> = BTreeMap::new();
    while by_code.len() < count {
        let have = by_code.values().filter(|e| e.is_prohibited()).count();
        let letter = if have < prohibited { 'J' } else { 'X' };
        let (division, heading) = chance.pick(DIVISIONS).copied().unwrap_or((1, "农业"));
        let number = numbers.entry((division, letter)).or_insert(0);
        *number += 1;
        let code = format!("08{division:02}{number:02}{letter}");
        if by_code.contains_key(&code) || *number > 99 {
            continue;
        }
        let term = chance.pick(&terms).copied().unwrap_or("材料");
        let name = format!("{term}{}", chance.pick(TAILS).copied().unwrap_or("技术"));
        let mut points = Vec::new();
        for n in 1..=1 + chance.below(7) {
            points.push((n.to_string(), point(&mut chance, &terms)));
            if chance.once_in(8) {
                for k in 1..=2 + chance.below(3) {
                    points.push((format!("{n}.{k}"), point(&mut chance, &terms)));
                }
            }
        }
        by_code.insert(code.clone(), Entry { code, name, division: heading.to_owned(), points });
    }
    ordered("商务部 科技部公告2031年第9号".to_owned(), "2031年3月5日".to_owned(), by_code.into_values().collect())
}

fn ordered(number: String, day: String, mut entries: Vec<Entry>) -> Catalogue {
    entries.sort_by_key(|e| (!e.is_prohibited(), e.code[2..4].to_owned(), e.code.clone()));
    Catalogue { number, day, entries }
}

/// The entries of an edition whose code and Chinese words are recorded, as an official text would print them. Points without
/// Chinese words, and paths that no official number has, are left out.
pub fn of_edition(edition: &Edition) -> Vec<Entry> {
    let division = |code: &str| {
        let digits: u8 = code[2..4].parse().unwrap_or(0);
        let recorded = edition.divisions.get(&code[2..4]).map(|d| d.zh.clone());
        recorded
            .or_else(|| DIVISIONS.iter().find(|(d, _)| *d == digits).map(|(_, n)| (*n).to_owned()))
            .unwrap_or_else(|| "其他制造业".to_owned())
    };
    let numbered = |path: &str| path.split('.').count() <= 2 && path.split('.').all(|l| l.parse::<u16>().is_ok());
    let mut entries = Vec::new();
    for operation in &edition.operations {
        let Operation::Add(entry) = operation else { continue };
        let code = entry.code.to_string();
        if code.len() != 7 || entry.name.zh.is_empty() || entry.working_name || entry.lead {
            continue;
        }
        let points = entry
            .points
            .iter()
            .filter(|p| !p.path.is_empty() && !p.text.zh.is_empty() && numbered(&p.path))
            .map(|p| (p.path.clone(), p.text.zh.clone()))
            .collect();
        entries.push(Entry { division: division(&code), code, name: entry.name.zh.clone(), points });
    }
    entries
}

/// An edition as a whole catalogue: its own entries, and made-up ones up to the declared totals, so that nothing is missing.
pub fn edition_filled(book: &Book, edition: &Edition, seed: u64, count: usize) -> Catalogue {
    let mut given = of_edition(edition);
    for entry in &mut given {
        // The official numbers of points that are recorded with gaps are not known: they are printed as they would be counted.
        if entry.points.is_empty() {
            entry.points.push(("1".to_owned(), format!("{}的关键工艺", entry.name)));
        }
        renumber(entry);
    }
    // Entries recorded without a number get one of the free ones of a division of their own.
    let mut free = 1;
    for operation in &edition.operations {
        let Operation::Add(entry) = operation else { continue };
        if !entry.code.is_unseen() || entry.lead || entry.working_name || entry.name.zh.is_empty() {
            continue;
        }
        let letter = match entry.control {
            yumen_lawbook::list::entry::Control::Prohibited => 'J',
            _ => 'X',
        };
        let points: Vec<(String, String)> = entry
            .points
            .iter()
            .filter(|p| !p.path.is_empty() && !p.path.contains('.') && !p.text.zh.is_empty())
            .map(|p| (p.path.clone(), p.text.zh.clone()))
            .collect();
        let mut made = Entry {
            code: format!("0888{free:02}{letter}"),
            name: entry.name.zh.clone(),
            division: "综合类业".to_owned(),
            points: if points.is_empty() {
                vec![("1".to_owned(), format!("{}的关键工艺", entry.name.zh))]
            } else {
                points
            },
        };
        renumber(&mut made);
        given.push(made);
        free += 1;
    }
    let prohibited = edition.declared.total.get("prohibited").map_or(count / 6, |n| *n as usize);
    let mut catalogue = parted(seed, count, prohibited, book, given);
    let act = book.instruments.get(&edition.instrument);
    catalogue.number = act.map(|a| a.number.clone()).unwrap_or_default();
    let day = edition.published.to_string();
    let parts: Vec<u32> = day.split('-').filter_map(|p| p.parse().ok()).collect();
    if let [y, m, d] = parts[..] {
        catalogue.day = format!("{y}年{m}月{d}日");
    }
    catalogue
}

/// Points counted without gaps.
fn renumber(entry: &mut Entry) {
    let (mut top, mut below) = (0, 0);
    let mut last = String::new();
    for (path, _) in &mut entry.points {
        match path.split_once('.') {
            Some((above, _)) if above == last => {
                below += 1;
                *path = format!("{top}.{below}");
            }
            _ => {
                path.split('.').next().unwrap_or_default().clone_into(&mut last);
                top += 1;
                below = 0;
                *path = top.to_string();
            }
        }
    }
}
