//! Patronymics: Aleksandrovich, Ryhoravich, Ivanivna. A list writes them and a question mostly does not.

/// How patronymics end, sons' and daughters'.
const ENDS: [&[&str]; 2] = [
    &["ovich", "evich", "avich", "ovych", "evych", "ovitch", "evitch"],
    &["ovna", "evna", "avna", "ivna", "auna", "eyna"],
];

/// True for a word that ends as a patronymic does.
pub fn is(word: &str) -> bool {
    word.len() >= 7 && ENDS.iter().flat_map(|ends| ends.iter()).any(|end| word.ends_with(end))
}

/// The ways to write the patronymic of somebody's son and of somebody's daughter.
pub fn of(father: &str) -> [Vec<String>; 2] {
    let (stem, ends): (&str, [&[&str]; 2]) = if let Some(stem) = father.strip_suffix(['a', 'o']) {
        if father.ends_with('o') {
            (stem, [&["ovich", "ovych"], &["ovna", "ivna"]])
        } else {
            (stem, [&["ich", "ych", "ovich"], &["ichna", "inichna", "ovna"]])
        }
    } else if father.ends_with(['y', 'i']) {
        let stem = father.trim_end_matches(['y', 'i']);
        if stem.ends_with(['a', 'e']) {
            (
                stem,
                [
                    &["evich", "yevich", "ievich", "yovych", "iovych", "evych"],
                    &["evna", "yevna", "ievna", "yivna", "ivna"],
                ],
            )
        } else {
            (
                stem,
                [
                    &["ievich", "yevich", "evich", "iyevich", "iyovych", "ovych", "yovych"],
                    &["ievna", "yevna", "evna", "iyevna", "ivna", "iyivna"],
                ],
            )
        }
    } else {
        (father, [ENDS[0], &["ovna", "ivna", "auna", "avna"]])
    };
    ends.map(|ends| ends.iter().map(|end| format!("{stem}{end}")).collect())
}
