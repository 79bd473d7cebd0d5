//! Questions that people ask, with the answers the law gives.

use crate::program::{json, regime, run};
use serde_json::Value;

fn reasons(result: &Value) -> String {
    result["reasons"].to_string()
}

#[test]
fn a_recommendation_algorithm_through_three_editions() {
    let ask = |day: &str| {
        json(&["check", "短视频个性化推荐算法转让给美国公司", "--moves", "technology", "--to", "US", "--as-of", day])
    };
    let in_2020 = ask("2020-09-15");
    let result = regime(&in_2020, "technology");
    assert_eq!(result["answer"], "licence_required");
    assert_eq!(result["entry"]["code"], "056101X");
    assert_eq!(result["entry"]["point"], "21");
    assert!(reasons(result).contains("added or rewritten by this notice, from 2020-08-28"), "{}", reasons(result));
    let clocks = result["next"].to_string();
    assert!(clocks.contains("30 working days") && clocks.contains("15 working days"), "two stages with their days");
    let procedures: Vec<&str> =
        result["next"].as_array().unwrap().iter().map(|s| s["procedure"].as_str().unwrap()).collect();
    assert!(procedures.contains(&"t-1") && procedures.contains(&"t-2"));

    let in_2019 = ask("2019-06-01");
    let result = regime(&in_2019, "technology");
    assert_eq!(result["answer"], "not_found");
    assert!(reasons(result).contains("was added by Notice 38/2020 from 2020-08-28"), "{}", reasons(result));
    assert_eq!(result["coverage"]["declared"], 150);
    assert!(result["unknown"].to_string().contains("Not found does not mean free"));

    let in_2024 = ask("2024-06-01");
    assert_eq!(regime(&in_2024, "technology")["entry"]["code"], "086501X");
    assert_eq!(regime(&in_2024, "technology")["answer"], "licence_required");
}

#[test]
fn graphite_by_its_three_conditions() {
    let ask = |text: &str| json(&["check", text, "--as-of", "2025-06-01"]);
    let powder = ask("人造石墨粉");
    let result = regime(&powder, "dual-use");
    assert_eq!(result["answer"], "likely_not_controlled");
    assert!(!result["reasons"].as_array().unwrap().is_empty());
    let block = ask("artificial graphite block, purity 99.95 %, flexural strength 45 MPa, density 1.8 g/cm3");
    let result = regime(&block, "dual-use");
    assert_eq!(result["answer"], "licence_required");
    let met = result["parameters"].as_array().unwrap().iter().filter(|p| p["result"] == "met").count();
    assert!(met >= 3, "{}", result["parameters"]);
    let open = ask("artificial graphite block, purity 99.95 %, flexural strength 45 MPa");
    let result = regime(&open, "dual-use");
    assert_eq!(result["answer"], "depends");
    assert_eq!(result["questions"][0]["parameter"], "density");
    let light = ask("artificial graphite block, purity 99.95 %, flexural strength 45 MPa, density 1.70 g/cm3");
    assert_eq!(regime(&light, "dual-use")["answer"], "likely_not_controlled");
}

#[test]
fn riboflavin_was_prohibited_until_it_was_removed() {
    let ask = |day: &str| json(&["check", "核黄素生产工艺", "--as-of", day]);
    assert_eq!(regime(&ask("2019-06-01"), "technology")["answer"], "prohibited");
    assert_eq!(regime(&ask("2020-08-27"), "technology")["answer"], "prohibited");
    let after = ask("2021-06-01");
    let result = regime(&after, "technology");
    assert_eq!(result["answer"], "likely_not_controlled");
    assert!(reasons(result).contains("removed by Notice 38/2020"), "{}", reasons(result));
}

#[test]
fn suspended_controls_lapse_into_doubt() {
    for (day, wanted) in
        [("2025-12-15", "suspended"), ("2026-11-10", "suspended"), ("2026-11-21", "lapsed_unconfirmed")]
    {
        let lfp = "磷酸铁锂正极材料，压实密度2.6g/cm3，克容量160mAh/g";
        let answered = json(&["check", lfp, "--as-of", day]);
        let result = regime(&answered, "dual-use");
        assert_eq!(result["answer"], wanted, "{day}: {result}");
    }
    let magnets = json(&["check", "含镝钕铁硼磁体", "--as-of", "2026-11-21"]);
    let result = regime(&magnets, "dual-use");
    assert_eq!(result["answer"], "licence_required", "18/2025 was never suspended");
}

#[test]
fn the_amendment_of_2020_counts_what_is_recorded_and_what_was_declared() {
    let diff = json(&["list", "diff", "technology", "--from", "2020-08-27", "--to", "2020-08-28"]);
    let text = diff.to_string();
    let counts = &diff["instruments"][0];
    assert_eq!(counts["instrument"], "notice-38-2020", "{text}");
    let declared = |operation: &str, control: &str| {
        let all = counts["operations"].as_array().expect("operations");
        let one = all.iter().find(|o| o["operation"] == operation && o["control"] == control);
        let one = one.unwrap_or_else(|| panic!("{operation} {control}: {text}"));
        assert!(one["recorded"].as_u64() <= one["declared"].as_u64(), "{one}");
        one["declared"].as_u64()
    };
    assert_eq!(declared("removed", "prohibited"), Some(4));
    assert_eq!(declared("removed", "restricted"), Some(5));
    assert_eq!(declared("added", "restricted"), Some(23));
    assert_eq!(declared("modified", "all"), Some(21));
}

#[test]
fn a_clock_with_its_arithmetic() {
    let clock = json(&["clock", "technology-licence.decision", "--start", "2025-09-22"]);
    assert_eq!(clock["due"], "2025-11-07");
    let days = clock["days"].as_array().expect("the days");
    assert_eq!(days.last().unwrap()["count"], 30);
    assert!(days.iter().any(|d| d["kind"]["calendar"] == "make_up"), "the make-up Sunday of 28 September counts");
    let next_year = run(&["clock", "technology-licence.decision", "--start", "2026-12-10"]);
    let text = String::from_utf8_lossy(&next_year.stdout).into_owned() + &String::from_utf8_lossy(&next_year.stderr);
    assert!(text.contains("2027"), "{text}");
}

#[test]
fn the_whole_life_of_an_entry_from_either_of_its_codes() {
    for code in ["056101X", "086501X"] {
        let life = json(&["list", "entry", code]).to_string();
        for wanted in ["056101X", "086501X", "order-12-2008", "notice-38-2020", "notice-57-2023"] {
            assert!(life.contains(wanted), "{code}: {wanted}");
        }
    }
}

#[test]
fn a_code_of_another_edition_is_answered_through_the_crosswalk() {
    let answered = json(&["check", "--code", "056101X", "--moves", "technology", "--as-of", "2024-06-01"]);
    let result = regime(&answered, "technology");
    assert_eq!(result["entry"]["code"], "086501X");
    assert!(result["entry"]["also"].to_string().contains("056101X"));
}

#[test]
fn equal_questions_have_equal_answers_to_the_byte() {
    let ask = || run(&["--json", "check", "五轴联动数控机床，定位精度0.8μm，出口日本", "--as-of", "2025-06-01"]).stdout;
    assert_eq!(ask(), ask());
}

#[test]
fn destination_and_parties_matter() {
    let to_us = json(&["check", "金属锗，纯度99.999%，卖给美国客户", "--as-of", "2025-03-01"]);
    assert_eq!(to_us["question"]["destination"], "US");
    assert_eq!(to_us["question"]["destination_inferred"], true);
    let result = regime(&to_us, "dual-use");
    assert_eq!(result["answer"], "licence_required");
    assert_eq!(result["refused_in_principle"], true);
    assert!(to_us["overview"]["headline"].to_string().contains("refused in principle"));
    let later = json(&["check", "金属锗，纯度99.999%，卖给美国客户", "--as-of", "2026-03-01"]);
    let result = regime(&later, "dual-use");
    assert_eq!(result["answer"], "licence_required");
    assert_eq!(result["refused_in_principle"], false, "suspended by Notice 72/2025");
    let military = json(&["check", "金属锗", "--to", "US", "--end-use", "military use", "--as-of", "2026-03-01"]);
    assert_eq!(regime(&military, "dual-use")["answer"], "prohibited");
}

#[test]
fn a_share_belongs_to_what_follows_it() {
    for text in ["sintered NdFeB magnets containing 3 % dysprosium", "钕铁硼磁体，含3%的镝", "钕铁硼磁体，镝 3%"]
    {
        let assessment = json(&["check", text, "--as-of", "2026-06-01"]);
        let values = assessment["question"]["values"].to_string();
        assert!(values.contains("dysprosium") && values.contains("3 %"), "{text}: {values}");
        assert_eq!(regime(&assessment, "dual-use")["entry"]["code"], "1C905", "{text}");
    }
}

#[test]
fn a_use_frees_nothing_and_a_product_does() {
    let answer = |text: &str| {
        regime(&json(&["check", text, "--as-of", "2026-06-01"]), "dual-use")["answer"].as_str().map(str::to_owned)
    };
    for magnet in ["钐钴磁瓦，用于伺服电机", "Samarium cobalt rings for earphones", "钐钴磁体 客户做电机的"]
    {
        assert_eq!(answer(magnet).as_deref(), Some("licence_required"), "{magnet}");
    }
    for product in ["伺服电机，内装钐钴磁体", "earphones with samarium cobalt magnets", "钐钴电机"] {
        assert_eq!(answer(product).as_deref(), Some("likely_not_controlled"), "{product}");
    }
}
