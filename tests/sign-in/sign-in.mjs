// Signs in to a running Kontakt as a resident and as staff, by the certified provider oidc-provider,
// signs out, and lets the provider say that a session has ended.
//
//     node sign-in.mjs ADDRESS-OF-KONTAKT PORT-OF-THE-PROVIDER
//
// Kontakt must have been started with the output of `node sign-in.mjs --settings PORT` as its providers.
import assert from "node:assert/strict";

const SECRET = "a-secret-of-the-client-of-this-step";
const ENDS_MS_MAX = 10_000;

if (process.argv[2] === "--settings") {
  console.log(settings(process.argv[3]));
} else {
  await main(process.argv[2], process.argv[3]);
}

function settings(port) {
  const common = (name) => `[[provider]]
name = "${name}"
issuer = "http://127.0.0.1:${port}"
client_id = "kontakt-${name}"
client_secret = "${SECRET}"`;
  return `${common("residents")}
kind = "resident"
${common("staff")}
kind = "staff"
scopes = ["profile", "email", "roles"]
roles_claim = "groups"
roles = { "kck-redakcja" = "editor" }
`;
}

async function main(address, port) {
  const server = await startProvider(address, port);
  try {
    const resident = await signIn(address, "residents", "anna");
    assert.deepEqual(await me(address, resident), { kind: "RESIDENT", name: "Anna Nowak", role: null });

    const editor = await signIn(address, "staff", "ewa");
    assert.deepEqual(await me(address, editor), { kind: "STAFF", name: "Ewa Lis", role: "EDITOR" });

    const nobody = await signIn(address, "staff", "jan");
    assert.equal(nobody.last.status, 403, "staff without a role is refused");
    assert.equal(await me(address, nobody), null);

    const answer = await ask(address, editor, "mutation { signOut { providerUrl } }");
    const url = answer.data.signOut.providerUrl;
    assert.ok(url.startsWith(`http://127.0.0.1:${port}/session/end?client_id=kontakt-staff`), url);
    assert.equal(await me(address, editor), null);
    assert.equal((await leaveProvider(editor, url)).headers.get("location"), `${address}/`);

    // The resident never says so here: the provider does.
    await leaveProvider(resident, `http://127.0.0.1:${port}/session/end`);
    const deadline = Date.now() + ENDS_MS_MAX;
    while ((await me(address, resident)) !== null) {
      assert.ok(Date.now() < deadline, "the word of the provider has ended nothing");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    console.log("signed in, signed out, and signed out by the provider");
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function startProvider(address, port) {
  const { Provider } = await import("oidc-provider");
  const people = {
    anna: { name: "Anna Nowak", email: "anna@example.org", email_verified: true },
    ewa: { name: "Ewa Lis", preferred_username: "ewa.lis", groups: ["other", "kck-redakcja"] },
    jan: { name: "Jan Kos", groups: ["other"] },
  };
  const client = (name) => ({
    client_id: `kontakt-${name}`,
    client_secret: SECRET,
    redirect_uris: [`${address}/auth/callback/${name}`],
    post_logout_redirect_uris: [`${address}/`],
    backchannel_logout_uri: `${address}/auth/back-channel/${name}`,
    backchannel_logout_session_required: true,
  });
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [client("residents"), client("staff")],
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username"],
      email: ["email", "email_verified"],
      roles: ["groups"],
    },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    pkce: { required: () => true },
    // By its own choice it calls nobody on loopback, where Kontakt is in this step.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  });
  provider.on("backchannel.error", (_, error, { clientId }) => console.error(clientId, error));
  return new Promise((resolve) => {
    const server = provider.listen(port, "127.0.0.1", () => resolve(server));
  });
}

// A browser: the cookies of each origin, and the last answer.
async function signIn(address, name, login) {
  const browser = { jars: new Map(), last: null };
  let answer = await visit(browser, `${address}/auth/sign-in/${name}?return=/there`);
  for (const form of [{ prompt: "login", login, password: "any" }, { prompt: "consent" }]) {
    const page = await answer.text();
    const action = page.match(/<form[^>]* action="([^"]+)"/)?.[1];
    assert.ok(action, `no form in ${page}`);
    answer = await visit(browser, new URL(action, answer.url).href, form);
  }
  browser.last = answer;
  return browser;
}

async function leaveProvider(browser, url) {
  const page = await (await visit(browser, url)).text();
  const action = page.match(/action="([^"]+)"/)[1];
  const xsrf = page.match(/name="xsrf" value="([^"]+)"/)[1];
  return visit(browser, action, { xsrf, logout: "yes" }, false);
}

// Follows redirects as a browser does, until there is a page, or the way back has come to its end.
async function visit(browser, url, form, follows = true) {
  for (let steps = 0; steps < 10; steps++) {
    const { origin } = new URL(url);
    const jar = browser.jars.get(origin) ?? new Map();
    browser.jars.set(origin, jar);
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      headers: { cookie: [...jar].map((pair) => pair.join("=")).join("; ") },
      redirect: "manual",
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/);
      value && !/max-age=0/i.test(set) ? jar.set(name, value) : jar.delete(name);
    }
    const location = answer.headers.get("location");
    if (!location || !follows || location === "/there") {
      return answer;
    }
    [url, form] = [new URL(location, url).href, undefined];
  }
  throw new Error(`too many redirects, the last to ${url}`);
}

async function ask(address, browser, query) {
  const jar = browser.jars.get(address) ?? new Map();
  const answer = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      cookie: [...jar].map((pair) => pair.join("=")).join("; "),
      "sec-fetch-site": "same-origin",
    },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

async function me(address, browser) {
  return (await ask(address, browser, "{ me { kind name role } }")).data.me;
}
