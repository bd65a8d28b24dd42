//! Documents of any size, in the forms that the real one has. Out of one template, so equal sizes give equal bytes.

/// The template. Between `#each` and `#end` is what every resource has, with its number in place of `@`.
const TEMPLATE: &str = include_str!("api.yaml");

/// How many operations a resource has.
const PER_RESOURCE: usize = 5;

/// An OpenAPI document with so many operations, which must be a multiple of five.
#[must_use]
pub fn document(operations: usize) -> String {
    assert_eq!(
        operations % PER_RESOURCE,
        0,
        "a resource has {PER_RESOURCE} operations"
    );
    let mut out = String::new();
    let mut parts = TEMPLATE.split("#each\n");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (each, rest) = part.split_once("#end\n").expect("every `#each` has an `#end`");
        for resource in 1..=operations / PER_RESOURCE {
            out.push_str(&each.replace('@', &resource.to_string()));
        }
        out.push_str(rest);
    }
    out
}

/// A document of one operation with so many problems: a schema in which every member has a misspelt key.
#[must_use]
pub fn problems(count: usize) -> String {
    let mut out = document(PER_RESOURCE);
    out.push_str(
        "    Wide:\n      type: object\n      description: A schema with many members.\n      properties:\n",
    );
    for number in 0..count {
        out.push_str(&format!(
            "        M{number}: {{ type: string, descripton: A member. }}\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_document_has_as_many_operations_as_it_should() {
        for operations in [5, 25, 250] {
            let document = super::document(operations);
            assert_eq!(document.matches("operationId: ").count(), operations);
            assert!(!document.contains(['@', '\t']) && !document.contains("#end"));
        }
    }
}
