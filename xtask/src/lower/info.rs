//! The API as a whole: name, version, server. Checks nothing of what it does.

use super::lowering::Lowering;
use crate::contract::Info;
use crate::rule::Rule;

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Option<Info> {
    let root = lowering.root.clone();
    let info = root.get("info")?;
    let title = lowering.required_string(&info, "title", Rule::InfoIncomplete, "`info`");
    let version = lowering.required_string(&info, "version", Rule::InfoIncomplete, "`info`");
    let description = lowering.required_string(&info, "description", Rule::DescriptionMissing, "`info`");
    let prefix = lowering.required_string(&info, "x-crate-prefix", Rule::InfoIncomplete, "`info`");
    if title
        .as_ref()
        .is_some_and(|title| title.contains(char::is_control))
    {
        let sentence = "the title has a control character";
        lowering.report_value(Rule::InfoIncomplete, &info.at.child("title"), sentence);
    }
    if let Some(version) = version
        .as_ref()
        .filter(|version| !version.chars().all(|c| c.is_ascii_graphic()))
    {
        let sentence = format!("the version `{version}` is not printable ASCII");
        lowering.report_value(Rule::InfoIncomplete, &info.at.child("version"), sentence);
    }
    if let Some(prefix) = prefix.as_ref().filter(|prefix| !is_crate_prefix(prefix)) {
        let sentence = format!("`{prefix}` cannot begin the name of a crate");
        lowering.report_value(Rule::InfoIncomplete, &info.at.child("x-crate-prefix"), sentence);
    }
    let servers = root.items_of("servers");
    let server = match servers.as_slice() {
        [server] => server.string_of("url").filter(|url| is_server(url)),
        _ => None,
    };
    if server.is_none() {
        let at = root.at.child("servers");
        lowering.report(
            Rule::InfoIncomplete,
            &at,
            "the document does not name one https server",
        );
    }
    Some(Info {
        title: title?,
        version: version?,
        description: description?,
        crate_prefix: prefix?,
        server: server?.trim_end_matches('/').to_owned(),
    })
}

/// Words of small letters and digits, joined by dashes.
fn is_crate_prefix(prefix: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    prefix.starts_with(|c: char| c.is_ascii_lowercase()) && prefix.split('-').all(is_word)
}

/// An https address with a host, and without variables, user, query or fragment.
fn is_server(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%".contains(c);
    rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.chars().all(is_plain)
}
