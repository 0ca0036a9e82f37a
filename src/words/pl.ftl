# Refusals: what is wrong and how to mend it.
not-found = Nie ma takiej rzeczy albo nie możesz jej zobaczyć.
unauthenticated = Najpierw się zaloguj albo sprawdź wysyłany token.
forbidden = Twoja rola na to nie pozwala.
unavailable = Usługa nie może teraz tego zrobić. Spróbuj ponownie za chwilę.
internal = Coś poszło nie tak po naszej stronie. Zgłaszając to, podaj { $id }.
timeout = Odpowiedź trwała dłużej niż { $seconds } s. Poproś o mniej danych.
timeout-write = Zapis trwał dłużej niż { $seconds } s. Nie wiadomo, czy się udał: odczytaj dane, zanim powtórzysz.
required = Tu potrzebna jest wartość.
too-long = Można tu wpisać najwyżej { $max } znaków.
too-many = Można tu podać najwyżej { $max } pozycji.
nul-character = Tekst nie może zawierać znaku U+0000.
heading-in-text = Wiersz nie może zaczynać się od „{ $mark }”: tak w pliku karty zaczyna się inna część.
one-line = To musi być jeden wiersz.
not-a-slug = Użyj małych liter bez polskich znaków, cyfr i łączników, na przykład „wydanie-dowodu”.
not-a-code = Użyj wielkich liter od A do Z i cyfr, na przykład „SA”.
taken = „{ $value }” jest już zajęte.
unknown-unit = Nie ma jednostki o kodzie „{ $code }”.
unknown-life-event = Nie ma zdarzenia życiowego o kodzie „{ $code }”. Znane: { $known }.
not-a-duration = „{ $value }” nie jest okresem w formacie ISO 8601, takim jak P30D.
not-a-url = „{ $value }” nie jest adresem, który zaczyna się od https:// lub http://.
fee-ends-before-start = Opłata kończy się ({ $to }), zanim się zacznie ({ $from }).
free-and-fees = Karta mówi, że sprawa jest bezpłatna, a wymienia opłaty.
translation-count = Tłumaczenie ma pozycji: { $found }, a polski tekst: { $wanted }.
stale = Ktoś to zmienił od chwili, gdy zostało odczytane: masz wersję { $expected }, aktualna to { $current }. Odczytaj jeszcze raz.
wrong-state = Wersja w stanie „{ $state }” nie może przejść w stan „{ $wanted }”.
nothing-to-do = Karta nie ma wersji, której dotyczy ten krok.
not-a-draft = Ta wersja jest w recenzji albo zatwierdzona. Najpierw cofnij ją do szkicu.
four-eyes = To, co piszesz, musi zatwierdzić i opublikować ktoś inny.
no-live-version = Karta nie jest opublikowana.
valid-from-past = Ten dzień nie może być w przeszłości.
part-missing = Karty nie można opublikować bez tej części: { $part }.
means-itself = To jest to samo słowo; podaj, jak nazywają to karty.
acronym-one-word = Skrót to jedno słowo z liter i cyfr, na przykład „BO”.
unknown-answer = Nie ma karty ani artykułu „{ $name }”.
bad-rank = Miejsce na liście to liczba od 1 do { $max }.
bad-days = Podaj pierwszy dzień nie później niż ostatni i najwyżej { $max } dni.
wrong-gap-state = Luka w stanie „{ $state }” nie może przejść w stan „{ $wanted }”.
bad-cursor = Ten kursor nie pochodzi z tej listy.
bad-first = „first” musi być liczbą od 0 do { $max }.
too-many-ids = Naraz można pytać najwyżej o { $max } identyfikatorów.
bad-query-length = Pytanie może mieć najwyżej { $max } znaków.
index-rebuilding = Indeks wyszukiwania jest właśnie odbudowywany. Spróbuj ponownie za chwilę.
too-deep-page = Wyszukiwarka pokazuje najwyżej { $max } wyników. Zawęź pytanie.

# Refusals of the GraphQL handler.
body-too-large = Treść żądania jest większa niż { $max } bajtów.
not-json = Treść nie jest poprawnym JSON-em.
not-an-object = Treść musi być obiektem JSON z polem „query”; paczki zapytań nie są przyjmowane.
no-query = Brakuje parametru „query”.
bad-parameter = Parametr „{ $name }” musi być taki: { $wanted }.
parse-error = Zapytania nie da się odczytać: { $reason }
no-operation = W zapytaniu nie ma operacji o tej nazwie albo jest ich kilka i trzeba podać „operationName”.
query-too-long = Zapytanie jest dłuższe niż { $max } znaków.
too-many-tokens = Zapytanie ma więcej niż { $max } symboli.
too-deep = Zapytanie jest zagnieżdżone głębiej niż { $max } poziomów.
schema-too-deep = Typy schematu są śledzone głębiej niż { $max } poziomy.
too-many-aliases = Zapytanie ma więcej niż { $max } aliasów.
too-many-directives = Zapytanie ma więcej niż { $max } dyrektyw.
too-complex = Zapytanie kosztuje { $cost } punktów, a dostępne jest { $max }. Poproś o mniej obiektów albo krótsze strony.
mutation-by-get = Mutacje trzeba wysyłać metodą POST.
subscription-by-http = Subskrypcje działają przez WebSocket pod /graphql/ws albo przez SSE pod /graphql/stream.
media-type = Wyślij żądanie jako application/json.
not-acceptable = Odpowiedź może mieć typ application/graphql-response+json albo application/json.
overloaded = Zbyt wiele żądań jest w toku. Spróbuj ponownie za chwilę.
persisted-not-supported = Utrwalone zapytania nie są tu włączone; wyślij treść zapytania.

# Sections of a card.
section-SUMMARY = Opis
section-CRITERIA = Kogo dotyczy
section-STEPS = Krok po kroku
section-DOCUMENTS = Dokumenty
section-FEES = Opłaty
section-DEADLINE = Termin
section-PLACES = Gdzie
section-CHANNELS = Jak złożyć
section-OUTCOME = Efekt
section-APPEAL = Odwołanie
section-NOTES = Warto wiedzieć
section-QUESTIONS = Pytania i odpowiedzi
section-LEGAL = Podstawa prawna
section-TEXT = Treść

# States of a card.
card-state-DRAFT = szkic
card-state-IN_REVIEW = w recenzji
card-state-APPROVED = zatwierdzona
card-state-PUBLISHED = opublikowana
card-state-SUPERSEDED = zastąpiona
card-state-WITHDRAWN = wycofana

# States of a gap in the knowledge.
gap-state-NEW = nowa
gap-state-ASSIGNED = przydzielona
gap-state-WRITTEN = napisana
gap-state-VERIFIED = sprawdzona
gap-state-REJECTED = odrzucona

# Kinds of units.
unit-kind-OFFICE_DEPARTMENT = wydział Urzędu Miasta
unit-kind-MUNICIPAL_UNIT = jednostka miejska
unit-kind-CITY_COMPANY = spółka miejska
unit-kind-OUTSIDE_BODY = podmiot spoza miasta

# Ways to reach the office.
channel-IN_PERSON = osobiście
channel-ONLINE = przez internet
channel-POST = listem
channel-E_DELIVERY = przez e-Doręczenia
channel-EMAIL = e-mailem
channel-PHONE = telefonicznie

# Whether something can be done.
possible-YES = tak
possible-NO = nie
possible-PARTIAL = w części przypadków

# Who may read an article.
visibility-PUBLIC = dla wszystkich
visibility-STAFF = dla pracowników

# Kinds of reports.
report-kind-PROBLEM = problem
report-kind-IDEA = pomysł

# How days are counted.
days-CALENDAR = dni kalendarzowe
days-WORKING = dni robocze

# Groups of districts.
office-group-SRODMIESCIE_KROWODRZA = Śródmieście i Krowodrza
office-group-PODGORZE = Podgórze
office-group-NOWA_HUTA = Nowa Huta

# Parts that a published card must have.
part-title = tytuł
part-summary = opis
part-unit = jednostka
part-channels = sposób złożenia albo miejsce
part-deadline = termin („nie dotyczy” też wystarczy)
part-fees = opłaty albo „free = true”
part-appeal = odwołanie („Nie przysługuje.” też wystarczy)
part-legalBasis = podstawa prawna
part-reviewDue = dzień przeglądu

# What a search finds.
search-kind-SERVICE_CARD = usługa
search-kind-ARTICLE = artykuł

# Whether a matter can be filed online.
online-yes = przez internet
online-no = nie przez internet

# Areas of the city's services.
area-IDENTITY = Dowody, meldunek, PESEL, wybory
area-VEHICLES = Pojazdy i kierowcy
area-CIVIL_REGISTRY = Urząd stanu cywilnego
area-PARKING = Parkowanie i strefa czystego transportu
area-CIVIC_BUDGET = Budżet obywatelski
area-SOCIAL_HELP = Pomoc społeczna i świadczenia
area-WORK = Praca
area-TAXES = Podatki i opłaty
area-WASTE = Odpady
area-BUSINESS = Działalność gospodarcza
area-ENVIRONMENT = Zieleń, powietrze, zwierzęta
area-BUILDING = Budowa, grunty, drogi, mieszkania
area-EDUCATION = Edukacja
area-CITY = Miasto i urząd
