//! The API as a whole: name, version, server. Checks nothing of what it does.

use super::Lowering;
use crate::contract::Info;
use crate::rule::Rule;

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Option<Info> {
    let root = lowering.root.clone();
    let info = root.get("info")?;
    let title = lowering.required_text(&info, "title", Rule::InfoIncomplete, "`info`");
    let version = lowering.required_text(&info, "version", Rule::InfoIncomplete, "`info`");
    let description = lowering.required_text(&info, "description", Rule::DescriptionMissing, "`info`");
    let prefix = lowering.required_text(&info, "x-crate-prefix", Rule::InfoIncomplete, "`info`");
    if let Some(version) = version
        .as_ref()
        .filter(|version| !version.chars().all(|c| c.is_ascii_graphic()))
    {
        let sentence = format!("the version `{version}` is not printable ASCII");
        lowering.report_value(Rule::InfoIncomplete, &info.at.child("version"), sentence);
    }
    let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(prefix) = prefix.as_ref().filter(|prefix| !prefix.chars().all(usable)) {
        let sentence = format!("`{prefix}` cannot begin the name of a crate");
        lowering.report_value(Rule::InfoIncomplete, &info.at.child("x-crate-prefix"), sentence);
    }
    let servers = root.items_of("servers");
    let server = match servers.as_slice() {
        [server] => server.text_of("url").filter(|url| url.starts_with("https://")),
        _ => None,
    };
    if server.is_none() {
        let at = root.at.child("servers");
        lowering.report(
            Rule::InfoIncomplete,
            &at,
            "the document does not name one https server".to_owned(),
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
