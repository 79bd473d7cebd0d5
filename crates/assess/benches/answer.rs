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

#[divan::bench]
fn load_the_book() -> Book {
    Book::embedded().expect("the embedded book")
}

#[divan::bench]
fn build_the_engine(bencher: Bencher) {
    let book = book();
    bencher.bench(|| Engine::new(Arc::clone(&book)));
}
