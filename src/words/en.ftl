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
persisted-not-supported = Persisted queries are not enabled here; send the query.

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
