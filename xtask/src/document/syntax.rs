//! What is behind a text that is not YAML: marks of a merge conflict, a missing space, or what the parser says.

use saphyr_parser::{Parser, ScanError};

use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The most lines above an error among which its cause is looked for. A block of text may be between them.
const LINES_ABOVE: usize = 20;

/// The merge conflicts that a version control system left in the text.
pub(super) fn conflicts(text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut is_open = false;
    for (number, line) in text.lines().enumerate() {
        let is_mark = |mark: &str| line.strip_prefix(mark).is_some_and(is_label);
        let (begins, ends) = (is_mark("<<<<<<<"), is_mark(">>>>>>>"));
        if begins || (ends && !is_open) {
            let place = Place::Position {
                line: number + 1,
                column: 1,
            };
            let sentence = "this is a mark of a merge conflict".to_owned();
            let help =
                "decide between the two versions, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`";
            problems.push(Problem::new(Rule::NotYaml, place, sentence).with_help(help));
        }
        is_open = begins || (is_open && !ends);
    }
    problems
}

/// What is behind the mark: the name of a branch, or nothing.
fn is_label(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

/// The error of a parser, or its cause on an earlier line.
pub(super) fn problem(text: &str, error: &ScanError) -> Problem {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let last = line.min(text.lines().count());
    let first = last.saturating_sub(LINES_ABOVE);
    let above = text.lines().enumerate().take(last).skip(first);
    for (number, glued) in above.collect::<Vec<_>>().into_iter().rev() {
        if let Some((key, offset)) = without_space(glued)
            && is_cause(text, number, offset, error)
        {
            let place = Place::Position {
                line: number + 1,
                column: glued.chars().take_while(|c| " -".contains(*c)).count() + 1,
            };
            let sentence = format!("there is no space between `{key}:` and its value");
            return Problem::new(Rule::NotYaml, place, sentence).with_help(format!("write `{key}: …`"));
        }
    }
    let sentence = format!("this is not YAML: {}", error.info());
    let end = end_of(text);
    if (line, column) > end {
        let (line, column) = end;
        let problem = Problem::new(Rule::NotYaml, Place::Position { line, column }, sentence);
        return problem.with_help("the text ends here: check that the file is complete");
    }
    let problem = Problem::new(Rule::NotYaml, Place::Position { line, column }, sentence);
    if error.info().contains("mapping values are not allowed") {
        return problem.with_help("quote a value that holds a colon and a space, or correct the indentation");
    }
    problem
}

/// The line and the column of the last character that is no white space.
fn end_of(text: &str) -> (usize, usize) {
    let lines = text.trim_end().split('\n');
    lines
        .enumerate()
        .last()
        .map_or((1, 1), |(number, line)| (number + 1, line.chars().count().max(1)))
}

/// The key of a line that goes on right behind the colon, and the number of bytes up to there.
pub(super) fn without_space(line: &str) -> Option<(&str, usize)> {
    let start = line.find(|c: char| !" -".contains(c))?;
    let (key, value) = line.get(start..)?.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_$-.".contains(c));
    // What goes on with slashes is an address.
    let goes_on = value.starts_with(|c: char| !c.is_whitespace() && !"/:".contains(c));
    (is_key && goes_on).then_some((key, start + key.len() + 1))
}

/// Whether a space at a place lets the parser come further.
fn is_cause(text: &str, number: usize, offset: usize, error: &ScanError) -> bool {
    let before: usize = text.split_inclusive('\n').take(number).map(str::len).sum();
    let (Some(head), Some(tail)) = (text.get(..before + offset), text.get(before + offset..)) else {
        return false;
    };
    let corrected = format!("{head} {tail}");
    let next = Parser::new_from_str(&corrected).find_map(Result::err);
    next.is_none_or(|next| next.marker().line() > error.marker().line())
}
