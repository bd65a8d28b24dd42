//! How each operation raises each of its error codes: by a check of the request, a fault, or its handler.
//!
//! Plain data, derived from what a generated server checks. The codes of an operation are those that are raised
//! here in some way. Says nothing in words; `report` does.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Choice, ChoiceKind, Constraints, Contract, ErrorCode, Location, Operation, Range, Schema, Schemas, Shape,
    Type,
};
use crate::faults::{AROUND, CREDENTIALS, FAULTS, FORBIDDEN, INVALID, MISSING, ONE_OF, TOO_LONG, TOO_SHORT};
use crate::format::Format;

/// An error code of an operation, and every way in which the operation raises it.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised<'c> {
    /// The code.
    pub code: &'c str,
    /// How it is raised: checks in order of evaluation, then faults, then the handler.
    pub ways: Vec<Way<'c>>,
}

/// A way in which an operation raises a code.
#[derive(Clone, Debug, PartialEq)]
pub enum Way<'c> {
    /// A check of the request fails.
    Check(Check<'c>),
    /// A fault, by its name in the document.
    Fault(&'c str),
    /// The handler decides it.
    Handler,
}

/// A constraint of a value in the request.
#[derive(Clone, Debug, PartialEq)]
pub struct Check<'c> {
    /// Where the value is; nothing for the body.
    pub location: Option<Location>,
    /// The name of the parameter, or the path of the member, as in `Messages[].To`. Empty for the whole body.
    pub name: String,
    /// What the value must satisfy.
    pub constraint: Constraint<'c>,
}

/// What a value must satisfy.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint<'c> {
    /// It is there.
    Present,
    /// Of several alternatives, at least one is there.
    AnyOf(&'c [Vec<String>]),
    /// Of several alternatives, not more than one is there.
    NotBoth(&'c [Vec<String>]),
    /// It has this JSON type.
    Type(&'static str),
    /// It is one of the values of the enum of this name.
    Values(&'c str),
    /// It has at least so many characters or items.
    AtLeast(usize, &'static str),
    /// It has at most so many characters or items.
    AtMost(usize, &'static str),
    /// It has a format, which is described by the end of "It is …".
    Format(&'static str),
    /// It matches a pattern.
    Pattern(&'c str),
    /// It is within a range.
    Range(Range),
    /// No two items are equal.
    Unique,
    /// It is there once; of a body, each of its members.
    Once,
}

/// What the codes of all operations are derived from.
#[derive(Clone, Copy)]
pub struct Sources<'c> {
    /// The objects, arrays and enums.
    pub schemas: &'c Schemas,
    /// The error codes, in the order of the document.
    pub error_codes: &'c [ErrorCode],
    /// The code of each fault and each violation, by its name.
    pub faults: &'c [(String, String)],
}

impl<'c> From<&'c Contract> for Sources<'c> {
    fn from(contract: &'c Contract) -> Self {
        Self {
            schemas: &contract.schemas,
            error_codes: &contract.error_codes,
            faults: &contract.faults,
        }
    }
}

impl<'c> Sources<'c> {
    fn schema(self, name: &str) -> Option<&'c Schema> {
        self.schemas.named(name)
    }

    fn code_of(self, name: &str) -> Option<&'c str> {
        let mut faults = self.faults.iter();
        faults
            .find(|(known, _)| known == name)
            .map(|(_, code)| code.as_str())
    }
}

/// How an operation raises its codes, in the order of the error codes.
#[must_use]
pub fn raised<'c>(sources: Sources<'c>, operation: &'c Operation) -> Vec<Raised<'c>> {
    let mut found = Found {
        sources,
        ways: Vec::new(),
    };
    for parameter in &operation.parameters {
        let place = Place {
            location: Some(parameter.location),
            name: parameter.name.clone(),
        };
        // A path without the parameter is another path.
        if parameter.required && parameter.location != Location::Path {
            found.check(&place, None, MISSING, Constraint::Present);
        }
        // An array goes on under a repeated key.
        if parameter.location != Location::Path && !matches!(parameter.ty, Type::Array(_)) {
            found.check(&place, None, INVALID, Constraint::Once);
        }
        let constraints = &parameter.constraints;
        found.value(&place, &parameter.ty, constraints, None, &BTreeSet::new());
    }
    if let Some(body) = &operation.body
        && let Some(schema) = sources.schema(&body.schema)
    {
        let place = Place {
            location: None,
            name: String::new(),
        };
        if body.required {
            found.check(&place, None, MISSING, Constraint::Present);
        }
        found.check(&place, None, INVALID, Constraint::Once);
        found.schema(&place, schema, schema.invalid_code.as_deref(), &BTreeSet::new());
    }
    for name in FAULTS.iter().map(|fault| fault.name) {
        if AROUND.contains(&name) {
            continue;
        }
        if (operation.secured || ![CREDENTIALS, FORBIDDEN].contains(&name))
            && let Some(code) = sources.code_of(name)
        {
            found.ways.push((code, Way::Fault(name)));
        }
    }
    for code in &operation.raises {
        found.ways.push((code, Way::Handler));
    }
    let mut ways: BTreeMap<&str, Vec<Way<'c>>> = BTreeMap::new();
    for (code, way) in found.ways {
        ways.entry(code).or_default().push(way);
    }
    let codes = sources.error_codes.iter().map(|known| known.code.as_str());
    codes
        .filter_map(|code| ways.remove(code).map(|ways| Raised { code, ways }))
        .collect()
}

/// The faults of layers around all operations that have a code.
pub fn around<'c>(contract: &'c Contract, code: &str) -> impl Iterator<Item = &'c str> {
    let faults = contract.faults.iter();
    faults
        .filter(move |(name, of)| of == code && AROUND.contains(&name.as_str()))
        .map(|(name, _)| name.as_str())
}

/// Where a value is in a request.
struct Place {
    location: Option<Location>,
    name: String,
}

impl Place {
    fn item(&self) -> Self {
        Self {
            location: self.location,
            name: format!("{}[]", self.name),
        }
    }

    fn member(&self, member: &str) -> Self {
        let name = if self.name.is_empty() {
            member.to_owned()
        } else {
            format!("{}.{member}", self.name)
        };
        Self {
            location: self.location,
            name,
        }
    }
}

/// What a value must satisfy beyond its type, in order of evaluation, each with the violation that it is otherwise.
/// Lengths are those of characters or of items.
pub fn constraints_of<'c>(
    constraints: &'c Constraints,
    unit: &'static str,
) -> impl Iterator<Item = (&'static str, Constraint<'c>)> {
    let least = constraints.minimum_length.map(|least| {
        let constraint = Constraint::AtLeast(least, counted(least, unit));
        (TOO_SHORT, constraint)
    });
    let most = constraints.maximum_length.map(|most| {
        let constraint = Constraint::AtMost(most, counted(most, unit));
        (TOO_LONG, constraint)
    });
    let format = constraints
        .format
        .and_then(Format::expected)
        .map(Constraint::Format);
    let pattern = constraints.pattern.as_deref().map(Constraint::Pattern);
    let range = constraints.range.map(Constraint::Range);
    let unique = constraints.unique.then_some(Constraint::Unique);
    let invalid = [format, pattern, range, unique];
    let invalid = invalid
        .into_iter()
        .flatten()
        .map(|constraint| (INVALID, constraint));
    least.into_iter().chain(most).chain(invalid)
}

/// The noun of so many characters or items.
fn counted(number: usize, unit: &'static str) -> &'static str {
    match (number, unit) {
        (1, "items") => "item",
        (1, _) => "character",
        _ => unit,
    }
}

struct Found<'c> {
    sources: Sources<'c>,
    /// Every way that was found, each with its code.
    ways: Vec<(&'c str, Way<'c>)>,
}

impl<'c> Found<'c> {
    /// A check that raises a code of its own, or else that of the violation.
    fn check(&mut self, at: &Place, own: Option<&'c str>, violation: &str, constraint: Constraint<'c>) {
        if let Some(code) = own.or_else(|| self.sources.code_of(violation)) {
            let way = Way::Check(Check {
                location: at.location,
                name: at.name.clone(),
                constraint,
            });
            self.ways.push((code, way));
        }
    }

    /// The code of an array replaces those of its items. `within` has the names of the schemas that hold this
    /// value, so that one that holds itself ends.
    fn value(
        &mut self,
        at: &Place,
        ty: &'c Type,
        constraints: &'c Constraints,
        inherited: Option<&'c str>,
        within: &BTreeSet<&'c str>,
    ) {
        let own = inherited.or(constraints.invalid_code.as_deref());
        let name = match ty {
            Type::Any => return,
            Type::Named(name) => {
                if let Some(schema) = self.sources.schema(name) {
                    self.schema(at, schema, own, within);
                }
                return;
            }
            Type::String => "string",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::Boolean => "boolean",
            Type::Array(_) => "array",
            Type::Map(_) => "object",
        };
        // A parameter that is an array is one string, whatever its items are.
        if name != "array" || at.location.is_none() {
            self.check(at, own, INVALID, Constraint::Type(name));
        }
        let unit = if name == "array" { "items" } else { "characters" };
        self.constraints(at, own, constraints, unit);
        self.items(at, ty, constraints, own, within);
    }

    /// The items of an array, or the values of a map.
    fn items(
        &mut self,
        at: &Place,
        ty: &'c Type,
        constraints: &'c Constraints,
        own: Option<&'c str>,
        within: &BTreeSet<&'c str>,
    ) {
        let of_item = constraints.items.as_deref();
        match (ty, of_item) {
            (Type::Array(item), Some(of_item)) => self.value(&at.item(), item, of_item, own, within),
            (Type::Map(value), Some(of_value)) => self.value(&at.member("*"), value, of_value, own, within),
            _ => {}
        }
    }

    fn constraints(
        &mut self,
        at: &Place,
        own: Option<&'c str>,
        constraints: &'c Constraints,
        unit: &'static str,
    ) {
        for (violation, constraint) in constraints_of(constraints, unit) {
            self.check(at, own, violation, constraint);
        }
    }

    /// A value with a schema of its own; the code replaces that of the schema.
    fn schema(&mut self, at: &Place, schema: &'c Schema, own: Option<&'c str>, within: &BTreeSet<&'c str>) {
        if within.contains(schema.name.as_str()) {
            return;
        }
        let mut within = within.clone();
        within.insert(&schema.name);
        match &schema.shape {
            Shape::Enum(_) => self.check(at, own, INVALID, Constraint::Values(&schema.name)),
            Shape::Array(list) => {
                self.check(at, own, INVALID, Constraint::Type("array"));
                self.constraints(at, own, &list.constraints, "items");
                self.items(at, &list.ty, &list.constraints, own, &within);
            }
            Shape::Map(map) => {
                self.check(at, own, INVALID, Constraint::Type("object"));
                self.items(at, &map.ty, &map.constraints, own, &within);
            }
            Shape::Object(object) => {
                self.check(at, own, INVALID, Constraint::Type("object"));
                for choice in &object.choices {
                    self.choice(at, choice);
                }
                for member in &object.members {
                    let at = at.member(&member.name);
                    if member.required {
                        self.check(&at, None, MISSING, Constraint::Present);
                    }
                    self.value(&at, &member.ty, &member.constraints, None, &within);
                }
            }
        }
    }

    fn choice(&mut self, at: &Place, choice: &'c Choice) {
        self.check(at, None, ONE_OF, Constraint::AnyOf(&choice.alternatives));
        if choice.kind == ChoiceKind::OneOf {
            self.check(at, None, INVALID, Constraint::NotBoth(&choice.alternatives));
        }
    }
}
