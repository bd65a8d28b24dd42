//! The API as a whole: name, version, server. Checks nothing of what it does.

use url::Url;

use crate::contract::Info;
use crate::lower::lowering::{Lowering, is_percent_encoded};
use crate::problem::Problem;
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
    let server = lower_server(lowering);
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

/// The only server.
fn lower_server(lowering: &mut Lowering<'_>) -> Option<String> {
    let root = lowering.root.clone();
    let servers = root.items_of("servers");
    let [server] = servers.as_slice() else {
        let sentence = "the document does not name one https server";
        lowering.report(Rule::InfoIncomplete, &root.at.child("servers"), sentence);
        return None;
    };
    let url = server.get("url")?;
    let text = url.string()?;
    match check_server(text) {
        Ok(()) => Some(text.to_owned()),
        Err(reason) => {
            let sentence = format!("`{text}` is not the address of an https server: {reason}");
            let problem = Problem::at_value(Rule::InfoIncomplete, &url.at, sentence);
            lowering
                .add(problem.with_help("write `https://`, the host, and a path if all paths begin with it"));
            None
        }
    }
}

/// Checks that a text is an https address with a host, and without variables, user, query or fragment.
fn check_server(text: &str) -> Result<(), String> {
    let Some(rest) = text.strip_prefix("https://") else {
        return Err("it does not begin with `https://`".to_owned());
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%".contains(c);
    if let Some(other) = rest.chars().find(|c| !is_plain(*c)) {
        return Err(format!("it has the character `{other}`"));
    }
    let parsed = Url::parse(text).map_err(|error| error.to_string())?;
    let is_label = |label: &str| {
        let is_end = |c: char| c.is_ascii_alphanumeric();
        label.len() < 64 && label.starts_with(is_end) && label.ends_with(is_end)
    };
    let host = parsed.host_str().unwrap_or_default();
    if host.len() > 253 || !host.split('.').all(is_label) || host.contains('%') {
        return Err("no server has such a name".to_owned());
    }
    if parsed.port() == Some(0) {
        return Err("no server has the port 0".to_owned());
    }
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/");
    if parsed.path() != path || path.contains("//") || !is_percent_encoded(path) {
        return Err("no URL has such a path".to_owned());
    }
    Ok(())
}
