//! The parameters of an operation.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::contract::{Location, Parameter, Schemas, Type};
use crate::document::Node;
use crate::lower::lowering::{
    Lowering, component_name, is_percent_encoded, with_deprecation, with_inference,
};
use crate::lower::rust_names;
use crate::lower::schemas::constraints::INVALID_CODE;
use crate::lower::schemas::keywords;
use crate::lower::schemas::lower_use;
use crate::lower::schemas::refusals::refuse_nullable;
use crate::names::{self, nearest};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Lowers the parameters of an operation, those of its path item included, in order of evaluation.
pub(in crate::lower) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    path: &str,
    item: &Node<'a>,
    operation: &Node<'a>,
    schemas: &Schemas,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let (mut places, mut given) = (Vec::new(), Vec::new());
    let mut is_sound = true;
    for node in item
        .items_of("parameters")
        .into_iter()
        .chain(operation.items_of("parameters"))
    {
        let resolved = lowering.resolve(node.clone());
        is_sound &= !lowering.unsound.contains(&resolved.at);
        given.push((
            node.at.clone(),
            resolved.string_of("name").unwrap_or_default().to_owned(),
        ));
        let component = component_name(&node, "parameters");
        if let Some(parameter) = lower_parameter(lowering, &resolved, component, schemas) {
            places.push((parameter.rust.clone(), parameter.name.clone(), node.at.clone()));
            parameters.push(parameter);
        }
    }
    check_names(lowering, &parameters, &places);
    lowering.report_collisions(places);
    // A parameter without a name that can be read may be any of the path.
    if is_sound {
        check_template(lowering, path, operation, &parameters, &given);
    }
    parameters.sort_by_key(|parameter| parameter.location);
    parameters
}

fn lower_parameter<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    component: Option<String>,
    schemas: &Schemas,
) -> Option<Parameter> {
    let name = node.string_of("name").unwrap_or_default().to_owned();
    let location = match node.string_of("in") {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        other => {
            let sentence = format!("`{name}` is a parameter in the {}", other.unwrap_or("unknown"));
            lowering.report_value(Rule::ParameterUnsupported, &node.at.child("in"), sentence);
            return None;
        }
    };
    let Some(schema) = node.get("schema") else {
        let sentence = format!("`{name}` has no `schema`");
        let content = node.get("content").map(|content| content.at);
        lowering.report(
            Rule::ParameterUnsupported,
            content.as_ref().unwrap_or(&node.at),
            sentence,
        );
        return None;
    };
    refuse_nullable(lowering, &schema, "a parameter");
    let used = lower_use(lowering, &schema, &names::type_name(&name), &mut Vec::new())?;
    if lowering.unsound.contains(&schema.at) {
        return None;
    }
    check_type(lowering, node, location, &name, &used.ty);
    if location == Location::Path && used.constraints.is_secret() {
        let sentence = format!("`{name}` is a secret in the path");
        let problem = Problem::at(Rule::ParameterUnsupported, &node.at, sentence);
        lowering
            .add(problem.with_help("send it in a header or in the body, which logs and errors do not show"));
    }
    check_prefix(lowering, node, &used.ty);
    let rust = rust_names::of(lowering, node, &name, names::value_name);
    check_name(lowering, node, location, &name, &rust);
    let docs = node.string_of("description").unwrap_or_default().trim();
    if docs.is_empty() {
        let sentence = format!("`{name}` has no description");
        lowering.report(Rule::DescriptionMissing, &node.at, sentence);
    }
    let invalid_code = node.string_of(INVALID_CODE).map(str::to_owned);
    let mut parameter = Parameter {
        component,
        location,
        rust,
        docs: with_deprecation(with_inference(docs, node), node),
        required: node.is_true("required"),
        constraints: used.constraints.or(invalid_code.as_ref()),
        omit_prefix: node.string_of("x-omit-prefix").map(str::to_owned),
        ty: used.ty,
        deprecated: node.is_true("deprecated"),
        default: None,
        example: Value::Null,
        name,
    };
    let resolved = lowering.resolve(schema.clone());
    parameter.deprecated |= resolved.is_true("deprecated");
    parameter.docs = with_deprecation(parameter.docs, &resolved);
    parameter.default = keywords::lower_default(lowering, &schema, &parameter, schemas);
    if let Some(default) = &parameter.default {
        let shown = match default.as_str() {
            "" => "empty".to_owned(),
            text => format!("`{text}`"),
        };
        parameter.docs += &format!("\n\nDefault: {shown}, which is also what a handler gets.");
    }
    Some(parameter)
}

/// Parameters that have one name although they have two in Rust, where they would be told apart.
fn check_names(lowering: &mut Lowering<'_>, parameters: &[Parameter], places: &[(String, String, Pointer)]) {
    // A response names a parameter that is wrong without its location.
    let names = places.iter();
    lowering.report_collisions(names.map(|(_, name, at)| (name.clone(), name.clone(), at.clone())));
    let mut headers = BTreeMap::new();
    for (parameter, (rust, name, at)) in parameters.iter().zip(places) {
        if parameter.location == Location::Header
            && let Some((first_rust, first, first_at)) = headers.insert(name.to_lowercase(), (rust, name, at))
            && (first != name && first_rust != rust)
        {
            let sentence = format!("`{name}` and `{first}` are one header");
            let problem = Problem::at(Rule::NamesCollide, at, sentence);
            let note = format!("`{first}` is first used here");
            let problem = problem.with_related(Place::Key(first_at.clone()), note);
            lowering.add(problem.with_help("rename or remove one of the two"));
        }
    }
}

fn check_name(lowering: &mut Lowering<'_>, node: &Node<'_>, location: Location, name: &str, rust: &str) {
    let is_argument = location != Location::Query;
    let source = names::source(name, rust, names::value_name);
    if is_argument
        && (names::RESERVED_ARGUMENTS.contains(&rust) || source.starts_with(|c: char| c.is_ascii_digit()))
    {
        let sentence = format!("`{source}` cannot be the name of a path or header parameter");
        let at = rust_names::place_of(source, name, &node.at, &node.at);
        lowering.report(Rule::NameReserved, &at, sentence);
    }
    if location == Location::Header {
        check_header(lowering, node, name);
    }
    let forbidden = |c: char| c.is_whitespace() || ",.[]|;".contains(c);
    if name.contains(forbidden) {
        let sentence = format!("`{name}` has a character that separates field names");
        let problem = Problem::at(Rule::NameReserved, &node.at, sentence);
        lowering.add(problem.with_help("leave out white space and the characters `,.[]|;`"));
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
        Type::Any | Type::Array(_) | Type::Map(_) => false,
    };
    let form = node
        .string_of("style")
        .is_none_or(|style| style == "form" || style == "simple");
    let supported = match ty {
        Type::Array(item) => match location {
            Location::Path => false,
            Location::Query => scalar(item) && node.get("explode").is_some_and(|e| e.value == false),
            // A header is a comma list whatever `explode` says.
            Location::Header => scalar(item),
        },
        other => scalar(other),
    };
    if !supported || !form {
        let (sentence, help) = match ty {
            _ if supported => (
                format!("`{name}` has a `style` that is not supported"),
                "remove `style`",
            ),
            Type::Array(_) if location == Location::Path => (
                format!("`{name}` is an array in the path"),
                "send it in the query, in a header or in the body",
            ),
            Type::Array(item) if scalar(item) => (
                format!("`{name}` is an array that is not sent as a comma list"),
                "write `style: form` and `explode: false`",
            ),
            Type::Array(_) => (
                format!("`{name}` is an array of something that is neither a scalar nor an enum"),
                "send it in the body",
            ),
            _ => (
                format!("`{name}` is neither a scalar nor an enum nor an array of these"),
                "send it in the body, or give it a type such as `type: string`",
            ),
        };
        let problem = Problem::at(Rule::ParameterUnsupported, &node.at, sentence);
        lowering.add(problem.with_help(help));
    }
}

/// Checks the parameters of a path against its template. `given` has the place and the name of every parameter,
/// whether it could be lowered or not.
fn check_template(
    lowering: &mut Lowering<'_>,
    path: &str,
    operation: &Node<'_>,
    parameters: &[Parameter],
    given: &[(Pointer, String)],
) {
    let at = operation.at.parent();
    if !path.starts_with('/') {
        let sentence = format!("the path `{path}` does not begin with `/`");
        let problem = Problem::at(Rule::PathParametersDiffer, &at, sentence);
        lowering.add(problem.with_help(format!("write `/{path}`")));
    }
    check_segments(lowering, path, &at);
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
                let problem = Problem::at(Rule::PathParametersDiffer, &at, sentence);
                lowering.add(problem.with_help("write a segment as `name` or `{Name}`, each `{Name}` once"));
            }
        }
    }
    let declared = || {
        parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
    };
    // One that could not be lowered is a problem of its own.
    let is_unknown = |name: &str| {
        given.iter().any(|(_, other)| other == name)
            && parameters.iter().all(|parameter| parameter.name != name)
    };
    let mut undeclared: Vec<_> = expected
        .iter()
        .filter(|name| {
            !is_unknown(name) && !declared().any(|parameter| parameter.name == **name && parameter.required)
        })
        .collect();
    let place = |parameter: &Parameter| {
        let found = given.iter().find(|(_, name)| *name == parameter.name);
        found.map_or(&operation.at, |(place, _)| place)
    };
    let surplus: Vec<_> = declared()
        .filter(|parameter| !expected.contains(&parameter.name.as_str()))
        .collect();
    for parameter in &surplus {
        let sentence = format!("the path parameter `{}` is not in `{path}`", parameter.name);
        let problem = Problem::at(Rule::PathParametersDiffer, place(parameter), sentence)
            .with_related(Place::Key(at.clone()), "the path is here");
        // A name that is missing and one that is left over are probably one mistake.
        let likely = match (undeclared.as_slice(), surplus.as_slice()) {
            ([only], [_]) => Some(**only),
            _ => nearest(&parameter.name, undeclared.iter().map(|name| **name)),
        };
        undeclared.retain(|name| Some(**name) != likely);
        lowering.add(match likely {
            Some(likely) => problem.with_help(format!("write `{likely}` in both, or `{}`", parameter.name)),
            None => problem,
        });
    }
    for name in undeclared {
        let problem = match declared().find(|parameter| parameter.name == *name) {
            Some(parameter) => {
                let sentence = format!("the path parameter `{name}` is not required");
                Problem::at(Rule::PathParametersDiffer, place(parameter), sentence)
                    .with_help("write `required: true`: without the parameter, the path is another one")
            }
            None => {
                let sentence = format!("`{{{name}}}` of the path is not declared");
                Problem::at(Rule::PathParametersDiffer, &operation.at, sentence)
                    .with_related(Place::Key(at.clone()), "the path is here")
            }
        };
        lowering.add(problem);
    }
}

/// A segment that a client would leave out of the URL, or could not write, is never the one that a server sees.
fn check_segments(lowering: &mut Lowering<'_>, path: &str, at: &Pointer) {
    let segments: Vec<_> = path.split('/').skip(1).collect();
    for (number, segment) in segments.iter().enumerate() {
        let is_last = number + 1 == segments.len();
        let (sentence, help) = match *segment {
            "" if !is_last => (
                format!("`{path}` has two slashes in a row"),
                "write one slash between two segments",
            ),
            "." | ".." => (
                format!("the path segment `{segment}` is left out of every URL"),
                "write the path without it",
            ),
            _ if !is_percent_encoded(segment) => (
                format!("the path segment `{segment}` has a `%` that encodes nothing"),
                "write `%` and two hexadecimal digits, or `%25` for the character itself",
            ),
            _ => continue,
        };
        lowering.add(Problem::at(Rule::PathUnsupported, at, sentence).with_help(help));
    }
}

/// Whether a segment of a path has only literal characters.
fn is_plain(segment: &str) -> bool {
    segment
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()+,;=@%".contains(c))
}

/// A path with the names of its parameters left out.
pub(in crate::lower) fn shape(path: &str) -> String {
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
        let problem = Problem::at(Rule::NameReserved, &node.at, sentence);
        lowering.add(
            problem.with_help("use letters, digits and `-_.~`, and no header that the client writes itself"),
        );
    }
}

/// The prefix to omit must be a string, and so must the parameter.
fn check_prefix(lowering: &mut Lowering<'_>, node: &Node<'_>, ty: &Type) {
    let Some(prefix) = node.get("x-omit-prefix") else {
        return;
    };
    if prefix.string().is_none_or(str::is_empty) || *ty != Type::String {
        let sentence = "`x-omit-prefix` must be a string, on a parameter that is a string";
        let problem = Problem::at(Rule::ParameterUnsupported, &prefix.at, sentence);
        lowering.add(problem.with_help("write the prefix in quotes, or give the parameter `type: string`"));
    }
}
