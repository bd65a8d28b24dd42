//! The parameters of an operation.

use super::constraints::INVALID_CODE;
use super::lowering::{Lowering, component_name, with_inference};
use super::schemas::lower_use;
use crate::contract::{Location, Parameter, Type};
use crate::document::Node;
use crate::names;
use crate::rule::Rule;

/// Lowers the parameters of an operation, those of its path item included, in order of evaluation.
pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    path: &str,
    item: &Node<'a>,
    operation: &Node<'a>,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut places = Vec::new();
    for node in item
        .items_of("parameters")
        .into_iter()
        .chain(operation.items_of("parameters"))
    {
        let resolved = lowering.resolve(node.clone());
        let component = component_name(&node, "parameters");
        if let Some(parameter) = lower_parameter(lowering, &resolved, component) {
            // The same name in two locations would make a field name ambiguous.
            places.push((parameter.rust.clone(), parameter.name.clone(), node.at.clone()));
            parameters.push(parameter);
        }
    }
    lowering.report_collisions(places);
    check_template(lowering, path, operation, &parameters);
    parameters.sort_by_key(|parameter| parameter.location);
    parameters
}

fn lower_parameter<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    component: Option<String>,
) -> Option<Parameter> {
    let name = node.string_of("name").unwrap_or_default().to_owned();
    let location = match node.string_of("in") {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        other => {
            let sentence = format!("`{name}` is a parameter in the {}", other.unwrap_or("unknown"));
            lowering.report(Rule::ParameterUnsupported, &node.at, sentence);
            return None;
        }
    };
    let Some(schema) = node.get("schema") else {
        let sentence = format!("`{name}` has no `schema`");
        lowering.report(Rule::ParameterUnsupported, &node.at, sentence);
        return None;
    };
    let used = lower_use(lowering, &schema, &names::type_name(&name), &mut Vec::new())?;
    check_type(lowering, node, location, &name, &used.ty);
    check_prefix(lowering, node, &used.ty);
    check_name(lowering, node, location, &name);
    let docs = node.string_of("description").unwrap_or_default().trim();
    if docs.is_empty() {
        let sentence = format!("`{name}` has no description");
        lowering.report(Rule::DescriptionMissing, &node.at, sentence);
    }
    let invalid_code = node.string_of(INVALID_CODE).map(str::to_owned);
    Some(Parameter {
        component,
        location,
        rust: names::value_name(&name),
        docs: with_inference(docs, node),
        required: node.is_true("required"),
        constraints: used.constraints.or(invalid_code.as_ref()),
        omit_prefix: node.string_of("x-omit-prefix").map(str::to_owned),
        ty: used.ty,
        name,
    })
}

fn check_name(lowering: &mut Lowering<'_>, node: &Node<'_>, location: Location, name: &str) {
    let rust = names::value_name(name);
    let is_argument = location != Location::Query;
    if is_argument
        && (names::RESERVED_ARGUMENTS.contains(&rust.as_str())
            || name.starts_with(|c: char| c.is_ascii_digit()))
    {
        let sentence = format!("`{name}` cannot be the name of a path or header parameter");
        lowering.report(Rule::NameReserved, &node.at, sentence);
    }
    if location == Location::Header {
        check_header(lowering, node, name);
    }
    let forbidden = |c: char| c.is_whitespace() || ",.[]|;".contains(c);
    if name.contains(forbidden) {
        let sentence = format!("`{name}` has a character that separates field names");
        lowering.report(Rule::NameReserved, &node.at, sentence);
    }
}

fn check_type(lowering: &mut Lowering<'_>, node: &Node<'_>, location: Location, name: &str, ty: &Type) {
    let scalar = |ty: &Type| match ty {
        Type::String | Type::Integer | Type::Number | Type::Boolean => true,
        Type::Named(schema) => {
            let components = lowering
                .root
                .get("components")
                .and_then(|node| node.get("schemas"));
            components
                .and_then(|node| node.get(schema))
                .is_some_and(|schema| schema.has("enum"))
        }
        Type::Any | Type::Array(_) => false,
    };
    let form = node
        .string_of("style")
        .is_none_or(|style| style == "form" || style == "simple");
    let supported = match ty {
        Type::Array(item) => {
            location == Location::Query
                && scalar(item)
                && node.get("explode").is_some_and(|e| e.value == false)
        }
        other => scalar(other),
    };
    if !supported || !form {
        let sentence = format!("`{name}` is a parameter of a kind that is not supported");
        lowering.report(Rule::ParameterUnsupported, &node.at, sentence);
    }
}

fn check_template(lowering: &mut Lowering<'_>, path: &str, operation: &Node<'_>, parameters: &[Parameter]) {
    let at = operation.at.parent();
    if !path.starts_with('/') {
        lowering.report(
            Rule::PathParametersDiffer,
            &at,
            format!("the path `{path}` does not begin with `/`"),
        );
    }
    let mut expected: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name)
                if !name.is_empty() && !name.contains(['{', '}', '*']) && !expected.contains(&name) =>
            {
                expected.push(name);
            }
            None if is_plain(segment) => {}
            _ => {
                let sentence =
                    format!("the path segment `{segment}` is neither plain characters nor one parameter");
                lowering.report(Rule::PathParametersDiffer, &at, sentence);
            }
        }
    }
    let declared = || {
        parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
    };
    for name in &expected {
        if !declared().any(|parameter| parameter.name == *name && parameter.required) {
            let sentence = format!("`{{{name}}}` of the path is not declared as a required path parameter");
            lowering.report(Rule::PathParametersDiffer, &operation.at, sentence);
        }
    }
    for parameter in declared().filter(|parameter| !expected.contains(&parameter.name.as_str())) {
        let sentence = format!("the path parameter `{}` is not in `{path}`", parameter.name);
        lowering.report(Rule::PathParametersDiffer, &operation.at, sentence);
    }
}

/// Whether a segment of a path has only literal characters.
fn is_plain(segment: &str) -> bool {
    segment
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()+,;=@%".contains(c))
}

/// A path with the names of its parameters left out.
pub(super) fn shape(path: &str) -> String {
    let segment = |segment: &str| {
        if segment.starts_with('{') {
            "{}".to_owned()
        } else {
            segment.to_owned()
        }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A header's name is a token (RFC 9110), and not one that the runtimes write themselves.
fn check_header(lowering: &mut Lowering<'_>, node: &Node<'_>, name: &str) {
    const TAKEN: [&str; 7] = [
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ];
    let is_token = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c));
    if !is_token || TAKEN.contains(&name.to_lowercase().as_str()) {
        let sentence = format!("`{name}` cannot be the name of a header parameter");
        lowering.report(Rule::NameReserved, &node.at, sentence);
    }
}

/// The prefix to omit must be a string, and so must the parameter.
fn check_prefix(lowering: &mut Lowering<'_>, node: &Node<'_>, ty: &Type) {
    let Some(prefix) = node.get("x-omit-prefix") else {
        return;
    };
    if prefix.string().is_none_or(str::is_empty) || *ty != Type::String {
        let sentence = "`x-omit-prefix` must be a string, on a parameter that is a string";
        lowering.report(Rule::ParameterUnsupported, &prefix.at, sentence);
    }
}
