//! The headers of responses: those that the generated crates read and write, and no other.

use crate::contract::{ResponseHeader, ResponseHeaderName};
use crate::document::Node;
use crate::lower::lowering::{Lowering, with_inference};
use crate::problem::Problem;
use crate::rule::Rule;

/// The header of a 401 that says which credentials it wants.
pub(in crate::lower) const CHALLENGE: &str = "WWW-Authenticate";

/// The headers of a successful response.
pub(super) fn lower_success<'a>(lowering: &mut Lowering<'a>, response: &Node<'a>) -> Vec<ResponseHeader> {
    let headers = response.members_of("headers").into_iter();
    let lowered = headers.filter_map(|(name, node)| {
        let mut known = ResponseHeaderName::ALL.into_iter();
        match known.find(|known| known.as_str() == name) {
            Some(known) => Some(lower(lowering, known, node)),
            None => {
                refuse(lowering, name, &node, "a success");
                None
            }
        }
    });
    lowered.collect()
}

/// The statuses of the error responses that may say how long to wait.
pub(super) fn waits(lowering: &Lowering<'_>, errors: &[(u16, Node<'_>)]) -> Vec<u16> {
    let may_say = |(_, response): &&(u16, Node<'_>)| {
        let headers = lowering.resolve(response.clone()).members_of("headers");
        headers
            .iter()
            .any(|(name, _)| *name == ResponseHeaderName::RetryAfter.as_str())
    };
    errors.iter().filter(may_say).map(|(status, _)| *status).collect()
}

/// Checks the headers of a shared error response.
pub(in crate::lower) fn check_error<'a>(lowering: &mut Lowering<'a>, status: u16, response: &Node<'a>) {
    for (name, node) in response.members_of("headers") {
        if name == ResponseHeaderName::RetryAfter.as_str() {
            let header = lower(lowering, ResponseHeaderName::RetryAfter, node.clone());
            if header.required {
                let sentence = format!("`{name}` of an error response is required, and not every one has it");
                let problem = Problem::at(Rule::HeaderUnsupported, &node.at, sentence);
                lowering.add(problem.with_help("remove `required`"));
            }
        } else if status != 401 || name != CHALLENGE {
            refuse(lowering, name, &node, &format!("the response {status}"));
        }
    }
}

fn refuse(lowering: &mut Lowering<'_>, name: &str, node: &Node<'_>, of: &str) {
    let sentence = format!("the header `{name}` of {of} is not supported");
    lowering.report(Rule::HeaderUnsupported, &node.at, sentence);
}

fn lower<'a>(lowering: &mut Lowering<'a>, name: ResponseHeaderName, node: Node<'a>) -> ResponseHeader {
    let header = lowering.resolve(node);
    let schema = header.get("schema").map(|schema| lowering.resolve(schema));
    let is_plain = schema.is_some_and(|schema| {
        let mut keys = schema.members().into_iter().map(|(key, _)| key);
        schema.string_of("type") == Some(name.json_type())
            && keys.all(|key| matches!(key, "type" | "description") || key.starts_with("x-"))
    });
    if !is_plain {
        let (kind, name) = (name.json_type(), name.as_str());
        let sentence = format!("the header `{name}` is not a plain {kind}");
        let problem = Problem::at(Rule::HeaderUnsupported, &header.at, sentence);
        lowering.add(problem.with_help(format!("write `schema: {{ type: {kind} }}`")));
    }
    let of = format!("the header `{}`", name.as_str());
    let docs = lowering.required_string(&header, "description", Rule::DescriptionMissing, &of);
    ResponseHeader {
        name,
        required: header.is_true("required"),
        docs: with_inference(&docs.unwrap_or_default(), &header),
    }
}
