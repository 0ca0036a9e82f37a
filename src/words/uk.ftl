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
persisted-unknown = Документ із таким хешем невідомий; додайте його текст.
persisted-other-hash = Хеш не є SHA-256 цього запиту.
persisted-form = extensions.persistedQuery має бути об’єктом із version 1 та sha256Hash із 64 шістнадцяткових цифр.
unknown-directive = Директива @{ $name } тут невідома або стоїть двічі.
only-trusted-documents = Тут виконуються лише операції, узгоджені з власником цієї інсталяції.
rate-limited = Забагато запитів: спробуйте ще раз за { $seconds } с.

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

# What looks like personal data.
personal-data-PESEL = PESEL
personal-data-PHONE = телефон
personal-data-EMAIL = e-mail
personal-data-PLATE = номерний знак
personal-data-removed = [вилучено: { $what }]

# Photos and uploads.
photo-too-large = Фото може мати щонайбільше { $max } МБ. Виберіть у камері менший розмір або надішліть обрізане фото.
photo-unknown-kind = Це не фото, яке можна прийняти. Надішліть JPEG, PNG або WebP.
photo-too-many-pixels = Фото може мати щонайбільше { $max } мегапікселів і 16 384 пікселі на стороні. Надішліть менше.
photo-broken = Фото не вдається прочитати: можливо, воно пошкодилося дорогою. Надішліть його ще раз або зробіть інше.
photo-key = Цього фото вже немає: фото чекає на звернення 24 години. Надішліть його ще раз.
upload-preflight = Файли приймаються лише із заголовком «GraphQL-Preflight: 1».
upload-broken = Форму не вдається прочитати: це не правильний multipart/form-data, або вона обривається.
upload-missing = У формі бракує частини «{ $part }».
upload-unknown = Частини «{ $part }» немає в «map», або вона трапляється двічі.
upload-map = Частина «map» має бути об’єктом JSON: назва кожного файлу зі шляхами його змінних, наприклад { "{" } "0": ["variables.input.photo"] { "}" }.
upload-variable = «{ $path }» не є змінною, яка має значення null і чекає на один файл.
upload-too-many = В одному запиті може бути щонайбільше { $max } файлів.
upload-text-too-large = Частина «{ $part }» більша ніж { $max } байтів.

# Refusals about reports.
answered-twice = На це запитання вже є відповідь.
unknown-question = Ця категорія не має запитання «{ $code }».
answer-missing = Дайте відповідь на запитання: { $question }
one-answer = Тут можна дати одну відповідь.
not-a-number = Вкажіть число, наприклад 2 або 1.5.
not-a-day = Вкажіть день у вигляді 2026-11-20.
not-a-choice = Виберіть зі списку: { $known }.
channel-of-staff = Цим каналом звернення приймають лише працівники. Використайте PORTAL або APP.
unknown-category = Немає категорії «{ $code }». Список дає запит reportCategories.
category-of-other-kind = Категорія «{ $code }» призначена для звернень іншого виду.
place-missing = Вкажіть місце: точку на карті або адресу.
half-a-point = Вкажіть разом latitude і longitude.
outside-city = Це місце лежить за { $metres } м поза Краковом. Перевірте точку на карті; справу іншої гміни повідомте в її уряді.
not-an-email = Це не схоже на адресу електронної пошти.
not-a-phone = Це не схоже на номер телефону: вкажіть від 7 до 15 цифр.
short-key = Ключ повинен мати щонайменше { $min } символів; генеруйте його для кожного звернення, наприклад як UUID.
key-of-other = Під цим ключем уже надіслано щось інше. Згенеруйте новий ключ.
outcome-of-other-kind = Результат «{ $outcome }» не стосується звернень цього виду.
outcome-on-taking = При прийнятті можна вказати лише, що справа вирішується або аналізується.
reason-missing = Напишіть, чому звернення безпідставне.
pointer-missing = Напишіть, хто може допомогти замість міста.
review-missing = Вкажіть день, коли справу переглянуть знову.
bad-review = День перегляду має бути в майбутньому, щонайбільше через { $days } днів.
wrong-report-stage = Звернення на етапі «{ $stage }», де такого кроку немає.
units-count = Вкажіть від 1 до { $max } підрозділів.
unit-has-it = Підрозділ «{ $code }» уже має це звернення.
no-such-original = Немає звернення цього виду, до якого можна приєднати це.
taken-already = Хтось із цього підрозділу вже цим займається.
take-first = Спочатку прийміть звернення.
too-late-to-reopen = Закрите звернення можна відновити протягом { $days } днів. Потім подайте його ще раз.
nothing-to-rate = Оцінити можна закрите звернення протягом 14 днів після закриття.
rated-already = Це звернення вже оцінено.
content-but-not = Хто задоволений, не вказує причин і не відновлює звернення.
not-an-idea = Пов'язати можна дві різні ідеї, які ви бачите.
bad-circle = Вкажіть точку і радіус більший за 0 і не більший за { $max } м.
bad-box = Вкажіть прямокутник: південь не північніше півночі, захід не східніше сходу.

# Where a report stands.
report-stage-RECEIVED = отримано
report-stage-VERIFIED = перевірено
report-stage-FORWARDED = передано підрозділу
report-stage-IN_HANDLING = опрацьовується
report-stage-NEEDS_INFO = чекаємо на доповнення
report-stage-EXTERNAL = передано за межі міста
report-stage-ANSWERED = є відповідь
report-stage-CLOSED = завершено, мешканця повідомлено
report-stage-REOPENED = відновлено
report-stage-MERGED = приєднано до іншого
report-stage-WITHDRAWN = відкликано
report-stage-REJECTED = відхилено

# What became of a problem, in the words of the city's publications.
report-outcome-RESOLVED = проблему вирішено
report-outcome-IN_PROGRESS = вирішується
report-outcome-NOT_FOUND = проблеми не виявлено
report-outcome-OUT_OF_CITY_COMPETENCE = поза компетенцією міста
report-outcome-UNDER_ANALYSIS = аналізується
report-outcome-UNFOUNDED = безпідставне
report-outcome-AWAITING_FUNDS = очікування коштів
report-outcome-IMPLEMENTED = реалізовано
report-outcome-IN_IMPLEMENTATION = реалізується
report-outcome-TEMPORARY_SOLUTION = тимчасове рішення

# What became of an idea, in the words of the city's publications.
idea-outcome-RESOLVED = проблему вирішено
idea-outcome-IN_PROGRESS = вирішується
idea-outcome-NOT_FOUND = проблеми не виявлено
idea-outcome-IMPLEMENTED = реалізовано
idea-outcome-IN_IMPLEMENTATION = реалізується
idea-outcome-UNFOUNDED = безпідставна
idea-outcome-UNDER_ANALYSIS = аналізується
idea-outcome-AWAITING_FUNDS = очікування коштів
idea-outcome-OUT_OF_CITY_COMPETENCE = поза компетенцією міста
idea-outcome-TEMPORARY_SOLUTION = тимчасове рішення

# The way on which a report came.
report-channel-PORTAL = портал
report-channel-APP = застосунок
report-channel-PHONE = телефон
report-channel-EMAIL = електронна пошта
report-channel-POINT = пункт обслуговування
report-channel-OPEN311 = Open311

# Where a unit stands with a report.
assignment-stage-SENT = передано
assignment-stage-IN_HANDLING = опрацьовується
assignment-stage-ANSWERED = є відповідь
assignment-stage-SENT_BACK = повернуто

# Steps in the life of a report.
report-step-FILE = подано
report-step-VERIFY = перевірено
report-step-MERGE = приєднано до іншого
report-step-REJECT = відхилено
report-step-FORWARD = передано підрозділу
report-step-TAKE = підрозділ узявся за справу
report-step-ANSWER = підрозділ відповів
report-step-SEND_BACK = підрозділ повернув справу
report-step-ASK = попросили доповнити
report-step-SUPPLEMENT = доповнено
report-step-SEND_OUTSIDE = передано за межі міста
report-step-RETURN_FROM_OUTSIDE = надійшла відповідь ззовні
report-step-CLOSE = завершено
report-step-RESUME = відновлено роботу
report-step-REOPEN = відновлено
report-step-WITHDRAW = відкликано
report-step-HAND_OVER = передано іншому
report-step-NOTE = нотатка
report-step-ESCALATE = минула частина часу на відповідь

# Districts on the map.
not-a-point = Це не точка на Землі: широта – від -90 до 90 градусів, довгота – від -180 до 180.

# Open311.
open311-contact = Контакт-центр Кракова: телефон 12 616 55 55, з понеділка до п’ятниці з 7.40 до 15.30.
open311-key-service = Ключі для подання видає той, хто утримує цю інсталяцію. Для читання ключ не потрібен.
open311-path = Тут немає такої адреси. Адреси закінчуються на .xml або .json; де сервіс, каже discovery.xml.
open311-method = Ця адреса не знає цього методу: читання — це GET, подання — POST.
open311-jurisdiction = Тут немає такого jurisdiction_id. Тут це «{ $known }»; його можна не вказувати.
open311-service = Немає такого service_code. Список подає services.xml.
open311-token = Немає такого токена. Звернення одразу отримує service_request_id, тому токени не видаються.
open311-closed = Тут ніхто не може подавати через Open311: жодного ключа не видано.
open311-no-key = Для подання потрібен api_key.
open311-wrong-key = Цей api_key невідомий.
open311-form = Надішліть параметри як «{ $type }» у UTF-8.
open311-not-utf-8 = Параметри не є правильним UTF-8.
open311-twice = Параметр «{ $name }» трапляється двічі.
open311-many-parameters = Може бути щонайбільше { $max } параметрів.
open311-not-an-instant = Вкажіть дату, час і пояс, наприклад 2026-11-20T10:00:00+01:00 або 2026-11-20T09:00:00Z.
open311-not-a-count = Вкажіть ціле число від 1 до { $max }.
open311-not-a-flag = Вкажіть true або false.
open311-status = Статус — це open або closed.
open311-span = Кінець не може бути раніше за початок або пізніше ніж через { $max } днів після нього.
open311-address-id = Ідентифікатори адрес тут невідомі. Вкажіть lat і long або address_string.
open311-media = Вкажіть адресу, що починається з https:// і має щонайбільше { $max } знаків.
open311-not-ascii = Ключ може мати лише літери, цифри та знаки ASCII.

# Routing of reports.
no-such-district = Немає району з номером { $number }.
rule-without-condition = Правило повинно мати щонайменше одну умову; без умов воно забрало б усі звернення.
empty-hours = Ці години закінчуються раніше, ніж починаються. Якщо йдеться про цілу добу, пропустіть їх.
own-unit-only = Координатор скеровує лише до власного підрозділу.
bad-position = Місце у списку – це число від 1.
routing-matched = Усі умови виконано: це правило вирішує.
routing-failed-ACTIVE = Правило вимкнено.
routing-failed-KIND = Правило стосується іншого виду звернень.
routing-failed-CATEGORY = Правило стосується інших категорій.
routing-failed-DISTRICT = Правило стосується інших районів, або район невідомий.
routing-failed-LAND_MANAGER = Правило стосується землі іншого управителя, або управитель невідомий.
routing-failed-WEEKDAY = Правило стосується інших днів тижня.
routing-failed-HOURS = Правило стосується інших годин.
routing-failed-SEASON = Правило стосується іншої пори року.
list-without-values = Список повинен мати щонайменше одне значення для вибору.
values-without-list = Значення для вибору має лише список.
bad-promise = Вкажіть від 1 до { $max } днів.
category-too-deep = Категорії мають два рівні: над цією або під нею вже є інша.

# Templates of answers.
unknown-variable = Шаблон не знає змінної «{ $name }». Відомі: { $known }.
template-of-other-kind = Звернення цієї категорії не можуть мати такого результату.
template-no-address = місце, вказане у зверненні

# Statistics of reports.
period-backwards = Останній день періоду передує першому.
period-too-long = Період може мати щонайбільше { $max } років: запитайте про коротший.
statistics-not-ready = Статистика ще завантажується. Спробуйте за мить.
statistics-no-unit = без підрозділу
statistics-no-district = без району
statistics-no-outcome = ще без результату

# What everybody reads of a report.
blank-public-description = Напишіть, що мають читати всі, або пропустіть це поле: тоді покажемо опис без того, що схоже на персональні дані.
# Accounts and sign-in.
role-CONSULTANT = консультант
role-OFFICER = працівник підрозділу
role-COORDINATOR = координатор підрозділу
role-EDITOR = редактор
role-PUBLISHER = видавець
role-ANALYST = аналітик
role-DPO = інспектор із захисту даних
role-ADMIN = адміністратор
cross-site = Цей запит надіслала чужа сторінка. Зробіть це зі сторінки Kontakt.
token-name = Назва має від 1 до { $max } знаків: малі літери, цифри та дефіси.
token-scope = Немає обсягу прав «{ $scope }». Відомі: { $known }.
token-expires = Токен має закінчуватися в майбутньому, щонайпізніше за { $max } днів.
token-taken = Токен із такою назвою вже є.
sign-in-title = Вхід
sign-in-again = Повернутися на початок
sign-in-not-under-way = Цей вхід завершився або вже був використаний. Увійдіть ще раз.
sign-in-other-browser = Вхід почато в іншому браузері. Увійдіть ще раз у цьому.
sign-in-not-believed = Відповіді постачальника ідентифікації не можна довіряти. Увійдіть ще раз.
sign-in-provider-refused = Постачальник ідентифікації перервав вхід. Увійдіть ще раз.
sign-in-no-role = Ваш обліковий запис працівника не має тут жодної ролі. Зверніться до адміністратора.
sign-in-away = Постачальник ідентифікації зараз не відповідає. Спробуйте за мить.
sign-in-failed = Вхід не вдався з нашої вини. Спробуйте за мить.
report-of-other-account = Це звернення вже в іншому обліковому записі.
link-label = Посилання електронною поштою
link-email = Адреса електронної пошти
link-send = Надіслати посилання для входу
link-sent = Якщо адреса правильна, за мить надійде лист із посиланням. Відкрийте його в цьому браузері протягом 15 хвилин.
link-use = Увійти
link-no-address = Вкажіть адресу електронної пошти, наприклад anna@example.org.
link-too-many = На цю адресу за останню годину вже надіслано посилань: { $max }. Спробуйте пізніше.

# Letters.
mail-greeting = Добрий день,
mail-farewell =
    Kontakt, контактний центр міста
    Цей лист написала машина; відповідей на нього ніхто не читає.
mail-unsubscribe = Не хочу більше листів про це:
mail-subject-SIGN_IN = Ваше посилання для входу
mail-text-SIGN_IN =
    Хтось, найімовірніше ви, хоче увійти з цією адресою. Посилання діє один раз, протягом { $minutes } хв, у браузері, у якому його попросили.

    Якщо це не ви, нічого не робіть.
mail-action-SIGN_IN = Увійти:
mail-subject-CONFIRM_CONTACT = { $number }: чи це ваша адреса?
mail-text-CONFIRM_CONTACT =
    З цією адресою прийнято звернення { $number } ({ $category }).

    Якщо воно ваше і ви хочете знати, що з ним відбувається, підтвердьте адресу протягом { $days } днів. Якщо ні, нічого не робіть: більше листів не буде.
mail-action-CONFIRM_CONTACT = Підтвердити адресу:
mail-subject-CONFIRM_FOLLOW = { $number }: чи хочете стежити за цим зверненням?
mail-text-CONFIRM_FOLLOW =
    Хтось попросив надсилати на цю адресу листи про звернення { $number } ({ $category }).

    Якщо це ви, підтвердьте протягом { $days } днів. Якщо ні, нічого не робіть: більше листів не буде.
mail-action-CONFIRM_FOLLOW = Стежити за зверненням:
mail-subject-REPORT_RECEIVED = { $number }: ваше звернення в нас
mail-text-REPORT_RECEIVED =
    Звернення { $number } ({ $category }) прийнято. Етап: { $stage }.

    Ми напишемо, коли його отримає підрозділ, коли він про щось запитає або відповість.
mail-action-REPORT_RECEIVED = Переглянути звернення:
mail-subject-REPORT_FORWARDED = { $number }: передано підрозділу
mail-text-REPORT_FORWARDED =
    Звернення { $number } ({ $category }) передано: { $units }.
mail-action-REPORT_FORWARDED = Переглянути звернення:
mail-subject-REPORT_ANSWERED = { $number }: є відповідь
mail-text-REPORT_ANSWERED =
    Є відповідь на звернення { $number } ({ $category }). Результат: { $outcome }.
mail-action-REPORT_ANSWERED = Переглянути звернення:
mail-subject-REPORT_NEEDS_INFO = { $number }: підрозділ має запитання
mail-text-REPORT_NEEDS_INFO =
    Щоб розглянути звернення { $number } ({ $category }), підрозділ має знати більше. Доповніть його протягом { $days } днів; до того часу термін відповіді не спливає.
mail-action-REPORT_NEEDS_INFO = Доповнити звернення:
mail-subject-REPORT_REOPENED = { $number }: відновлено
mail-text-REPORT_REOPENED =
    Звернення { $number } ({ $category }) відновлено. Підрозділ розгляне його знову.
mail-action-REPORT_REOPENED = Переглянути звернення:
mail-subject-REPORT_CLOSED = { $number }: завершено
mail-text-REPORT_CLOSED =
    Звернення { $number } ({ $category }) завершено. Результат: { $outcome }.

    Якщо справу не вирішено, особа, яка подала звернення, може відновити його протягом { $days } днів.
mail-action-REPORT_CLOSED = Переглянути звернення:
mail-no-outcome = ще без результату
mail-quote-question = Запитання:
mail-quote-answer = Відповідь:
mail-sample-number = KCK-2026-000123
mail-sample-category = Вуличне освітлення
mail-sample-stage = прийнято
mail-sample-outcome = вирішено
mail-sample-units = Управління доріг міста Кракова
mail-sample-days = 14
mail-sample-minutes = 15
mail-sample-question = Про який із двох ліхтарів ідеться?
mail-sample-answer = Ліхтар уже світить.
mail-question-confirm = Чи надсилати листи про це звернення на вашу адресу?
mail-button-confirm = Так, це моя адреса
mail-question-end = Чи більше не надсилати листів про це звернення на вашу адресу?
mail-button-end = Не хочу більше листів
mail-page-confirmed = Адресу підтверджено. Відтепер надходитимуть листи.
mail-page-too-late = Це посилання вже не діє. Нічого не змінилося.
mail-page-ended = Листи про це звернення більше не надходитимуть на вашу адресу.
mail-page-unknown = Такого посилання ми не знаємо. Нічого не змінилося.
mail-page-unavailable = Зараз це неможливо. Спробуйте ще раз за мить.
delivery-state-QUEUED = очікує
delivery-state-SENT = надіслано
delivery-state-FAILED = спроба невдала, буде наступна
delivery-state-DEAD = припинено
delivery-state-SUPPRESSED = не надіслано, бо не було кому

# What everybody reads of a report.

# Audit.
audit-act-SIGNED_IN = виконано вхід
audit-act-SIGN_IN_FAILED = не вдалося увійти
audit-act-SESSIONS_ENDED = завершено сеанси
audit-act-ROLE_CHANGED = змінено роль
audit-act-TOKEN_CREATED = створено токен доступу
audit-act-TOKEN_REVOKED = відкликано токен доступу
audit-act-CONTACT_READ = переглянуто контактні дані
audit-act-DENIED = відмовлено в доступі
look-reason = Вкажіть, навіщо переглядаєте: contact(reason: ...). Це зберігається в журналі аудиту.
# Стіл: порядок правил, пропозиції, установи поза містом.
above-others = Над правилами інших підрозділів лише адміністратор розміщує або розширює правило. Вкажіть місце { $lowest } або далі, чи подайте пропозицію.
district-and-point = Вкажіть район або точку, не обидва разом.
proposal-state-OPEN = чекає на рішення
proposal-state-ACCEPTED = прийнято
proposal-state-DECLINED = відхилено
proposal-decided = Щодо цієї пропозиції вже вирішено: { $state }.
rule-or-template = Запропонуйте правило або шаблон, не обидва разом.
unit-of-proposal = Правило й шаблон належать підрозділу, який у них указано. Не вказуйте підрозділ тут.
external-answered = На це вже відповіли; відповісти можна один раз.

# Profiles of residents.
unknown-language = Листи надсилаємо польською (pl), англійською (en) або українською (uk).
unknown-district = Немає району { $number }.
mail-subject-CONFIRM_ADDRESS = Це Ваша нова адреса?
mail-text-CONFIRM_ADDRESS =
    Хтось, найімовірніше Ви, хоче, щоб листи з облікового запису надходили на цю адресу. Якщо це Ви, підтвердьте її протягом { $minutes } хвилин.

    Якщо це не Ви, нічого не робіть: більше листів не буде.
mail-action-CONFIRM_ADDRESS = Підтвердити адресу:
mail-subject-ADDRESS_CHANGES = Інша адреса має замінити цю
mail-text-ADDRESS_CHANGES =
    У Вашому обліковому записі вказано іншу електронну адресу. Вона замінить цю, коли її підтвердять протягом { $minutes } хвилин.

    Якщо це не Ви, увійдіть, завершіть інші сеанси та вкажіть правильну адресу знову.
mail-action-ADDRESS_CHANGES = Переглянути:
mail-question-nothing = Більше не надсилати жодних листів про звернення на адресу Вашого облікового запису? Це можна змінити у Вашому профілі.
mail-button-nothing = Більше не надсилати
mail-page-nothing = Листи про звернення більше не надходитимуть на адресу Вашого облікового запису.
mail-question-address = Надсилати листи Вашого облікового запису на цю адресу?
mail-button-address = Так, адреса моя
mail-page-address = Адресу підтверджено. Листи Вашого облікового запису надходитимуть на неї.

# Timelines of residents.
case-event-FILED = Ви подали звернення
case-event-CLAIMED = Ви взяли звернення до свого облікового запису
case-event-SUPPORTED = Ви підтримуєте звернення
case-event-FOLLOWED = Ви стежите за зверненням
case-event-RATED = Ви оцінили відповідь
case-event-SUPPLEMENTED = Ви відповіли на запитання
case-event-WITHDRAWN = Ви відкликали звернення
case-event-VERIFIED = прочитано консультантом
case-event-MERGED = приєднано до іншого звернення
case-event-REJECTED = відхилено
case-event-FORWARDED = передано підрозділу
case-event-TAKEN = підрозділ працює над справою
case-event-ASKED = підрозділ запитує Вас
case-event-SENT_OUTSIDE = передано за межі міста
case-event-RETURNED = є відповідь з-поза міста
case-event-ANSWERED = є відповідь підрозділу
case-event-RESUMED = підрозділ повертається до справи
case-event-CLOSED = завершено
case-event-REOPENED = відновлено

# All data of a resident.
my-data-title = Мої дані
my-data-print = Усе, що Kontakt знає про Вас. Сторінку можна надрукувати або зберегти з меню браузера; те саме для програм – за адресою /my-data.json.
my-data-nothing = –
my-data-yes = так
my-data-no = ні
audit-act-DATA_EXPORTED = зібрано дані мешканця
my-data-field-schemaVersion = Версія цього документа
my-data-field-madeAt = Складено
my-data-field-complete = Повнота
my-data-field-account = Обліковий запис
my-data-field-reports = Звернення
my-data-field-supports = Підтримані та відстежувані
my-data-field-letters = Листи
my-data-field-consents = Згоди
my-data-field-looks = Хто переглядав Ваші контактні дані
my-data-field-sessions = Сеанси
my-data-field-signIns = Входи
my-data-field-at = Коли
my-data-field-number = Номер
my-data-field-id = Ідентифікатор
my-data-field-provider = Постачальник входу
my-data-field-subject = Тема або назва в постачальника
my-data-field-name = Ім'я
my-data-field-nameOfProvider = Ім'я від постачальника
my-data-field-email = Електронна адреса
my-data-field-emailOfProvider = Електронна адреса від постачальника
my-data-field-unconfirmedEmail = Адреса, що очікує підтвердження
my-data-field-phone = Телефон
my-data-field-language = Мова
my-data-field-districts = Обрані райони
my-data-field-assurance = Рівень довіри
my-data-field-lettersWanted = Обрані листи
my-data-field-createdAt = Початок
my-data-field-signedInAt = Останній вхід
my-data-field-seenTimelineAt = Хроніку переглянуто до
my-data-field-erasedFrom = Буде видалено
my-data-field-any = Будь-які листи
my-data-field-received = Про прийняття
my-data-field-forwarded = Про передання
my-data-field-answered = Про відповідь
my-data-field-needsInfo = Про запитання підрозділу
my-data-field-other = Про інше
my-data-field-agent = Браузер
my-data-field-usedAt = Востаннє використано
my-data-field-expiresAt = Завершується не пізніше
my-data-field-endedAt = Завершено
my-data-field-kind = Вид
my-data-field-category = Категорія
my-data-field-channel = Канал
my-data-field-receivedAt = Отримано
my-data-field-claimedAt = Взято до облікового запису
my-data-field-description = Опис
my-data-field-publicDescription = Публічний опис
my-data-field-answers = Відповіді на запитання
my-data-field-question = Запитання
my-data-field-values = Відповідь
my-data-field-latitude = Широта
my-data-field-longitude = Довгота
my-data-field-address = Місце
my-data-field-district = Район
my-data-field-contact = Контакт
my-data-field-photos = Фотографії
my-data-field-step = Крок
my-data-field-stage = Етап
my-data-field-outcome = Результат
my-data-field-reason = Причина
my-data-field-expectedBy = Відповідь очікується до
my-data-field-resolvedOn = Вирішено
my-data-field-closedAt = Завершено
my-data-field-units = Підрозділи
my-data-field-history = Історія
my-data-field-feedback = Ваша оцінка відповіді
my-data-field-unit = Підрозділ
my-data-field-standing = Стан
my-data-field-sentAt = Надіслано
my-data-field-publicAnswer = Відповідь
my-data-field-answeredAt = Дано відповідь
my-data-field-text = Текст
my-data-field-satisfied = Задоволення
my-data-field-reasons = Причини
my-data-field-allowsContact = Згода на контакт
my-data-field-follows = Відстежується
my-data-field-letter = Лист
my-data-field-state = Стан
my-data-field-changedAt = Змінено
my-data-field-givenAt = Надано
my-data-field-duty = Роль і підрозділ
my-data-field-lookReason = Чому
# Privacy.
audit-act-PERSON_ERASED = дані особи видалено
staff-stays = Обліковий запис працівника не можна стерти: його ідентифікатор є в історії справ. Заберіть роль у постачальника входу.
report-or-account = Вкажіть одне: номер звернення або обліковий запис.
retention-contact = Контактні дані заявника, від завершення звернення
retention-follower = Адреси тих, хто стежить за зверненням, від його завершення
retention-text = Тексти й фото відкликаних або відхилених звернень, від того часу
retention-unconfirmed = Непідтверджені адреси, від запитання
retention-letter = Надіслані листи та їхня доля, від написання
retention-search = Що шукали, без відомостей хто, від пошуку
retention-session = Сеанси, від їхнього кінця
retention-sign-in-link = Посилання для входу, від запиту
retention-resend = Ключі, що впізнають повторний запит, від запиту
retention-audit = Дії та перегляди уповноважених осіб; лишаються, бо ланцюг має бути цілим

# The end of an account, and what is put right.
deletion-sign-in = Ви увійшли понад { $minutes } хвилин тому. Увійдіть ще раз, щоб ніхто не зробив цього замість Вас.
deletion-name = Напишіть своє ім'я так, як воно стоїть у профілі.
deletion-asked = Видалення вже замовлено. Щоб зберегти обліковий запис, увійдіть і скасуйте видалення.
deletion-not-asked = Ніхто не просив видалити цей обліковий запис.
too-many-corrections = Про виправлення просили вже { $max } разів. Зателефонуйте до контакт-центру.
mail-subject-DELETION_ASKED = Ваш обліковий запис буде видалено { $day }
mail-text-DELETION_ASKED =
    Ви відмовилися від облікового запису. Усі сеанси завершено, листи про звернення більше не надходитимуть.

    { $day } обліковий запис буде видалено. Ваші звернення залишаться без Ваших даних. Якщо Ви хочете зберегти обліковий запис або це були не Ви, увійдіть до цього дня і скасуйте видалення.
mail-action-DELETION_ASKED = Переглянути:
mail-subject-DELETION_CANCELLED = Ваш обліковий запис залишається
mail-text-DELETION_CANCELLED =
    Ваш обліковий запис мали видалити { $day }. Ви скасували видалення, і він залишається без змін.
mail-action-DELETION_CANCELLED = Переглянути:
mail-sample-day = 2026-11-27
# Access tokens and who answers for them.
token-owner = Немає працівника з такою назвою, який має роль.
token-revoked = Цей токен анульовано раніше.
# Форми.
search-kind-FORM = форма
not-an-amount = Вкажіть суму як 12.50.
not-a-pesel = Це не номер PESEL: перевірте, чи всі одинадцять цифр переписано правильно.
not-a-nip = Це не NIP: перевірте, чи всі десять цифр переписано правильно.
not-a-regon = Це не REGON: перевірте, чи всі дев’ять або чотирнадцять цифр переписано правильно.
not-a-postal-code = Вкажіть поштовий індекс як 31-004.
form-other-version = Ця форма вже має іншу версію: відповіді дано до версії { $given }, а чинна { $current }.
form-answers-too-long = Усі відповіді разом можуть мати щонайбільше { $max } байтів.
form-unknown-field = У формі немає такого поля.
form-hidden-field = Це поле не стосується цієї справи. Заберіть відповідь.
form-computed-field = Це поле заповнюється само. Заберіть відповідь.
form-declare = Без цієї заяви форму не можна надіслати.
form-other-kind = Тут потрібне значення іншого виду: { $kind }.
form-decimals = Число може мати після крапки щонайбільше стільки цифр: { $max }.
form-number-range = Вкажіть число від { $min } до { $max }.
form-too-early = Вкажіть день не раніше { $day }.
form-too-late = Вкажіть день не пізніше { $day }.
form-count = Форма має від 1 до { $max } кроків.
form-empty-step = Крок без полів нічого не дає. Додайте поле або заберіть крок.
form-translation-missing = Бракує перекладу.
form-other-attribute = Поля цього виду не мають такої властивості.
form-bad-limit = Жодна відповідь не вкладеться в таку межу.
form-consent-required = Згода, яку треба дати, не є згодою. Використайте заяву або не вимагайте її.
form-required-twice = Поле обов’язкове завжди або за умови, не те й інше.
form-computed-and-filled = Поле, яке обчислюється само, не може бути обов’язковим, підказаним або мати приклад.
form-seen-by = Такі дані ця група бачити не може.
form-identifying = Ця відповідь завжди говорить, хто людина: дайте полю клас IDENTIFYING або вищий.
form-condition-size = Умова може мати щонайбільше { $depth } рівнів і { $max } частин.
form-condition-shape = Умова говорить рівно одне: поле зі значенням або списком значень, filled, all, any або not.
form-unknown-reference = Вище немає поля «{ $code }». Назвати можна лише поля, які стоять вище.
form-computed-reference = Поле «{ $code }» обчислюється само, тому тут стояти не може.
form-impossible-value = Поле «{ $code }» ніколи не має значення «{ $value }».
form-computation-shape = Вкажіть рівно одне: sum, daysBetween з двома полями або copy.
form-computation-kind = Види полів не підходять до цього обчислення.
form-never-shown = Ця умова ніколи не здійсниться: цього ніхто не побачить.
form-nothing-to-publish = Форма не має чернетки, яку можна опублікувати.
form-not-published = Форму не опубліковано.
form-field-TEXT = рядок тексту
form-field-LONG_TEXT = текст
form-field-NUMBER = число
form-field-MONEY = сума, наприклад "12.50"
form-field-DATE = день, наприклад "2026-11-20"
form-field-CHOICE = ключ зі списку
form-field-CHOICES = список ключів
form-field-EMAIL = адреса e-mail
form-field-PHONE = номер телефону
form-field-PESEL = PESEL
form-field-NIP = NIP
form-field-REGON = REGON
form-field-ADDRESS = адреса: street, building, flat, postalCode, city
form-field-DISTRICT = номер району
form-field-FILE = список ключів файлів
form-field-CONSENT = true або false
form-field-DECLARATION = true
retention-MONTHS_3 = три місяці
retention-YEARS_2 = два роки
retention-YEARS_5 = п’ять років
retention-YEARS_10 = десять років
retention-PERMANENT = назавжди, у державному архіві
