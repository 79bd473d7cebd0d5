//! Who issues acts, and their official numbers, in both languages. The book holds both as printed, in Chinese.

use yumen_lawbook::Bilingual;

/// Names as acts print them, in full or shortened, and what the bodies call themselves in English.
const NAMES: &[(&str, &str)] = &[
    ("商务部等五部门", "Ministry of Commerce and four others"),
    ("商务部", "Ministry of Commerce"),
    ("海关总署", "General Administration of Customs"),
    ("国务院新闻办公室", "State Council Information Office"),
    ("国务院", "State Council"),
    ("全国人民代表大会常务委员会", "Standing Committee of the National People’s Congress"),
    ("全国人民代表大会", "National People’s Congress"),
    ("主席", "President of the People’s Republic"),
    ("不可靠实体清单工作机制", "Working Mechanism of the Unreliable Entity List"),
    ("科学技术部", "Ministry of Science and Technology"),
    ("对外贸易经济合作部", "Ministry of Foreign Trade and Economic Cooperation"),
    ("中央军委装备发展部", "Equipment Development Department of the Central Military Commission"),
    ("中央军事委员会", "Central Military Commission"),
    ("国家国防科技工业局", "State Administration of Science, Technology and Industry for National Defence"),
    ("国家国防科工局", "State Administration of Science, Technology and Industry for National Defence"),
    ("国家国防科工委", "Commission of Science, Technology and Industry for National Defence"),
    ("国家密码管理局", "State Cryptography Administration"),
    ("国家密码局", "State Cryptography Administration"),
    ("国家保密局", "National Administration of State Secrets Protection"),
    ("公安部", "Ministry of Public Security"),
    ("应急管理部", "Ministry of Emergency Management"),
    ("总装备部", "General Armaments Department"),
    ("国家卫生健康委员会", "National Health Commission"),
    ("国家药品监督管理局", "National Medical Products Administration"),
    ("国家药监局", "National Medical Products Administration"),
    ("工业和信息化部", "Ministry of Industry and Information Technology"),
    ("生态环境部", "Ministry of Ecology and Environment"),
];

/// A body in both languages.
pub fn of(name: &str) -> Bilingual {
    let en = NAMES.iter().find(|(zh, _)| *zh == name).map_or(name, |(_, en)| en);
    Bilingual::new(name, en)
}

/// An official number in both languages: `商务部 海关总署公告2025年第58号` is `Notice No. 58 of 2025, Ministry of Commerce and General
/// Administration of Customs`. A form that is none of the known ones stays as printed.
pub fn number(printed: &str) -> Bilingual {
    Bilingual::new(printed, english(printed).unwrap_or_else(|| printed.to_owned()))
}

fn english(printed: &str) -> Option<String> {
    let rest = printed.strip_suffix('号')?;
    for (word, en) in [("公告", "Notice"), ("令", "Order")] {
        let Some((bodies, place)) = rest.split_once(word) else { continue };
        let bodies: Vec<&str> = bodies
            .split_whitespace()
            .map(|b| NAMES.iter().find(|(zh, _)| *zh == b).map(|(_, en)| *en))
            .collect::<Option<_>>()?;
        let (last, before) = bodies.split_last()?;
        let by = if before.is_empty() { (*last).to_owned() } else { format!("{} and {last}", before.join(", ")) };
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        let (year, no) = if let Some((year, no)) = place.strip_prefix('〔').and_then(|p| p.split_once('〕')) {
            (Some(year), no)
        } else if let Some((year, no)) = place.split_once("年第") {
            (Some(year), no)
        } else {
            (None, place.strip_prefix('第')?)
        };
        return match year {
            _ if !digits(no) => None,
            Some(year) => digits(year).then(|| format!("{en} No. {no} of {year}, {by}")),
            None => Some(format!("{en} No. {no}, {by}")),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_form() {
        assert_eq!(number("商务部公告2024年第46号").en, "Notice No. 46 of 2024, Ministry of Commerce");
        assert_eq!(
            number("商务部 海关总署 总装备部公告2015年第20号").en,
            "Notice No. 20 of 2015, Ministry of Commerce, General Administration of Customs and General Armaments Department"
        );
        assert_eq!(number("国务院令第792号").en, "Order No. 792, State Council");
        assert_eq!(
            number("不可靠实体清单工作机制公告〔2025〕8号").en,
            "Notice No. 8 of 2025, Working Mechanism of the Unreliable Entity List"
        );
        assert_eq!(number("国科发计字〔1998〕425号").en, "国科发计字〔1998〕425号");
    }

    #[test]
    fn every_body_of_the_book_has_an_english_name() {
        let book = yumen_embedded::book().unwrap();
        let without: Vec<&String> =
            book.instruments.values().flat_map(|i| &i.issuer).filter(|n| !n.is_ascii() && of(n).en == **n).collect();
        assert!(without.is_empty(), "{without:?}");
        let unread = book.instruments.values().filter(|i| !i.number.is_empty() && number(&i.number).en == i.number);
        assert!(unread.count() <= 2, "few numbers are of a form of their own");
    }
}
