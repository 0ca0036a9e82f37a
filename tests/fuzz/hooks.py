"""What schemathesis must know of Kontakt: its scalars, and which answer is a defect."""

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

TEXT = st.text(max_size=40).map(nodes.String)
TIMES = st.times().map(lambda time: nodes.String(time.strftime("%H:%M")))
MONEY = st.decimals(0, 10_000, places=2).map(lambda sum: nodes.String(str(sum)))
DAYS = st.dates().map(lambda day: nodes.String(day.strftime("--%m-%d")))

schemathesis.graphql.scalar("TimeOfDay", TIMES | TEXT)
schemathesis.graphql.scalar("DayOfYear", DAYS | TEXT)
schemathesis.graphql.scalar("Decimal", MONEY | TEXT)
# A file comes beside the document, never in it.
schemathesis.graphql.scalar("Upload", st.just(nodes.Null))

# A refusal is an answer; these are not.
DEFECTS = {"INTERNAL", "TIMEOUT"}


@schemathesis.check
def refuses_or_answers(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}: {response.text}"
    codes = {error.get("extensions", {}).get("code") for error in response.json().get("errors", [])}
    assert None not in codes, f"an error without a code: {response.text}"
    assert not codes & DEFECTS, response.text
