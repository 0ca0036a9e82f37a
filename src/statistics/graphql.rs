//! How statistics are seen.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    error::Result,
    graphql::{ContextExt, Nullable},
    reports::{self, Outcome, ReportKind},
    scalars::Date,
    statistics::{
        actions::Answer,
        columns::Filter,
        rules::{Period, Question, Share},
    },
    words::{self, Lang},
};

/// A part of the reports: those of a category, a unit, a district or a channel.
#[derive(SimpleObject)]
#[graphql(name = "ReportStatisticsRow")]
struct Row {
    /// The code of the category, unit or channel, or the number of the district; null for those that
    /// were given to no unit, or lie in no known district.
    code: Option<String>,
    /// What it is called, in the reader's language.
    name: String,
    /// How many reports.
    count: u32,
    /// In whole percents of all, rounded half up.
    share: u32,
    /// How many of them were settled or are being settled, in whole percents.
    effectiveness: Option<u32>,
}

/// The reports with one outcome.
#[derive(SimpleObject)]
#[graphql(name = "ReportOutcomeRow")]
struct OutcomeRow {
    /// The outcome; null for reports that have none yet.
    code: Option<Outcome>,
    /// What the city calls it, in the reader's language.
    label: String,
    /// How many reports.
    count: u32,
    /// In whole percents of all, rounded half up.
    share: u32,
}

/// The reports that took so long until they were settled.
#[derive(SimpleObject)]
#[graphql(name = "ReportResolutionTimeRow")]
struct TimeRow {
    /// Days from the day of receipt to that of the solution: `0-7`, `8-14`, `15-21`, `22-30`, `31-60`
    /// or `61+`.
    bucket: &'static str,
    /// How many reports.
    count: u32,
    /// In whole percents of those that were settled, rounded half up.
    share: u32,
    /// The share of all that took so long or less; of their count, not a sum of rounded shares.
    cumulative_share: u32,
}

/// The reports of one month.
#[derive(SimpleObject)]
#[graphql(name = "ReportMonthRow")]
struct MonthRow {
    /// The first day of the month, also when the period begins later.
    month: Date,
    /// How many reports of the period.
    count: u32,
    /// In whole percents of all, rounded half up.
    share: u32,
    /// How many of them were settled or are being settled, in whole percents; null without reports.
    effectiveness: Option<u32>,
}

/// The statistics of a period in the API.
struct StatisticsObject {
    kind: Option<ReportKind>,
    answer: Answer,
}

/// Statistics of the reports that were received in a period.
///
/// Everything but what was merged, withdrawn or rejected counts, from the moment it is received,
/// whether or not everybody may see it. Shares are whole percents, rounded half up.
#[Object(name = "ReportStatistics")]
impl StatisticsObject {
    /// How many reports.
    fn total(&self) -> u32 {
        self.answer.figures.total
    }

    /// The total divided by the calendar months that the period touches, rounded half up.
    fn monthly_average(&self) -> u32 {
        self.answer.figures.monthly_average
    }

    /// Growth of the total against the same days of the year before, in percent to two places, such as
    /// 88.61; null when there were none.
    fn growth(&self) -> Option<f64> {
        self.answer.figures.growth
    }

    /// How many of all were settled or are being settled, in whole percents: problems that are RESOLVED
    /// or IN_PROGRESS, ideas that are IMPLEMENTED or IN_IMPLEMENTATION; null without reports.
    fn effectiveness(&self) -> Option<u32> {
        self.answer.figures.effectiveness
    }

    /// The instant of the answer: every report that was acknowledged before is counted.
    fn as_of(&self) -> DateTime<Utc> {
        self.answer.as_of
    }

    /// By group of categories, in the order of `reportCategories`; groups without reports are left out.
    fn by_category(&self, ctx: &Context<'_>) -> Vec<Row> {
        let known = |code: &str| self.answer.register.category(code);
        let name = |code: &String| match known(code) {
            Some(category) => category.name_in(ctx.lang()).to_owned(),
            None => code.clone(),
        };
        let rows = self.answer.figures.categories.iter();
        rows.map(|share| row(share, Some(share.key.clone()), name(&share.key))).collect()
    }

    /// By outcome: all of the kind in the order of the city's publications; those without one yet come
    /// last, and are left out when there are none.
    fn by_outcome(&self, ctx: &Context<'_>) -> Vec<OutcomeRow> {
        let row = |share: &Share<Option<Outcome>>| OutcomeRow {
            code: share.key,
            label: label(self.kind, share.key, ctx.lang()),
            count: share.count,
            share: share.share,
        };
        self.answer.figures.outcomes.iter().map(row).collect()
    }

    /// How long it took until problems were RESOLVED and ideas IMPLEMENTED: all spans in their order.
    fn by_resolution_time(&self) -> Vec<TimeRow> {
        let times = self.answer.figures.times.iter();
        times
            .map(|time| TimeRow {
                bucket: time.bucket,
                count: time.count,
                share: time.share,
                cumulative_share: time.cumulative_share,
            })
            .collect()
    }

    /// By month, all that the period touches.
    fn by_month(&self) -> Vec<MonthRow> {
        let months = self.answer.figures.months.iter();
        months
            .map(|share| MonthRow {
                month: Date(share.key),
                count: share.count,
                share: share.share,
                effectiveness: share.effectiveness,
            })
            .collect()
    }

    /// By the unit that was given them first, most reports first. Those that no unit was given yet are
    /// a row without a code.
    async fn by_unit(&self, ctx: &Context<'_>) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for share in &self.answer.figures.units {
            let name = match &share.key {
                None => words::label(ctx.lang(), "statistics", "no-unit"),
                Some(code) => match ctx.unit(code).await.transpose()? {
                    Some(unit) => unit.0.content.name_in(ctx.lang()).to_owned(),
                    None => code.clone(),
                },
            };
            rows.push(row(share, share.key.clone(), name));
        }
        Ok(rows)
    }

    /// By district, most reports first. Those whose district is not known are a row without a code.
    fn by_district(&self, ctx: &Context<'_>) -> Vec<Row> {
        let name = |number: Option<i32>| match number {
            Some(number) => match self.answer.register.district(number) {
                Some(district) => district.name.clone(),
                None => number.to_string(),
            },
            None => words::label(ctx.lang(), "statistics", "no-district"),
        };
        let code = |number: Option<i32>| number.map(|number| number.to_string());
        let rows = self.answer.figures.districts.iter();
        rows.map(|share| row(share, code(share.key), name(share.key))).collect()
    }

    /// By the way on which they came, most reports first.
    fn by_channel(&self, ctx: &Context<'_>) -> Vec<Row> {
        let rows = self.answer.figures.channels.iter();
        let name = |share| words::label_of(ctx.lang(), "report-channel", share);
        rows.map(|share| row(share, Some(words::code(&share.key)), name(&share.key))).collect()
    }
}

fn row<K>(share: &Share<K>, code: Option<String>, name: String) -> Row {
    Row { code, name, count: share.count, share: share.share, effectiveness: share.effectiveness }
}

/// What the city calls an outcome. Of both kinds together what fits both: ideas are under analysis
/// without the word problem, problems are unfounded without the word idea.
fn label(kind: Option<ReportKind>, outcome: Option<Outcome>, lang: Lang) -> String {
    let fitting = |outcome| match outcome {
        Outcome::UnderAnalysis => ReportKind::Idea,
        _ => ReportKind::Problem,
    };
    match outcome {
        None => words::label(lang, "statistics", "no-outcome"),
        Some(outcome) => {
            reports::outcome_label(lang, kind.unwrap_or_else(|| fitting(outcome)), outcome)
        }
    }
}

/// Queries on statistics.
#[derive(Default)]
pub struct StatisticsQueries;

#[Object]
impl StatisticsQueries {
    /// Statistics of the reports that were received in a period, exact to the last report; for
    /// everybody. Errors: BAD_USER_INPUT for a period that ends before it begins or is longer than 10
    /// years; UNAVAILABLE while the node reads the reports after its start, or lags behind.
    async fn report_statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Problems or ideas; both when nothing is said.")] kind: Option<ReportKind>,
        #[graphql(desc = "The first day, in Krakow.")] received_from: Date,
        #[graphql(desc = "The last day, in Krakow; included.")] received_to: Date,
        #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<Filter>,
    ) -> Nullable<StatisticsObject> {
        let app = &ctx.caller().app;
        let asked = async {
            let period = Period::new(received_from.0, received_to.0)?;
            let question = Question { kind, period, filter: filter.unwrap_or_default() };
            let answer = app.statistics.answer(&app.db, &app.desk, question).await?;
            Ok(StatisticsObject { kind, answer })
        };
        Some(asked.await)
    }
}
