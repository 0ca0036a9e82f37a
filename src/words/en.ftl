# Refusals: what is wrong and how to mend it.
not-found = There is no such thing, or you may not see it.
unauthenticated = Sign in first, or check the token that you send.
forbidden = Your role does not allow this.
unavailable = The service cannot do this right now. Try again in a moment.
internal = Something went wrong on our side. Quote { $id } when you report it.
timeout = The answer took longer than { $seconds } seconds. Ask for less.
timeout-write = The write took longer than { $seconds } seconds. Whether it was done is not known: read before you repeat it.
required = A value is needed here.
too-long = At most { $max } characters are allowed here.
too-many = At most { $max } entries are allowed here.
nul-character = A text cannot hold the character U+0000.
heading-in-text = A line must not begin with "{ $mark }": that begins another part of the card's file.
one-line = This must be one line.
not-a-slug = Use small letters without diacritics, digits and hyphens, such as "wydanie-dowodu".
not-a-code = Use capital letters A to Z and digits, such as "SA".
taken = "{ $value }" is in use already.
unknown-unit = There is no unit with the code "{ $code }".
unknown-life-event = There is no life event with the code "{ $code }". Known: { $known }.
not-a-duration = "{ $value }" is not an ISO 8601 duration, such as P30D.
not-a-url = "{ $value }" is not an address that starts with https:// or http://.
fee-ends-before-start = The fee ends ({ $to }) before it begins ({ $from }).
free-and-fees = The card says that the matter is free, and lists fees.
translation-count = The translation has { $found } entries where the Polish text has { $wanted }.
stale = This has changed since you read it: you have version { $expected }, it is at { $current }. Read it again.
wrong-state = A version that is { $state } cannot become { $wanted }.
nothing-to-do = The card has no version to which this step applies.
not-a-draft = This version is in review or approved. Return it to draft first.
four-eyes = Somebody else must approve and publish what you wrote.
no-live-version = The card is not published.
valid-from-past = The day must not be in the past.
part-missing = The card cannot be published without this part: { $part }.
means-itself = This is the same word; say what the cards call it.
acronym-one-word = An acronym is one word of letters and digits, such as "BO".
unknown-answer = There is no card or article "{ $name }".
bad-rank = A place in the list is a number from 1 to { $max }.
bad-days = The first day must not be after the last, and there are at most { $max } days.
wrong-gap-state = A gap that is { $state } cannot become { $wanted }.
bad-cursor = This cursor was not given out by this list.
bad-first = "first" must be from 0 to { $max }.
too-many-ids = At most { $max } ids can be asked for at once.
bad-query-length = A search has at most { $max } characters.
index-rebuilding = The search index is being rebuilt. Try again in a moment.
too-deep-page = The search shows at most { $max } results. Narrow the question.

# Refusals of the GraphQL handler.
body-too-large = The request body is larger than { $max } bytes.
not-json = The body is not valid JSON.
not-an-object = The body must be a JSON object with a "query"; batches are not accepted.
no-query = The parameter "query" is missing.
bad-parameter = The parameter "{ $name }" must be { $wanted }.
parse-error = The query cannot be read: { $reason }
no-operation = The query has no operation of this name, or several of which "operationName" must choose.
query-too-long = The query is longer than { $max } characters.
too-many-tokens = The query has more than { $max } tokens.
too-deep = The query is nested deeper than { $max } levels.
schema-too-deep = The types of the schema are followed further than { $max } levels.
too-many-aliases = The query has more than { $max } aliases.
too-many-directives = The query has more than { $max } directives.
too-complex = The query costs { $cost } points; { $max } are available to you. Ask for fewer objects or smaller pages.
mutation-by-get = Mutations must be sent by POST.
subscription-by-http = Subscriptions go over WebSocket at /graphql/ws or server-sent events at /graphql/stream.
media-type = Send the request as application/json.
not-acceptable = The answer can be application/graphql-response+json or application/json.
overloaded = Too many requests are under way. Try again in a moment.
persisted-unknown = No document with this hash is known; send its text along.
persisted-other-hash = The hash is not the SHA-256 of the query.
persisted-form = extensions.persistedQuery must be an object with version 1 and a sha256Hash of 64 hexadecimal digits.
unknown-directive = The directive @{ $name } is not known here, or stands twice.
only-trusted-documents = Only the operations that this installation has agreed on are run here.
rate-limited = Too many requests: try again in { $seconds } s.

# Sections of a card.
section-SUMMARY = Description
section-CRITERIA = Who it concerns
section-STEPS = Step by step
section-DOCUMENTS = Documents
section-FEES = Fees
section-DEADLINE = Deadline
section-PLACES = Where
section-CHANNELS = How to file
section-OUTCOME = Result
section-APPEAL = Appeal
section-NOTES = Worth knowing
section-QUESTIONS = Questions and answers
section-LEGAL = Legal basis
section-TEXT = Text

# States of a card.
card-state-DRAFT = draft
card-state-IN_REVIEW = in review
card-state-APPROVED = approved
card-state-PUBLISHED = published
card-state-SUPERSEDED = superseded
card-state-WITHDRAWN = withdrawn

# States of a gap in the knowledge.
gap-state-NEW = new
gap-state-ASSIGNED = assigned
gap-state-WRITTEN = written
gap-state-VERIFIED = verified
gap-state-REJECTED = rejected

# Kinds of units.
unit-kind-OFFICE_DEPARTMENT = department of the City Office
unit-kind-MUNICIPAL_UNIT = municipal unit
unit-kind-CITY_COMPANY = city company
unit-kind-OUTSIDE_BODY = body outside the city

# Ways to reach the office.
channel-IN_PERSON = in person
channel-ONLINE = online
channel-POST = by letter
channel-E_DELIVERY = by e-Doręczenia
channel-EMAIL = by e-mail
channel-PHONE = by telephone

# Whether something can be done.
possible-YES = yes
possible-NO = no
possible-PARTIAL = in some cases

# Who may read an article.
visibility-PUBLIC = for everybody
visibility-STAFF = for staff

# Kinds of reports.
report-kind-PROBLEM = problem
report-kind-IDEA = idea

# How days are counted.
days-CALENDAR = calendar days
days-WORKING = working days

# Groups of districts.
office-group-SRODMIESCIE_KROWODRZA = Śródmieście and Krowodrza
office-group-PODGORZE = Podgórze
office-group-NOWA_HUTA = Nowa Huta

# Parts that a published card must have.
part-title = title
part-summary = summary
part-unit = unit
part-channels = a channel or a place
part-deadline = deadline ("nie dotyczy" will do)
part-fees = fees, or "free = true"
part-appeal = appeal ("Nie przysługuje." will do)
part-legalBasis = legal basis
part-reviewDue = review day

# What a search finds.
search-kind-SERVICE_CARD = service
search-kind-ARTICLE = article

# Whether a matter can be filed online.
online-yes = online
online-no = not online

# Areas of the city's services.
area-IDENTITY = ID cards, residence, PESEL, elections
area-VEHICLES = Vehicles and drivers
area-CIVIL_REGISTRY = Civil registry
area-PARKING = Parking and the clean transport zone
area-CIVIC_BUDGET = Civic budget
area-SOCIAL_HELP = Social help and benefits
area-WORK = Work
area-TAXES = Taxes and fees
area-WASTE = Waste
area-BUSINESS = Business
area-ENVIRONMENT = Greenery, air, animals
area-BUILDING = Building, land, roads, housing
area-EDUCATION = Education
area-CITY = The city and its office

# What looks like personal data.
personal-data-PESEL = PESEL
personal-data-PHONE = telephone
personal-data-EMAIL = e-mail
personal-data-PLATE = number plate
personal-data-removed = [removed: { $what }]

# Photos and uploads.
photo-too-large = A photo may have at most { $max } MB. Choose a smaller size in your camera, or send the photo cropped.
photo-unknown-kind = This is not a photo that can be taken. Send a JPEG, PNG or WebP.
photo-too-many-pixels = A photo may have at most { $max } megapixels, and 16,384 pixels on a side. Send it smaller.
photo-broken = The photo cannot be read: it may have been damaged on the way. Send it again, or take another one.
photo-key = This photo is not here any more: a photo waits 24 hours for its report. Upload it again.
upload-preflight = Files are taken only with the header "GraphQL-Preflight: 1".
upload-broken = The form cannot be read: it is no valid multipart/form-data, or it breaks off.
upload-missing = The form lacks the part "{ $part }".
upload-unknown = The part "{ $part }" is not named in "map", or comes twice.
upload-map = The part "map" must be a JSON object: the name of each file with the paths of its variables, such as { "{" } "0": ["variables.input.photo"] { "}" }.
upload-variable = "{ $path }" is not a variable that is null and waits for one file.
upload-too-many = At most { $max } files may come in one request.
upload-text-too-large = The part "{ $part }" is larger than { $max } bytes.

# Refusals about reports.
answered-twice = This question is answered already.
unknown-question = This category has no question “{ $code }”.
answer-missing = Answer the question: { $question }
one-answer = Only one answer can be given here.
not-a-number = Give a number, such as 2 or 1.5.
not-a-day = Give a day as 2026-11-20.
not-a-choice = Choose from the list: { $known }.
channel-of-staff = Only staff takes reports on this channel. Use PORTAL or APP.
unknown-category = There is no category “{ $code }”. The query reportCategories lists them.
category-of-other-kind = The category “{ $code }” is for reports of the other kind.
place-missing = Say where: a point on the map, or an address.
half-a-point = Give latitude and longitude together.
outside-city = This place lies { $metres } m outside Krakow. Check the point on the map; a matter of another commune is reported to its office.
not-an-email = This does not look like an e-mail address.
not-a-phone = This does not look like a telephone number: give 7 to 15 digits.
short-key = The key must have at least { $min } characters; draw one for every report, such as a UUID.
key-of-other = Something else was sent under this key. Draw a new one.
outcome-of-other-kind = The outcome “{ $outcome }” is not for reports of this kind.
outcome-on-taking = On taking, only that it is being done or analysed can be said.
reason-missing = Say why the report is unfounded.
pointer-missing = Say who can help instead of the city.
review-missing = Give the day on which it is looked at again.
bad-review = The review day must be in the future, at most { $days } days away.
wrong-report-stage = The report is at the stage “{ $stage }”, where there is no such step.
units-count = Give 1 to { $max } units.
unit-has-it = The unit “{ $code }” has this report already.
no-such-original = There is no report of this kind that this one could be joined to.
taken-already = Somebody of this unit is at work on it already.
take-first = Take the report first.
too-late-to-reopen = A closed report can be opened again for { $days } days. After that, file it anew.
nothing-to-rate = A report can be rated once it is closed, for 14 days.
rated-already = This report was rated already.
content-but-not = Who is content gives no reasons and does not open the report again.
not-an-idea = Two different ideas that you may see can be related.
bad-circle = Give a point and a radius of more than 0 and at most { $max } m.
bad-box = Give a box whose south is not north of its north, and whose west is not east of its east.

# Where a report stands.
report-stage-RECEIVED = received
report-stage-VERIFIED = verified
report-stage-FORWARDED = forwarded to a unit
report-stage-IN_HANDLING = being handled
report-stage-NEEDS_INFO = waiting for your answer
report-stage-EXTERNAL = passed outside the city
report-stage-ANSWERED = answered
report-stage-CLOSED = closed, the resident was told
report-stage-REOPENED = opened again
report-stage-MERGED = joined to another
report-stage-WITHDRAWN = withdrawn
report-stage-REJECTED = rejected

# What became of a problem, in the words of the city's publications.
report-outcome-RESOLVED = problem solved
report-outcome-IN_PROGRESS = being solved
report-outcome-NOT_FOUND = no problem found
report-outcome-OUT_OF_CITY_COMPETENCE = not for the city to do
report-outcome-UNDER_ANALYSIS = being analysed
report-outcome-UNFOUNDED = unfounded
report-outcome-AWAITING_FUNDS = waiting for money
report-outcome-IMPLEMENTED = carried out
report-outcome-IN_IMPLEMENTATION = being carried out
report-outcome-TEMPORARY_SOLUTION = solved for the time being

# What became of an idea, in the words of the city's publications.
idea-outcome-RESOLVED = problem solved
idea-outcome-IN_PROGRESS = being solved
idea-outcome-NOT_FOUND = no problem found
idea-outcome-IMPLEMENTED = carried out
idea-outcome-IN_IMPLEMENTATION = being carried out
idea-outcome-UNFOUNDED = unfounded
idea-outcome-UNDER_ANALYSIS = being analysed
idea-outcome-AWAITING_FUNDS = waiting for money
idea-outcome-OUT_OF_CITY_COMPETENCE = not for the city to do
idea-outcome-TEMPORARY_SOLUTION = solved for the time being

# The way on which a report came.
report-channel-PORTAL = portal
report-channel-APP = app
report-channel-PHONE = telephone
report-channel-EMAIL = e-mail
report-channel-POINT = service point
report-channel-OPEN311 = Open311

# Where a unit stands with a report.
assignment-stage-SENT = sent
assignment-stage-IN_HANDLING = being handled
assignment-stage-ANSWERED = answered
assignment-stage-SENT_BACK = sent back

# Steps in the life of a report.
report-step-FILE = filed
report-step-VERIFY = verified
report-step-MERGE = joined to another
report-step-REJECT = rejected
report-step-FORWARD = forwarded to a unit
report-step-TAKE = taken by the unit
report-step-ANSWER = answered by the unit
report-step-SEND_BACK = sent back by the unit
report-step-ASK = asked for more
report-step-SUPPLEMENT = more was told
report-step-SEND_OUTSIDE = passed outside the city
report-step-RETURN_FROM_OUTSIDE = answered from outside the city
report-step-CLOSE = closed
report-step-RESUME = taken up again
report-step-REOPEN = opened again
report-step-WITHDRAW = withdrawn
report-step-HAND_OVER = handed over
report-step-NOTE = note
report-step-ESCALATE = a part of the time has passed

# Districts on the map.
not-a-point = This is no point on the earth: a latitude is -90 to 90 degrees, a longitude -180 to 180.

# Open311.
open311-contact = Contact centre of Krakow: telephone 12 616 55 55, Monday to Friday 7.40 to 15.30.
open311-key-service = Whoever runs this installation gives out keys for filing. Reading needs none.
open311-path = There is no such address here. Addresses end in .xml or .json; discovery.xml tells where the service is.
open311-method = This address does not know this method: what is read is asked for with GET, requests are filed with POST.
open311-jurisdiction = There is no such jurisdiction_id here. This is “{ $known }”; it may be left out.
open311-service = There is no such service_code. services.xml lists them.
open311-token = There is no such token. Requests get their service_request_id at once, so no tokens are given out.
open311-closed = Nobody may file over Open311 here: no keys were given out.
open311-no-key = Filing needs an api_key.
open311-wrong-key = This api_key is not known.
open311-form = Send the parameters as “{ $type }” in UTF-8.
open311-not-utf-8 = The parameters are not valid UTF-8.
open311-twice = The parameter “{ $name }” comes twice.
open311-many-parameters = At most { $max } parameters are allowed.
open311-not-an-instant = Give date, time and zone, such as 2026-11-20T10:00:00+01:00 or 2026-11-20T09:00:00Z.
open311-not-a-count = Give a whole number from 1 to { $max }.
open311-not-a-flag = Give true or false.
open311-status = A status is open or closed.
open311-span = The end must not stand before the beginning, nor more than { $max } days behind it.
open311-address-id = Ids of addresses are not known here. Give lat and long, or address_string.
open311-media = Give an address that begins with https:// and has at most { $max } characters.
open311-not-ascii = The key may have only letters, digits and signs of ASCII.

# Routing of reports.
no-such-district = There is no district with the number { $number }.
rule-without-condition = A rule needs at least one condition; without one it would take every report.
empty-hours = These hours end before they begin. Leave them out for the whole day.
own-unit-only = A coordinator sends to the own unit alone.
bad-position = A place in the list is a number from 1.
routing-matched = All conditions hold: this rule decides.
routing-failed-ACTIVE = The rule is switched off.
routing-failed-KIND = The rule is for another kind of report.
routing-failed-CATEGORY = The rule is for other categories.
routing-failed-DISTRICT = The rule is for other districts, or the district is not known.
routing-failed-LAND_MANAGER = The rule is for land of another manager, or the manager is not known.
routing-failed-WEEKDAY = The rule is for other days of the week.
routing-failed-HOURS = The rule is for other hours.
routing-failed-SEASON = The rule is for another part of the year.
list-without-values = A list needs at least one value to choose.
values-without-list = Only a list has values to choose.
bad-promise = Give 1 to { $max } days.
category-too-deep = Categories have two levels: another one stands above or below this one already.

# Templates of answers.
unknown-variable = A template knows no variable "{ $name }". Known: { $known }.
template-of-other-kind = Reports of this category cannot have this outcome.
template-no-address = the place that the report shows

# Statistics of reports.
period-backwards = The last day of the period lies before the first.
period-too-long = A period may have { $max } years at most: ask for a shorter one.
statistics-not-ready = The statistics are still being read. Try again in a moment.
statistics-no-unit = no unit
statistics-no-district = no district
statistics-no-outcome = no outcome yet

# What everybody reads of a report.
blank-public-description = Write what everybody is to read, or leave this field out: then the description is shown without what looks like personal data.
# Accounts and sign-in.
role-CONSULTANT = consultant
role-OFFICER = officer of a unit
role-COORDINATOR = coordinator of a unit
role-EDITOR = editor
role-PUBLISHER = publisher
role-ANALYST = analyst
role-DPO = data-protection officer
role-ADMIN = administrator
cross-site = This request was sent by a foreign page. Do it from a page of Kontakt.
token-name = A name has 1 to { $max } characters: small letters, digits and dashes.
token-scope = There is no scope "{ $scope }". Known: { $known }.
token-expires = A token must end in the future, within { $max } days.
token-taken = There is a token of this name already.
sign-in-title = Sign-in
sign-in-again = Back to the beginning
sign-in-not-under-way = This sign-in has ended or was used already. Sign in again.
sign-in-other-browser = The sign-in was begun in another browser. Sign in again in this one.
sign-in-not-believed = The answer of the identity provider cannot be believed. Sign in again.
sign-in-provider-refused = The identity provider broke the sign-in off. Sign in again.
sign-in-no-role = Your staff account has no role here. Ask an administrator for one.
sign-in-away = The identity provider does not answer now. Try again in a moment.
sign-in-failed = The sign-in failed, and it is our fault. Try again in a moment.
report-of-other-account = This report is in another account already.
link-label = Link by e-mail
link-email = E-mail address
link-send = Send me a link
link-sent = If the address is right, a letter with a link will come in a moment. Open it in this browser within 15 minutes.
link-use = Sign in
link-no-address = Give an e-mail address, such as anna@example.org.
link-too-many = This address has got { $max } links within the last hour. Try again later.

# Letters.
mail-greeting = Good morning,
mail-farewell =
    Kontakt, contact centre of the city
    This letter was written by a machine; nobody reads answers to it.
mail-unsubscribe = I want no more letters about this:
mail-subject-SIGN_IN = Your link to sign in
mail-text-SIGN_IN =
    Somebody, most likely you, wants to sign in with this address. The link is good for one time, and for { $minutes } minutes, in the browser in which it was asked for.

    If it was not you, do nothing.
mail-action-SIGN_IN = Sign in:
mail-subject-CONFIRM_CONTACT = { $number }: is this your address?
mail-text-CONFIRM_CONTACT =
    A report was filed with this address: { $number } ({ $category }).

    If it was you, and you want to hear what becomes of it, confirm the address within { $days } days. If not, do nothing: no further letter comes.
mail-action-CONFIRM_CONTACT = Confirm the address:
mail-subject-CONFIRM_FOLLOW = { $number }: do you want to follow this report?
mail-text-CONFIRM_FOLLOW =
    Somebody asked that letters about the report { $number } ({ $category }) go to this address.

    If it was you, confirm it within { $days } days. If not, do nothing: no further letter comes.
mail-action-CONFIRM_FOLLOW = Follow the report:
mail-subject-REPORT_RECEIVED = { $number }: your report is here
mail-text-REPORT_RECEIVED =
    The report { $number } ({ $category }) was taken in. It stands at: { $stage }.

    We write again when a unit gets it, asks something, or answers.
mail-action-REPORT_RECEIVED = See the report:
mail-subject-REPORT_FORWARDED = { $number }: given to a unit
mail-text-REPORT_FORWARDED =
    The report { $number } ({ $category }) was given to: { $units }.
mail-action-REPORT_FORWARDED = See the report:
mail-subject-REPORT_ANSWERED = { $number }: there is an answer
mail-text-REPORT_ANSWERED =
    There is an answer to the report { $number } ({ $category }). Outcome: { $outcome }.
mail-action-REPORT_ANSWERED = See the report:
mail-subject-REPORT_NEEDS_INFO = { $number }: a unit asks you
mail-text-REPORT_NEEDS_INFO =
    To go on with the report { $number } ({ $category }), the unit needs to know more. Add it to the report within { $days } days; until then the time for an answer stands still.
mail-action-REPORT_NEEDS_INFO = Add to the report:
mail-subject-REPORT_REOPENED = { $number }: opened again
mail-text-REPORT_REOPENED =
    The report { $number } ({ $category }) was opened again. A unit will look at it anew.
mail-action-REPORT_REOPENED = See the report:
mail-subject-REPORT_CLOSED = { $number }: closed
mail-text-REPORT_CLOSED =
    The report { $number } ({ $category }) was closed. Outcome: { $outcome }.

    If the matter is not settled, the person who filed it can open it again within { $days } days.
mail-action-REPORT_CLOSED = See the report:
mail-no-outcome = none yet
mail-quote-question = The question:
mail-quote-answer = The answer:
mail-sample-number = KCK-2026-000123
mail-sample-category = Street lighting
mail-sample-stage = taken in
mail-sample-outcome = solved
mail-sample-units = Road Administration
mail-sample-days = 14
mail-sample-minutes = 15
mail-sample-question = Which of the two lamps is it?
mail-sample-answer = The lamp works again.
mail-question-confirm = Shall letters about this report go to your address?
mail-button-confirm = Yes, the address is mine
mail-question-end = Shall no more letters about this report go to your address?
mail-button-end = No more letters
mail-page-confirmed = The address is confirmed. Letters come from now on.
mail-page-too-late = This link is no longer good. Nothing was changed.
mail-page-ended = No more letters about this report go to your address.
mail-page-unknown = This link is not known. Nothing was changed.
mail-page-unavailable = It cannot be done now. Try again in a moment.
delivery-state-QUEUED = waiting
delivery-state-SENT = sent
delivery-state-FAILED = tried in vain, will be tried again
delivery-state-DEAD = given up
delivery-state-SUPPRESSED = not sent, because there was nobody to send it to

# What everybody reads of a report.

# Audit.
audit-act-SIGNED_IN = signed in
audit-act-SIGN_IN_FAILED = sign-in failed
audit-act-SESSIONS_ENDED = sessions were ended
audit-act-ROLE_CHANGED = role was changed
audit-act-TOKEN_CREATED = access token was made
audit-act-TOKEN_REVOKED = access token was revoked
audit-act-CONTACT_READ = looked at contact data
audit-act-DENIED = was refused
look-reason = Say why you look: contact(reason: ...). The audit keeps it.
# The desk: the order of rules, proposals, bodies outside the city.
above-others = Above rules of other units only an administrator puts a rule or widens one. Give position { $lowest } or a later one, or propose it.
district-and-point = Give a district or a point, not both.
proposal-state-OPEN = waiting for a decision
proposal-state-ACCEPTED = accepted
proposal-state-DECLINED = declined
proposal-decided = This proposal was decided already: { $state }.
rule-or-template = Propose a rule or a template, not both at once.
unit-of-proposal = A rule or a template is of the unit that it names. Leave the unit out here.
external-answered = This was answered already; an answer can be given once.

# Profiles of residents.
unknown-language = Letters come in Polish (pl), English (en) or Ukrainian (uk).
unknown-district = There is no district { $number }.
mail-subject-CONFIRM_ADDRESS = Is this your new address?
mail-text-CONFIRM_ADDRESS =
    Somebody, most likely you, wants letters of an account to go to this address from now on. If it was you, confirm it within { $minutes } minutes.

    If it was not you, do nothing: no further letter comes.
mail-action-CONFIRM_ADDRESS = Confirm the address:
mail-subject-ADDRESS_CHANGES = Another address is to take the place of this one
mail-text-ADDRESS_CHANGES =
    In your account another e-mail address was given. It takes the place of this one when it is confirmed within { $minutes } minutes.

    If it was not you, sign in, end your other sessions, and give the right address again.
mail-action-ADDRESS_CHANGES = Look:
mail-question-nothing = Shall no more letters about any report go to the address of your account? You can change that in your profile.
mail-button-nothing = No more letters
mail-page-nothing = No more letters about reports go to the address of your account.
mail-question-address = Shall letters of your account go to this address?
mail-button-address = Yes, the address is mine
mail-page-address = The address is confirmed. Letters of your account go there from now on.

# Timelines of residents.
case-event-FILED = you filed a report
case-event-CLAIMED = you took a report into your account
case-event-SUPPORTED = you support a report
case-event-FOLLOWED = you follow a report
case-event-RATED = you said what the answer was worth
case-event-SUPPLEMENTED = you answered a question
case-event-WITHDRAWN = you took a report back
case-event-VERIFIED = read by a consultant
case-event-MERGED = joined to another report
case-event-REJECTED = refused
case-event-FORWARDED = given to a unit
case-event-TAKEN = somebody is at work on it
case-event-ASKED = a unit asks you
case-event-SENT_OUTSIDE = passed to a body outside the city
case-event-RETURNED = the body outside the city has answered
case-event-ANSWERED = a unit has answered
case-event-RESUMED = a unit looks at it once more
case-event-CLOSED = closed
case-event-REOPENED = opened again

# All data of a resident.
my-data-title = My data
my-data-print = Everything that Kontakt knows of you. Print or save this page by the menu of your browser; the same for programs is at /my-data.json.
my-data-nothing = –
my-data-yes = yes
my-data-no = no
audit-act-DATA_EXPORTED = gathered what is known of a resident
my-data-field-schemaVersion = Version of this form
my-data-field-madeAt = Made at
my-data-field-complete = Complete
my-data-field-account = Account
my-data-field-reports = Reports
my-data-field-supports = Supported and followed
my-data-field-letters = Letters
my-data-field-consents = Consents
my-data-field-looks = Who looked at your contact data
my-data-field-sessions = Sessions
my-data-field-signIns = Sign-ins
my-data-field-at = When
my-data-field-number = Number
my-data-field-id = Id
my-data-field-provider = Provider of sign-in
my-data-field-subject = Subject
my-data-field-name = Name
my-data-field-nameOfProvider = Name as the provider has it
my-data-field-email = E-mail address
my-data-field-emailOfProvider = E-mail address as the provider has it
my-data-field-unconfirmedEmail = Address that waits for confirmation
my-data-field-phone = Telephone
my-data-field-language = Language
my-data-field-districts = Districts of interest
my-data-field-assurance = Level of assurance
my-data-field-lettersWanted = Letters wanted
my-data-field-createdAt = Begun
my-data-field-signedInAt = Last sign-in
my-data-field-seenTimelineAt = Timeline seen up to
my-data-field-erasedFrom = To be erased at
my-data-field-any = Any letters
my-data-field-received = Taken in
my-data-field-forwarded = Given to a unit
my-data-field-answered = Answered
my-data-field-needsInfo = A unit asks
my-data-field-other = Everything else
my-data-field-agent = Browser
my-data-field-usedAt = Last used
my-data-field-expiresAt = Ends at the latest
my-data-field-endedAt = Ended
my-data-field-kind = Kind
my-data-field-category = Category
my-data-field-channel = Way
my-data-field-receivedAt = Received
my-data-field-claimedAt = Taken into the account
my-data-field-description = Description
my-data-field-publicDescription = What everybody reads
my-data-field-answers = Answers to questions
my-data-field-question = Question
my-data-field-values = Answer
my-data-field-latitude = Degrees north
my-data-field-longitude = Degrees east
my-data-field-address = Place
my-data-field-district = District
my-data-field-contact = Contact
my-data-field-photos = Photos
my-data-field-step = Step
my-data-field-stage = Stage
my-data-field-outcome = Outcome
my-data-field-reason = Reason
my-data-field-expectedBy = Answer expected by
my-data-field-resolvedOn = Solved on
my-data-field-closedAt = Closed
my-data-field-units = Units
my-data-field-history = History
my-data-field-feedback = What you said of the answer
my-data-field-unit = Unit
my-data-field-standing = Standing
my-data-field-sentAt = Sent
my-data-field-publicAnswer = Answer
my-data-field-answeredAt = Answered
my-data-field-text = Words
my-data-field-satisfied = Content
my-data-field-reasons = Reasons
my-data-field-allowsContact = May be written to
my-data-field-follows = Followed
my-data-field-letter = Letter
my-data-field-state = State
my-data-field-changedAt = Changed
my-data-field-givenAt = Given
my-data-field-duty = Role and unit
my-data-field-lookReason = Why
# Privacy.
audit-act-PERSON_ERASED = person was forgotten
staff-stays = Staff cannot be erased: their handles stand in the history of cases. Take the role away at the provider.
report-or-account = Name one: a report by its number, or an account.
retention-contact = How to reach whoever filed a report, from the end of the report
retention-follower = Addresses that follow a report, from the end of the report
retention-text = Texts and photos of reports that were withdrawn or rejected, from then on
retention-unconfirmed = Addresses that were not confirmed, from the question
retention-letter = That a letter was sent and what became of it, from when it was written
retention-search = What was searched for, without who, from the search
retention-session = Sessions, from their end
retention-sign-in-link = Links for signing in, from when they were asked for
retention-resend = Keys that know a request again, from the request
retention-audit = What people with power did and saw; it stays, because its chain must be whole

# The end of an account, and what is put right.
deletion-sign-in = You signed in more than { $minutes } minutes ago. Sign in again, so that nobody else does this in your name.
deletion-name = Write your name as it stands in your profile.
deletion-asked = You have asked for this already. Sign in and call it off if you want to keep the account.
deletion-not-asked = Nobody has asked for the end of this account.
too-many-corrections = A correction was asked for { $max } times already. Call the contact centre.
mail-subject-DELETION_ASKED = Your account will be erased on { $day }
mail-text-DELETION_ASKED =
    You have given your account up. You are signed out everywhere, and no more letters about reports come.

    On { $day } the account is erased. Your reports stay, without you. If you want to keep the account, or it was not you, sign in before that day and call it off.
mail-action-DELETION_ASKED = Look:
mail-subject-DELETION_CANCELLED = Your account stays
mail-text-DELETION_CANCELLED =
    Your account was to be erased on { $day }. You have called it off, and it stays as it was.
mail-action-DELETION_CANCELLED = Look:
mail-sample-day = 2026-11-27
# Access tokens and who answers for them.
token-owner = There is no member of staff of this name who has a role.
token-revoked = This token was revoked before.
# Forms.
search-kind-FORM = form
not-an-amount = Give an amount as 12.50.
not-a-pesel = This is no PESEL: check whether all eleven digits are copied right.
not-a-nip = This is no NIP: check whether all ten digits are copied right.
not-a-regon = This is no REGON: check whether all nine or fourteen digits are copied right.
not-a-postal-code = Give a postal code as 31-004.
form-other-version = This form has another version by now: the answers are to version { $given }, and { $current } holds.
form-answers-too-long = All answers together may have { $max } bytes at most.
form-unknown-field = The form has no such field.
form-hidden-field = This field has nothing to do with this matter. Leave the answer out.
form-computed-field = This field fills itself in. Leave the answer out.
form-declare = Without this declaration the form cannot be sent.
form-other-kind = A value of another kind is needed here: { $kind }.
form-decimals = The number may have so many digits behind the point: { $max }.
form-number-range = Give a number from { $min } to { $max }.
form-too-early = Give a day not before { $day }.
form-too-late = Give a day not after { $day }.
form-count = A form has 1 to { $max } steps.
form-empty-step = A step without fields does nothing. Add a field, or leave the step out.
form-translation-missing = The translation is missing.
form-other-attribute = Fields of this kind have no such property.
form-bad-limit = No answer could keep this limit.
form-consent-required = A consent that must be given is none. Use a declaration, or do not require it.
form-required-twice = A field is required always or under a condition, not both.
form-computed-and-filled = A field that fills itself in cannot be required, prefilled or have an example.
form-seen-by = This group must not see such data.
form-identifying = This answer always tells who somebody is: give the field the class IDENTIFYING or a higher one.
form-condition-size = A condition may have { $depth } levels and { $max } parts at most.
form-condition-shape = A condition says exactly one thing: a field with a value or a list of values, filled, all, any or not.
form-unknown-reference = There is no field "{ $code }" above. Only fields that stand above can be named.
form-computed-reference = The field "{ $code }" fills itself in, so it cannot stand here.
form-impossible-value = The field "{ $code }" never has the value "{ $value }".
form-computation-shape = Give exactly one: sum, daysBetween with two fields, or copy.
form-computation-kind = The kinds of the fields do not fit this computation.
form-never-shown = This can never hold: nobody will ever see it.
form-nothing-to-publish = The form has no draft to publish.
form-not-published = The form is not published.
form-field-TEXT = a line of text
form-field-LONG_TEXT = a text
form-field-NUMBER = a number
form-field-MONEY = an amount such as "12.50"
form-field-DATE = a day such as "2026-11-20"
form-field-CHOICE = a key of the list
form-field-CHOICES = a list of keys
form-field-EMAIL = an e-mail address
form-field-PHONE = a telephone number
form-field-PESEL = a PESEL
form-field-NIP = a NIP
form-field-REGON = a REGON
form-field-ADDRESS = an address: street, building, flat, postalCode, city
form-field-DISTRICT = the number of a district
form-field-FILE = a list of keys of files
form-field-CONSENT = true or false
form-field-DECLARATION = true
retention-MONTHS_3 = three months
retention-YEARS_2 = two years
retention-YEARS_5 = five years
retention-YEARS_10 = ten years
retention-PERMANENT = for ever, in the state archive
