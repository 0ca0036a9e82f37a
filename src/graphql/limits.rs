//! What a document may ask for: characters, tokens, nesting, aliases, directives, cost.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{
        ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};

use crate::{
    actor::Actor,
    page::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX},
    words::Message,
};

/// Characters of a document.
pub const QUERY_CHARS_MAX: usize = 16 * 1024;
/// Tokens of a document.
pub const TOKENS_MAX: usize = 1_000;
/// Levels of nesting; fewer would also refuse the standard introspection query.
pub const DEPTH_MAX: usize = 16;
/// Brackets within brackets, counted before parsing so that the parser's stack is safe.
const NESTING_MAX: usize = 64;
/// Directives of a document.
const DIRECTIVES_MAX: usize = 50;
/// Aliases of a document, for residents and for staff.
const ALIASES_MAX: (usize, usize) = (15, 30);
/// Points that one operation may cost, for residents and for staff.
const COST_MAX: (usize, usize) = (1_000, 5_000);
/// What a search and a mutation cost beside their objects.
const SEARCH_COST: usize = 10;
const MUTATION_COST: usize = 10;
/// Fields that a document may expand to through its fragments.
const VISITS_MAX: usize = 10_000;

/// A limit that was passed: the error code and the message.
pub type Refusal = (&'static str, Message);

/// Refuses a text that should not even be parsed.
pub fn check_text(query: &str) -> Result<(), Refusal> {
    if query.chars().count() > QUERY_CHARS_MAX {
        let message = Message::new("query-too-long").with("max", QUERY_CHARS_MAX);
        return Err(("TOO_COMPLEX", message));
    }
    let (tokens, nesting) = count_tokens(query);
    if tokens > TOKENS_MAX {
        return Err(("TOO_COMPLEX", Message::new("too-many-tokens").with("max", TOKENS_MAX)));
    }
    if nesting > NESTING_MAX {
        return Err(("TOO_COMPLEX", Message::new("too-deep").with("max", DEPTH_MAX)));
    }
    Ok(())
}

/// Tokens and the deepest nesting of brackets, as the GraphQL grammar sees them.
fn count_tokens(query: &str) -> (usize, usize) {
    let (mut tokens, mut nesting, mut deepest) = (0, 0_usize, 0);
    let mut chars = query.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '#' => while chars.next_if(|c| *c != '\n').is_some() {},
            '"' => {
                tokens += 1;
                let mut escaped = false;
                while let Some(c) = chars.next_if(|c| escaped || (*c != '"' && *c != '\n')) {
                    escaped = c == '\\' && !escaped;
                }
                chars.next_if_eq(&'"');
            }
            c if c.is_alphanumeric() || c == '_' => {
                tokens += 1;
                while chars.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {}
            }
            c if c.is_whitespace() || c == ',' => {}
            c => {
                tokens += 1;
                match c {
                    '{' | '[' | '(' => nesting += 1,
                    '}' | ']' | ')' => nesting = nesting.saturating_sub(1),
                    _ => {}
                }
                deepest = deepest.max(nesting);
            }
        }
    }
    (tokens, deepest)
}

/// What an operation costs, and what is available to the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Points of the operation: one for each object that it may return.
    pub requested: usize,
    /// Points available for one operation.
    pub available: usize,
}

/// Refuses a document that asks for too much of the actor.
pub fn check_document(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    actor: &Actor,
) -> Result<Cost, Refusal> {
    let pick = |(resident, staff)| match actor {
        Actor::Staff(_) | Actor::System => staff,
        Actor::Anyone | Actor::Resident(_) => resident,
    };
    let mut walk = Walk {
        fragments: &document.fragments,
        variables,
        defaults: operation
            .variable_definitions
            .iter()
            .filter_map(|definition| {
                let default = definition.node.default_value.as_ref()?;
                Some((&definition.node.name.node, default.node.clone()))
            })
            .collect(),
        aliases: 0,
        directives: operation.directives.len(),
        visits: 0,
    };
    let base = match operation.ty {
        OperationType::Mutation => MUTATION_COST,
        _ => 0,
    };
    let requested = walk.cost_of(&operation.selection_set.node, 0)?.saturating_add(base);
    let (aliases_max, available) = (pick(ALIASES_MAX), pick(COST_MAX));
    if walk.aliases > aliases_max {
        return Err(("TOO_COMPLEX", Message::new("too-many-aliases").with("max", aliases_max)));
    }
    if walk.directives > DIRECTIVES_MAX {
        let message = Message::new("too-many-directives").with("max", DIRECTIVES_MAX);
        return Err(("TOO_COMPLEX", message));
    }
    if requested > available {
        let message = Message::new("too-complex").with("cost", requested).with("max", available);
        return Err(("TOO_COMPLEX", message));
    }
    Ok(Cost { requested, available })
}

struct Walk<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    variables: &'a Variables,
    defaults: HashMap<&'a Name, Value>,
    aliases: usize,
    directives: usize,
    visits: usize,
}

impl<'a> Walk<'a> {
    /// One point for each object, times the size of the pages around it.
    fn cost_of(&mut self, set: &'a SelectionSet, depth: usize) -> Result<usize, Refusal> {
        if depth > DEPTH_MAX {
            return Err(("TOO_COMPLEX", Message::new("too-deep").with("max", DEPTH_MAX)));
        }
        let mut cost = 0_usize;
        for selection in &set.items {
            self.visits += 1;
            if self.visits > VISITS_MAX {
                let message = Message::new("too-many-tokens").with("max", TOKENS_MAX);
                return Err(("TOO_COMPLEX", message));
            }
            let part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, depth)?,
                Selection::InlineFragment(fragment) => {
                    self.directives += fragment.node.directives.len();
                    self.cost_of(&fragment.node.selection_set.node, depth)?
                }
                Selection::FragmentSpread(spread) => {
                    self.directives += spread.node.directives.len();
                    match self.fragments.get(&spread.node.fragment_name.node) {
                        // A fragment within itself ends here by the limit of depth; validation
                        // names the mistake when the document is shallow enough.
                        Some(fragment) => {
                            self.cost_of(&fragment.node.selection_set.node, depth + 1)?
                        }
                        None => 0,
                    }
                }
            };
            cost = cost.saturating_add(part);
        }
        Ok(cost)
    }

    fn field(&mut self, field: &'a Field, depth: usize) -> Result<usize, Refusal> {
        self.aliases += usize::from(field.alias.is_some());
        self.directives += field.directives.len();
        let name = field.name.node.as_str();
        let base = if name == "search" { SEARCH_COST } else { 0 };
        let set = &field.selection_set.node;
        // Introspection is bounded by the schema, not by the data.
        if set.items.is_empty() || name.starts_with("__") {
            if !set.items.is_empty() {
                self.cost_of(set, depth + 1)?;
            }
            return Ok(base);
        }
        let inner = self.cost_of(set, depth + 1)?;
        let objects = inner.saturating_add(1).saturating_mul(self.page_size(field));
        Ok(objects.saturating_add(base))
    }

    /// How many objects a field may return: what `first` asks for, clamped; the default for a
    /// connection that does not say; otherwise one.
    fn page_size(&self, field: &Field) -> usize {
        let ids = field.get_argument("ids").map(|value| self.resolve(&value.node));
        if let Some(Value::List(ids)) = ids {
            return ids.len().clamp(1, PAGE_SIZE_MAX);
        }
        match field.get_argument("first").map(|value| self.resolve(&value.node)) {
            Some(Value::Number(first)) => {
                let first = first.as_i64().unwrap_or(0).clamp(1, PAGE_SIZE_MAX as i64);
                usize::try_from(first).unwrap_or(PAGE_SIZE_MAX)
            }
            _ if is_connection(field) => PAGE_SIZE_DEFAULT,
            _ => 1,
        }
    }

    fn resolve(&self, value: &async_graphql_value::Value) -> Value {
        match value {
            async_graphql_value::Value::Variable(name) => {
                let given = self.variables.get(name).or_else(|| self.defaults.get(name));
                given.cloned().unwrap_or_default()
            }
            other => other.clone().into_const().unwrap_or_default(),
        }
    }
}

fn is_connection(field: &Field) -> bool {
    field.selection_set.node.items.iter().any(|selection| {
        matches!(&selection.node, Selection::Field(inner)
            if inner.node.name.node == "nodes" || inner.node.name.node == "edges")
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::actor::{Role, Staff};

    fn cost_for(query: &str, actor: &Actor) -> Result<Cost, Refusal> {
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        check_document(&document, &operation.node, &Variables::default(), actor)
    }

    fn cost(query: &str) -> Result<Cost, Refusal> {
        cost_for(query, &Actor::Anyone)
    }

    #[test]
    fn a_page_costs_its_size_times_what_stands_in_it() {
        assert_eq!(cost("{ units { nodes { code } } }").unwrap().requested, 40);
        assert_eq!(cost("{ units(first: 5) { nodes { code } } }").unwrap().requested, 10);
        assert_eq!(
            cost("query($n: Int = 3) { units(first: $n) { nodes { code } } }").unwrap().requested,
            6
        );
    }

    #[test]
    fn a_negative_or_huge_page_is_clamped_and_never_overflows() {
        assert_eq!(cost("{ units(first: -1) { nodes { code } } }").unwrap().requested, 2);
        let huge = "{ a(first: 999999999999) { b(first: 100) { c(first: 100) { d } } } }";
        assert_eq!(cost(huge).unwrap_err().0, "TOO_COMPLEX");
    }

    #[test]
    fn staff_have_more_points_and_aliases_than_residents() {
        let staff = Actor::Staff(Staff { name: "s".into(), role: Role::Editor, unit: None });
        let wide = "{ units(first: 100) { nodes { cards(first: 20) { nodes { slug } } } } }";
        assert!(cost(wide).is_err());
        assert_eq!(cost_for(wide, &staff).unwrap().available, 5_000);
        let aliases: String = (0..16).map(|i| format!("a{i}: x ")).collect();
        let aliased = format!("{{ {aliases} }}");
        assert!(cost(&aliased).is_err());
        assert!(cost_for(&aliased, &staff).is_ok());
    }

    #[test]
    fn a_fragment_within_itself_ends() {
        let query = "{ ...a } fragment a on Query { x { ...a } }";
        assert_eq!(cost(query).unwrap_err().0, "TOO_COMPLEX");
    }

    #[test]
    fn fragments_that_double_each_other_end() {
        let mut query = "{ ...f0 }".to_owned();
        for i in 0..15 {
            query += &format!(" fragment f{i} on Query {{ ...f{} ...f{} }}", i + 1, i + 1);
        }
        query += " fragment f15 on Query { x }";
        assert!(cost(&query).is_err());
    }

    #[test]
    fn tokens_and_brackets_are_counted_before_parsing() {
        assert_eq!(count_tokens("{ a(b: \"x { \\\" y\") # {{{\n }"), (8, 2));
        assert!(check_text(&"{a".repeat(100)).is_err());
        assert!(check_text(&"a ".repeat(1_001)).is_err());
        assert!(check_text(&"a".repeat(20_000)).is_err());
        assert!(check_text("{ search(query: \"jak\") { totalCount } }").is_ok());
    }
}
