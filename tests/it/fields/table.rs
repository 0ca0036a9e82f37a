//! The table: of every field of every object type, who sees it (domain.md f.6).

use Who::*;

/// Who asks. The unit of the reports, cards and templates of the world is SA.
pub const READERS: &[&str] = &[
    "anyone",
    // The resident who filed the reports, another one, and one with an account and a session.
    "resident:anna",
    "resident:jan",
    "session",
    // Somebody without an account who shows the tracking token of the report.
    "holder",
    "consultant",
    "officer:SA",
    "coordinator:SA",
    // A unit that sent the reports back.
    "officer:ZZM",
    "coordinator:ZZM",
    "editor",
    "publisher",
    "analyst",
    "dpo",
    "admin",
    // Applications with one scope each.
    "reports:file",
    "reports:read",
    "statistics:read",
    "calls:log",
];

/// Who may reach the person who filed a report.
pub const CONTACTS: &[&str] =
    &["resident:anna", "holder", "consultant", "officer:SA", "coordinator:SA"];
/// Who reads what staff noted.
pub const NOTES: &[&str] = &["consultant", "officer:SA", "coordinator:SA", "editor"];
/// Who sees a report that is not public.
pub const HIDDEN: &[&str] = &[
    "resident:anna",
    "holder",
    "consultant",
    "officer:SA",
    "coordinator:SA",
    "analyst",
    "reports:read",
];
/// Who acts for the unit that has a report.
pub const UNIT: &[&str] = &["officer:SA", "coordinator:SA"];
/// Who of the staff sees letters about a report.
pub const LETTERS: &[&str] = &["consultant", "officer:SA", "coordinator:SA"];
/// Who reads rules and templates of the desk.
pub const DESK: &[&str] =
    &["consultant", "officer:SA", "coordinator:SA", "officer:ZZM", "coordinator:ZZM", "admin"];
/// Who reads templates of SA.
pub const TEMPLATES: &[&str] = &["consultant", "officer:SA", "coordinator:SA", "admin"];
/// Who proposed to the desk of SA, and who decides there.
pub const PROPOSALS: &[&str] = &["consultant", "coordinator:SA", "admin"];
/// Who works on cards of SA.
pub const WRITERS: &[&str] = &["coordinator:SA", "editor", "publisher"];
/// Who teaches the search.
pub const TEACHERS: &[&str] = &["editor", "publisher"];
/// Who sees how well the search answers.
pub const INSIGHTS: &[&str] =
    &["coordinator:SA", "coordinator:ZZM", "editor", "publisher", "analyst", "statistics:read"];
/// Who reads articles for staff.
pub const STAFF_KNOWLEDGE: &[&str] = &[
    "consultant",
    "officer:SA",
    "coordinator:SA",
    "officer:ZZM",
    "coordinator:ZZM",
    "editor",
    "publisher",
];
/// Who previews letters.
pub const PREVIEW: &[&str] = &["coordinator:SA", "coordinator:ZZM", "admin"];
/// Who is known by a token, a session or a sign-in of development.
pub const KNOWN: &[&str] = &[
    "resident:anna",
    "resident:jan",
    "session",
    "consultant",
    "officer:SA",
    "coordinator:SA",
    "officer:ZZM",
    "coordinator:ZZM",
    "editor",
    "publisher",
    "analyst",
    "dpo",
    "admin",
];
pub const NOBODY: &[&str] = &[];

/// Who sees a field of an object that they see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    /// Everybody, and all of them the same.
    Parent,
    /// These; everybody else finds null or an empty list.
    Only(&'static [&'static str]),
    /// These as it was written; everybody else with something taken out.
    Whole(&'static [&'static str]),
    /// Everybody something else, of the own.
    Own,
    /// Whoever was allowed to take the step, or to watch: the rows of the roots say who.
    Doer,
}

/// A type, or a place of it, then who sees these fields. What tells of a person has a row of its own.
pub type Row = (&'static str, Who, &'static str);

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // Reports, and what stands around them.
    ("Report", Parent, "category channel channelLabel closedAt district duplicateOf expectedBy id kind kindLabel"),
    ("Report", Parent, "number outcome outcomeAt outcomeLabel reason receivedAt relatedIdeas reopensUntil resolvedOn"),
    ("Report", Parent, "stage stageLabel supports timePassed timesReopened title updatedAt version"),
    ("Report", Parent, "location"),
    ("Report", Whole(CONTACTS), "description"),
    ("Report", Only(CONTACTS), "publicDescription"),
    ("Report", Only(CONTACTS), "personalData"),
    ("Report", Only(CONTACTS), "answers"),
    ("Report", Only(CONTACTS), "contact"),
    ("Report", Only(CONTACTS), "feedback"),
    ("Report", Whole(CONTACTS), "photos"),
    ("Report", Whole(NOTES), "assignments"),
    ("Report", Whole(NOTES), "timeline"),
    ("Report", Only(NOTES), "externalAssignments routingTrace sensitive takenBy timesSentBack"),
    ("Report", Only(LETTERS), "deliveries"),
    ("Report", Own, "followedByMe supportedByMe"),
    ("ReportLocation", Parent, "address"),
    ("ReportLocation", Parent, "landManager latitude longitude"),
    ("ReportContact", Parent, "name"),
    ("ReportContact", Parent, "email"),
    ("ReportContact", Parent, "phone"),
    ("ReportContact", Parent, "language"),
    ("Answer", Parent, "question"),
    ("Answer", Parent, "values"),
    ("PersonalDataFound", Parent, "kind kindLabel"),
    ("PersonalDataFound", Parent, "text"),
    ("ReportFeedback", Parent, "allowsContact at reasons satisfied"),
    ("ReportFeedback", Parent, "text"),
    ("ReportPhoto", Parent, "height hidden position width"),
    ("ReportPhoto", Parent, "thumbnailUrl url"),
    ("ReportAssignment", Parent, "answeredAt dueOn outcome outcomeLabel publicAnswer reviewOn round sentAt stage"),
    ("ReportAssignment", Parent, "stageLabel unit"),
    ("ReportAssignment", Parent, "reason"),
    ("ReportAssignment", Only(NOTES), "internalAnswer"),
    ("ReportAssignment", Only(NOTES), "assignee escalation suggestedUnit"),
    ("ReportTimelineEntry", Parent, "at outcome outcomeLabel stage stageLabel step stepLabel units"),
    ("ReportTimelineEntry", Only(NOTES), "actor"),
    ("ReportTimelineEntry", Only(NOTES), "note"),
    ("ReportTimelineEntry", Parent, "text"),
    ("ReportTimelineEntry of a talk", Only(CONTACTS), "text"),
    ("ExternalAssignment", Parent, "answeredAt body expiresAt report sentAt takenBackAt unit"),
    ("ExternalAssignment", Only(UNIT), "token"),
    ("Delivery", Parent, "attempts createdAt kind lastError nextAt recipient state stateLabel template updatedAt"),
    ("RelatedIdea", Parent, "kind report"),
    ("SimilarReport", Parent, "metres report"),
    ("ReportSearchHit", Parent, "report score snippet"),
    ("ReportSnippet", Parent, "html text"),
    ("RoutingTrace", Parent, "byDefault category decidedAt district landManager ruleVersion units"),
    ("RoutingTrace", Parent, "rule"),
    ("RoutingTrace", Only(DESK), "today"),
    ("BulkReportResult", Doer, "errors id report"),
    ("QueueChange", Doer, "at refetch report"),
    ("UploadedPhoto", Doer, "height key thumbnailUrl url width"),
    ("SuggestedLocation", Doer, "latitude longitude"),

    // The desk.
    ("RoutingRule", Parent, "active categories districts id kind kindLabel landManagers name note position units"),
    ("RoutingRule", Parent, "updatedAt version window"),
    ("RoutingRule", Own, "mayEdit"),
    ("RoutingDecision", Parent, "rule steps units"),
    ("RoutingStep", Parent, "explanation failed matched rule"),
    ("TimeWindow", Parent, "hours season weekdays"),
    ("Season", Parent, "from to"),
    ("Hours", Parent, "from to"),
    ("AnswerTemplate", Parent, "categories filledText id outcome text title unit updatedAt version"),
    ("AnswerTemplate", Own, "mayEdit"),
    ("Proposal", Parent, "answerTemplate decidedAt id proposedAt reason routingRule state stateLabel text unit version"),
    ("Proposal", Parent, "writtenRule writtenTemplate"),
    ("Proposal", Parent, "decidedBy"),
    ("Proposal", Parent, "proposedBy"),
    ("Proposal", Own, "mayDecide"),
    ("ProposedAnswerTemplate", Parent, "categories expectedVersion id outcome text title unit"),
    ("ProposedRoutingRule", Parent, "active categories districts expectedVersion id kind landManagers name note"),
    ("ProposedRoutingRule", Parent, "position units window"),

    // People.
    ("Account", Parent, "createdAt id kind provider role roleLabel signedInAt unit"),
    ("Account", Parent, "name"),
    ("Account", Parent, "handle"),
    ("Account", Parent, "email"),
    ("Account of a resident", Only(NOBODY), "name"),
    ("Account of a resident", Only(NOBODY), "handle"),
    ("Account of a resident", Only(NOBODY), "email"),
    ("Me", Own, "assurance contactPreferences createdAt districts emailConfirmed erasedFrom id kind language level role"),
    ("Me", Own, "roleLabel seenTimelineAt signedInAt unit version"),
    ("Me", Own, "phone"),
    ("Me", Own, "unconfirmedEmail"),
    ("ContactPreferences", Own, "answered forwarded letters needsInfo other received unsubscribeUrl"),
    ("CaseEvent", Own, "at isNew kind kindLabel subject title"),
    ("MyData", Own, "htmlUrl jsonUrl schemaVersion"),
    ("AffectedPerson", Parent, "account actor firstAt lastAt looks reportNumber"),
    ("Deletion", Parent, "actor at class count reason reportNumbers"),
    ("RetentionClass", Parent, "basis code days deleted label setting"),
    ("Me", Own, "name"),
    ("Me", Own, "email"),
    ("AccessToken", Parent, "createdAt expiresAt id name owner revokedAt scopes usedAt"),
    ("Session", Parent, "agent createdAt expiresAt id present usedAt"),
    ("SignInOption", Parent, "kind label name url"),
    ("AuditEntry", Parent, "act actLabel at detail number reason subject"),
    ("AuditEntry", Parent, "actor"),
    ("MailPreview", Parent, "html subject text"),

    // The knowledge.
    ("ServiceCard", Parent, "appeal area areaLabel audience channels criteria deadline documents fees forms free id"),
    ("ServiceCard", Parent, "keywords languages legalBasis lifeEvents notes onlineForms outcome places questions related"),
    ("ServiceCard", Parent, "reviewDueOn slug sources state stateLabel steps summary symbol title unit unverified"),
    ("ServiceCard", Parent, "updatedAt"),
    // Changes of what is not published yet count only for those who write it.
    ("ServiceCard", Whole(WRITERS), "version"),
    ("ServiceCard", Only(WRITERS), "draft versions"),
    ("ServiceCardVersion", Parent, "changeNote content missingParts number publishedAt state stateLabel updatedAt"),
    ("ServiceCardVersion", Parent, "validFrom"),
    ("ServiceCardVersion", Parent, "approver author"),
    ("ServiceCardContent", Parent, "appeal area audience channels criteria deadline documents en fees free keywords"),
    ("ServiceCardContent", Parent, "legalBasis lifeEvents notes outcome places questions related reviewDue sources"),
    ("ServiceCardContent", Parent, "steps summary symbol title uk unit unverified"),
    ("ServiceCardTranslation", Parent, "appeal audience channels criteria deadline documents fees keywords notes"),
    ("ServiceCardTranslation", Parent, "outcome questions steps summary title"),
    ("ServiceCardStep", Parent, "text"),
    ("CardForm", Parent, "slug title url"),
    ("CardFreshness", Parent, "card daysOverdue missingParts missingTranslations reviewDueOn translations"),
    ("CardFreshness", Parent, "unverifiedCount"),
    ("Channel", Parent, "collect collectLabel guidance kind kindLabel submit submitLabel url"),
    ("ChannelText", Parent, "guidance"),
    ("Deadline", Parent, "iso text"),
    ("Document", Parent, "form name when whom"),
    ("DocumentText", Parent, "name when whom"),
    ("Fee", Parent, "amount condition currency label validFrom validTo"),
    ("FeeText", Parent, "condition label"),
    ("FormLink", Parent, "title url"),
    ("LegalBasis", Parent, "citation title url"),
    ("LifeEvent", Parent, "code label"),
    ("Place", Parent, "address bookingUrl hours name phone"),
    ("Question", Parent, "answer question"),
    ("Source", Parent, "checkedOn note url"),
    ("Article", Parent, "id keywords kind related reviewDueOn slug sources text title unit updatedAt version"),
    ("Article", Parent, "visibility visibilityLabel"),
    ("Unit", Parent, "address cards code coversDistricts email id kind kindLabel name onboardedOn openingHours"),
    ("Unit", Parent, "parent phones places servedByHotline sources unverified website"),
    ("OpeningHours", Parent, "days from to"),
    ("Phone", Parent, "label number"),
    ("District", Parent, "areaKm2 name number officeGroup officeGroupLabel outline population roman"),
    ("DistrictAt", Parent, "district inside metres"),
    ("DistrictOutline", Parent, "coarse geometry"),
    ("ReportCategory", Parent, "active code days daysKind daysKindLabel keywords kind kindLabel name open311"),
    ("ReportCategory", Parent, "parentCode promise questions stopScreen unit version"),
    ("QuestionDefinition", Parent, "code datatype hint required text values"),
    ("QuestionValue", Parent, "key name"),
    ("StopScreen", Parent, "phone text"),
    ("KnowledgeChange", Doer, "articles at kind serviceCards withdrawn"),

    // Forms. That of the world is SA's.
    ("Form", Parent, "cards current id series signature slug state stateLabel stop summary title unit updatedAt"),
    ("Form", Whole(WRITERS), "version"),
    ("Form", Only(WRITERS), "draft versions"),
    ("FormVersion", Parent, "clause contentInAllLanguages gaps jsonSchema number publishedAt retention retentionLabel"),
    ("FormVersion", Parent, "reviewDueOn slug sources state steps title uiSchema unverified"),
    ("FormVersion", Only(WRITERS), "approver author changeNote"),
    ("FormStep", Parent, "code fields help skipIf title"),
    ("FormField", Parent, "choices class code computed example help kind label prefill required requiredIf seenBy showIf"),
    ("FormChoice", Parent, "key name"),
    ("FormClause", Parent, "basis text version"),
    ("FormContent", Parent, "cards clause keywords retention reviewDue series signature sources steps stop summary title"),
    ("FormContent", Parent, "unit unverified"),
    ("FormStepContent", Parent, "code fields help skipIf title"),
    ("FormFieldContent", Parent, "charsMax choices class code computed decimals earliest entriesMax example help kind label"),
    ("FormFieldContent", Parent, "latest max min prefill required requiredIf seenBy showIf"),
    ("FormChoiceContent", Parent, "key name"),
    ("FormComputation", Parent, "copy daysBetween sum"),
    ("FormCondition", Parent, "all any field filled in is not"),
    ("PrivacyClause", Parent, "basis text version"),
    ("Wording", Parent, "en pl uk"),

    // The search, and what it is taught.
    ("SearchHit", Parent, "externalId kind passage score subject title url"),
    ("SearchPassage", Parent, "html language section sectionLabel text"),
    ("Facet", Parent, "field"),
    // Of what the reader finds.
    ("Facet", Own, "values"),
    ("FacetValue", Parent, "count label value"),
    ("Suggestion", Parent, "externalId kind text url"),
    ("ReportCategorySuggestion", Parent, "category score"),
    ("Synonym", Parent, "acronym id means note phrase updatedAt version"),
    ("BestBet", Parent, "answers id inForce note question updatedAt validUntil version"),
    ("KnowledgeGap", Parent, "answer dueOn firstSeenAt hits id lastSeenAt note state stateLabel topic unit updatedAt"),
    ("KnowledgeGap", Parent, "version wordings"),
    ("KnowledgeGapWording", Parent, "searches words"),
    ("SearchInsights", Parent, "abandoned meanReciprocalRank mostFrequent reformulated searches shareClicked"),
    ("SearchInsights", Parent, "shareWithHits since until withoutHits"),
    ("SearchTopic", Parent, "searches shareAbandoned shareClicked shareReformulated shareWithoutHits wording"),

    // Statistics.
    ("ReportStatistics", Parent, "asOf byCategory byChannel byDistrict byMonth byOutcome byResolutionTime byUnit"),
    ("ReportStatistics", Parent, "effectiveness growth monthlyAverage total"),
    ("ReportStatisticsRow", Parent, "code count effectiveness name share"),
    ("ReportMonthRow", Parent, "count effectiveness month share"),
    ("ReportOutcomeRow", Parent, "code count label share"),
    ("ReportResolutionTimeRow", Parent, "bucket count cumulativeShare share"),

    // Pages and answers to steps, of whatever.
    ("PageInfo", Own, "endCursor hasNextPage hasPreviousPage startCursor"),
    ("*Connection", Own, "didYouMean edges facets nodes pageInfo searchId totalCount"),
    ("*Edge", Own, "cursor node"),
    ("*Payload", Doer, "accepted accessToken account answerTemplate bestBet errors externalAssignment knowledgeGap photo"),
    ("*Payload", Doer, "proposal report reportCategory results routingRule serviceCard sessions synonym"),
    ("*Payload", Doer, "erasedFrom form json me reportNumbers"),
    ("*Payload", Doer, "providerUrl suggestedLocation trackingToken warnings"),
    ("UserError", Doer, "code field message"),
];

/// Where an object of a type is found, and who finds it there.
pub struct Place {
    /// The type, or a name of rows of its own: a type and what is special about it.
    pub of: &'static str,
    /// A query, with `FIELDS` for those of the object.
    pub query: &'static str,
    /// Where the object stands in the answer: steps of a path, of which `stage=CLOSED` finds an entry.
    pub path: &'static str,
    /// Who finds it.
    pub readers: &'static [&'static str],
    /// Who is a stranger here, whatever the table says: who holds a report holds it by its own field.
    pub strangers: &'static [&'static str],
}

const fn at(
    of: &'static str,
    readers: &'static [&'static str],
    path: &'static str,
    query: &'static str,
) -> Place {
    Place { of, query, path, readers, strangers: NOBODY }
}

/// Where a report is read by whoever reads it, as everybody reads it.
const fn beside(path: &'static str, query: &'static str) -> Place {
    let strangers = &["resident:anna", "holder"];
    Place { strangers, ..at("Report", READERS, path, query) }
}

/// Where a report is read that somebody has filed by telephone and that no unit was given.
const fn by_phone(path: &'static str, query: &'static str) -> Place {
    let strangers = &["resident:anna", "holder", "officer:SA", "coordinator:SA"];
    Place { strangers, ..at("Report", READERS, path, query) }
}

#[rustfmt::skip]
pub const PLACES: &[Place] = &[
    at("Report", READERS, "report", "{ report(OPEN) { FIELDS } }"),
    at("Report", HIDDEN, "report", "{ report(SECRET) { FIELDS } }"),
    by_phone("report", "{ report(number: \"PHONED\") { FIELDS } }"),
    beside("externalAssignment/report", "{ externalAssignment(token: \"BODY\") { report { FIELDS } } }"),
    beside("searchReports/nodes/0/report", "{ searchReports(query: \"NUMBER\", first: 1) { nodes { report { FIELDS } } } }"),
    at("ReportAssignment", READERS, "report/assignments/stage=ANSWERED", "{ report(OPEN) { assignments { FIELDS } } }"),
    at("ReportAssignment", NOTES, "report/assignments/stage=SENT_BACK", "{ report(OPEN) { assignments { FIELDS } } }"),
    at("ReportTimelineEntry", READERS, "report/timeline/step=FORWARD", "{ report(OPEN) { timeline { FIELDS } } }"),
    at("ReportTimelineEntry", NOTES, "report/timeline/step=NOTE", "{ report(OPEN) { timeline { FIELDS } } }"),
    at("ReportTimelineEntry", READERS, "report/timeline/step=ANSWER", "{ report(OPEN) { timeline { FIELDS } } }"),
    at("ReportTimelineEntry of a talk", READERS, "report/timeline/step=ASK", "{ report(OPEN) { timeline { FIELDS } } }"),
    at("ReportTimelineEntry of a talk", READERS, "report/timeline/step=SUPPLEMENT", "{ report(OPEN) { timeline { FIELDS } } }"),
    at("ReportContact", CONTACTS, "report/contact", "{ report(OPEN) { contact(reason: CALL) { FIELDS } } }"),
    at("ReportFeedback", CONTACTS, "report/feedback/0", "{ report(OPEN) { feedback { FIELDS } } }"),
    at("ReportPhoto", READERS, "report/photos/hidden=false", "{ report(OPEN) { photos { FIELDS } } }"),
    at("ReportPhoto", CONTACTS, "report/photos/hidden=true", "{ report(OPEN) { photos { FIELDS } } }"),
    at("Answer", CONTACTS, "report/answers/0", "{ report(OPEN) { answers { FIELDS } } }"),
    at("PersonalDataFound", CONTACTS, "report/personalData/0", "{ report(OPEN) { personalData { FIELDS } } }"),
    at("ExternalAssignment", NOTES, "report/externalAssignments/0", "{ report(OPEN) { externalAssignments { FIELDS } } }"),
    at("ExternalAssignment", READERS, "externalAssignment", "{ externalAssignment(token: \"BODY\") { FIELDS } }"),
    at("Delivery", LETTERS, "report/deliveries/0", "{ report(OPEN) { deliveries { FIELDS } } }"),
    at("RoutingTrace", NOTES, "report/routingTrace", "{ report(OPEN) { routingTrace { FIELDS } } }"),
    at("RelatedIdea", READERS, "node/relatedIdeas/0", "{ node(id: \"IDEA\") { ... on Report { relatedIdeas { FIELDS } } } }"),
    at("SimilarReport", READERS, "similarReports/0", "{ similarReports(category: \"roads\", latitude: 50.0619, longitude: 19.9369) { FIELDS } }"),
    at("ReportSearchHit", READERS, "searchReports/nodes/0", "{ searchReports(query: \"NUMBER\", first: 1) { nodes { FIELDS } } }"),
    at("RoutingRule", DESK, "routingRules/nodes/0", "{ routingRules(first: 1) { nodes { FIELDS } } }"),
    at("RoutingDecision", DESK, "previewRouting", "{ previewRouting(input: { category: \"roads\" }) { FIELDS } }"),
    at("AnswerTemplate", TEMPLATES, "node", "{ node(id: \"TEMPLATE\") { ... on AnswerTemplate { FIELDS } } }"),
    at("Proposal", PROPOSALS, "node", "{ node(id: \"PROPOSAL\") { ... on Proposal { FIELDS } } }"),
    at("Account", &["admin"], "accounts/nodes/kind=STAFF", "{ accounts { nodes { FIELDS } } }"),
    at("Account of a resident", &["admin"], "accounts/nodes/kind=RESIDENT", "{ accounts { nodes { FIELDS } } }"),
    at("Me", KNOWN, "me", "{ me { FIELDS } }"),
    at("Session", &["session"], "mySessions/0", "{ mySessions { FIELDS } }"),
    at("AccessToken", &["admin"], "accessTokens/nodes/0", "{ accessTokens(first: 1) { nodes { FIELDS } } }"),
    at("SignInOption", READERS, "signInOptions/0", "{ signInOptions { FIELDS } }"),
    at("AuditEntry", &["dpo"], "auditLog/nodes/0", "{ auditLog(first: 1) { nodes { FIELDS } } }"),
    at("MailPreview", PREVIEW, "mailPreview", "{ mailPreview(template: SIGN_IN) { FIELDS } }"),
    at("ServiceCard", READERS, "node", "{ node(id: \"CARD\") { ... on ServiceCard { FIELDS } } }"),
    at("ServiceCard", WRITERS, "node", "{ node(id: \"DRAFT\") { ... on ServiceCard { FIELDS } } }"),
    at("ServiceCardVersion", WRITERS, "node/versions/0", "{ node(id: \"CARD\") { ... on ServiceCard { versions { FIELDS } } } }"),
    at("ServiceCardVersion", WRITERS, "node/draft", "{ node(id: \"CARD\") { ... on ServiceCard { draft { FIELDS } } } }"),
    at("CardFreshness", WRITERS, "cardFreshness/nodes/0", "{ cardFreshness(first: 1, unit: \"SA\") { nodes { FIELDS } } }"),
    at("Article", READERS, "article", "{ article(slug: \"jak-dziala-infolinia\") { FIELDS } }"),
    at("Article", STAFF_KNOWLEDGE, "article", "{ article(slug: \"dla-pracownikow\") { FIELDS } }"),
    at("Unit", READERS, "unit", "{ unit(code: \"SA\") { FIELDS } }"),
    at("Form", READERS, "form", "{ form(slug: \"formularz-swiata\") { FIELDS } }"),
    at("FormVersion", READERS, "formVersion", "{ formVersion(slug: \"formularz-swiata\", number: 1) { FIELDS } }"),
    at("FormVersion", WRITERS, "formVersion", "{ formVersion(slug: \"formularz-swiata\", number: 2) { FIELDS } }"),
    at("FormContent", READERS, "formVersion/contentInAllLanguages", "{ formVersion(slug: \"formularz-swiata\") { contentInAllLanguages { FIELDS } } }"),
    at("AffectedPerson", &["dpo"], "affectedPersons/nodes/0", "{ affectedPersons(from: \"2026-01-01T00:00:00Z\", to: \"2027-01-01T00:00:00Z\", first: 1) { nodes { FIELDS } } }"),
    at("Deletion", &["dpo", "admin"], "deletions/nodes/0", "{ deletions(first: 1) { nodes { FIELDS } } }"),
    at("RetentionClass", &["dpo", "admin"], "retention/0", "{ retention { FIELDS } }"),
    at("DistrictAt", READERS, "districtAt", "{ districtAt(latitude: 50.0619, longitude: 19.9369) { FIELDS } }"),
    at("ReportCategory", READERS, "reportCategories/0", "{ reportCategories { FIELDS } }"),
    at("SearchHit", READERS, "search/nodes/0", "{ search(query: \"dowód\", first: 1) { nodes { FIELDS } } }"),
    at("Facet", READERS, "search/facets/0", "{ search(query: \"dowód\", first: 1) { facets { FIELDS } } }"),
    at("Suggestion", READERS, "suggest/0", "{ suggest(prefix: \"dow\") { FIELDS } }"),
    at("ReportCategorySuggestion", READERS, "suggestReportCategories/0", "{ suggestReportCategories(text: \"dziura w jezdni\") { FIELDS } }"),
    at("Synonym", TEACHERS, "synonyms/nodes/0", "{ synonyms(first: 1) { nodes { FIELDS } } }"),
    at("BestBet", TEACHERS, "bestBets/nodes/0", "{ bestBets(first: 1) { nodes { FIELDS } } }"),
    at("KnowledgeGap", WRITERS, "node", "{ node(id: \"GAP\") { ... on KnowledgeGap { FIELDS } } }"),
    at("SearchInsights", INSIGHTS, "searchInsights", "{ searchInsights { FIELDS } }"),
    at("ReportStatistics", READERS, "reportStatistics", "{ reportStatistics(receivedFrom: \"2026-11-01\", receivedTo: \"2026-11-30\") { FIELDS } }"),
];
