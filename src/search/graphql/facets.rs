//! How hits spread over kinds, areas, units, life events.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    cards,
    graphql::{ContextExt, Nullable},
    words,
};

/// How the hits spread over the values of a field. The counts are of everything that was found,
/// under the filter that was given.
#[derive(Clone, SimpleObject)]
pub struct Facet {
    /// The field: `kind`, `area`, `unit`, `lifeEvent` or `online`.
    field: &'static str,
    /// Its values, most frequent first.
    values: Vec<FacetValue>,
}

/// A value and how many hits have it.
#[derive(Clone)]
pub struct FacetValue {
    field: &'static str,
    value: String,
    count: usize,
}

/// A value of a facet.
#[Object]
impl FacetValue {
    /// The code, as `SearchFilter` takes it; of `online` it is `yes` or `no`.
    fn value(&self) -> &str {
        &self.value
    }

    /// The name in the reader's language.
    async fn label(&self, ctx: &Context<'_>) -> Nullable<String> {
        let (lang, value) = (ctx.lang(), self.value.as_str());
        let label = match self.field {
            "unit" => match ctx.unit(value).await? {
                Ok(unit) => unit.0.content.name_in(lang).to_owned(),
                Err(error) => return Some(Err(error)),
            },
            "lifeEvent" => cards::life_event_label(value, lang)?,
            "kind" => words::label(lang, "search-kind", value),
            field => words::label(lang, field, value),
        };
        Some(Ok(label))
    }

    /// How many of the hits have it.
    fn count(&self) -> usize {
        self.count
    }
}

/// The families of tags, in the order in which they are shown, and their fields.
const FIELDS: [(&str, &str); 5] = [
    ("kind", "kind"),
    ("area", "area"),
    ("unit", "unit"),
    ("life-event", "lifeEvent"),
    ("online", "online"),
];

/// The facets of the tags that were counted.
pub(super) fn of(tags: &[(String, usize)]) -> Vec<Facet> {
    let facet = |&(family, field): &(&str, &'static str)| {
        let own = tags.iter().filter_map(|(tag, count)| {
            let value = tag.strip_prefix(family)?.strip_prefix(':')?;
            Some(FacetValue { field, value: value.to_owned(), count: *count })
        });
        let mut values: Vec<FacetValue> = own.collect();
        // Of equals in the order of their codes, as they came.
        values.sort_by_key(|value| std::cmp::Reverse(value.count));
        Facet { field, values }
    };
    FIELDS.iter().map(facet).filter(|facet| !facet.values.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_facets_with_the_most_frequent_value_first() {
        let tags = [("unit:KM", 1), ("unit:SA", 3), ("kind:ARTICLE", 2), ("life-event:birth", 1)];
        let facets = of(&tags.map(|(tag, count)| (tag.to_owned(), count)));
        let seen: Vec<_> = facets
            .iter()
            .map(|facet| {
                let values = facet.values.iter().map(|value| (value.value.as_str(), value.count));
                (facet.field, values.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("kind", vec![("ARTICLE", 2)]),
                ("unit", vec![("SA", 3), ("KM", 1)]),
                ("lifeEvent", vec![("birth", 1)]),
            ]
        );
    }
}
