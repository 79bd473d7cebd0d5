//! Cases of the Chinese lists: was the entry found, was the answer right.

use yumen_assess::Engine;
use yumen_assess::answer::{Answer, Assessment, Candidate};

use super::cases::Case;
use super::figures::{Answers, FailureLine};

/// True where a candidate is one of the wanted codes: the same, a prefix or an extension, in any edition.
pub fn hits(candidate: &Candidate, wanted: &[String]) -> bool {
    let own = std::iter::once(&candidate.code).chain(&candidate.also);
    own.into_iter().any(|code| wanted.iter().any(|w| related(code, w)))
}

/// True where a case that has no code names the entry by a heading it bears in some edition.
pub fn is_called(engine: &Engine, candidate: &Candidate, wanted: &[String], entry: &str) -> bool {
    if entry.is_empty() || !wanted.is_empty() {
        return false;
    }
    let Some(list) = engine.book().list(&candidate.list) else { return false };
    let Ok(code) = candidate.code.parse() else { return false };
    list.history.lives_of(&code).into_iter().flat_map(|life| list.history.life(life)).any(|v| v.entry.name.zh == entry)
}

pub fn related(a: &str, b: &str) -> bool {
    a == b
        || a.strip_prefix(b).is_some_and(|r| r.starts_with('.'))
        || b.strip_prefix(a).is_some_and(|r| r.starts_with('.'))
}

/// Counts one answer.
pub fn judge(
    case: &Case,
    assessment: &Assessment,
    list: &str,
    wanted: &[String],
    answers: &mut Answers,
    failures: &mut Vec<FailureLine>,
) {
    let Some(result) = assessment.results.iter().find(|r| r.regime == list) else { return };
    let status = case.expected_status.as_str();
    let got = result.answer;
    let code_right = wanted.is_empty()
        || result
            .entry
            .as_ref()
            .is_some_and(|e| std::iter::once(&e.code).chain(&e.also).any(|c| wanted.iter().any(|w| related(c, w))));
    let right = match status {
        "dual_use_licence" | "restricted" | "controlled" => got == Answer::LicenceRequired && code_right,
        "prohibited" => got == Answer::Prohibited,
        // A presumption of denial is no prohibition in law: the licence is still what must be asked for.
        "prohibited_destination" => matches!(got, Answer::Prohibited | Answer::LicenceRequired),
        "suspended" => got == Answer::Suspended,
        "lapsed_unconfirmed" => got == Answer::LapsedUnconfirmed,
        "free" | "not_controlled" | "not_in_force" => got == Answer::LikelyNotControlled,
        "depends" => matches!(got, Answer::Depends | Answer::Conflict),
        _ => false,
    };
    let abstains = matches!(got, Answer::NotFound | Answer::Depends | Answer::Conflict | Answer::LapsedUnconfirmed);
    answers.n += 1;
    answers.negatives += usize::from(case.is_negative());
    let mut fail = |kind: &str| {
        let entry = result.entry.as_ref().map_or(String::new(), |e| format!(" {}", e.code));
        let got = format!("{}{entry}", got.as_str());
        failures.push(FailureLine {
            id: case.id.clone(),
            kind: kind.to_owned(),
            expected: format!("{status} {}", wanted.join(" ")),
            got,
        });
    };
    if right {
        answers.right += 1;
    } else if abstains {
        answers.abstained += 1;
        fail("abstained");
    } else {
        answers.wrong += 1;
        fail("wrong");
    }
    if case.is_controlled() && got == Answer::LikelyNotControlled {
        answers.r#unsafe += 1;
        fail("unsafe");
    }
    if case.is_controlled() && got == Answer::NotFound {
        answers.missed += 1;
        fail("missed");
    }
    if case.is_negative() && matches!(got, Answer::Prohibited | Answer::LicenceRequired) {
        answers.overblocked += 1;
        fail("overblocked");
    }
}
