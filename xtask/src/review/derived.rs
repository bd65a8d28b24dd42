//! The public items that two contracts make differently, derived from as little of them as their difference reaches.
//!
//! Deriving everything twice takes most of a review, and most of it is the same on both sides. So each contract loses
//! the operations and the schemas whose items are certainly the same:
//!
//! - What generated code is made from is the operation or the schema itself, and of the schemas that it refers to the
//!   Rust name and the kind ([`is_alike`]). A paged operation and its page are made from each other.
//! - What is kept is kept on both sides, with everything that it refers to, so what is the same has the same items.
//! - What is no operation and no schema is kept as a whole. Where the items of all operations or all schemas depend on
//!   such a thing and it differs ([`is_common`]), or where progenitor looks at all schemas ([`has_cycle`]), nothing is
//!   left out.
//!
//! Decides nothing about what changes mean.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{self, ItemChange};
use crate::contract::{Contract, Operation, Schema, Shape, Type};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{emit, progenitor};

/// The public items that differ; nothing where the base gives no crates.
///
/// # Errors
///
/// What progenitor cannot take of the head, whether or not the base has it too: all of it is tried, as it is where the
/// crates are generated.
pub(super) fn items(
    base: Option<&Contract>,
    head: &Contract,
) -> Result<Option<Vec<ItemChange>>, Vec<Problem>> {
    let Some(base) = base else {
        return progenitor::lift(head).map(|_| None);
    };
    std::thread::scope(|scope| {
        let Some([old, new]) = reduced(base, head) else {
            let old = scope.spawn(move || sources(base));
            let new = sources(head)?;
            let old = old.join().ok().and_then(Result::ok);
            return Ok(old.map(|old| items::compare(&old, &new)));
        };
        let differing = scope.spawn(move || {
            let (old, new) = (sources(&old).ok()?, sources(&new).ok()?);
            Some(items::compare(&old, &new))
        });
        progenitor::lift(head)?;
        Ok(differing.join().ok().flatten())
    })
}

fn sources(contract: &Contract) -> Result<Tree, Vec<Problem>> {
    Ok(emit::sources(contract, progenitor::lift(contract)?))
}

/// Both contracts without what their difference does not reach; nothing where that is little.
fn reduced(base: &Contract, head: &Contract) -> Option<[Contract; 2]> {
    let sides = [base, head];
    if !is_common(base, head) || sides.into_iter().any(has_cycle) {
        return None;
    }
    let mut kept = Kept::default();
    for (one, other) in [(base, head), (head, base)] {
        kept.add_differing(one, other);
    }
    while sides.into_iter().any(|side| kept.add_dependent(side)) {}
    for side in sides {
        kept.add_witnesses(side);
    }
    while sides.into_iter().any(|side| kept.add_referred(side)) {}
    // Whoever leaves a third out is faster for it, though all of the head goes through progenitor once more.
    let number = |side: &Contract| side.schemas.len() + side.operations.len();
    let is_little = (kept.schemas.len() + kept.operations.len()) * 3 <= number(base) + number(head);
    is_little.then(|| sides.map(|side| kept.of(side)))
}

/// Whether two contracts agree about what the items of many operations and schemas are made from.
fn is_common(base: &Contract, head: &Contract) -> bool {
    let is_alike = |name: &str| match (base.schema(name), head.schema(name)) {
        (Some(old), Some(new)) => is_alike(old, new),
        _ => false,
    };
    let variants = head.error_codes.iter();
    let variants: BTreeMap<_, _> = variants.map(|code| (&code.code, &code.variant)).collect();
    let mut codes = base.error_codes.iter();
    base.envelope == head.envelope
        && base.envelope.schemas().into_iter().all(is_alike)
        && codes.all(|code| {
            variants
                .get(&code.code)
                .is_none_or(|variant| **variant == code.variant)
        })
}

/// Whether an object holds one that holds it. In which of them progenitor puts a box depends on all objects that lead
/// there; where an object holds itself, there is but one place.
fn has_cycle(contract: &Contract) -> bool {
    let objects = contract.schemas.iter().filter_map(|schema| {
        let Shape::Object(object) = &schema.shape else {
            return None;
        };
        let held = object.members.iter().filter_map(|member| match &member.ty {
            Type::Named(name) if *name != schema.name => Some(name.as_str()),
            _ => None,
        });
        Some((schema.name.as_str(), held.collect()))
    });
    let mut rest: BTreeMap<&str, Vec<&str>> = objects.collect();
    loop {
        let names: BTreeSet<_> = rest.keys().copied().collect();
        rest.retain(|_, held| held.iter().any(|name| names.contains(name)));
        if rest.len() == names.len() {
            return !rest.is_empty();
        }
    }
}

/// Whether what refers to a schema is made in the same way for both.
fn is_alike(old: &Schema, new: &Schema) -> bool {
    let is_same_kind = match (&old.shape, &new.shape) {
        (Shape::Object(old), Shape::Object(new)) => {
            (old.members.is_empty(), old.open) == (new.members.is_empty(), new.open)
        }
        (Shape::Array(old), Shape::Array(new)) | (Shape::Map(old), Shape::Map(new)) => old.ty == new.ty,
        (Shape::Enum(_), Shape::Enum(_)) => true,
        _ => false,
    };
    old.rust == new.rust && is_same_kind
}

/// The schemas and the operations that are kept on both sides, by the document's names.
#[derive(Default)]
struct Kept {
    schemas: BTreeSet<String>,
    operations: BTreeSet<String>,
    /// The schemas of which another kind or another name reaches what refers to them.
    unlike: BTreeSet<String>,
}

impl Kept {
    /// Adds what the other contract lacks, or has in another form.
    fn add_differing(&mut self, one: &Contract, other: &Contract) {
        let others = other.operations.iter();
        let others: BTreeMap<_, _> = others.map(|operation| (&operation.id, operation)).collect();
        for operation in &one.operations {
            if others.get(&operation.id) != Some(&operation) {
                self.operations.insert(operation.id.clone());
            }
        }
        for schema in &one.schemas {
            let twin = other.schema(&schema.name);
            if twin != Some(schema) {
                self.schemas.insert(schema.name.clone());
            }
            if !twin.is_some_and(|twin| is_alike(schema, twin)) {
                self.unlike.insert(schema.name.clone());
            }
        }
    }

    /// Adds what has other items because of what is known already. Gives whether that is anything.
    fn add_dependent(&mut self, side: &Contract) -> bool {
        let before = self.number();
        for schema in &side.schemas {
            if of_schema(schema).any(|name| self.unlike.contains(name)) {
                self.schemas.insert(schema.name.clone());
                self.unlike.insert(schema.name.clone());
            }
        }
        for operation in &side.operations {
            let page = operation
                .success
                .schema
                .as_ref()
                .filter(|_| operation.pages.is_some());
            if of_operation(operation).any(|name| self.unlike.contains(name))
                || page.is_some_and(|page| self.schemas.contains(page))
            {
                self.operations.insert(operation.id.clone());
            }
            if let Some(page) = page.filter(|_| self.operations.contains(&operation.id)) {
                self.schemas.insert(page.clone());
            }
        }
        self.number() > before
    }

    /// Adds the first of everything that has an item only where there is any.
    fn add_witnesses(&mut self, side: &Contract) {
        let mut of = |is_witness: fn(&&Operation) -> bool| {
            let witness = side.operations.iter().find(is_witness);
            self.operations
                .extend(witness.map(|operation| operation.id.clone()));
        };
        of(|_| true);
        of(|operation| operation.pages.is_some());
        of(|operation| !operation.success.headers.is_empty());
        self.schemas.extend(side.envelope.schemas().map(str::to_owned));
    }

    /// Adds what is referred to. Gives whether that is anything.
    fn add_referred(&mut self, side: &Contract) -> bool {
        let before = self.number();
        let operations = side
            .operations
            .iter()
            .filter(|operation| self.operations.contains(&operation.id));
        let mut referred: Vec<_> = operations.flat_map(of_operation).collect();
        let schemas = side
            .schemas
            .iter()
            .filter(|schema| self.schemas.contains(&schema.name));
        referred.extend(schemas.flat_map(of_schema));
        self.schemas.extend(referred.into_iter().map(str::to_owned));
        self.number() > before
    }

    /// How much is known: grows until nothing is missing.
    fn number(&self) -> usize {
        self.schemas.len() + self.operations.len() + self.unlike.len()
    }

    /// What is kept of a contract. Examples are in no public item.
    fn of(&self, whole: &Contract) -> Contract {
        let schemas = whole
            .schemas
            .iter()
            .filter(|schema| self.schemas.contains(&schema.name));
        let operations = whole
            .operations
            .iter()
            .filter(|operation| self.operations.contains(&operation.id));
        Contract {
            schemas: schemas.cloned().collect::<Vec<_>>().into(),
            operations: operations.cloned().collect(),
            examples: Vec::new(),
            ..whole.clone()
        }
    }
}

/// The schemas that a schema refers to.
fn of_schema(schema: &Schema) -> impl Iterator<Item = &str> {
    let types: Vec<&Type> = match &schema.shape {
        Shape::Object(object) => object.members.iter().map(|member| &member.ty).collect(),
        Shape::Array(items) | Shape::Map(items) => vec![&items.ty],
        Shape::Enum(_) => Vec::new(),
    };
    types.into_iter().filter_map(Type::innermost)
}

/// The schemas that an operation refers to.
fn of_operation(operation: &Operation) -> impl Iterator<Item = &str> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter_map(|parameter| parameter.ty.innermost());
    let body = operation.body.as_ref().map(|body| body.schema.as_str());
    parameters.chain(body).chain(operation.success.schema.as_deref())
}

#[cfg(test)]
mod tests {
    use super::{items, reduced, sources};
    use crate::contract::Contract;
    use crate::document::{Document, Source};
    use crate::review::items::compare;

    const ARCHIVE: &str = include_str!("../../../tests/fixtures/good/archive.yaml");
    /// Has pages, and entries that can fail.
    const REAL: &str = include_str!("../../../openapi/fonedynamics.yaml");

    fn contract(text: String) -> Contract {
        let source = Source::new("document.yaml", text.into_bytes()).ok().unwrap();
        let document = Document::read(&source).0.ok().unwrap();
        crate::lower::lower(&document).unwrap()
    }

    /// The document before and after an edit of its text.
    fn edited(text: &str, old: &str, new: &str) -> [Contract; 2] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        [text.to_owned(), text.replace(old, new)].map(contract)
    }

    #[test]
    fn what_all_items_depend_on_hides_none_of_them() {
        let card = "    Card:\n      type: object\n      nullable: true\n      description: A card.\n      \
            required: [Until]\n      properties:\n";
        let member =
            |name: &str| format!("{card}        {name}: {{ $ref: \"#/components/schemas/{name}\" }}\n");
        let schema = |name: &str, property: &str| {
            format!(
                "    {name}:\n      type: object\n      description: A thing.\n      properties:\n        {property}\n"
            )
        };
        let named = |name: &str| format!("    {name}:\n      type: object\n");
        let renamed = |name: &str| named(name) + "      x-rust-name: Other\n";
        for (text, old, new) in [
            // The box is in that of two objects to which the first object that leads to them leads later.
            (
                ARCHIVE,
                card,
                schema("Desk", "Card: { $ref: \"#/components/schemas/Card\" }") + &member("Desk"),
            ),
            // Generated code has to write out what a type of the document is called as well.
            (
                ARCHIVE,
                card,
                schema("Option", "A: { type: integer, description: One. }") + &member("Option"),
            ),
            // Every operation lists its codes.
            (ARCHIVE, "NO_HTTP: NotHttp", "NO_HTTP: WithoutHttp".to_owned()),
            (
                ARCHIVE,
                "x-crate-prefix: archive",
                "x-crate-prefix: library".to_owned(),
            ),
            // Streams name the envelope.
            (REAL, &named("ErrorResponse"), renamed("ErrorResponse")),
        ] {
            let [base, head] = edited(text, old, &new);
            let whole = compare(&sources(&base).unwrap(), &sources(&head).unwrap());
            assert_eq!(items(Some(&base), &head).unwrap(), Some(whole), "{new}");
        }
    }

    #[test]
    fn what_progenitor_refuses_is_said_though_the_change_does_not_reach_it() {
        let sides = edited(ARCHIVE, "description: A card.", "description: A small card.");
        let [base, head] = sides.map(|mut side| {
            side.operations.last_mut().unwrap().success.schema = Some("Nowhere".to_owned());
            side
        });
        let [_, left] = reduced(&base, &head).unwrap();
        assert!(crate::progenitor::lift(&left).is_ok());
        let problems = items(Some(&base), &head).unwrap_err();
        let at = &head.operations.last().unwrap().at;
        assert_eq!(
            problems
                .into_iter()
                .map(|problem| problem.place)
                .collect::<Vec<_>>(),
            [crate::problem::Place::Key(at.clone())]
        );
    }
}
