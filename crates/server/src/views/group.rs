//! How lists are browsed: the catalogue by industry division, the dual-use list by category and kind.

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::{Code, ControlCode, ItemType};
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::edition::Edition;
use yumen_lawbook::list::history::Version;

/// The shelf an entry stands on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Its name in addresses: `65`, `1C`, `notice`; `-` where the division is not recorded.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
}

/// The shelf of a version.
pub fn of(list: &ControlList, version: &Version) -> Group {
    match &version.entry.code {
        Code::Control(code) => control(code),
        Code::Notice(_) => Group {
            id: "notice".to_owned(),
            name: Bilingual::new("公告单列（无编码）", "listed by notice, without a code"),
        },
        Code::Catalogue(_) | Code::Unseen(_) => division(list, version),
    }
}

fn control(code: &ControlCode) -> Group {
    let (industry, kind) = (code.industry(), kind(code.item_type()));
    let id: String = code.entry().chars().take(2).collect();
    Group {
        name: Bilingual::new(format!("{} · {}", industry.zh, kind.zh), format!("{} · {}", industry.en, kind.en)),
        id,
    }
}

/// The second sign of a code in words.
pub fn kind(kind: ItemType) -> Bilingual {
    match kind {
        ItemType::Systems => Bilingual::new("系统、设备和部件", "systems, equipment and components"),
        ItemType::Production => Bilingual::new("测试、检验和生产设备", "test, inspection and production equipment"),
        ItemType::Materials => Bilingual::new("材料", "materials"),
        ItemType::Software => Bilingual::new("软件", "software"),
        ItemType::Technology => Bilingual::new("技术", "technology"),
    }
}

fn division(list: &ControlList, version: &Version) -> Group {
    let id = &version.entry.division;
    if id.is_empty() {
        return Group { id: "-".to_owned(), name: Bilingual::new("行业分类未记载", "division not recorded") };
    }
    // The edition's own name first, then that of any other: divisions are named where an instrument names them.
    let own = list.editions.iter().filter(|e| e.id == version.edition);
    let others = list.editions.iter().rev();
    let name = own.chain(others).find_map(|e: &Edition| e.divisions.get(id)).cloned();
    Group {
        id: id.clone(),
        name: name.unwrap_or_else(|| Bilingual::new(format!("行业 {id}"), format!("division {id}"))),
    }
}
