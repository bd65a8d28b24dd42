//! The credentials of operations: HTTP Basic, or none.

use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::problem::Problem;
use crate::rule::Rule;

/// Whether an operation requires credentials: by HTTP Basic, or not at all.
pub(in crate::lower) fn is_required(lowering: &mut Lowering<'_>, operation: &Node<'_>) -> bool {
    let root = lowering.root.clone();
    let own = operation.get("security");
    let security = own.clone().or_else(|| root.get("security"));
    let requirements = security.as_ref().map(Node::items).unwrap_or_default();
    if own.is_some() && requirements.is_empty() {
        return false;
    }
    let schemes = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"));
    // A server checks one kind of credentials, so a second scheme would be no different from the first.
    let basic = schemes
        .map(|schemes| schemes.members())
        .unwrap_or_default()
        .into_iter()
        .find(|(_, scheme)| {
            scheme.string_of("type") == Some("http") && scheme.string_of("scheme") == Some("basic")
        })
        .map(|(name, _)| name);
    let Some(security) = security.filter(|_| !requirements.is_empty()) else {
        let help = match basic {
            Some(name) => format!("write `security: [{{ {name}: [] }}]` at the root"),
            None => Rule::SecurityUnsupported.help().to_owned(),
        };
        let sentence = "the document requires no credentials of its operations";
        let problem = Problem::at(Rule::SecurityUnsupported, &root.at.child("security"), sentence);
        lowering.add(problem.with_help(help));
        return true;
    };
    let is_basic = match requirements.as_slice() {
        [requirement] => matches!(requirement.members().as_slice(), [(name, _)] if Some(*name) == basic),
        _ => false,
    };
    if !is_basic {
        let sentence = "the requirement is not the document's one scheme of HTTP Basic";
        lowering.report(Rule::SecurityUnsupported, &security.at, sentence);
    }
    true
}
