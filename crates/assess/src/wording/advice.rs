//! What to do first, whatever procedure follows: hold, ask, keep, look again.

use yumen_lawbook::id::InstrumentId;
use yumen_lawbook::instrument::Citation;
use yumen_lawbook::{Bilingual, Book, Day};

use crate::answer::{Advice, Answer, RegimeResult};

/// The first things to do on an answer.
pub fn advice(book: &Book, result: &RegimeResult, day: Day) -> Vec<Advice> {
    let technology = result.regime == "technology";
    let said = |zh: &str, en: &str, act: &str, place: &str| Advice {
        text: Bilingual::new(zh, en),
        cite: InstrumentId::new(act).map_or_else(Bilingual::default, |instrument| {
            book.cite(&Citation { instrument, place: place.to_owned() }, day)
        }),
    };
    let practice = |zh: &str, en: &str| Advice { text: Bilingual::new(zh, en), cite: Bilingual::default() };
    let hold = || {
        practice("定论之前不要发货，也不要交付技术资料。", "Until it is decided, ship nothing and hand nothing over.")
    };
    let consult = || {
        said(
            "自己研究后仍不能确定的，可以书面向商务部咨询：写明性能指标、主要用途和无法确定的原因。答复不是许可，也不是豁免。",
            "Where your own study does not settle it, MOFCOM can be asked in writing: give characteristics, main uses and why it cannot be told. The reply is neither a licence nor an exemption.",
            "dual-use-regulations",
            "14(4)",
        )
    };
    let catch_all = || {
        said(
            "未列入清单的，知道或者应当知道可能用于大规模杀伤性武器及其运载工具、恐怖主义或者危害国家安全的，也须申请许可。",
            "What no list names needs a licence too where it is known, or should be, that it may serve weapons of mass destruction, their delivery, terrorism, or harm national security.",
            "export-control-law",
            "12(3)",
        )
    };
    let keep = || {
        practice(
            "保存本结果、检测报告和数据来源；发货当日再查一次。",
            "Keep this answer with the test report and where the figures come from; look again on the day of shipment.",
        )
    };
    match (result.answer, technology) {
        (Answer::Prohibited, false) if result.procedure.is_none() => {
            vec![practice("立即停止，包括正在进行的出口。", "Stop at once, running exports too.")]
        }
        (Answer::Prohibited, false) => vec![said(
            "立即停止，包括正在进行的出口；确有特殊情况的，只能先提出申请并获批准。",
            "Stop at once, running exports too; where a special case calls for it, apply and wait for approval.",
            "export-control-law",
            "18(3)",
        )],
        (Answer::Prohibited, true) => {
            vec![practice(
                "不得出口，也没有可以申请的许可。",
                "It may not be exported, and there is no licence to apply for.",
            )]
        }
        (Answer::LicenceRequired, true) => vec![said(
            "取得技术出口许可意向书之前，不得进行实质性谈判，不得作出有关技术出口的承诺。",
            "Before the letter of intent there may be no substantive negotiation and no commitment.",
            "technology-regulations",
            "33(2)",
        )],
        (Answer::Depends | Answer::Conflict, false) => vec![hold(), consult()],
        (Answer::Depends | Answer::Conflict, true) => vec![hold()],
        (Answer::LapsedUnconfirmed, _) => vec![
            practice(
                "按恢复实施对待：暂缓发货，向商务部或者省级商务主管部门索取书面确认，同时准备许可申请。",
                "Treat it as binding again: hold the shipment, ask MOFCOM or the provincial department for a written confirmation, and prepare the application meanwhile.",
            ),
            keep(),
        ],
        (Answer::Suspended, _) | (Answer::LikelyNotControlled, false) => vec![catch_all(), keep()],
        (Answer::NotFound, false) => vec![catch_all(), consult()],
        _ => Vec::new(),
    }
}
