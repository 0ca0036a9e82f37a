//! What a parsed document may ask for: its aliases and directives, and what it costs.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{
        Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition,
        OperationType, Selection, SelectionSet, VariableDefinition,
    },
};

use crate::{
    actor::Actor,
    graphql::limits::{DEPTH_MAX, Refusal, TOKENS_MAX},
    page::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX},
    words::Message,
};

/// The directives of operations.
const DIRECTIVES: &[&str] = &["include", "skip"];
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
/// What lists count for whose size is not said by `first` or `ids`. Known by the name of the field,
/// so that no fragment hides them; a test holds that every list of nodes is here. `related` leads
/// from card to card, so that its levels multiply.
const LISTS: &[(&str, usize)] = &[
    ("accessTokens", PAGE_SIZE_DEFAULT),
    ("accounts", PAGE_SIZE_DEFAULT),
    ("affectedPersons", PAGE_SIZE_DEFAULT),
    ("answerTemplates", PAGE_SIZE_DEFAULT),
    ("articles", PAGE_SIZE_DEFAULT),
    ("auditLog", PAGE_SIZE_DEFAULT),
    ("bestBets", PAGE_SIZE_DEFAULT),
    ("byCategory", 14),
    ("byChannel", 6),
    ("byDistrict", 18),
    ("byMonth", 120),
    ("byOutcome", 11),
    ("byResolutionTime", 6),
    ("byUnit", 40),
    ("cardFreshness", PAGE_SIZE_DEFAULT),
    ("cards", PAGE_SIZE_DEFAULT),
    ("deletions", PAGE_SIZE_DEFAULT),
    ("districts", 18),
    ("forms", PAGE_SIZE_DEFAULT),
    ("knowledgeGaps", PAGE_SIZE_DEFAULT),
    ("myAccessTokens", 100),
    ("myReports", PAGE_SIZE_DEFAULT),
    ("mySessions", 20),
    ("myTimeline", PAGE_SIZE_DEFAULT),
    ("onlineForms", 5),
    ("proposals", PAGE_SIZE_DEFAULT),
    ("related", 10),
    ("reportCategories", 40),
    ("reportQueue", PAGE_SIZE_DEFAULT),
    ("reports", PAGE_SIZE_DEFAULT),
    ("retention", 12),
    ("routingRules", PAGE_SIZE_DEFAULT),
    ("search", PAGE_SIZE_DEFAULT),
    ("searchInsights", PAGE_SIZE_DEFAULT),
    ("searchReports", PAGE_SIZE_DEFAULT),
    ("serviceCards", PAGE_SIZE_DEFAULT),
    ("sessions", 20),
    ("signInOptions", 12),
    ("similarReports", 10),
    ("synonyms", PAGE_SIZE_DEFAULT),
    ("units", PAGE_SIZE_DEFAULT),
    ("versions", 100),
];
/// Lists of the schema that lead from type to type; each level of them multiplies the answer.
const SCHEMA_LISTS: &[&str] = &["fields", "inputFields", "interfaces", "possibleTypes"];
/// Levels of such lists, as graphql-js allows them.
const SCHEMA_LISTS_MAX: usize = 2;

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
        Actor::Anyone | Actor::Resident(_) | Actor::Client(_) => resident,
    };
    let mut walk = Walk::new(&document.fragments, variables);
    let mut requested = 0;
    // All operations, not only the one that is asked for: validation goes through all of them.
    for (_, any) in document.operations.iter() {
        let cost = walk.operation(&any.node)?;
        if std::ptr::eq(&any.node, operation) {
            requested = cost;
        }
    }
    let (aliases_max, available) = (pick(ALIASES_MAX), pick(COST_MAX));
    if walk.aliases > aliases_max {
        return Err(("TOO_COMPLEX", Message::new("too-many-aliases").with("max", aliases_max)));
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
    /// What each root field costs beside its objects.
    root_cost: usize,
    /// The fragments around the present place, so that one within itself comes to an end.
    open: Vec<&'a Name>,
    /// The lists of the schema around the present place, when that is in an introspection.
    schema_lists: Option<usize>,
}

impl<'a> Walk<'a> {
    fn new(
        fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
        variables: &'a Variables,
    ) -> Self {
        Self {
            fragments,
            variables,
            defaults: HashMap::new(),
            aliases: 0,
            directives: 0,
            visits: 0,
            root_cost: 0,
            open: Vec::new(),
            schema_lists: None,
        }
    }

    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<usize, Refusal> {
        let definitions = operation.variable_definitions.iter().map(|definition| &definition.node);
        let default = |definition: &'a VariableDefinition| {
            Some((&definition.name.node, definition.default_value.as_ref()?.node.clone()))
        };
        self.defaults = definitions.filter_map(default).collect();
        self.directed(&operation.directives)?;
        self.root_cost = match operation.ty {
            OperationType::Mutation => MUTATION_COST,
            _ => 0,
        };
        self.cost_of(&operation.selection_set.node, 0)
    }

    /// One point for each object, times the size of the pages around it.
    fn cost_of(&mut self, set: &'a SelectionSet, depth: usize) -> Result<usize, Refusal> {
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
                    self.directed(&fragment.node.directives)?;
                    self.cost_of(&fragment.node.selection_set.node, depth)?
                }
                Selection::FragmentSpread(spread) => {
                    self.directed(&spread.node.directives)?;
                    self.fragment(&spread.node.fragment_name.node, depth)?
                }
            };
            cost = cost.saturating_add(part);
        }
        Ok(cost)
    }

    /// Counts directives, and refuses what the library's validation passes over in silence: one that
    /// there is not, and the same one twice.
    fn directed(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        self.directives += directives.len();
        if self.directives > DIRECTIVES_MAX {
            let message = Message::new("too-many-directives").with("max", DIRECTIVES_MAX);
            return Err(("TOO_COMPLEX", message));
        }
        let names: Vec<&str> =
            directives.iter().map(|directive| directive.node.name.node.as_str()).collect();
        for (at, name) in names.iter().enumerate() {
            if !DIRECTIVES.contains(name) || names[..at].contains(name) {
                let message = Message::new("unknown-directive").with("name", name);
                return Err(("GRAPHQL_VALIDATION_FAILED", message));
            }
        }
        Ok(())
    }

    /// A fragment that is unknown or within itself costs nothing: validation names the mistake.
    fn fragment(&mut self, name: &'a Name, depth: usize) -> Result<usize, Refusal> {
        let Some(fragment) = self.fragments.get(name).filter(|_| !self.open.contains(&name)) else {
            return Ok(0);
        };
        self.open.push(name);
        let cost = self.cost_of(&fragment.node.selection_set.node, depth);
        self.open.pop();
        cost
    }

    fn field(&mut self, field: &'a Field, depth: usize) -> Result<usize, Refusal> {
        if depth >= DEPTH_MAX {
            return Err(("TOO_COMPLEX", Message::new("too-deep").with("max", DEPTH_MAX)));
        }
        self.aliases += usize::from(field.alias.is_some());
        self.directed(&field.directives)?;
        let name = field.name.node.as_str();
        let root = if depth == 0 { self.root_cost } else { 0 };
        let base = if name == "search" { SEARCH_COST } else { root };
        let set = &field.selection_set.node;
        if set.items.is_empty() {
            return Ok(base);
        }
        if self.schema_lists.is_some() || name.starts_with("__") {
            self.introspection(name, set, depth)?;
            return Ok(base);
        }
        let inner = self.cost_of(set, depth + 1)?;
        let objects = inner.saturating_add(1).saturating_mul(self.page_size(field));
        Ok(objects.saturating_add(base))
    }

    /// Introspection costs nothing, but types lead to types: without a limit of its own a short
    /// query would ask for the schema to the power of its depth.
    fn introspection(
        &mut self,
        name: &str,
        set: &'a SelectionSet,
        depth: usize,
    ) -> Result<(), Refusal> {
        let around = self.schema_lists;
        let lists = around.unwrap_or(0) + usize::from(SCHEMA_LISTS.contains(&name));
        if lists > SCHEMA_LISTS_MAX {
            let message = Message::new("schema-too-deep").with("max", SCHEMA_LISTS_MAX);
            return Err(("TOO_COMPLEX", message));
        }
        self.schema_lists = Some(lists);
        self.cost_of(set, depth + 1)?;
        self.schema_lists = around;
        Ok(())
    }

    /// How many objects a field may return: what `ids` or `first` ask for, clamped; else what is
    /// known of its name; else one.
    fn page_size(&self, field: &Field) -> usize {
        if let Some(ids) = field.get_argument("ids") {
            return self.length(&ids.node).clamp(1, PAGE_SIZE_MAX);
        }
        match field.get_argument("first").map(|value| self.resolve(&value.node)) {
            Some(Value::Number(first)) => {
                let first = first.as_i64().unwrap_or(0).clamp(1, PAGE_SIZE_MAX as i64);
                usize::try_from(first).unwrap_or(PAGE_SIZE_MAX)
            }
            _ => {
                let list = LISTS.iter().find(|(name, _)| field.name.node == *name);
                list.map_or(1, |(_, size)| *size)
            }
        }
    }

    /// The number of items, also of a list that holds variables.
    fn length(&self, list: &async_graphql_value::Value) -> usize {
        if let async_graphql_value::Value::List(items) = list {
            return items.len();
        }
        match self.resolve(list) {
            Value::List(items) => items.len(),
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

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::actor::{Role, Staff};

    const TOO_DEEP: &str = "The query is nested deeper than 16 levels.";

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
        let query = "{ ...a } fragment a on Query { x { ...a ...b } } fragment b on X { ...a }";
        assert_eq!(cost(query).unwrap().requested, 1);
    }

    #[test]
    fn fragments_add_no_depth_and_hide_none() {
        let nested = |levels: usize| "a { ".repeat(levels - 1) + "a" + &" }".repeat(levels - 1);
        let spread = |levels| format!("{{ ...f }} fragment f on Query {{ {} }}", nested(levels));
        assert!(cost(&format!("{{ {} }}", nested(16))).is_ok());
        assert!(cost(&spread(16)).is_ok());
        assert_eq!(cost(&format!("{{ {} }}", nested(17))).unwrap_err().1.to_string(), TOO_DEEP);
        assert_eq!(cost(&spread(17)).unwrap_err().1.to_string(), TOO_DEEP);
    }

    #[test]
    fn lists_that_lead_from_card_to_card_multiply() {
        let query = "{ card { related { related { title } } } }";
        assert_eq!(cost(query).unwrap().requested, 111);
        assert!(cost("{ card { related { related { related { title } } } } }").is_err());
    }

    #[test]
    fn types_that_lead_to_types_are_followed_twice() {
        let types = |inner: &str| format!("{{ __schema {{ types {{ {inner} }} }} }}");
        let twice = types("fields { type { inputFields { type { name } } } }");
        assert_eq!(cost(&twice).unwrap().requested, 0);
        let thrice = types("fields { type { possibleTypes { interfaces { name } } } }");
        assert_eq!(cost(&thrice).unwrap_err().0, "TOO_COMPLEX");
        // Beside each other they do not add up, and the same names elsewhere are no introspection.
        let beside = types("fields { name } inputFields { name } interfaces { fields { name } }");
        assert!(cost(&beside).is_ok());
        assert!(cost("{ a { fields { fields { fields { name } } } } }").is_ok());
    }

    #[test]
    fn an_operation_that_is_not_asked_for_is_held_to_the_limits_too() {
        let deep = "{ a ".repeat(17) + &"}".repeat(17);
        assert!(cost(&format!("query A {{ a }} query B {deep}")).is_err());
        let both = "query A { a } query B { units { nodes { code } } }";
        let costs: Vec<usize> = {
            let document = parse_query(both).unwrap();
            let cost = |operation| {
                check_document(&document, operation, &Variables::default(), &Actor::Anyone).unwrap()
            };
            document.operations.iter().map(|(_, one)| cost(&one.node).requested).collect()
        };
        assert_eq!(costs.iter().sum::<usize>(), 40);
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
    fn neither_fragments_nor_variables_inside_a_list_hide_what_is_asked_for() {
        let hidden = "{ units { ... on UnitConnection { nodes { cards {
            ... on ServiceCardConnection { nodes { slug } } } } } } }";
        let plain = "{ units { nodes { cards { nodes { slug } } } } }";
        assert_eq!(cost(hidden), cost(plain));
        let ids =
            "query($a: ID!) { nodes(ids: [$a, $a, $a]) { id ... on Unit { parent { id } } } }";
        assert_eq!(cost(ids).unwrap().requested, 6);
    }

    #[test]
    fn each_step_of_a_mutation_costs() {
        let step = "withdrawServiceCard(input: {}) { errors { code } }";
        let one = cost(&format!("mutation {{ {step} }}")).unwrap().requested;
        let two = cost(&format!("mutation {{ a: {step} b: {step} }}")).unwrap().requested;
        assert_eq!(two, 2 * one);
    }

    #[test]
    fn every_list_of_nodes_in_the_schema_is_known_here() {
        use async_graphql::parser::{
            parse_schema,
            types::{BaseType, TypeKind, TypeSystemDefinition},
        };
        let schema = parse_schema(crate::graphql::sdl()).unwrap();
        let types: Vec<_> = schema
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(of) => Some(&of.node),
                _ => None,
            })
            .collect();
        let is_node = |name: &str| {
            types.iter().any(|of| {
                let TypeKind::Object(object) = &of.kind else { return false };
                of.name.node == name && object.implements.iter().any(|i| i.node == "Node")
            })
        };
        for of in &types {
            let TypeKind::Object(object) = &of.kind else { continue };
            // Pages count where they are asked for, not again inside.
            if of.name.node.ends_with("Connection") {
                continue;
            }
            for field in &object.fields {
                let (name, kind) = (&field.node.name.node, &field.node.ty.node.base);
                let many = match kind {
                    BaseType::Named(name) => name.ends_with("Connection"),
                    BaseType::List(item) => {
                        matches!(&item.base, BaseType::Named(name) if is_node(name))
                    }
                };
                // `nodes(ids:)` says its size itself.
                if many && name != "nodes" {
                    assert!(
                        LISTS.iter().any(|(known, _)| name == known),
                        "{}.{name} is a list of nodes without a row in LISTS",
                        of.name.node
                    );
                }
            }
        }
    }
}
