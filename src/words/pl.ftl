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
persisted-unknown = Dokument o tym skrócie nie jest znany; dołącz jego treść.
persisted-other-hash = Skrót nie jest sumą SHA-256 zapytania.
persisted-form = extensions.persistedQuery musi być obiektem z version 1 i sha256Hash z 64 cyfr szesnastkowych.
unknown-directive = Dyrektywa @{ $name } nie jest tu znana albo stoi dwa razy.
only-trusted-documents = Wykonywane są tu tylko operacje uzgodnione z prowadzącym tę instalację.
rate-limited = Zbyt wiele żądań: spróbuj ponownie za { $seconds } s.

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

# What looks like personal data.
personal-data-PESEL = PESEL
personal-data-PHONE = telefon
personal-data-EMAIL = e-mail
personal-data-PLATE = numer rejestracyjny
personal-data-removed = [usunięto: { $what }]

# Photos and uploads.
photo-too-large = Zdjęcie może mieć najwyżej { $max } MB. Ustaw w aparacie mniejszy rozmiar albo wyślij zdjęcie przycięte.
photo-unknown-kind = To nie jest zdjęcie, które można przyjąć. Wyślij JPEG, PNG lub WebP.
photo-too-many-pixels = Zdjęcie może mieć najwyżej { $max } megapikseli i 16 384 piksele na boku. Wyślij mniejsze.
photo-broken = Nie można odczytać zdjęcia: mogło się uszkodzić po drodze. Wyślij je ponownie albo zrób inne.
photo-key = Tego zdjęcia już nie ma: zdjęcie czeka na zgłoszenie 24 godziny. Wyślij je ponownie.
upload-preflight = Pliki są przyjmowane tylko z nagłówkiem „GraphQL-Preflight: 1”.
upload-broken = Nie można odczytać formularza: nie jest poprawnym multipart/form-data albo się urywa.
upload-missing = W formularzu brakuje części „{ $part }”.
upload-unknown = Część „{ $part }” nie jest wymieniona w „map” albo występuje dwa razy.
upload-map = Część „map” musi być obiektem JSON: nazwa każdego pliku ze ścieżkami jego zmiennych, na przykład { "{" } "0": ["variables.input.photo"] { "}" }.
upload-variable = „{ $path }” nie jest zmienną, która ma wartość null i czeka na jeden plik.
upload-too-many = W jednym żądaniu może być najwyżej { $max } plików.
upload-text-too-large = Część „{ $part }” jest większa niż { $max } bajtów.

# Refusals about reports.
answered-twice = Na to pytanie jest już odpowiedź.
unknown-question = Ta kategoria nie ma pytania „{ $code }”.
answer-missing = Odpowiedz na pytanie: { $question }
one-answer = Tu można podać jedną odpowiedź.
not-a-number = Podaj liczbę, na przykład 2 albo 1.5.
not-a-day = Podaj dzień w postaci 2026-11-20.
not-a-choice = Wybierz z listy: { $known }.
channel-of-staff = Tym kanałem zgłoszenia przyjmują tylko pracownicy. Użyj PORTAL albo APP.
unknown-category = Nie ma kategorii „{ $code }”. Listę podaje zapytanie reportCategories.
category-of-other-kind = Kategoria „{ $code }” jest dla zgłoszeń innego rodzaju.
place-missing = Wskaż miejsce: punkt na mapie albo adres.
half-a-point = Podaj razem latitude i longitude.
outside-city = To miejsce leży { $metres } m poza Krakowem. Sprawdź punkt na mapie; sprawę z innej gminy zgłoś w jej urzędzie.
not-an-email = To nie wygląda na adres e-mail.
not-a-phone = To nie wygląda na numer telefonu: podaj od 7 do 15 cyfr.
short-key = Klucz musi mieć co najmniej { $min } znaków; wylosuj go dla każdego zgłoszenia, na przykład jako UUID.
key-of-other = Pod tym kluczem wysłano już coś innego. Wylosuj nowy klucz.
outcome-of-other-kind = Wynik „{ $outcome }” nie dotyczy zgłoszeń tego rodzaju.
outcome-on-taking = Przy przyjęciu można podać tylko, że sprawa jest w trakcie albo w analizie.
reason-missing = Napisz, dlaczego zgłoszenie jest bezzasadne.
pointer-missing = Napisz, kto może pomóc zamiast miasta.
review-missing = Podaj dzień, w którym sprawa będzie ponownie sprawdzona.
bad-review = Dzień sprawdzenia musi być w przyszłości, najdalej za { $days } dni.
wrong-report-stage = Zgłoszenie jest na etapie „{ $stage }”, na którym nie ma takiego kroku.
units-count = Podaj od 1 do { $max } jednostek.
unit-has-it = Jednostka „{ $code }” ma już to zgłoszenie.
no-such-original = Nie ma zgłoszenia tego rodzaju, do którego można dołączyć to.
taken-already = Ktoś z tej jednostki już się tym zajmuje.
take-first = Najpierw przyjmij zgłoszenie.
too-late-to-reopen = Zamknięte zgłoszenie można wznowić przez { $days } dni. Potem zgłoś sprawę jeszcze raz.
nothing-to-rate = Ocenić można zgłoszenie zamknięte, przez 14 dni od zamknięcia.
rated-already = To zgłoszenie zostało już ocenione.
content-but-not = Kto jest zadowolony, nie podaje powodów i nie wznawia zgłoszenia.
not-an-idea = Powiązać można dwa różne pomysły, które widzisz.
bad-circle = Podaj punkt i promień większy od 0 i nie większy niż { $max } m.
bad-box = Podaj prostokąt: południe nie dalej na północ niż północ, zachód nie dalej na wschód niż wschód.

# Where a report stands.
report-stage-RECEIVED = przyjęte
report-stage-VERIFIED = zweryfikowane
report-stage-FORWARDED = przekazane do jednostki
report-stage-IN_HANDLING = w obsłudze
report-stage-NEEDS_INFO = czekamy na uzupełnienie
report-stage-EXTERNAL = przekazane poza miasto
report-stage-ANSWERED = jest odpowiedź
report-stage-CLOSED = zakończone, mieszkaniec poinformowany
report-stage-REOPENED = wznowione
report-stage-MERGED = dołączone do innego
report-stage-WITHDRAWN = wycofane
report-stage-REJECTED = odrzucone

# What became of a problem, in the words of the city's publications.
report-outcome-RESOLVED = problem rozwiązany
report-outcome-IN_PROGRESS = w trakcie rozwiązywania
report-outcome-NOT_FOUND = nie wykryto problemu
report-outcome-OUT_OF_CITY_COMPETENCE = poza kompetencjami miasta
report-outcome-UNDER_ANALYSIS = problem w analizie
report-outcome-UNFOUNDED = bezzasadny
report-outcome-AWAITING_FUNDS = oczekiwanie na środki finansowe
report-outcome-IMPLEMENTED = zrealizowany
report-outcome-IN_IMPLEMENTATION = w trakcie realizacji
report-outcome-TEMPORARY_SOLUTION = tymczasowe rozwiązanie

# What became of an idea, in the words of the city's publications.
idea-outcome-RESOLVED = problem rozwiązany
idea-outcome-IN_PROGRESS = w trakcie rozwiązywania
idea-outcome-NOT_FOUND = nie wykryto problemu
idea-outcome-IMPLEMENTED = zrealizowany
idea-outcome-IN_IMPLEMENTATION = w trakcie realizacji
idea-outcome-UNFOUNDED = pomysł bezzasadny
idea-outcome-UNDER_ANALYSIS = w analizie
idea-outcome-AWAITING_FUNDS = oczekiwanie na środki finansowe
idea-outcome-OUT_OF_CITY_COMPETENCE = poza kompetencjami miasta
idea-outcome-TEMPORARY_SOLUTION = tymczasowe rozwiązanie

# The way on which a report came.
report-channel-PORTAL = portal
report-channel-APP = aplikacja
report-channel-PHONE = telefon
report-channel-EMAIL = e-mail
report-channel-POINT = punkt obsługi
report-channel-OPEN311 = Open311

# Where a unit stands with a report.
assignment-stage-SENT = przekazane
assignment-stage-IN_HANDLING = w obsłudze
assignment-stage-ANSWERED = jest odpowiedź
assignment-stage-SENT_BACK = zwrócone

# Steps in the life of a report.
report-step-FILE = zgłoszono
report-step-VERIFY = zweryfikowano
report-step-MERGE = dołączono do innego
report-step-REJECT = odrzucono
report-step-FORWARD = przekazano do jednostki
report-step-TAKE = jednostka zajęła się sprawą
report-step-ANSWER = jednostka odpowiedziała
report-step-SEND_BACK = jednostka zwróciła sprawę
report-step-ASK = poproszono o uzupełnienie
report-step-SUPPLEMENT = uzupełniono
report-step-SEND_OUTSIDE = przekazano poza miasto
report-step-RETURN_FROM_OUTSIDE = nadeszła odpowiedź spoza miasta
report-step-CLOSE = zakończono
report-step-RESUME = podjęto na nowo
report-step-REOPEN = wznowiono
report-step-WITHDRAW = wycofano
report-step-HAND_OVER = przekazano komuś innemu
report-step-NOTE = notatka
report-step-ESCALATE = minęła część czasu na odpowiedź

# Districts on the map.
not-a-point = To nie jest punkt na Ziemi: szerokość to od -90 do 90 stopni, długość od -180 do 180.

# Open311.
open311-contact = Krakowskie Centrum Kontaktu: telefon 12 616 55 55, od poniedziałku do piątku od 7.40 do 15.30.
open311-key-service = Klucze do zgłaszania wydaje ten, kto prowadzi tę instalację. Do odczytu klucz nie jest potrzebny.
open311-path = Nie ma tu takiego adresu. Adresy kończą się na .xml albo .json; gdzie jest usługa, mówi discovery.xml.
open311-method = Ten adres nie zna tej metody: odczyt to GET, zgłoszenie to POST.
open311-jurisdiction = Nie ma tu takiego jurisdiction_id. Tutaj to „{ $known }”; można go pominąć.
open311-service = Nie ma takiego service_code. Listę podaje services.xml.
open311-token = Nie ma takiego tokenu. Zgłoszenie od razu dostaje service_request_id, więc tokeny nie są wydawane.
open311-closed = Nikt nie może tu zgłaszać przez Open311: nie wydano żadnych kluczy.
open311-no-key = Do zgłoszenia potrzebny jest api_key.
open311-wrong-key = Ten api_key nie jest znany.
open311-form = Wyślij parametry jako „{ $type }” w UTF-8.
open311-not-utf-8 = Parametry nie są poprawnym UTF-8.
open311-twice = Parametr „{ $name }” występuje dwa razy.
open311-many-parameters = Może być najwyżej { $max } parametrów.
open311-not-an-instant = Podaj datę, godzinę i strefę, na przykład 2026-11-20T10:00:00+01:00 albo 2026-11-20T09:00:00Z.
open311-not-a-count = Podaj liczbę całkowitą od 1 do { $max }.
open311-not-a-flag = Podaj true albo false.
open311-status = Status to open albo closed.
open311-span = Koniec nie może być przed początkiem ani później niż { $max } dni po nim.
open311-address-id = Identyfikatory adresów nie są tu znane. Podaj lat i long albo address_string.
open311-media = Podaj adres, który zaczyna się od https:// i ma najwyżej { $max } znaków.
open311-not-ascii = Klucz może mieć tylko litery, cyfry i znaki ASCII.

# Routing of reports.
no-such-district = Nie ma dzielnicy o numerze { $number }.
rule-without-condition = Reguła musi mieć co najmniej jeden warunek; bez warunków zabrałaby wszystkie zgłoszenia.
empty-hours = Te godziny kończą się, zanim się zaczną. Jeśli chodzi o całą dobę, pomiń je.
own-unit-only = Koordynator kieruje tylko do własnej jednostki.
bad-position = Miejsce na liście to liczba od 1.
routing-matched = Wszystkie warunki są spełnione: ta reguła decyduje.
routing-failed-ACTIVE = Reguła jest wyłączona.
routing-failed-KIND = Reguła dotyczy innego rodzaju zgłoszeń.
routing-failed-CATEGORY = Reguła dotyczy innych kategorii.
routing-failed-DISTRICT = Reguła dotyczy innych dzielnic albo dzielnica nie jest znana.
routing-failed-LAND_MANAGER = Reguła dotyczy terenu innego zarządcy albo zarządca nie jest znany.
routing-failed-WEEKDAY = Reguła dotyczy innych dni tygodnia.
routing-failed-HOURS = Reguła dotyczy innych godzin.
routing-failed-SEASON = Reguła dotyczy innej pory roku.
list-without-values = Lista musi mieć co najmniej jedną wartość do wyboru.
values-without-list = Wartości do wyboru ma tylko lista.
bad-promise = Podaj od 1 do { $max } dni.
category-too-deep = Kategorie mają dwa poziomy: nad tą albo pod nią jest już inna.

# Templates of answers.
unknown-variable = Szablon nie zna zmiennej „{ $name }”. Znane: { $known }.
template-of-other-kind = Zgłoszenia tej kategorii nie mogą mieć takiego wyniku.
template-no-address = miejsce wskazane w zgłoszeniu

# Statistics of reports.
period-backwards = Ostatni dzień okresu jest przed pierwszym.
period-too-long = Okres może mieć najwyżej { $max } lat: zapytaj o krótszy.
statistics-not-ready = Statystyki są jeszcze wczytywane. Spróbuj ponownie za chwilę.
statistics-no-unit = bez jednostki
statistics-no-district = bez dzielnicy
statistics-no-outcome = bez wyniku

# What everybody reads of a report.
blank-public-description = Napisz, co mają czytać wszyscy, albo pomiń to pole: wtedy pokażemy opis bez tego, co wygląda na dane osobowe.
# Accounts and sign-in.
role-CONSULTANT = konsultant
role-OFFICER = pracownik jednostki
role-COORDINATOR = koordynator jednostki
role-EDITOR = redaktor
role-PUBLISHER = wydawca
role-ANALYST = analityk
role-DPO = inspektor ochrony danych
role-ADMIN = administrator
cross-site = To żądanie wysłała obca strona. Zrób to ze strony Kontaktu.
token-name = Nazwa ma od 1 do { $max } znaków: małe litery, cyfry i myślniki.
token-scope = Nie ma zakresu „{ $scope }”. Znane: { $known }.
token-expires = Token musi wygasać w przyszłości, najpóźniej za { $max } dni.
token-taken = Jest już token o tej nazwie.
sign-in-title = Logowanie
sign-in-again = Wróć na początek
sign-in-not-under-way = To logowanie wygasło albo zostało już użyte. Zaloguj się jeszcze raz.
sign-in-other-browser = Logowanie zaczęto w innej przeglądarce. Zaloguj się jeszcze raz w tej.
sign-in-not-believed = Odpowiedź dostawcy tożsamości nie jest wiarygodna. Zaloguj się jeszcze raz.
sign-in-provider-refused = Dostawca tożsamości przerwał logowanie. Zaloguj się jeszcze raz.
sign-in-no-role = Twoje konto pracownika nie ma tu żadnej roli. O rolę poproś administratora.
sign-in-away = Dostawca tożsamości teraz nie odpowiada. Spróbuj za chwilę.
sign-in-failed = Logowanie nie udało się z naszej winy. Spróbuj za chwilę.
report-of-other-account = To zgłoszenie jest już na innym koncie.
link-label = Link w e-mailu
link-email = Adres e-mail
link-send = Wyślij link do logowania
link-sent = Jeśli adres jest poprawny, za chwilę przyjdzie wiadomość z linkiem. Otwórz go w tej przeglądarce w ciągu 15 minut.
link-use = Zaloguj się
link-no-address = Podaj adres e-mail, na przykład anna@example.org.
link-too-many = Na ten adres wysłaliśmy w ostatniej godzinie już { $max } linków. Spróbuj później.

# Letters.
mail-greeting = Dzień dobry,
mail-farewell =
    Kontakt, centrum kontaktu miasta
    Ten list napisała maszyna; odpowiedzi na niego nikt nie czyta.
mail-unsubscribe = Nie chcę więcej listów w tej sprawie:
mail-subject-SIGN_IN = Twój link do logowania
mail-text-SIGN_IN =
    Ktoś, najpewniej Ty, chce się zalogować tym adresem. Link działa raz, przez { $minutes } min, w przeglądarce, w której o niego poproszono.

    Jeśli to nie Ty, nie rób nic.
mail-action-SIGN_IN = Zaloguj się:
mail-subject-CONFIRM_CONTACT = { $number }: czy to Twój adres?
mail-text-CONFIRM_CONTACT =
    Z tym adresem przyjęto zgłoszenie { $number } ({ $category }).

    Jeśli jest Twoje i chcesz wiedzieć, co się z nim dzieje, potwierdź adres w ciągu { $days } dni. Jeśli nie, nie rób nic: więcej listów nie przyjdzie.
mail-action-CONFIRM_CONTACT = Potwierdź adres:
mail-subject-CONFIRM_FOLLOW = { $number }: czy chcesz śledzić to zgłoszenie?
mail-text-CONFIRM_FOLLOW =
    Ktoś poprosił o listy na ten adres w sprawie zgłoszenia { $number } ({ $category }).

    Jeśli to Ty, potwierdź w ciągu { $days } dni. Jeśli nie, nie rób nic: więcej listów nie przyjdzie.
mail-action-CONFIRM_FOLLOW = Śledź zgłoszenie:
mail-subject-REPORT_RECEIVED = { $number }: mamy Twoje zgłoszenie
mail-text-REPORT_RECEIVED =
    Przyjęliśmy zgłoszenie { $number } ({ $category }). Etap: { $stage }.

    Napiszemy, gdy trafi do jednostki, gdy ta o coś zapyta albo odpowie.
mail-action-REPORT_RECEIVED = Zobacz zgłoszenie:
mail-subject-REPORT_FORWARDED = { $number }: przekazane do jednostki
mail-text-REPORT_FORWARDED =
    Zgłoszenie { $number } ({ $category }) przekazano: { $units }.
mail-action-REPORT_FORWARDED = Zobacz zgłoszenie:
mail-subject-REPORT_ANSWERED = { $number }: jest odpowiedź
mail-text-REPORT_ANSWERED =
    Jest odpowiedź na zgłoszenie { $number } ({ $category }). Wynik: { $outcome }.
mail-action-REPORT_ANSWERED = Zobacz zgłoszenie:
mail-subject-REPORT_NEEDS_INFO = { $number }: jednostka ma pytanie
mail-text-REPORT_NEEDS_INFO =
    Aby zająć się zgłoszeniem { $number } ({ $category }), jednostka musi wiedzieć więcej. Uzupełnij je w ciągu { $days } dni; do tego czasu termin odpowiedzi nie biegnie.
mail-action-REPORT_NEEDS_INFO = Uzupełnij zgłoszenie:
mail-subject-REPORT_REOPENED = { $number }: wznowione
mail-text-REPORT_REOPENED =
    Zgłoszenie { $number } ({ $category }) wznowiono. Jednostka zajmie się nim od nowa.
mail-action-REPORT_REOPENED = Zobacz zgłoszenie:
mail-subject-REPORT_CLOSED = { $number }: zakończone
mail-text-REPORT_CLOSED =
    Zgłoszenie { $number } ({ $category }) zakończono. Wynik: { $outcome }.

    Jeśli sprawa nie jest załatwiona, osoba zgłaszająca może ją wznowić w ciągu { $days } dni.
mail-action-REPORT_CLOSED = Zobacz zgłoszenie:
mail-no-outcome = jeszcze bez wyniku
mail-quote-question = Pytanie:
mail-quote-answer = Odpowiedź:
mail-sample-number = KCK-2026-000123
mail-sample-category = Oświetlenie ulic
mail-sample-stage = przyjęte
mail-sample-outcome = rozwiązany
mail-sample-units = Zarząd Dróg Miasta Krakowa
mail-sample-days = 14
mail-sample-minutes = 15
mail-sample-question = O którą z dwóch latarni chodzi?
mail-sample-answer = Latarnia już świeci.
mail-question-confirm = Czy listy o tym zgłoszeniu mają przychodzić na Twój adres?
mail-button-confirm = Tak, to mój adres
mail-question-end = Czy listy o tym zgłoszeniu mają już nie przychodzić na Twój adres?
mail-button-end = Nie chcę więcej listów
mail-page-confirmed = Adres jest potwierdzony. Od teraz przychodzą listy.
mail-page-too-late = Ten link już nie działa. Nic się nie zmieniło.
mail-page-ended = Listy o tym zgłoszeniu już nie przychodzą na Twój adres.
mail-page-unknown = Nie znamy tego linku. Nic się nie zmieniło.
mail-page-unavailable = Teraz się nie da. Spróbuj ponownie za chwilę.
delivery-state-QUEUED = czeka
delivery-state-SENT = wysłane
delivery-state-FAILED = próba nieudana, będzie następna
delivery-state-DEAD = zaniechane
delivery-state-SUPPRESSED = niewysłane, bo nie było do kogo

# What everybody reads of a report.

# Audit.
audit-act-SIGNED_IN = zalogowano się
audit-act-SIGN_IN_FAILED = nie udało się zalogować
audit-act-SESSIONS_ENDED = zakończono sesje
audit-act-ROLE_CHANGED = zmieniono rolę
audit-act-TOKEN_CREATED = utworzono token dostępu
audit-act-TOKEN_REVOKED = unieważniono token dostępu
audit-act-CONTACT_READ = obejrzano dane kontaktowe
audit-act-DENIED = odmowa dostępu
look-reason = Podaj, dlaczego zaglądasz: contact(reason: ...). Zostaje to w dzienniku audytu.
# Biurko: kolejność reguł, propozycje, podmioty spoza miasta.
above-others = Nad regułami innych jednostek tylko administrator umieszcza regułę albo ją poszerza. Podaj miejsce { $lowest } lub dalsze, albo złóż propozycję.
district-and-point = Podaj dzielnicę albo punkt, nie jedno i drugie.
proposal-state-OPEN = czeka na decyzję
proposal-state-ACCEPTED = przyjęta
proposal-state-DECLINED = odrzucona
proposal-decided = O tej propozycji już zdecydowano: { $state }.
rule-or-template = Zaproponuj regułę albo szablon, nie jedno i drugie naraz.
unit-of-proposal = Reguła i szablon należą do jednostki, którą podają. Pomiń tu jednostkę.
external-answered = Na to już odpowiedziano; odpowiedzieć można raz.

# Profiles of residents.
unknown-language = Listy piszemy po polsku (pl), angielsku (en) lub ukraińsku (uk).
unknown-district = Nie ma dzielnicy { $number }.
mail-subject-CONFIRM_ADDRESS = Czy to Twój nowy adres?
mail-text-CONFIRM_ADDRESS =
    Ktoś, najpewniej Ty, chce, aby listy z konta przychodziły odtąd na ten adres. Jeśli to Ty, potwierdź go w ciągu { $minutes } minut.

    Jeśli to nie Ty, nie rób nic: nie wyślemy kolejnego listu.
mail-action-CONFIRM_ADDRESS = Potwierdź adres:
mail-subject-ADDRESS_CHANGES = Inny adres ma zastąpić ten
mail-text-ADDRESS_CHANGES =
    Na Twoim koncie podano inny adres e-mail. Zastąpi on ten adres, gdy zostanie potwierdzony w ciągu { $minutes } minut.

    Jeśli to nie Ty, zaloguj się, zakończ pozostałe sesje i podaj właściwy adres ponownie.
mail-action-ADDRESS_CHANGES = Zobacz:
mail-question-nothing = Czy na adres Twojego konta mają już nie przychodzić żadne listy o zgłoszeniach? Możesz to zmienić w swoim profilu.
mail-button-nothing = Nie wysyłajcie listów
mail-page-nothing = Na adres Twojego konta nie będą już przychodzić listy o zgłoszeniach.
mail-question-address = Czy listy z Twojego konta mają przychodzić na ten adres?
mail-button-address = Tak, to mój adres
mail-page-address = Adres został potwierdzony. Listy z Twojego konta będą odtąd przychodzić na ten adres.

# Timelines of residents.
case-event-FILED = złożono zgłoszenie
case-event-CLAIMED = przyjęto zgłoszenie na Twoje konto
case-event-SUPPORTED = popierasz zgłoszenie
case-event-FOLLOWED = obserwujesz zgłoszenie
case-event-RATED = oceniono odpowiedź
case-event-SUPPLEMENTED = odpowiedziano na pytanie
case-event-WITHDRAWN = wycofano zgłoszenie
case-event-VERIFIED = przeczytane przez konsultanta
case-event-MERGED = dołączone do innego zgłoszenia
case-event-REJECTED = odrzucone
case-event-FORWARDED = przekazane do jednostki
case-event-TAKEN = jednostka zajmuje się sprawą
case-event-ASKED = jednostka pyta Ciebie
case-event-SENT_OUTSIDE = przekazane poza miasto
case-event-RETURNED = jest odpowiedź spoza miasta
case-event-ANSWERED = jest odpowiedź jednostki
case-event-RESUMED = jednostka wraca do sprawy
case-event-CLOSED = zakończone
case-event-REOPENED = wznowione

# All data of a resident.
my-data-title = Moje dane
my-data-print = Wszystko, co Kontakt o Tobie wie. Stronę możesz wydrukować lub zapisać z menu przeglądarki; te same dane dla programów są pod adresem /my-data.json.
my-data-nothing = –
my-data-yes = tak
my-data-no = nie
audit-act-DATA_EXPORTED = zebrano dane mieszkańca
my-data-field-schemaVersion = Wersja tego zestawienia
my-data-field-madeAt = Sporządzono
my-data-field-complete = Kompletne
my-data-field-account = Konto
my-data-field-reports = Zgłoszenia
my-data-field-supports = Popierane i obserwowane
my-data-field-letters = Listy
my-data-field-consents = Zgody
my-data-field-looks = Kto zaglądał do Twoich danych kontaktowych
my-data-field-sessions = Sesje
my-data-field-signIns = Logowania
my-data-field-at = Kiedy
my-data-field-number = Numer
my-data-field-id = Identyfikator
my-data-field-provider = Dostawca logowania
my-data-field-subject = Temat lub nazwa u dostawcy
my-data-field-name = Imię i nazwisko
my-data-field-nameOfProvider = Imię i nazwisko od dostawcy
my-data-field-email = Adres e-mail
my-data-field-emailOfProvider = Adres e-mail od dostawcy
my-data-field-unconfirmedEmail = Adres czekający na potwierdzenie
my-data-field-phone = Telefon
my-data-field-language = Język
my-data-field-districts = Wybrane dzielnice
my-data-field-assurance = Poziom wiarygodności
my-data-field-lettersWanted = Wybrane listy
my-data-field-createdAt = Początek
my-data-field-signedInAt = Ostatnie logowanie
my-data-field-seenTimelineAt = Oś czasu przejrzana do
my-data-field-erasedFrom = Zostanie usunięte
my-data-field-any = Jakiekolwiek listy
my-data-field-received = O przyjęciu
my-data-field-forwarded = O przekazaniu
my-data-field-answered = O odpowiedzi
my-data-field-needsInfo = O pytaniu jednostki
my-data-field-other = O pozostałym
my-data-field-agent = Przeglądarka
my-data-field-usedAt = Ostatnio używana
my-data-field-expiresAt = Kończy się najpóźniej
my-data-field-endedAt = Zakończono
my-data-field-kind = Rodzaj
my-data-field-category = Kategoria
my-data-field-channel = Droga
my-data-field-receivedAt = Przyjęto
my-data-field-claimedAt = Przyjęto na konto
my-data-field-description = Opis
my-data-field-publicDescription = Opis publiczny
my-data-field-answers = Odpowiedzi na pytania
my-data-field-question = Pytanie
my-data-field-values = Odpowiedź
my-data-field-latitude = Szerokość geograficzna
my-data-field-longitude = Długość geograficzna
my-data-field-address = Miejsce
my-data-field-district = Dzielnica
my-data-field-contact = Kontakt
my-data-field-photos = Zdjęcia
my-data-field-step = Krok
my-data-field-stage = Etap
my-data-field-outcome = Wynik
my-data-field-reason = Powód
my-data-field-expectedBy = Odpowiedź spodziewana do
my-data-field-resolvedOn = Rozwiązano
my-data-field-closedAt = Zakończono
my-data-field-units = Jednostki
my-data-field-history = Historia
my-data-field-feedback = Twoja ocena odpowiedzi
my-data-field-unit = Jednostka
my-data-field-standing = Stan
my-data-field-sentAt = Wysłano
my-data-field-publicAnswer = Odpowiedź
my-data-field-answeredAt = Odpowiedziano
my-data-field-text = Treść
my-data-field-satisfied = Zadowolenie
my-data-field-reasons = Powody
my-data-field-allowsContact = Zgoda na kontakt
my-data-field-follows = Obserwowane
my-data-field-letter = List
my-data-field-state = Stan
my-data-field-changedAt = Zmieniono
my-data-field-givenAt = Udzielono
my-data-field-duty = Rola i jednostka
my-data-field-lookReason = Dlaczego
# Privacy.
audit-act-PERSON_ERASED = usunięto dane osoby
staff-stays = Konta pracownika nie można wymazać: jego identyfikator stoi w historii spraw. Odbierz rolę u dostawcy logowania.
report-or-account = Podaj jedno: numer zgłoszenia albo konto.
retention-contact = Dane kontaktowe osoby zgłaszającej, od zakończenia zgłoszenia
retention-follower = Adresy obserwujących zgłoszenie, od zakończenia zgłoszenia
retention-text = Treści i zdjęcia zgłoszeń wycofanych lub odrzuconych, od tej chwili
retention-unconfirmed = Adresy niepotwierdzone, od pytania
retention-letter = Wysłane listy i ich losy, od napisania
retention-search = Czego szukano, bez informacji kto, od wyszukania
retention-session = Sesje, od ich końca
retention-sign-in-link = Linki do logowania, od prośby o nie
retention-resend = Klucze rozpoznające powtórzone żądanie, od żądania
retention-audit = Działania i wglądy osób uprawnionych; pozostają, bo łańcuch musi być cały

# The end of an account, and what is put right.
deletion-sign-in = Od logowania minęło ponad { $minutes } minut. Zaloguj się ponownie, aby nikt nie zrobił tego za Ciebie.
deletion-name = Wpisz swoje imię i nazwisko tak, jak są w profilu.
deletion-asked = Usunięcie konta zostało już zgłoszone. Aby zachować konto, zaloguj się i odwołaj usunięcie.
deletion-not-asked = Nikt nie prosił o usunięcie tego konta.
too-many-corrections = O sprostowanie proszono już { $max } razy. Zadzwoń do centrum kontaktu.
mail-subject-DELETION_ASKED = Twoje konto zostanie usunięte { $day }
mail-text-DELETION_ASKED =
    Twoje konto zostało zgłoszone do usunięcia. Wszystkie sesje zostały zakończone, a listy o zgłoszeniach nie będą przychodzić.

    Dnia { $day } konto zostanie usunięte. Zgłoszenia pozostaną, bez Twoich danych. Jeśli chcesz zachować konto albo to nie Ty, zaloguj się przed tym dniem i odwołaj usunięcie.
mail-action-DELETION_ASKED = Zobacz:
mail-subject-DELETION_CANCELLED = Twoje konto pozostaje
mail-text-DELETION_CANCELLED =
    Twoje konto miało zostać usunięte { $day }. Usunięcie zostało odwołane i konto pozostaje bez zmian.
mail-action-DELETION_CANCELLED = Zobacz:
mail-sample-day = 2026-11-27
# Access tokens and who answers for them.
token-owner = Nie ma pracownika o tej nazwie, który ma rolę.
token-revoked = Ten token unieważniono wcześniej.
# Formularze.
search-kind-FORM = formularz
not-an-amount = Podaj kwotę jako 12.50.
not-a-pesel = To nie jest numer PESEL: sprawdź, czy wszystkie jedenaście cyfr jest dobrze przepisanych.
not-a-nip = To nie jest NIP: sprawdź, czy wszystkie dziesięć cyfr jest dobrze przepisanych.
not-a-regon = To nie jest REGON: sprawdź, czy wszystkie dziewięć lub czternaście cyfr jest dobrze przepisanych.
not-a-postal-code = Podaj kod pocztowy jako 31-004.
form-other-version = Ten formularz ma już inną wersję: odpowiedzi są do wersji { $given }, a obowiązuje { $current }.
form-answers-too-long = Wszystkie odpowiedzi razem mogą mieć najwyżej { $max } bajtów.
form-unknown-field = Formularz nie ma takiego pola.
form-hidden-field = To pole nie dotyczy tej sprawy. Usuń odpowiedź.
form-computed-field = To pole wypełnia się samo. Usuń odpowiedź.
form-declare = Bez tego oświadczenia nie można wysłać formularza.
form-other-kind = Tu potrzebna jest wartość innego rodzaju: { $kind }.
form-decimals = Liczba może mieć po kropce najwyżej tyle cyfr: { $max }.
form-number-range = Podaj liczbę od { $min } do { $max }.
form-too-early = Podaj dzień nie wcześniejszy niż { $day }.
form-too-late = Podaj dzień nie późniejszy niż { $day }.
form-count = Formularz ma od 1 do { $max } kroków.
form-empty-step = Krok bez pól niczego nie wnosi. Dodaj pole albo usuń krok.
form-translation-missing = Brakuje tłumaczenia.
form-other-attribute = Pola tego rodzaju nie mają takiej właściwości.
form-bad-limit = Takiej granicy nie da się dotrzymać.
form-consent-required = Zgoda, której trzeba udzielić, nie jest zgodą. Użyj oświadczenia albo jej nie wymagaj.
form-required-twice = Pole jest wymagane zawsze albo pod warunkiem, nie jedno i drugie.
form-computed-and-filled = Pole, które wylicza się samo, nie może być wymagane, podpowiadane ani mieć przykładu.
form-seen-by = Takich danych ta grupa nie może oglądać.
form-identifying = Ta odpowiedź zawsze mówi, kim ktoś jest: daj polu klasę IDENTIFYING albo wyższą.
form-condition-size = Warunek może mieć najwyżej { $depth } poziomów i { $max } części.
form-condition-shape = Warunek mówi dokładnie jedno: pole z wartością albo listą wartości, filled, all, any albo not.
form-unknown-reference = Powyżej nie ma pola „{ $code }”. Nazwać można tylko pola, które stoją wyżej.
form-computed-reference = Pole „{ $code }” wylicza się samo, więc nie może tu stać.
form-impossible-value = Pole „{ $code }” nigdy nie ma wartości „{ $value }”.
form-computation-shape = Podaj dokładnie jedno: sum, daysBetween z dwoma polami albo copy.
form-computation-kind = Rodzaje pól nie pasują do tego obliczenia.
form-never-shown = Ten warunek nigdy się nie spełni: nikt tego nie zobaczy.
form-nothing-to-publish = Formularz nie ma szkicu, który można opublikować.
form-not-published = Formularz nie jest opublikowany.
form-field-TEXT = wiersz tekstu
form-field-LONG_TEXT = tekst
form-field-NUMBER = liczba
form-field-MONEY = kwota, na przykład "12.50"
form-field-DATE = dzień, na przykład "2026-11-20"
form-field-CHOICE = klucz z listy
form-field-CHOICES = lista kluczy
form-field-EMAIL = adres e-mail
form-field-PHONE = numer telefonu
form-field-PESEL = PESEL
form-field-NIP = NIP
form-field-REGON = REGON
form-field-ADDRESS = adres: street, building, flat, postalCode, city
form-field-DISTRICT = numer dzielnicy
form-field-FILE = lista kluczy plików
form-field-CONSENT = true albo false
form-field-DECLARATION = true
retention-MONTHS_3 = trzy miesiące
retention-YEARS_2 = dwa lata
retention-YEARS_5 = pięć lat
retention-YEARS_10 = dziesięć lat
retention-PERMANENT = na zawsze, w archiwum państwowym
