# Refusals: what is wrong and how to mend it.
not-found = Такого немає, або ви не можете цього бачити.
unauthenticated = Спершу увійдіть або перевірте токен, який надсилаєте.
forbidden = Ваша роль цього не дозволяє.
unavailable = Служба зараз не може цього зробити. Спробуйте ще раз за мить.
internal = Щось пішло не так на нашому боці. Повідомляючи про це, вкажіть { $id }.
timeout = Відповідь тривала довше ніж { $seconds } с. Попросіть менше даних.
timeout-write = Запис тривав довше ніж { $seconds } с. Невідомо, чи він удався: прочитайте дані, перш ніж повторювати.
required = Тут потрібне значення.
too-long = Тут можна ввести щонайбільше { $max } символів.
too-many = Тут можна вказати щонайбільше { $max } позицій.
nul-character = Текст не може містити символ U+0000.
heading-in-text = Рядок не може починатися з «{ $mark }»: так у файлі картки починається інша частина.
one-line = Тут має бути один рядок.
not-a-slug = Використовуйте малі латинські літери, цифри та дефіси, наприклад «wydanie-dowodu».
not-a-code = Використовуйте великі латинські літери та цифри, наприклад «SA».
taken = «{ $value }» уже зайнято.
unknown-unit = Немає підрозділу з кодом «{ $code }».
unknown-life-event = Немає життєвої події з кодом «{ $code }». Відомі: { $known }.
not-a-duration = «{ $value }» не є періодом у форматі ISO 8601, таким як P30D.
not-a-url = «{ $value }» не є адресою, що починається з https:// або http://.
fee-ends-before-start = Плата закінчується ({ $to }) раніше, ніж починається ({ $from }).
free-and-fees = Картка каже, що справа безкоштовна, але містить оплати.
translation-count = Переклад має позицій: { $found }, а польський текст: { $wanted }.
stale = Це змінилося після того, як ви його прочитали: у вас версія { $expected }, поточна { $current }. Прочитайте ще раз.
wrong-state = Версія у стані «{ $state }» не може перейти у стан «{ $wanted }».
nothing-to-do = Картка не має версії, якої стосується цей крок.
not-a-draft = Ця версія на перевірці або затверджена. Спершу поверніть її до чернетки.
four-eyes = Те, що ви написали, має затвердити й опублікувати хтось інший.
no-live-version = Картку не опубліковано.
valid-from-past = Цей день не може бути в минулому.
part-missing = Картку не можна опублікувати без цієї частини: { $part }.
means-itself = Це те саме слово; вкажіть, як це називають картки.
acronym-one-word = Скорочення — це одне слово з літер і цифр, наприклад «BO».
unknown-answer = Немає картки чи статті «{ $name }».
bad-rank = Місце у списку — це число від 1 до { $max }.
bad-days = Перший день не може бути пізніше за останній, і днів щонайбільше { $max }.
wrong-gap-state = Прогалина у стані «{ $state }» не може перейти у стан «{ $wanted }».
bad-cursor = Цей курсор не належить до цього списку.
bad-first = «first» має бути числом від 0 до { $max }.
too-many-ids = Одночасно можна запитати щонайбільше { $max } ідентифікаторів.
bad-query-length = Запит може мати щонайбільше { $max } символів.
index-rebuilding = Пошуковий індекс саме відбудовується. Спробуйте ще раз за мить.
too-deep-page = Пошук показує щонайбільше { $max } результатів. Уточніть запит.

# Refusals of the GraphQL handler.
body-too-large = Тіло запиту більше ніж { $max } байтів.
not-json = Тіло не є правильним JSON.
not-an-object = Тіло має бути об’єктом JSON із полем «query»; пакети запитів не приймаються.
no-query = Бракує параметра «query».
bad-parameter = Параметр «{ $name }» має бути таким: { $wanted }.
parse-error = Запит неможливо прочитати: { $reason }
no-operation = У запиті немає операції з такою назвою, або їх кілька і слід вказати «operationName».
query-too-long = Запит довший ніж { $max } символів.
too-many-tokens = Запит має понад { $max } лексем.
too-deep = Запит вкладений глибше ніж на { $max } рівнів.
schema-too-deep = Типи схеми простежено глибше, ніж на { $max } рівні.
too-many-aliases = Запит має понад { $max } псевдонімів.
too-many-directives = Запит має понад { $max } директив.
too-complex = Запит коштує { $cost } балів, а доступно { $max }. Попросіть менше об’єктів або коротші сторінки.
mutation-by-get = Мутації слід надсилати методом POST.
subscription-by-http = Підписки працюють через WebSocket на /graphql/ws або через SSE на /graphql/stream.
media-type = Надішліть запит як application/json.
not-acceptable = Відповідь може бути application/graphql-response+json або application/json.
overloaded = Забагато запитів одночасно. Спробуйте ще раз за мить.
persisted-not-supported = Збережені запити тут не ввімкнено; надішліть сам запит.

# Sections of a card.
section-SUMMARY = Опис
section-CRITERIA = Кого стосується
section-STEPS = Крок за кроком
section-DOCUMENTS = Документи
section-FEES = Оплата
section-DEADLINE = Термін
section-PLACES = Де
section-CHANNELS = Як подати
section-OUTCOME = Результат
section-APPEAL = Оскарження
section-NOTES = Варто знати
section-QUESTIONS = Питання та відповіді
section-LEGAL = Правова основа
section-TEXT = Текст

# States of a card.
card-state-DRAFT = чернетка
card-state-IN_REVIEW = на перевірці
card-state-APPROVED = затверджено
card-state-PUBLISHED = опубліковано
card-state-SUPERSEDED = замінено
card-state-WITHDRAWN = відкликано

# States of a gap in the knowledge.
gap-state-NEW = нова
gap-state-ASSIGNED = призначена
gap-state-WRITTEN = написана
gap-state-VERIFIED = перевірена
gap-state-REJECTED = відхилена

# Kinds of units.
unit-kind-OFFICE_DEPARTMENT = відділ міської ради
unit-kind-MUNICIPAL_UNIT = міська установа
unit-kind-CITY_COMPANY = міська компанія
unit-kind-OUTSIDE_BODY = установа поза містом

# Ways to reach the office.
channel-IN_PERSON = особисто
channel-ONLINE = онлайн
channel-POST = листом
channel-E_DELIVERY = через e-Doręczenia
channel-EMAIL = електронною поштою
channel-PHONE = телефоном

# Whether something can be done.
possible-YES = так
possible-NO = ні
possible-PARTIAL = у деяких випадках

# Who may read an article.
visibility-PUBLIC = для всіх
visibility-STAFF = для працівників

# Kinds of reports.
report-kind-PROBLEM = проблема
report-kind-IDEA = ідея

# How days are counted.
days-CALENDAR = календарні дні
days-WORKING = робочі дні

# Groups of districts.
office-group-SRODMIESCIE_KROWODRZA = Śródmieście і Krowodrza
office-group-PODGORZE = Podgórze
office-group-NOWA_HUTA = Nowa Huta

# Parts that a published card must have.
part-title = назва
part-summary = опис
part-unit = підрозділ
part-channels = спосіб подання або місце
part-deadline = термін (досить «nie dotyczy»)
part-fees = оплата або «free = true»
part-appeal = оскарження (досить «Nie przysługuje.»)
part-legalBasis = правова основа
part-reviewDue = день перегляду

# What a search finds.
search-kind-SERVICE_CARD = послуга
search-kind-ARTICLE = стаття

# Whether a matter can be filed online.
online-yes = онлайн
online-no = не онлайн

# Areas of the city's services.
area-IDENTITY = Посвідчення, прописка, PESEL, вибори
area-VEHICLES = Транспорт і водії
area-CIVIL_REGISTRY = Реєстрація актів цивільного стану
area-PARKING = Паркування і зона чистого транспорту
area-CIVIC_BUDGET = Громадський бюджет
area-SOCIAL_HELP = Соціальна допомога і виплати
area-WORK = Робота
area-TAXES = Податки і збори
area-WASTE = Відходи
area-BUSINESS = Підприємництво
area-ENVIRONMENT = Зелень, повітря, тварини
area-BUILDING = Будівництво, земля, дороги, житло
area-EDUCATION = Освіта
area-CITY = Місто і його управління
