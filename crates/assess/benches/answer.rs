//! How long an answer takes: the engine warm, one question at a time.

use std::sync::Arc;

use divan::{Bencher, black_box};
use yumen_assess::{Engine, Question};
use yumen_lawbook::{Book, Day};

fn main() {
    divan::main();
}

fn book() -> Arc<Book> {
    Arc::new(Book::embedded().expect("the embedded book"))
}

fn day() -> Day {
    Day::new(2025, 6, 1).expect("a day")
}

const QUESTIONS: &[(&str, &str)] = &[
    ("goods with numbers", "人造石墨块，纯度99.95%，抗折强度45MPa，密度1.8g/cm3"),
    ("technology in one line", "短视频个性化推荐算法转让给美国公司"),
    ("English", "sintered neodymium magnets containing 3% dysprosium, for electric motors"),
    ("nothing to find", "棉质T恤衫，蓝色，圆领"),
    ("a long letter", LETTER),
];

const LETTER: &str = "我公司拟向境外客户出口一批物项，包括：一、五轴联动数控机床，定位精度0.8微米；二、人造石墨制品，密度1.75g/cm3，\
    纯度99.99%；三、含镝3%的烧结钕铁硼磁体，用于风力发电机；四、无人机红外热像仪，波长8-14μm，分辨率640×512；五、仲钨酸铵20吨。\
    客户位于欧洲，最终用途为民用制造，请协助判断是否属于两用物项，需要办理哪些手续，提交哪些材料，多长时间可以取得许可证。";

#[divan::bench(args = QUESTIONS.iter().map(|(name, _)| *name))]
fn answer(bencher: Bencher, name: &str) {
    let engine = Engine::new(book());
    let text = QUESTIONS.iter().find(|(n, _)| *n == name).map(|(_, t)| *t).expect("a question");
    let question = Question::about(text, day());
    bencher.bench(|| engine.assess(black_box(&question)).expect("an answer"));
}

/// The same questions on a law book that was grown to ten thousand points.
#[divan::bench(args = QUESTIONS.iter().map(|(name, _)| *name))]
fn answer_among_ten_thousand(bencher: Bencher, name: &str) {
    let engine = Engine::new(grown());
    assert!(engine.documents() >= 10_000, "only {} documents", engine.documents());
    let text = QUESTIONS.iter().find(|(n, _)| *n == name).map(|(_, t)| *t).expect("a question");
    let question = Question::about(text, day());
    bencher.bench(|| engine.assess(black_box(&question)).expect("an answer"));
}

/// The book with made-up entries: each names two concepts of the lexicon, in both languages, with a limit.
fn grown() -> Arc<Book> {
    let mut files = yumen_lawbook::embedded_files();
    let book = Book::embedded().expect("the embedded book");
    let concepts: Vec<_> = book.lexicon.iter().filter(|c| !c.zh.is_empty() && !c.en.is_empty()).collect();
    let mut text = String::from(
        "edition = \"bench\"\ninstrument = \"notice-18-2025\"\nform = \"amendment\"\npublished = 2025-04-04\neffective = \
         2025-04-04\nrecorded = 2026-11-21\nverification = \"unverified\"\ncontrol = \"licence\"\n",
    );
    let mut next = concepts.iter().cycle();
    for number in 0..1500 {
        let (category, group) = (number / 250, ["A", "B", "C"][number / 50 % 3]);
        let code = format!("{category}{group}{}", 600 + number % 50 + 50 * (number / 150 % 2));
        let mut name = || next.next().expect("a cycle");
        let head = name();
        text += &format!(
            "[[entry]]\ncode = {code:?}\nname = {{ zh = {:?}, en = {:?} }}\nrecorded = \"complete\"\n",
            head.zh[0], head.en[0]
        );
        for path in ["a", "b", "c", "d", "e"] {
            let (one, other) = (name(), name());
            text += &format!(
                "[[entry.point]]\npath = {path:?}\ntext = {{ zh = \"用于{}的{}\", en = \"{} for {}\" }}\nclass = [{:?}]\nwhen = \
                 \"density > {}.5 g/cm3\"\n",
                one.zh[0],
                other.zh[0],
                other.en[0],
                one.en[0],
                other.id.as_str(),
                number % 20
            );
        }
    }
    files.push(yumen_lawbook::SourceFile { path: "lists/dual-use/2025-04-04.bench.toml".into(), text });
    Arc::new(Book::from_files(&files).expect("a sound book"))
}

#[divan::bench]
fn load_the_book() -> Book {
    Book::embedded().expect("the embedded book")
}

#[divan::bench]
fn build_the_engine(bencher: Bencher) {
    let book = book();
    bencher.bench(|| Engine::new(Arc::clone(&book)));
}

#[divan::bench(sample_count = 10)]
fn build_the_engine_for_ten_thousand(bencher: Bencher) {
    let book = grown();
    bencher.bench(|| Engine::new(Arc::clone(&book)));
}
