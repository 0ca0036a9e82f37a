// Runs every audit of the GraphQL over HTTP specification against a running server:
//
//     node audits.mjs http://127.0.0.1:8080/graphql
//
// A SHOULD (warn) or a MAY (notice) that is not met fails like a MUST (error): Kontakt meets all.
// The last line counts; the exit code is 0 only when every audit is ok.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
if (!url) {
  console.error("usage: node audits.mjs URL-OF-THE-GRAPHQL-ENDPOINT");
  process.exit(2);
}

// An audit whose connection breaks throws instead of answering; an answer that never comes is cut.
const ANSWER_MS_MAX = 10_000;
const fetchFn = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
const run = (audit) =>
  audit.fn().catch((error) => ({
    status: "error",
    reason: `no answer: ${error.cause?.message ?? error.message}`,
  }));

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason, response } = await run(audit);
  if (status === "ok") {
    passed += 1;
    continue;
  }
  failed += 1;
  const got = response ? ` (got ${response.status} ${response.headers.get("content-type")})` : "";
  console.log(`${status.padEnd(6)} ${audit.id} ${audit.name}: ${reason}${got}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
