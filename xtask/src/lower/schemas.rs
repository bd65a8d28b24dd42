//! The schemas: named objects, arrays and enums; scalars resolved where they are used.
//!
//! Refuses what the generated types could not express. Constraints stay in the document.

pub(super) mod constraints;
pub(super) mod keywords;
pub(super) mod values;

use std::collections::BTreeSet;

use crate::contract::{Array, Constraints, EnumValue, Member, Object, Schema, Shape, Type};
use crate::document::Node;
use crate::lower::lowering::{Lowering, component_name, with_deprecation, with_inference};
use crate::names::{self, nearest};
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Vec<Schema> {
    let components = lowering.root.get("components");
    let declared = components
        .map(|node| node.members_of("schemas"))
        .unwrap_or_default();
    let mut schemas = Vec::new();
    for (name, node) in &declared {
        if node.has("$ref") {
            let sentence = format!("`{name}` is nothing but a `$ref`");
            let problem = Problem::at(Rule::SchemaUnsupported, &node.at, sentence);
            lowering.add(problem.with_help("refer to its target instead, or write the schema out"));
            continue;
        }
        if let Some(shape) = lower_shape(lowering, node, name, &mut schemas) {
            let schema = named(lowering, node, name, shape);
            schemas.push(schema);
        }
    }
    for schema in &schemas {
        let is_constructor = matches!(schema.shape, Shape::Array(_));
        if schema.rust == names::RESERVED_TYPE
            || (is_constructor && names::RESERVED_CONSTRUCTORS.contains(&schema.rust.as_str()))
            || schema.rust.starts_with("CommaListOf")
            || !names::is_usable(&schema.rust)
        {
            let sentence = format!("`{}` cannot be the name of a generated type", schema.name);
            lowering.report(Rule::NameReserved, &schema.at, sentence);
        }
    }
    schemas
}

/// The scalars: they have no types of their own, and their checks are named after them.
pub(super) fn scalars(lowering: &Lowering<'_>, schemas: &[Schema]) -> Vec<(String, String, Pointer)> {
    let components = lowering.root.get("components");
    let types: BTreeSet<_> = schemas.iter().map(|schema| schema.name.as_str()).collect();
    components
        .map(|node| node.members_of("schemas"))
        .unwrap_or_default()
        .into_iter()
        .filter(|(name, _)| !types.contains(name))
        .map(|(name, node)| (names::type_name(name), name.to_owned(), node.at))
        .collect()
}

/// The shape of a component; `None` for a scalar.
fn lower_shape<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
) -> Option<Shape> {
    keywords::check(lowering, node);
    if matches!(node.string_of("type"), Some("object" | "array")) {
        keywords::refuse_default(lowering, node);
    }
    if node.has("enum") {
        return lower_enum(lowering, node);
    }
    match node.string_of("type") {
        Some("object") => Some(Shape::Object(lower_object(lowering, node, name, hoisted))),
        Some("array") => {
            let mut constraints = constraints::lower(lowering, node);
            let item = lower_items(lowering, node, name, hoisted, &mut constraints)?;
            Some(Shape::Array(Array { item, constraints }))
        }
        Some("string" | "integer" | "number" | "boolean") => {
            refuse_combinators(lowering, node);
            None
        }
        _ => {
            report_type(lowering, node);
            None
        }
    }
}

fn lower_enum(lowering: &mut Lowering<'_>, node: &Node<'_>) -> Option<Shape> {
    if node.string_of("type") != Some("string") {
        let problem = Problem::at(
            Rule::SchemaUnsupported,
            &node.at.child("type"),
            "an enum of anything but strings is not supported",
        );
        lowering.add(problem.with_help("write `type: string`, and the values in quotes"));
        return None;
    }
    let items = node.items_of("enum");
    if let Some(other) = items.iter().find(|item| item.string().is_none()) {
        let sentence = format!("{} is not a string", other.value);
        let problem = Problem::at_value(Rule::SchemaUnsupported, &other.at, sentence);
        lowering.add(problem.with_help("put the value in quotes"));
    }
    let values = node.strings_of("enum").into_iter();
    let values: Vec<_> = values
        .map(|value| EnumValue {
            variant: names::type_name(&value),
            value,
        })
        .collect();
    let named = values
        .iter()
        .zip(&items)
        .map(|(value, item)| (value.variant.clone(), value.value.clone(), item.at.clone()));
    let hidden = std::iter::once((
        names::UNRECOGNIZED.to_owned(),
        "any other value".to_owned(),
        node.at.clone(),
    ));
    lowering.report_collisions(hidden.chain(named).collect::<Vec<_>>());
    Some(Shape::Enum(values))
}

fn lower_object<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
) -> Object {
    refuse_combinators(lowering, node);
    let required = node.strings_of("required");
    let properties = node.members_of("properties");
    for item in node.items_of("required") {
        let expected = item.string().unwrap_or_default();
        if !properties.iter().any(|(property, _)| *property == expected) {
            let sentence = format!("`{expected}` is required, and `{name}` has no such property");
            let problem = Problem::at_value(Rule::SchemaUnsupported, &item.at, sentence);
            let likely = nearest(expected, properties.iter().map(|(property, _)| *property));
            lowering.add(problem.with_help(match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => "describe it under `properties`, or remove it here".to_owned(),
            }));
        }
    }
    let open = node
        .get("additionalProperties")
        .is_some_and(|further| match further.value.as_bool() {
            Some(allowed) => allowed,
            None => further.members().is_empty() || refuse_typed_map(lowering, &further),
        });
    let mut members = Vec::new();
    for (property, schema) in &properties {
        let inline_name = format!("{name}{}", names::type_name(property));
        let used = lower_use(lowering, schema, &inline_name, hoisted);
        let resolved = lowering.resolve(schema.clone());
        // What is wrong with its type is a problem of its own, and any value fits.
        let used = used.unwrap_or_else(|| Used {
            ty: Type::Any,
            docs: resolved.string_of("description").unwrap_or_default().to_owned(),
            constraints: Constraints::default(),
        });
        keywords::refuse_default(lowering, &resolved);
        if used.docs.is_empty() {
            let sentence = format!("`{property}` of `{name}` has no description");
            lowering.report(Rule::DescriptionMissing, &schema.at, sentence);
        }
        members.push(Member {
            name: (*property).to_owned(),
            docs: used.docs,
            ty: used.ty,
            required: required.iter().any(|expected| expected == property),
            deprecated: resolved.is_true("deprecated"),
            constraints: used.constraints,
        });
    }
    let names = properties
        .iter()
        .map(|(name, node)| (names::value_name(name), (*name).to_owned(), node.at.clone()));
    let further = open.then(|| ("extra".to_owned(), "further members".to_owned(), node.at.clone()));
    lowering.report_collisions(further.into_iter().chain(names).collect::<Vec<_>>());
    if properties.is_empty() && !open {
        let sentence = format!("`{name}` has no properties and no further members");
        let problem = Problem::at(Rule::SchemaUnsupported, &node.at, sentence);
        lowering.add(problem.with_help("describe its `properties`, or write `additionalProperties: {}`"));
    }
    let choices = constraints::lower_choices(lowering, node);
    Object {
        members,
        open,
        choices,
    }
}

fn refuse_typed_map(lowering: &mut Lowering<'_>, further: &Node<'_>) -> bool {
    let sentence = "further members of one type are not supported";
    let problem = Problem::at(Rule::SchemaUnsupported, &further.at, sentence);
    lowering
        .add(problem.with_help("write `additionalProperties: {}`, or describe the members as `properties`"));
    false
}

/// `anyOf` and `oneOf` may only say which members are required: then they are constraints, and the type
/// is the same without them.
fn refuse_combinators(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    for keyword in ["allOf", "not"] {
        if let Some(found) = node.get(keyword) {
            let sentence = format!("`{keyword}` is not supported");
            let problem = Problem::at(Rule::SchemaUnsupported, &found.at, sentence);
            lowering.add(problem.with_help("write the members of the object out, in one schema"));
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        for branch in node.items_of(keyword) {
            let pure = branch.members().iter().all(|(key, _)| *key == "required");
            if !pure || node.string_of("type") != Some("object") {
                let sentence = format!("a branch of `{keyword}` says more than which members are required");
                let problem = Problem::at(Rule::SchemaUnsupported, &branch.at, sentence);
                lowering.add(problem.with_help(
                    "write `type: object` beside it, and branches that are nothing but `required: […]`",
                ));
            }
        }
    }
}

/// A schema where it is used: for a member, an item or a parameter.
pub(super) struct Used {
    pub(super) ty: Type,
    pub(super) docs: String,
    pub(super) constraints: Constraints,
}

/// Lowers a schema in place. An inline object becomes a schema called `inline_name`.
pub(super) fn lower_use<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    inline_name: &str,
    hoisted: &mut Vec<Schema>,
) -> Option<Used> {
    let resolved = lowering.resolve(node.clone());
    let component = component_name(node, "schemas");
    if node.has("$ref") && component.is_none() {
        lowering.report_value(Rule::DanglingReference, &node.at, "this is not a schema");
        return None;
    }
    refuse_in_use(lowering, &resolved, component.as_deref());
    let mut constraints = constraints::lower(lowering, &resolved);
    constraints.component.clone_from(&component);
    let ty = match (resolved.has("enum"), resolved.string_of("type"), component) {
        (true, _, Some(name)) | (_, Some("object" | "array"), Some(name)) => Type::Named(name),
        (true, _, None) => {
            lowering.report(Rule::EnumNotComponent, &resolved.at, "this enum has no name");
            // Without a type, its examples would be a second problem.
            Type::String
        }
        (_, Some("string"), _) => Type::String,
        (_, Some("integer"), _) => Type::Integer,
        (_, Some("number"), _) => Type::Number,
        (_, Some("boolean"), _) => Type::Boolean,
        (_, Some("array"), None) => {
            let item = lower_items(lowering, &resolved, inline_name, hoisted, &mut constraints)?;
            Type::Array(Box::new(item))
        }
        (_, Some("object"), None) => {
            let object = lower_object(lowering, &resolved, inline_name, hoisted);
            let schema = named(lowering, &resolved, inline_name, Shape::Object(object));
            hoisted.push(schema);
            Type::Named(inline_name.to_owned())
        }
        (_, None, _) if resolved.members().iter().all(|(key, _)| *key == "description") => Type::Any,
        _ => {
            report_type(lowering, &resolved);
            return None;
        }
    };
    let docs = resolved.string_of("description").unwrap_or_default();
    let docs = match ty {
        // The type says itself what is inferred of it.
        Type::Named(_) => docs.trim().to_owned(),
        _ => with_deprecation(with_inference(docs, &resolved), &resolved),
    };
    Some(Used {
        ty,
        docs,
        constraints,
    })
}

fn refuse_in_use<'a>(lowering: &mut Lowering<'a>, resolved: &Node<'a>, component: Option<&str>) {
    if resolved.is_true("nullable") {
        let at = resolved.at.child("nullable");
        let problem = Problem::at(Rule::SchemaUnsupported, &at, "`nullable` is not supported");
        lowering.add(problem.with_help("remove it; a member that may be absent is not listed in `required`"));
    }
    // Those of components and objects are checked where these are lowered.
    if component.is_none() {
        keywords::check(lowering, resolved);
        if resolved.string_of("type") != Some("object") {
            refuse_combinators(lowering, resolved);
        }
    }
}

/// A schema whose `type` is missing or unknown.
fn report_type(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(kind) = node.string_of("type") else {
        let combines = |keyword: &&str| node.has(keyword) && !node.items_of(keyword).is_empty();
        if ["allOf", "anyOf", "oneOf"].iter().any(combines) {
            refuse_combinators(lowering, node);
            return;
        }
        let sentence = "this schema has no `type`";
        lowering.report(Rule::SchemaUnsupported, &node.at, sentence);
        return;
    };
    let at = node.at.child("type");
    let types = ["string", "integer", "number", "boolean", "array", "object"];
    let (sentence, help) = match (kind, nearest(kind, types.into_iter())) {
        ("null", _) => (
            "the type `null` is OpenAPI 3.1, and the document is OpenAPI 3.0".to_owned(),
            "leave a member that may be absent out of `required`".to_owned(),
        ),
        (_, Some(likely)) => (
            format!("there is no type `{kind}`"),
            format!("did you mean `{likely}`?"),
        ),
        (_, None) => (
            format!("there is no type `{kind}`"),
            format!("use one of {}", types.join(", ")),
        ),
    };
    let problem = Problem::at_value(Rule::SchemaUnsupported, &at, sentence);
    lowering.add(problem.with_help(help));
}

/// The type of an array's items. What they must satisfy becomes a part of the array's constraints.
fn lower_items<'a>(
    lowering: &mut Lowering<'a>,
    array: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
    constraints: &mut Constraints,
) -> Option<Type> {
    let Some(items) = array.get("items") else {
        let problem = Problem::at(Rule::SchemaUnsupported, &array.at, "an array needs `items`");
        lowering.add(problem.with_help("write `items:` with the schema of one item below it"));
        return None;
    };
    let resolved = lowering.resolve(items.clone());
    keywords::refuse_default(lowering, &resolved);
    let item = lower_use(lowering, &items, &format!("{name}Item"), hoisted)?;
    let of_items = item.constraints.or(constraints.invalid_code.as_ref());
    constraints.items = Some(Box::new(of_items));
    Some(item.ty)
}

/// A schema with a name of its own.
fn named<'a>(lowering: &mut Lowering<'a>, node: &Node<'a>, name: &str, shape: Shape) -> Schema {
    let of = format!("`{name}`");
    let docs = lowering.required_string(node, "description", Rule::DescriptionMissing, &of);
    Schema {
        name: name.to_owned(),
        rust: names::type_name(name),
        docs: with_deprecation(with_inference(&docs.unwrap_or_default(), node), node),
        shape,
        invalid_code: node.string_of(constraints::INVALID_CODE).map(str::to_owned),
        at: node.at.clone(),
    }
}
