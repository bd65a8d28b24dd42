//! Parameters, members, items and values: what each is called, what it must be, and what it is.

use super::super::html::Prose;
use crate::contract::{ChoiceKind, Collection, Constraints, EnumValue, Object, Parameter, Type};
use crate::html::escape;
use crate::raising::{Constraint, constraints_of};

/// The place of a type on the page. No operation is called like that.
pub(super) fn anchor(name: &str) -> String {
    format!("type:{}", escape(name))
}

/// Emits:
/// ```html
/// <dl class="members"><dt><code>Isbn</code> <span>path, required, a string</span></dt><dd>…</dd></dl>
/// ```
fn list(members: impl Iterator<Item = String>) -> String {
    format!("<dl class=\"members\">\n{}</dl>\n", members.collect::<String>())
}

fn member(prose: &Prose, typed: &Prose, name: &str, traits: &[String], docs: &str) -> String {
    let traits = typed.words(&traits.join(", "));
    format!(
        "<dt><code>{}</code> <span>{traits}</span></dt>\n<dd>{}</dd>\n",
        escape(name),
        prose.blocks(docs)
    )
}

pub(super) fn of_parameters(prose: &Prose, typed: &Prose, parameters: &[Parameter]) -> String {
    list(parameters.iter().map(|parameter| {
        let mut traits = vec![parameter.location.name().to_owned()];
        traits.extend(parameter.required.then(|| "required".to_owned()));
        traits.extend(value(&parameter.ty, &parameter.constraints));
        let default = parameter.default.as_ref();
        traits.extend(default.map(|default| format!("otherwise `{default}`")));
        member(prose, typed, &parameter.name, &traits, &parameter.docs)
    }))
}

pub(super) fn of_object(prose: &Prose, typed: &Prose, object: &Object) -> String {
    let members = object.members.iter().map(|known| {
        let mut traits = Vec::new();
        traits.extend(known.required.then(|| "required".to_owned()));
        traits.extend(known.nullable.then(|| "may be null".to_owned()));
        traits.extend(value(&known.ty, &known.constraints));
        member(prose, typed, &known.name, &traits, &known.docs)
    });
    let choices = object.choices.iter().map(|choice| {
        let constraint = match choice.kind {
            ChoiceKind::AnyOf => Constraint::AnyOf(&choice.alternatives).words(),
            ChoiceKind::OneOf => Constraint::AnyOf(&choice.alternatives)
                .words()
                .replacen("at least", "exactly", 1),
        };
        format!("<p>It has {}.</p>\n", prose.words(&constraint))
    });
    let further = object.open.then_some("<p>There may be more members.</p>\n");
    let members = if object.members.is_empty() {
        String::new()
    } else {
        list(members)
    };
    members + &choices.collect::<String>() + further.unwrap_or_default()
}

pub(super) fn of_collection(prose: &Prose, collection: &Collection) -> String {
    let traits = value(&collection.ty, &collection.constraints);
    format!("<p>{}.</p>\n", prose.words(&capitalized(&traits.join(", "))))
}

pub(super) fn of_enum(prose: &Prose, values: &[EnumValue]) -> String {
    let values: Vec<_> = values.iter().map(|known| format!("`{}`", known.value)).collect();
    format!("<p class=\"values\">{}</p>\n", prose.words(&values.join(" ")))
}

/// What a value must be: its type, then its constraints.
fn value(ty: &Type, constraints: &Constraints) -> Vec<String> {
    let unit = if matches!(ty, Type::Array(_)) {
        "items"
    } else {
        "characters"
    };
    let expected = constraints.expected.clone();
    let has_expected = expected.is_some();
    let own = constraints_of(constraints, unit)
        .filter(move |(_, constraint)| !(has_expected && matches!(constraint, Constraint::Pattern(_))));
    let own = own.map(|(_, constraint)| constraint.words());
    std::iter::once(type_words(ty, constraints.items.as_deref()))
        .chain(expected)
        .chain(own)
        .collect()
}

fn type_words(ty: &Type, items: Option<&Constraints>) -> String {
    let item = |item: &Type| match items {
        Some(items) => value(item, items).join(", "),
        None => type_words(item, None),
    };
    match ty {
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Any => "anything".to_owned(),
        Type::Array(inner) => format!("array of {}", item(inner)),
        Type::Map(inner) => format!("object with values of {}", item(inner)),
        Type::Named(name) => format!("`{name}`"),
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
