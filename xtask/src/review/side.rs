//! One of the two documents: its operations, its components, and which operation reaches which component.
//!
//! Reads any document, whatever rules it breaks. Compares nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Contract, MERGE_PATCH};
use crate::document::Node;
use crate::pointer::Pointer;

/// The methods of operations.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "patch", "options", "head", "trace",
];

/// How many references lead from one to the next before they are taken for a circle.
const MAX_REFERENCES: usize = 64;

/// A document, and what is derived from it.
pub(super) struct Side<'a> {
    /// The document.
    pub(super) root: Node<'a>,
    /// The contract, as far as there is one.
    pub(super) contract: Option<&'a Contract>,
    /// The operations in the order of the document.
    pub(super) operations: Vec<OperationNode<'a>>,
    /// Who reaches each component, by its pointer.
    reach: BTreeMap<Pointer, Reach>,
    /// The components that merge patches hold.
    patches: BTreeSet<Pointer>,
}

/// An operation of a document.
#[derive(Clone, Debug)]
pub(super) struct OperationNode<'a> {
    /// Its identifier, or its method and path where it has none.
    pub(super) name: String,
    /// The HTTP method, in small letters.
    pub(super) method: &'a str,
    /// The path.
    pub(super) path: &'a str,
    /// What is said of the path.
    pub(super) item: Node<'a>,
    /// The operation.
    pub(super) node: Node<'a>,
}

/// Who reaches a part of the document, and in which messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reach {
    /// The operations.
    pub(super) operations: BTreeSet<String>,
    /// Whether requests hold it.
    pub(super) request: bool,
    /// Whether successful responses hold it.
    pub(super) response: bool,
    /// Whether failing responses hold it.
    pub(super) failure: bool,
}

impl Reach {
    /// The reach of one operation's messages of one kind.
    pub(super) fn of(operation: &str, part: Part) -> Self {
        Self {
            operations: BTreeSet::from([operation.to_owned()]),
            request: part == Part::Request,
            response: part == Part::Response,
            failure: part == Part::Failure,
        }
    }

    /// The reach of all messages of one operation.
    pub(super) fn of_all(operation: &str) -> Self {
        Self {
            operations: BTreeSet::from([operation.to_owned()]),
            request: true,
            response: true,
            failure: true,
        }
    }

    /// Both together.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.operations.extend(other.operations.iter().cloned());
        self.request |= other.request;
        self.response |= other.response;
        self.failure |= other.failure;
        self
    }
}

/// A part of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What a caller sends.
    Request,
    /// What comes back where it succeeds.
    Response,
    /// What comes back where it fails.
    Failure,
}

impl<'a> Side<'a> {
    /// A document, and its contract as far as there is one.
    pub(super) fn new(root: Node<'a>, contract: Option<&'a Contract>) -> Self {
        let operations = operations(&root);
        let mut side = Self {
            root,
            contract,
            operations,
            reach: BTreeMap::new(),
            patches: BTreeSet::new(),
        };
        side.reach = side.find_reach();
        side.patches = side.find_patches();
        side
    }

    /// Follows a `$ref`. One that leads nowhere, or in a circle, is left as it is.
    pub(super) fn resolve(&self, node: &Node<'a>) -> Node<'a> {
        let mut found = node.clone();
        for _ in 0..MAX_REFERENCES {
            let target = found.string_of("$ref").and_then(Pointer::of_reference);
            match target.and_then(|at| self.root.find(&at)) {
                Some(target) => found = target,
                None => break,
            }
        }
        found
    }

    /// Who reaches a component; nobody if it is unused.
    pub(super) fn reach(&self, component: &Pointer) -> Reach {
        self.reach.get(component).cloned().unwrap_or_default()
    }

    /// All messages of all operations.
    pub(super) fn everything(&self) -> Reach {
        Reach {
            operations: self
                .operations
                .iter()
                .map(|operation| operation.name.clone())
                .collect(),
            request: true,
            response: true,
            failure: true,
        }
    }

    /// The components of a kind, by their names.
    pub(super) fn components(&self, kind: &str) -> Vec<(&'a str, Node<'a>)> {
        let components = self.root.get("components");
        components.map(|all| all.members_of(kind)).unwrap_or_default()
    }

    /// The schema with the table of error codes, and its name.
    pub(super) fn code_schema(&self) -> Option<(&'a str, Node<'a>)> {
        let mut schemas = self.components("schemas").into_iter();
        schemas.find(|(_, schema)| schema.has("x-error-codes"))
    }

    /// The parameters of an operation, those of its path included, each with what its reference leads to.
    pub(super) fn parameters(&self, operation: &OperationNode<'a>) -> Vec<(Node<'a>, Node<'a>)> {
        let of_path = operation.item.items_of("parameters").into_iter();
        let own = operation.node.items_of("parameters");
        let key = |node: &Node<'a>| (node.string_of("in"), node.string_of("name"));
        let own: Vec<_> = own.into_iter().map(|node| (self.resolve(&node), node)).collect();
        let shared = of_path
            .map(|node| (self.resolve(&node), node))
            .filter(|(resolved, _)| !own.iter().any(|(other, _)| key(other) == key(resolved)));
        let all = shared.chain(own.iter().cloned());
        all.map(|(resolved, node)| (node, resolved)).collect()
    }

    /// Whether a place is a member that a merge patch may clear, so that it may be null without saying so.
    pub(super) fn is_cleared(&self, at: &Pointer) -> bool {
        let object = at.parent().parent();
        let is_required = |schema: &Node<'_>| schema.strings_of("required").contains(&at.last());
        self.patches.contains(&object)
            && self
                .root
                .find(&object)
                .is_some_and(|schema| !is_required(&schema))
    }

    fn find_patches(&self) -> BTreeSet<Pointer> {
        let mut waiting = BTreeSet::new();
        for operation in &self.operations {
            let body = operation.node.get("requestBody").map(|body| self.resolve(&body));
            let content = body.and_then(|body| body.get("content")?.get(MERGE_PATCH));
            if let Some(content) = content {
                references(&content, &mut waiting);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(target) = waiting.pop_first() {
            if found.insert(target.clone())
                && let Some(component) = self.root.find(&target)
            {
                references(&component, &mut waiting);
            }
        }
        found
    }

    fn find_reach(&self) -> BTreeMap<Pointer, Reach> {
        let mut direct: BTreeMap<Pointer, BTreeSet<Pointer>> = BTreeMap::new();
        for (kind, components) in self.root.members_of("components") {
            if kind.starts_with("x-") {
                continue;
            }
            for (_, component) in components.members() {
                let mut targets = BTreeSet::new();
                references(&component, &mut targets);
                direct.insert(component.at.clone(), targets);
            }
        }
        let mut found: BTreeMap<Pointer, Reach> = BTreeMap::new();
        for operation in &self.operations {
            for (part, node) in self.parts(operation) {
                let mut waiting = BTreeSet::new();
                references(&node, &mut waiting);
                let mut seen = BTreeSet::new();
                while let Some(target) = waiting.pop_first() {
                    if !seen.insert(target.clone()) {
                        continue;
                    }
                    waiting.extend(direct.get(&target).into_iter().flatten().cloned());
                    let reach = Reach::of(&operation.name, part);
                    let known = found.entry(target).or_default();
                    *known = std::mem::take(known).and(&reach);
                }
            }
        }
        found
    }

    /// The parts of an operation that hold references.
    fn parts(&self, operation: &OperationNode<'a>) -> Vec<(Part, Node<'a>)> {
        let mut parts = Vec::new();
        for holder in [&operation.item, &operation.node] {
            parts.extend(holder.get("parameters").map(|node| (Part::Request, node)));
        }
        parts.extend(
            operation
                .node
                .get("requestBody")
                .map(|node| (Part::Request, node)),
        );
        for (status, response) in operation.node.members_of("responses") {
            parts.push((part_of(status), response));
        }
        parts
    }
}

/// Whether responses with a status are successful.
pub(super) fn part_of(status: &str) -> Part {
    if status.starts_with('2') {
        Part::Response
    } else {
        Part::Failure
    }
}

fn operations<'a>(root: &Node<'a>) -> Vec<OperationNode<'a>> {
    let mut found = Vec::new();
    for (path, item) in root.members_of("paths") {
        for (method, node) in item.members() {
            if METHODS.contains(&method) && node.value.is_object() {
                let id = node.string_of("operationId").map(str::to_owned);
                found.push(OperationNode {
                    name: id.unwrap_or_else(|| format!("{} {path}", method.to_uppercase())),
                    method,
                    path,
                    item: item.clone(),
                    node,
                });
            }
        }
    }
    found
}

/// The components that a part of the document refers to directly.
fn references(node: &Node<'_>, found: &mut BTreeSet<Pointer>) {
    if node.position.is_opaque() {
        return;
    }
    found.extend(node.string_of("$ref").and_then(Pointer::of_reference));
    for (_, child) in node.members() {
        references(&child, found);
    }
    for item in node.items() {
        references(&item, found);
    }
}
