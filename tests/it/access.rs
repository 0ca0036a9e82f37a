//! The access matrix: every field of the three roots, for every role (domain.md f.6).

use std::collections::BTreeSet;

use image::ImageFormat;
use kontakt::{
    accounts::{self, NewToken, session},
    reports::contact,
};
use serde_json::{Value, json};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::harness::{
    Browser, Service,
    cards::{call, content, draft, step},
    files_below, form, forms, gaps, proposals, reports,
    routing::{directed, worded},
    rules::taught,
    service,
};

/// The columns of the table.
const ROLES: [&str; 10] = [
    "anyone",
    "resident:anna",
    "consultant",
    "officer:SA",
    "coordinator:SA",
    "editor",
    "publisher",
    "analyst",
    "dpo",
    "admin",
];

/// What a row is tried on.
#[derive(Clone, Copy, PartialEq)]
enum On {
    /// What everybody may read.
    Public,
    /// An article for staff.
    StaffArticle,
    /// A card of unit SA that was never live, as far as this.
    Draft,
    InReview,
    Approved,
    /// A card of unit SA that is live, and what stands beside it.
    Live,
    LiveAndDraft,
    LiveAndInReview,
    LiveAndApproved,
    /// A form of unit SA as far as this: written, live.
    FormDraft,
    FormLive,
    /// A synonym and a best bet that an editor wrote.
    Synonym,
    BestBet,
    /// A search that was just logged.
    Searched,
    /// A gap of unit SA, as far as this.
    GapAssigned,
    GapWritten,
    /// All reports together.
    Reports,
    /// A report that the resident has filed, as far as this; the unit is SA.
    ReportNew,
    ReportVerified,
    ReportForwarded,
    ReportTaken,
    ReportAsked,
    ReportOutside,
    ReportAnswered,
    ReportClosed,
    /// A report with another of which it is the double.
    ReportTwins,
    /// A report of somebody who can be reached.
    ReportWithContact,
    /// A person who was forgotten.
    Erased,
    /// Two ideas.
    Ideas,
    /// A photo that comes with the operation.
    Photo,
    /// A routing rule that sends to unit SA.
    RoutingRule,
    /// A template of answers of unit SA.
    AnswerTemplate,
    /// An account with a session; everybody else shows a development token, behind which is none.
    Account,
    /// An access token that nobody of them answers for.
    Token,
    /// A category of reports.
    ReportCategory,
    /// What a consultant proposed for unit SA; all proposals together.
    Proposal,
    Proposals,
    /// A report that a body outside the city has, by its token.
    External,
}

use On::*;

/// A field of a root, what it is tried on, the operation, and a sign for each role:
/// `+` allowed, `=` allowed and nothing changes, `0` null or an empty list, `U` UNAUTHENTICATED, `F` FORBIDDEN, `N` NOT_FOUND, `P`
/// NOT_ALLOWED for each of many.
/// `$SLUG`, `$ID` and `$VERSION` are those of the card or article.
type Row = (&'static str, On, &'static str, &'static str);

/// The unit of the card is SA, so that the officer and the coordinator are of its unit.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    //                                   anyone, resident, consultant, officer, coordinator, editor, publisher, analyst, dpo, admin
    ("myAccessTokens", Account, "{ myAccessTokens { id } }",                        "0 0 0 0 0 0 0 0 0 0"),
    ("accessTokens", Token, "{ accessTokens { nodes { id } } }",                    "U F F F F F F F F +"),
    ("revokeAccessToken", Token, "mutation {
        revokeAccessToken(input: { id: \"$ID\" }) { errors { code field } } }",     "U F F F F F F F F +"),
    ("accounts", Account, "{ accounts { nodes { id } } }",                          "U F F F F F F F F +"),
    ("node", Account, "{ node(id: \"$ID\") { id } }",                               "0 0 0 0 0 0 0 0 0 +"),
    ("me", Public, "{ me { name } }",                                               "0 + + + + + + + + +"),
    ("myReports", ReportNew, "{ myReports { totalCount } }",                        "U + F F F F F F F F"),
    ("myTimeline", ReportNew, "{ myTimeline { nodes { title } } }",                 "U + F F F F F F F F"),
    ("exportMyData", Account, "{ exportMyData { jsonUrl } }",                       "U U U U U U U U U U"),
    ("mySessions", Account, "{ mySessions { id } }",                                "0 0 0 0 0 0 0 0 0 0"),
    ("signInOptions", Public, "{ signInOptions { name } }",                         "+ + + + + + + + + +"),
    ("article", Public, "{ article(slug: \"jak-dziala-infolinia\") { title } }",    "+ + + + + + + + + +"),
    ("article", StaffArticle, "{ article(slug: \"$SLUG\") { title } }",             "0 0 + + + + + 0 0 0"),
    ("articles", Public, "{ articles { nodes { title } } }",                        "+ + + + + + + + + +"),
    ("articles", StaffArticle,
        "{ articles(filter: { visibility: STAFF }) { nodes { title } } }",          "0 0 + + + + + 0 0 0"),
    ("auditLog", Public, "{ auditLog { nodes { number } } }",                       "U F F F F F F F + F"),
    ("cardFreshness", Live, "{ cardFreshness { nodes { daysOverdue } } }",          "U F F F + + + F F F"),
    ("retention", Public, "{ retention { code } }",                                 "U F F F F F F F + +"),
    ("deletions", Erased, "{ deletions { nodes { class } } }",                      "U F F F F F F F + +"),
    ("affectedPersons", Public, "{ affectedPersons(from: \"2026-11-01T00:00:00Z\",
        to: \"2026-12-01T00:00:00Z\") { pageInfo { hasNextPage } } }",             "U F F F F F F F + F"),
    ("districtAt", Public,
        "{ districtAt(latitude: 50.0619, longitude: 19.9369) { inside } }",         "+ + + + + + + + + +"),
    ("districts", Public, "{ districts { name } }",                                 "+ + + + + + + + + +"),
    ("node", Live, "{ node(id: \"$ID\") { id } }",                                  "+ + + + + + + + + +"),
    ("node", Draft, "{ node(id: \"$ID\") { id } }",                                 "0 0 0 0 + + + 0 0 0"),
    ("node", Synonym, "{ node(id: \"$ID\") { id } }",                               "0 0 0 0 0 + + 0 0 0"),
    ("node", BestBet, "{ node(id: \"$ID\") { id } }",                               "0 0 0 0 0 + + 0 0 0"),
    ("node", GapAssigned, "{ node(id: \"$ID\") { id } }",                           "0 0 0 0 + + + 0 0 0"),
    ("node", StaffArticle, "{ node(id: \"$ID\") { id } }",                          "0 0 + + + + + 0 0 0"),
    ("nodes", Live, "{ nodes(ids: [\"$ID\"]) { id } }",                             "+ + + + + + + + + +"),
    ("nodes", Draft, "{ nodes(ids: [\"$ID\"]) { id } }",                            "0 0 0 0 + + + 0 0 0"),
    ("nodes", StaffArticle, "{ nodes(ids: [\"$ID\"]) { id } }",                     "0 0 + + + + + 0 0 0"),
    ("reportCategories", Public, "{ reportCategories { code } }",                   "+ + + + + + + + + +"),
    ("node", RoutingRule, "{ node(id: \"$ID\") { id } }",                          "0 0 + + + 0 0 0 0 +"),
    ("routingRules", Public, "{ routingRules { nodes { name } } }",                 "U F + + + F F F F +"),
    ("answerTemplates", Public, "{ answerTemplates { nodes { title } } }",          "U F + + + F F F F +"),
    ("node", AnswerTemplate, "{ node(id: \"$ID\") { id } }",                       "0 0 + + + 0 0 0 0 +"),
    ("proposals", Proposal, "{ proposals { nodes { text } } }",                     "U F + 0 + F F F F +"),
    ("node", Proposal, "{ node(id: \"$ID\") { id } }",                             "0 0 + 0 + 0 0 0 0 +"),
    ("externalAssignment", External,
        "{ externalAssignment(token: \"$SLUG\") { body } }",                       "+ + + + + + + + + +"),
    ("previewRouting", Public,
        "{ previewRouting(input: { category: \"roads\" }) { steps { matched } } }", "U F + + + F F F F +"),
    ("mailPreview", Public, "{ mailPreview(template: SIGN_IN) { subject } }",       "U F F F + F F F F +"),
    ("reportStatistics", Public,
        "{ reportStatistics(receivedFrom: \"2025-01-01\", receivedTo: \"2025-06-30\") { total } }",
                                                                                    "+ + + + + + + + + +"),
    ("search", Public, "{ search(query: \"dowód\") { nodes { title } } }",          "+ + + + + + + + + +"),
    ("search", StaffArticle, "{ search(query: \"chrząszcz\") { nodes { title } } }", "0 0 + + + + + 0 0 0"),
    ("searchReports", Public, "{ searchReports(query: \"\") { totalCount } }",       "+ + + + + + + + + +"),
    ("suggestReportCategories", Public,
        "{ suggestReportCategories(text: \"nie świeci latarnia\") { score } }",    "+ + + + + + + + + +"),
    ("suggest", Public, "{ suggest(prefix: \"dow\") { text } }",                    "+ + + + + + + + + +"),
    ("suggest", StaffArticle, "{ suggest(prefix: \"chrząszcz\") { text } }",        "0 0 + + + + + 0 0 0"),
    ("serviceCard", Live, "{ serviceCard(slug: \"$SLUG\") { title } }",             "+ + + + + + + + + +"),
    ("serviceCard", Draft, "{ serviceCard(slug: \"$SLUG\") { title } }",            "0 0 0 0 + + + 0 0 0"),
    ("serviceCards", Public, "{ serviceCards { nodes { title } } }",                "+ + + + + + + + + +"),
    ("serviceCards", Draft,
        "{ serviceCards(filter: { state: DRAFT }) { nodes { title } } }",           "0 0 0 0 + + + 0 0 0"),
    ("form", FormLive, "{ form(slug: \"$SLUG\") { title } }",                       "+ + + + + + + + + +"),
    ("form", FormDraft, "{ form(slug: \"$SLUG\") { title } }",                      "0 0 0 0 + + + 0 0 0"),
    ("formVersion", FormLive, "{ formVersion(slug: \"$SLUG\") { title } }",         "+ + + + + + + + + +"),
    ("formVersion", FormDraft,
        "{ formVersion(slug: \"$SLUG\", number: 1) { title } }",                    "0 0 0 0 + + + 0 0 0"),
    ("forms", Public, "{ forms { nodes { title } } }",                              "+ + + + + + + + + +"),
    ("forms", FormDraft,
        "{ forms(filter: { drafts: true }) { nodes { title } } }",                  "0 0 0 0 + + + 0 0 0"),
    ("node", FormLive, "{ node(id: \"$ID\") { id } }",                              "+ + + + + + + + + +"),
    ("node", FormDraft, "{ node(id: \"$ID\") { id } }",                             "0 0 0 0 + + + 0 0 0"),
    ("searchInsights", Public, "{ searchInsights { searches } }",                   "U F F F + + + + F F"),
    ("knowledgeGaps", GapAssigned, "{ knowledgeGaps { nodes { topic } } }",         "U F F F + + + F F F"),
    ("synonyms", Synonym, "{ synonyms { nodes { phrase } } }",                      "U F F F F + + F F F"),
    ("bestBets", BestBet, "{ bestBets { nodes { question } } }",                    "U F F F F + + F F F"),
    ("unit", Public, "{ unit(code: \"SA\") { name } }",                             "+ + + + + + + + + +"),
    ("units", Public, "{ units { nodes { name } } }",                               "+ + + + + + + + + +"),

    ("endSession", Account, "mutation { endSession(input: { id: \"$ID\" }) { errors { code field } } }",
                                                                                    "U U U U U U U U U U"),
    ("endOtherSessions", Account, "mutation { endOtherSessions { errors { code field } } }",
                                                                                    "U U U U U U U U U U"),
    ("endSessionsOf", Account, "mutation {
        endSessionsOf(input: { account: \"$ID\" }) { errors { code field } } }",    "U F F F F F F F F +"),
    ("updateProfile", Account, "mutation { updateProfile(
        input: { expectedVersion: 0, phone: \"600100200\" }) { errors { code field } } }",
                                                                                    "U U U U U U U U U U"),
    ("deleteMyAccount", Account, "mutation { deleteMyAccount(
        input: { confirmation: \"x\" }) { errors { code field } } }",               "U U U U U U U U U U"),
    ("cancelDeletion", Account, "mutation { cancelDeletion { errors { code field } } }",
                                                                                    "U U U U U U U U U U"),
    ("correctContact", ReportVerified, "mutation { correctContact(input: { report: { number: \"$SLUG\" },
        contact: { phone: \"600100200\" } }) { errors { code field } } }",          "N + N N N N N N N N"),
    ("requestCorrection", ReportVerified, "mutation { requestCorrection(
        input: { report: { number: \"$SLUG\" }, text: \"Nie tu.\" }) { errors { code field } } }",
                                                                                    "N + N N N N N N N N"),
    ("markTimelineSeen", Account, "mutation { markTimelineSeen { errors { code field } } }",
                                                                                    "U U U U U U U U U U"),
    ("exportPerson", Account, "mutation { exportPerson(
        input: { account: \"$ID\", reason: DATA_REQUEST }) { json errors { code field } } }",
                                                                                    "U F F F F F F F = F"),
    ("signOut", Public, "mutation { signOut { errors { code field } } }",           "= = = = = = = = = ="),
    ("claimReport", ReportVerified, "mutation { claimReport(
        input: { number: \"$SLUG\", trackingToken: \"x\" }) { errors { code field } } }",
                                                                                    "U N F F F F F F F F"),

    ("erasePerson", ReportWithContact, "mutation { erasePerson(
        input: { number: \"$SLUG\", reason: REQUEST }) { errors { code field } } }", "U F F F F F F F + F"),
    ("erasePerson", ReportWithContact, "mutation { erasePerson(input: { number: \"$SLUG\",
        trackingToken: \"$ID\", reason: REQUEST }) { errors { code field } } }",   "+ + + + + + + + + +"),

    ("createServiceCard", Public, "mutation { createServiceCard(input: { slug: \"proba\",
        content: { title: \"Próba\", unit: \"SA\" } }) { errors { code field } } }", "U F F F + + + F F F"),
    ("editServiceCard", Draft, EDIT,                                                "N N N N + + + N N N"),
    ("editServiceCard", Live, EDIT,                                                 "U F F F + + + F F F"),
    ("submitServiceCard", Draft, SUBMIT,                                            "N N N N + + + N N N"),
    ("submitServiceCard", LiveAndDraft, SUBMIT,                                     "U F F F + + + F F F"),
    ("returnServiceCard", InReview, RETURN,                                         "N N N N F F + N N N"),
    ("returnServiceCard", LiveAndInReview, RETURN,                                  "U F F F F F + F F F"),
    ("approveServiceCard", InReview, APPROVE,                                       "N N N N F F + N N N"),
    ("approveServiceCard", LiveAndInReview, APPROVE,                                "U F F F F F + F F F"),
    ("publishServiceCard", Approved, PUBLISH,                                       "N N N N F F + N N N"),
    ("publishServiceCard", LiveAndApproved, PUBLISH,                                "U F F F F F + F F F"),
    ("withdrawServiceCard", Live, "mutation { withdrawServiceCard(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F F F + F F F"),
    ("saveFormDraft", FormLive, SAVE_FORM,                                          "U F F F + + + F F F"),
    ("publishForm", FormDraft, "mutation { publishForm(
        input: { slug: \"$SLUG\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "N N N N F F + N N N"),
    ("withdrawForm", FormLive, "mutation { withdrawForm(
        input: { slug: \"$SLUG\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F F F + F F F"),
    ("saveSynonym", Synonym, "mutation { saveSynonym(input: { id: \"$ID\", expectedVersion: $VERSION,
        phrase: \"$SLUG\", means: [\"nowe\"] }) { errors { code field } } }",      "U F F F F + + F F F"),
    ("deleteSynonym", Synonym, "mutation { deleteSynonym(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F F + + F F F"),
    ("saveBestBet", BestBet, "mutation { saveBestBet(input: { id: \"$ID\", expectedVersion: $VERSION,
        question: \"$SLUG\", answers: [\"$CARD\"] }) { errors { code field } } }", "U F F F F + + F F F"),
    ("deleteBestBet", BestBet, "mutation { deleteBestBet(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F F + + F F F"),
    ("recordSearchClick", Searched, "mutation { recordSearchClick(
        input: { searchId: \"$ID\", rank: 1 }) { errors { code field } } }",        "+ + + + + + + + + +"),
    ("assignKnowledgeGap", GapAssigned, "mutation { assignKnowledgeGap(input: { id: \"$ID\",
        expectedVersion: $VERSION, unit: \"SA\", dueOn: \"2027-11-20\" }) { errors { code field } } }",
                                                                                    "N N N N F + + N N N"),
    ("markKnowledgeGapWritten", GapAssigned, "mutation { markKnowledgeGapWritten(input: { id: \"$ID\",
        expectedVersion: $VERSION, answer: \"$CARD\" }) { errors { code field } } }", "N N N N + + + N N N"),
    ("verifyKnowledgeGap", GapWritten, "mutation { verifyKnowledgeGap(input: { id: \"$ID\",
        expectedVersion: $VERSION }) { errors { code field } } }",                  "N N N N F + + N N N"),
    ("rejectKnowledgeGap", GapAssigned, "mutation { rejectKnowledgeGap(input: { id: \"$ID\",
        expectedVersion: $VERSION, reason: \"Nie miasto.\" }) { errors { code field } } }",
                                                                                    "N N N N F + + N N N"),
    ("uploadPhoto", Photo, "mutation($input: UploadPhotoInput!) {
        uploadPhoto(input: $input) { errors { code field } } }",                    "+ + + + + + + + + +"),
    ("saveRoutingRule", RoutingRule, "mutation { saveRoutingRule(input: { id: \"$ID\",
        expectedVersion: $VERSION, name: \"$SLUG\", districts: [1], units: [\"SA\"] }) { errors { code field } } }",
                                                                                    "U F F F + F F F F +"),
    ("editReportCategory", ReportCategory, "mutation { editReportCategory(input: { code: \"$SLUG\",
        expectedVersion: $VERSION, days: 9 }) { errors { code field } } }",         "U F F F F F F F F +"),
    ("makeProposal", Proposals, "mutation { makeProposal(input: { text: \"$SLUG\" }) {
        errors { code field } } }",                                                 "U F + + + F F F F F"),
    ("acceptProposal", Proposal, "mutation { acceptProposal(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "N N F N + N N N N +"),
    ("declineProposal", Proposal, "mutation { declineProposal(input: { id: \"$ID\",
        expectedVersion: $VERSION, reason: \"Nie.\" }) { errors { code field } } }", "N N F N + N N N N +"),
    ("saveAnswerTemplate", AnswerTemplate, "mutation { saveAnswerTemplate(input: { id: \"$ID\",
        expectedVersion: $VERSION, title: \"$SLUG\", unit: \"SA\", outcome: RESOLVED, text: \"Nowe\" })
        { errors { code field } } }",                                               "U F F F + F F F F +"),
    ("deleteAnswerTemplate", AnswerTemplate, "mutation { deleteAnswerTemplate(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F + F F F F +"),
    ("deleteRoutingRule", RoutingRule, "mutation { deleteRoutingRule(
        input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }",
                                                                                    "U F F F + F F F F +"),

    ("report", ReportNew, "{ report(number: \"$SLUG\") { number } }",               "0 + + 0 0 0 0 + 0 0"),
    ("report", ReportVerified, "{ report(number: \"$SLUG\") { number } }",          "+ + + + + + + + + +"),
    ("node", ReportNew, "{ node(id: \"$ID\") { id } }",                             "0 + + 0 0 0 0 + 0 0"),
    ("reports", ReportNew,
        "{ reports(filter: { stage: [RECEIVED] }) { nodes { number } } }",          "0 + + 0 0 0 0 + 0 0"),
    ("reports", ReportVerified,
        "{ reports(filter: { stage: [VERIFIED] }) { nodes { number } } }",          "+ + + + + + + + + +"),
    ("reportQueue", ReportForwarded, "{ reportQueue { totalCount } }",              "U F + + + F F F F F"),
    ("similarReports", ReportVerified, "{ similarReports(category: \"lighting\",
        latitude: 50.0619, longitude: 19.9369) { metres } }",                       "+ + + + + + + + + +"),
    ("personalDataIn", Public, "{ personalDataIn(text: \"600 100 200\") { text } }",
                                                                                    "+ + + + + + + + + +"),
    ("fileReport", Reports, "mutation { fileReport(input: { kind: IDEA, category: \"idea-other\",
        description: \"Ławki.\", channel: PORTAL, idempotencyKey: \"$SLUG-0123456789\" }) {
        errors { code field } } }",                                                 "+ + + + + F F F F F"),
    ("withdrawReport", ReportNew, "mutation { withdrawReport(
        input: { report: { number: \"$SLUG\" } }) { errors { code field } } }",     "N + N N N N N N N N"),
    ("supplementReport", ReportAsked, "mutation { supplementReport(
        input: { report: { number: \"$SLUG\" }, text: \"14\" }) { errors { code field } } }",
                                                                                    "N + N N N N N N N N"),
    ("reopenReport", ReportClosed, "mutation { reopenReport(
        input: { report: { number: \"$SLUG\" }, reason: \"Nie.\" }) { errors { code field } } }",
                                                                                    "N + + N N N N N N N"),
    ("giveReportFeedback", ReportClosed, "mutation { giveReportFeedback(
        input: { report: { number: \"$SLUG\" }, satisfied: true }) { errors { code field } } }",
                                                                                    "N + N N N N N N N N"),
    ("supportReport", ReportVerified, "mutation { supportReport(
        input: { number: \"$SLUG\", supports: true, follows: true }) { errors { code field } } }",
                                                                                    "U + F F F F F F F F"),
    ("followReportByEmail", ReportVerified, "mutation { followReportByEmail(
        input: { number: \"$SLUG\", email: \"$SLUG@example.org\" }) { errors { code field } } }",
                                                                                    "+ + + + + + + + + +"),
    ("verifyReport", ReportNew, "mutation { verifyReport(input: { id: \"$ID\",
        expectedVersion: $VERSION }) { errors { code field } } }",                  "N F + N N N N F N N"),
    ("mergeReport", ReportTwins, "mutation { mergeReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, duplicateOf: \"$SLUG\" }) { errors { code field } } }",
                                                                                    "N F + N N N N F N N"),
    ("rejectReport", ReportNew, "mutation { rejectReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, reason: \"Spam.\" }) { errors { code field } } }", "N F + N N N N F N N"),
    ("forwardReport", ReportVerified, "mutation { forwardReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, units: [\"SA\"] }) { errors { code field } } }", "U F + F F F F F F F"),
    ("closeReport", ReportAnswered, "mutation { closeReport(input: { id: \"$ID\",
        expectedVersion: $VERSION }) { errors { code field } } }",                  "U F + F F F F F F F"),
    ("takeReport", ReportForwarded, "mutation { takeReport(input: { id: \"$ID\",
        expectedVersion: $VERSION }) { errors { code field } } }",                  "U F F + + F F F F F"),
    ("answerReport", ReportTaken, "mutation { answerReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, outcome: RESOLVED, publicAnswer: \"Już.\" }) {
        errors { code field } } }",                                                 "U F F + + F F F F F"),
    ("sendBackReport", ReportForwarded, "mutation { sendBackReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, reason: \"Nie.\" }) { errors { code field } } }", "U F F + + F F F F F"),
    ("askReporter", ReportTaken, "mutation { askReporter(input: { id: \"$ID\",
        expectedVersion: $VERSION, message: \"Gdzie?\" }) { errors { code field } } }", "U F F + + F F F F F"),
    ("sendReportOutside", ReportTaken, "mutation { sendReportOutside(input: { id: \"$ID\",
        expectedVersion: $VERSION, body: \"Tauron\", message: \"Czekamy.\" }) { errors { code field } } }", "U F F + + F F F F F"),
    ("returnReportFromOutside", ReportOutside, "mutation { returnReportFromOutside(input: {
        id: \"$ID\", expectedVersion: $VERSION, message: \"Już.\" }) { errors { code field } } }",
                                                                                    "U F F + + F F F F F"),
    ("answerExternal", External, "mutation { answerExternal(input: { token: \"$SLUG\",
        text: \"Już.\" }) { errors { code field } } }",                             "+ + + + + + + + + +"),
    ("resumeReport", ReportAsked, "mutation { resumeReport(input: { id: \"$ID\",
        expectedVersion: $VERSION }) { errors { code field } } }",                  "U F F + + F F F F F"),
    ("handOverReport", ReportTaken, "mutation { handOverReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, assignee: \"ewa\" }) { errors { code field } } }", "U F F F + F F F F F"),
    ("noteReport", ReportForwarded, "mutation { noteReport(input: { id: \"$ID\",
        expectedVersion: $VERSION, message: \"Notatka\" }) { errors { code field } } }",
                                                                                    "U F + + + F F F F F"),
    ("relateIdeas", Ideas, "mutation { relateIdeas(input: { id: \"$ID\", other: \"$SLUG\",
        kind: SIMILAR }) { errors { code field } } }",                              "U F + F F F F F F F"),

    ("bulkReports", ReportForwarded, "mutation { bulkReports(input: { step: NOTE, note: \"x\",
        reports: [{ id: \"$ID\", expectedVersion: $VERSION }] }) { results { errors { code } }
        errors { code field } } }",                                                 "U P + + + P P P P P"),

    ("reportChanged", ReportForwarded,
        "subscription { reportChanged(number: \"$SLUG\") { number } }",             "+ + + + + + + + + +"),
    ("queueChanged", ReportForwarded, "subscription { queueChanged { refetch } }",  "U F + + + F F F F F"),
    ("knowledgeChanged", Public, "subscription { knowledgeChanged { kind } }",      "+ + + + + + + + + +"),
];

const EDIT: &str = "mutation { editServiceCard(input: { id: \"$ID\", expectedVersion: $VERSION,
    content: { title: \"Zmiana\", unit: \"SA\" } }) { errors { code field } } }";
const SUBMIT: &str = "mutation { submitServiceCard(
    input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }";
const RETURN: &str = "mutation { returnServiceCard(
    input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }";
const APPROVE: &str = "mutation { approveServiceCard(
    input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }";
const PUBLISH: &str = "mutation { publishServiceCard(
    input: { id: \"$ID\", expectedVersion: $VERSION }) { errors { code field } } }";

const SAVE_FORM: &str = "mutation { saveFormDraft(input: { slug: \"$SLUG\",
    expectedVersion: $VERSION, content: { title: { pl: \"Zmiana\" }, summary: { pl: \"Po co.\" },
    unit: \"SA\", series: F, retention: YEARS_2, steps: [{ code: \"a\", title: { pl: \"Krok\" },
    fields: [{ code: \"a\", kind: TEXT, label: { pl: \"Co?\" } }] }] } }) {
    errors { code field } } }";

/// What a row is tried on, as it is named in operations.
struct Thing {
    slug: String,
    id: Value,
}

/// Makes what a row is tried on; the number keeps the slugs apart.
async fn make(service: &Service, on: On, number: usize) -> Thing {
    let slug = format!("proba-{number}");
    let id = match on {
        Public => json!(null),
        // Another number is another width, so another photo.
        Photo => json!(number + 1),
        StaffArticle => {
            service.import_articles(&[(&slug, "Chrząszcz", "STAFF")]).await;
            service.settle().await;
            let query = format!("{{ article(slug: \"{slug}\") {{ id }} }}");
            service.staff("editor").ask(&query).await.data("/article/id")
        }
        Synonym => taught(service, "Synonym", &slug, json!({ "means": ["co innego"] })).await,
        BestBet => {
            let answers = json!({ "answers": [any_card(service).await] });
            taught(service, "BestBet", &slug, answers).await
        }
        FormDraft => forms::draft(service, &slug).await,
        FormLive => forms::live(service, &slug).await,
        Searched => gaps::search(&service.anyone(), "dowód", None).await["searchId"].clone(),
        AnswerTemplate => worded(service, &slug, "SA").await,
        RoutingRule => directed(service, &slug, &["SA"]).await,
        GapAssigned | GapWritten => gap(service, on, &format!("lukawmiescie{number}")).await,
        Account => {
            let owner = Browser::of(service, "resident:owner").await;
            owner.me("id").await["id"].clone()
        }
        ReportWithContact => {
            let filed = reports::filed(service, reachable()).await;
            return Thing { slug: filed.number, id: json!(filed.token) };
        }
        Erased => {
            let number = reports::filed(service, reachable()).await.number;
            let input = format!("{{ number: \"{number}\", reason: REQUEST }}");
            let erase = format!("mutation {{ erasePerson(input: {input}) {{ reportNumbers }} }}");
            service.staff("dpo").ask(&erase).await.data("/erasePerson/reportNumbers")
        }
        Token => access_token(service, &slug).await,
        Reports | Proposals => json!(null),
        ReportCategory => return Thing { slug: "other".to_owned(), id: json!(null) },
        Proposal => proposals::words(service, &slug, "SA").await,
        External => return outside(service).await,
        ReportTwins | Ideas => return pair(service, on).await,
        ReportNew | ReportVerified | ReportForwarded | ReportTaken | ReportAsked
        | ReportOutside | ReportAnswered | ReportClosed => return report(service, on).await,
        _ => card(service, on, &slug).await,
    };
    Thing { slug, id }
}

/// Somebody who can be reached.
fn reachable() -> Value {
    json!({ "contact": { "email": "anna@example.org" } })
}

/// Brings a card as far as a row needs it; the editor writes, the publisher does the rest.
async fn card(service: &Service, on: On, slug: &str) -> Value {
    let (editor, publisher) = (service.staff("editor"), service.staff("publisher:jan"));
    let id = draft(service, slug).await;
    let mut version = 1;
    if matches!(on, Live | LiveAndDraft | LiveAndInReview | LiveAndApproved) {
        version = step(&editor, "submitServiceCard", &id, version).await;
        version = step(&publisher, "approveServiceCard", &id, version).await;
        version = step(&publisher, "publishServiceCard", &id, version).await;
    }
    if matches!(on, LiveAndDraft | LiveAndInReview | LiveAndApproved) {
        let input = json!({ "id": id, "expectedVersion": version, "content": content("Nowsza") });
        let edited = call(&editor, "editServiceCard", input).await;
        version = edited.data("/editServiceCard/serviceCard/version").as_i64().unwrap();
    }
    if matches!(on, InReview | Approved | LiveAndInReview | LiveAndApproved) {
        version = step(&editor, "submitServiceCard", &id, version).await;
    }
    if matches!(on, Approved | LiveAndApproved) {
        step(&publisher, "approveServiceCard", &id, version).await;
    }
    id
}

/// The id of a card that is live.
async fn any_card(service: &Service) -> Value {
    let query = "{ serviceCard(slug: \"mobywatel\") { id } }";
    service.anyone().ask(query).await.data("/serviceCard/id")
}

/// An access token: its id.
async fn access_token(service: &Service, name: &str) -> Value {
    let expires_at = service.clock.now() + chrono::TimeDelta::days(1);
    let new = NewToken { name, scopes: Vec::new(), expires_at, owner: None };
    service.db().write(async |tx| accounts::create_token(tx, new).await).await.unwrap();
    let newest = service.staff("admin").ask("{ accessTokens(first: 1) { nodes { id } } }").await;
    newest.data("/accessTokens/nodes/0/id")
}

/// A gap of unit SA.
async fn gap(service: &Service, on: On, words: &str) -> Value {
    let publisher = service.staff("publisher");
    let id = gaps::found(service, words).await["id"].clone();
    let assign = json!({ "id": id, "expectedVersion": 1, "unit": "SA", "dueOn": "2027-11-20" });
    gaps::step(&publisher, "assign", assign).await.data("/assignKnowledgeGap/knowledgeGap/id");
    if on == GapWritten {
        let written = json!({ "id": id, "expectedVersion": 2, "answer": any_card(service).await });
        let written = gaps::step(&publisher, "markWritten", written).await;
        written.data("/markKnowledgeGapWritten/knowledgeGap/id");
    }
    id
}

/// A report of the resident, as far as a row needs it; its number stands for a slug.
async fn report(service: &Service, on: On) -> Thing {
    let filed = reports::filed_by(&service.staff("resident:anna"), json!({})).await;
    let officer = "officer:SA";
    let steps = [
        ("consultant", "verifyReport", json!({})),
        ("consultant", "forwardReport", json!({ "units": ["SA"] })),
        (officer, "takeReport", json!({})),
        (officer, "answerReport", json!({ "outcome": "RESOLVED", "publicAnswer": "Już." })),
        ("consultant", "closeReport", json!({})),
    ];
    let taken = match on {
        ReportNew => 0,
        ReportVerified => 1,
        ReportForwarded => 2,
        ReportAnswered => 4,
        ReportClosed => 5,
        _ => 3,
    };
    let message = json!({ "message": "Gdzie?" });
    let further = match on {
        ReportAsked => Some((officer, "askReporter", message)),
        ReportOutside => {
            let fields = json!({ "body": "Tauron", "message": "Czekamy." });
            Some((officer, "sendReportOutside", fields))
        }
        _ => None,
    };
    for (role, mutation, fields) in steps.into_iter().take(taken).chain(further) {
        reports::take_step(service, role, mutation, &filed, fields).await;
    }
    Thing { slug: filed.number, id: filed.id }
}

/// A report that a body outside the city has, whose token stands for a slug.
async fn outside(service: &Service) -> Thing {
    let Thing { slug, id } = report(service, ReportOutside).await;
    let officer = service.staff("officer:SA");
    let seen = reports::seen(&officer, &slug, "externalAssignments { token }").await;
    Thing { slug: seen["externalAssignments"][0]["token"].as_str().unwrap().to_owned(), id }
}

/// A report and another one, whose id stands for a slug.
async fn pair(service: &Service, on: On) -> Thing {
    if on == Ideas {
        let idea = json!({ "kind": "IDEA", "category": "idea-roads" });
        let one = reports::verified(service, idea.clone()).await;
        let other = reports::verified(service, idea).await;
        return Thing { slug: other.id.as_str().unwrap().to_owned(), id: one.id };
    }
    let double = reports::filed_by(&service.staff("resident:anna"), json!({})).await;
    let original = reports::verified(service, json!({})).await;
    Thing { slug: original.id.as_str().unwrap().to_owned(), id: double.id }
}

/// Everything that a step could change, as the publisher sees it; of a report, as a consultant does.
async fn state(service: &Service, on: On, thing: &Thing) -> Value {
    let id = &thing.id;
    let query = match on {
        Synonym | BestBet | GapAssigned | GapWritten => format!(
            "{{ node(id: {id}) {{ ... on Synonym {{ version means }} ... on BestBet {{ version }}
                ... on KnowledgeGap {{ version state }} }} }}"
        ),
        RoutingRule | AnswerTemplate | Proposal => {
            let query = format!(
                "{{ node(id: {id}) {{ ... on RoutingRule {{ version }} ... on AnswerTemplate {{ version }}
                    ... on Proposal {{ version }} }} }}"
            );
            return service.staff("admin").ask(&query).await.data("/node");
        }
        Account => {
            let open = session::Entity::find().filter(session::Column::EndedAt.is_null());
            return json!(open.count(service.db().reader()).await.unwrap());
        }
        ReportWithContact => {
            let all = contact::Entity::find();
            return json!(all.count(service.db().reader()).await.unwrap());
        }
        Token => {
            let all = accounts::list_tokens(service.db().reader()).await.unwrap();
            return json!(all.iter().filter(|owned| owned.token.revoked_at.is_none()).count());
        }
        ReportCategory => {
            let query = "{ reportCategories { code version days } }";
            let all = service.staff("admin").ask(query).await.data("/reportCategories");
            let known = all.as_array().unwrap().iter();
            return known.clone().find(|one| one["code"] == thing.slug.as_str()).unwrap().clone();
        }
        Proposals => {
            let query = "{ proposals { nodes { id } } }";
            return service.staff("admin").ask(query).await.data("/proposals/nodes");
        }
        FormDraft | FormLive => {
            let slug = &thing.slug;
            format!("{{ node: form(slug: \"{slug}\") {{ version state draft {{ title }} }} }}")
        }
        Searched => "{ node: searchInsights { shareClicked } }".to_owned(),
        Reports => {
            let query = "{ reports { totalCount } }";
            return service.staff("consultant").ask(query).await.data("/reports/totalCount");
        }
        ReportNew | ReportVerified | ReportForwarded | ReportTaken | ReportAsked
        | ReportOutside | ReportAnswered | ReportClosed | ReportTwins | Ideas | External => {
            let query = format!(
                "{{ node(id: {id}) {{ ... on Report {{ version stage supports
                    feedback {{ satisfied }} relatedIdeas {{ kind }} deliveries {{ state }}
                    contact(reason: CORRECTION) {{ phone }} }} }} }}"
            );
            return service.staff("consultant").ask(&query).await.data("/node");
        }
        Photo => return json!(files_below(&service.data.path().join("files")).len()),
        _ => return card_state(service, &thing.slug).await,
    };
    service.app.search_log.flush().await;
    service.staff("publisher").ask(&query).await.data("/node")
}

async fn card_state(service: &Service, slug: &str) -> Value {
    let query = format!(
        "{{ serviceCard(slug: \"{slug}\") {{ version state title updatedAt
            versions {{ number state content {{ title }} }} }} }}"
    );
    service.staff("publisher").ask(&query).await.data("/serviceCard")
}

/// The sign for what a role got, by the body of the answer.
fn sign(body: &Value, field: &str) -> String {
    if let Some(errors) = body["errors"].as_array() {
        assert_eq!(errors.len(), 1, "{body:#}");
        assert_eq!(body["data"][field], json!(null), "{body:#}");
        return match errors[0]["extensions"]["code"].as_str().unwrap() {
            "UNAUTHENTICATED" => "U".to_owned(),
            "FORBIDDEN" => "F".to_owned(),
            "NOT_FOUND" => "N".to_owned(),
            other => other.to_owned(),
        };
    }
    let seen = &body["data"][field];
    // What was refused for the only one of many.
    if seen["results"][0]["errors"][0]["code"] == "NOT_ALLOWED" {
        return "P".to_owned();
    }
    let list = seen.get("nodes").unwrap_or(seen);
    let is_nothing =
        list.is_null() || list.as_array().is_some_and(|list| list.iter().all(Value::is_null));
    match seen.get("errors").and_then(Value::as_array) {
        Some(refusals) if !refusals.is_empty() => refusals[0].to_string(),
        _ if is_nothing => "0".to_owned(),
        _ => "+".to_owned(),
    }
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let service = service().await;
    let mut wrong = Vec::new();
    let mut number = 0;
    let card = any_card(&service).await;
    for (field, on, operation, signs) in TABLE {
        if operation.starts_with("subscription") {
            continue;
        }
        let is_mutation = operation.starts_with("mutation");
        let mut thing = make(&service, *on, number).await;
        for (role, wanted) in ROLES.iter().zip(signs.split(' ')) {
            let before = state(&service, *on, &thing).await;
            let operation = operation
                .replace("$SLUG", &thing.slug)
                .replace("$ID", thing.id.as_str().unwrap_or_default())
                .replace("$CARD", card.as_str().unwrap())
                .replace("$VERSION", &before["version"].to_string())
                .replace("\"proba\"", &format!("\"{}\"", thing.slug));
            let client = match *role {
                "anyone" => service.anyone(),
                role => service.staff(role),
            };
            let answer = match on {
                Photo => {
                    let width = thing.id.as_u64().unwrap() as u32;
                    let photo = form::photo(width, 1, ImageFormat::Png);
                    form::upload_by(&client, &operation, &photo).await
                }
                _ => client.ask(&operation).await,
            };
            let got = sign(&answer.json(), field);
            if got != wanted.replace('=', "+") {
                wrong.push(format!("{field} for {role}: {got}, not {wanted}: {operation}"));
            }
            if !is_mutation {
                continue;
            }
            let changed = state(&service, *on, &thing).await != before;
            if changed != (wanted == "+") {
                let what = if changed { "something" } else { "nothing" };
                wrong.push(format!("{field} for {role} changed {what}: {operation}"));
            }
            if changed {
                number += 1;
                thing = make(&service, *on, number).await;
            }
        }
        number += 1;
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn every_role_may_watch_what_it_may_read() {
    let service = service().await;
    let wire = service.listen().await;
    let rows = TABLE.iter().filter(|(_, _, operation, _)| operation.starts_with("subscription"));
    for (field, on, operation, signs) in rows {
        let thing = make(&service, *on, 0).await;
        let operation = &operation.replace("$SLUG", &thing.slug);
        let mut watching = Vec::new();
        for role in ROLES {
            watching
                .push(wire.events(Some(role).filter(|role| *role != "anyone"), operation).await);
        }
        if *on == ReportForwarded {
            let version = state(&service, *on, &thing).await["version"].clone();
            let note = json!({ "id": thing.id, "expectedVersion": version, "message": "x" });
            reports::call(&service.staff("consultant"), "noteReport", note).await;
        } else {
            assert!(card(&service, Live, "proba").await.is_string());
        }
        for ((role, wanted), events) in ROLES.iter().zip(signs.split(' ')).zip(&mut watching) {
            let (_, first) = events.next().await.unwrap();
            assert_eq!(sign(&first, field), wanted, "{field} for {role}");
        }
    }
}

#[tokio::test]
async fn every_field_of_the_roots_has_a_row_and_every_row_a_field() {
    let service = service().await;
    let known = shown(&service, "admin").await;
    let listed: BTreeSet<String> = TABLE.iter().map(|(field, ..)| (*field).to_owned()).collect();
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "without a row in the table: {missing:?}");
    let unknown: Vec<_> = listed.difference(&known).collect();
    assert!(unknown.is_empty(), "rows without a field: {unknown:?}");
    for (field, _, operation, signs) in TABLE {
        assert_eq!(signs.split(' ').count(), ROLES.len(), "{field}");
        assert!(operation.contains(field), "{field}");
    }
}

#[tokio::test]
async fn drafts_and_the_history_of_a_live_card_are_for_those_who_work_on_it() {
    let service = service().await;
    let thing = make(&service, LiveAndDraft, 0).await;
    let query = |part: &str| format!("{{ serviceCard(slug: \"{}\") {{ {part} }} }}", thing.slug);
    for role in ROLES {
        let client = if role == "anyone" { service.anyone() } else { service.staff(role) };
        let draft = client.ask(&query("draft { content { title } }")).await;
        let history = client.ask(&query("title versions { number }")).await.json();
        // Whatever somebody may see beside it, the card that is shown is the live one.
        assert_eq!(history["data"]["serviceCard"]["title"], "Nowa karta testowa", "{role}");
        if ["coordinator:SA", "editor", "publisher"].contains(&role) {
            let title = draft.data("/serviceCard/draft/content/title");
            assert_eq!(title, "Nowsza", "{role}");
            let versions = json!([{ "number": 2 }, { "number": 1 }]);
            assert_eq!(history["data"]["serviceCard"]["versions"], versions, "{role}");
        } else {
            assert_eq!(draft.data("/serviceCard/draft"), json!(null), "{role}");
            assert_eq!(history["data"]["serviceCard"]["versions"], json!(null), "{role}");
            assert_eq!(history["errors"], json!(null), "{role}");
        }
    }
}

/// The fields of the roots that introspection shows to somebody.
async fn shown(service: &Service, role: &str) -> BTreeSet<String> {
    let client = if role == "anyone" { service.anyone() } else { service.staff(role) };
    let root = |name: &str| format!("{name}Type {{ fields {{ name }} }}");
    let roots = ["query", "mutation", "subscription"].map(root).join(" ");
    let schema = client.ask(&format!("{{ __schema {{ {roots} }} }}")).await.data("/__schema");
    let fields =
        schema.as_object().unwrap().values().flat_map(|root| root["fields"].as_array().unwrap());
    fields.map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_schema_shows_what_is_for_staff_to_staff_only() {
    let service = service().await;
    // Only with a session, which no development token has.
    let of_a_session = [
        "mySessions",
        "endSession",
        "endOtherSessions",
        "signOut",
        "claimReport",
        "exportMyData",
        "updateProfile",
        "markTimelineSeen",
        "deleteMyAccount",
        "cancelDeletion",
    ];
    let for_residents = |field: &str| {
        let mut rows = TABLE.iter().filter(|(name, ..)| *name == field);
        let allowed = |signs: &str| signs.split(' ').take(2).any(|sign| sign == "+");
        of_a_session.contains(&field) || rows.any(|(.., signs)| allowed(signs))
    };
    let all: BTreeSet<String> = TABLE.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let public: BTreeSet<String> = all.iter().filter(|name| for_residents(name)).cloned().collect();
    for role in ["anyone", "resident:anna"] {
        assert_eq!(shown(&service, role).await, public, "{role}");
    }
    for role in ["consultant", "officer:SA", "dpo"] {
        assert_eq!(shown(&service, role).await, all, "{role}");
    }
}

#[tokio::test]
async fn types_that_only_staff_reach_are_shown_to_staff_only() {
    let service = service().await;
    let query = "{ __schema { types { name } } __type(name: \"Report\") { fields { name } } }";
    for (client, wanted) in [(service.anyone(), false), (service.staff("editor"), true)] {
        let schema = client.ask(query).await.data("");
        let named = |list: &Value, name: &str| {
            list.as_array().unwrap().iter().any(|one| one["name"] == name)
        };
        for name in ["AuditEntry", "RoutingRule", "SaveSynonymInput", "QueueChange"] {
            assert_eq!(named(&schema["__schema"]["types"], name), wanted, "{name}");
        }
        for name in ["takenBy", "routingTrace", "sensitive"] {
            assert_eq!(named(&schema["__type"]["fields"], name), wanted, "{name}");
        }
        assert!(named(&schema["__type"]["fields"], "number"));
    }
}
