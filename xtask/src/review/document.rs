//! What documents say of the API as a whole: its address, its crates, its tags.

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::side::Side;
use crate::review::words;

use Verdict::{Major, Patch};

/// Compares all but the version, which is compared once the verdicts are known.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (pair, subject) = comparison.whole("the document");
    words::compare(comparison, &pair, &subject);
    if !pair.is_same("openapi") {
        let sentence = "the document follows another version of OpenAPI".to_owned();
        let found = (ReviewRule::ProseChanged, Verdicts::all(Patch), sentence);
        comparison.add_at(&pair, "openapi", &subject, found);
    }
    let url = |side: &Side<'_>| {
        let server = side.root.items_of("servers").into_iter().next();
        server
            .and_then(|server| server.string_of("url").map(str::to_owned))
            .unwrap_or_default()
    };
    let (old, new) = (url(&comparison.base), url(&comparison.head));
    if old != new {
        let sentence = format!("the API is at {new} in place of {old}");
        let verdicts = Verdicts::new(Major, Verdict::Minor, Verdict::None);
        comparison.add_at(
            &pair,
            "servers",
            &subject,
            (ReviewRule::ServerChanged, verdicts, sentence),
        );
    } else if !pair.is_same("servers") {
        let sentence = "the words of `servers` changed".to_owned();
        let found = (ReviewRule::ProseChanged, Verdicts::all(Patch), sentence);
        comparison.add_at(&pair, "servers", &subject, found);
    }
    if let Some(info) = pair.get("info") {
        of_info(comparison, &info, &subject);
    }
}

fn of_info<'a>(comparison: &mut Comparison<'a>, info: &Pair<'a>, subject: &Subject) {
    const PREFIX: &str = "x-crate-prefix";
    if !info.is_same(PREFIX) {
        let sentence = "the generated crates have other names".to_owned();
        let found = (ReviewRule::CratesRenamed, Verdicts::rust(Major), sentence);
        comparison.add_at(info, PREFIX, subject, found);
    }
    for key in ["contact", "license", "termsOfService"] {
        if !info.is_same(key) {
            let found = (
                ReviewRule::ProseChanged,
                Verdicts::all(Patch),
                format!("`{key}` of the document changed"),
            );
            comparison.add_at(info, key, subject, found);
        }
    }
    let subject = Subject {
        name: "`info`".to_owned(),
        reach: subject.reach.clone(),
    };
    words::compare(comparison, info, &subject);
}

/// The version of a document.
pub(super) fn version<'a>(root: &Node<'a>) -> &'a str {
    let info = root.get("info");
    info.and_then(|info| info.string_of("version"))
        .unwrap_or_default()
}
