import type { Page, TestInfo } from "@playwright/test";
import { knock, register } from "../support/accounts.ts";
import { bringInspector, Detector, type Sign } from "../support/injection/detector.ts";
import { discover, type FoundForm, send, shownIn } from "../support/injection/forms.ts";
import { PAYLOADS, values } from "../support/injection/payloads.ts";
import { placeOf, post, type Scene, SERVICE, setTheScene } from "../support/injection/scene.ts";
import { expect, test } from "../support/journey.ts";

/*
 * Whether something typed can become more than text.
 *
 * Coverage is counted, not assumed. The forms are not listed here: a crawl as everybody finds them (a list says only
 * what it must at least find). `met` holds for each field of each form which payloads were sent through it and then
 * shown in Chromium; in the end every typed field has met every payload. A refused form (422) gets all payloads at
 * once in every field, and must show each of them again exactly as typed; a form that asks (GET) gets them in
 * values as long as its fields take. What is accepted is shown elsewhere and limited in length: `saved` counts
 * for each kind of saved words which payloads were accepted, and every page of every role that shows them is opened.
 */

/** Forms with something to type that the crawl must find. More are welcome. */
const EXPECTED = [
  "GET /services", "GET /verify", "GET /dev/mail", "GET /admin/users", "GET /admin/audit",
  "POST /register", "POST /login", "POST /login/two-factor", "POST /password/forgot", "POST /password/reset/{token}",
  "POST /account", "POST /account/appeal", "POST /account/privacy/delete", "POST /account/security/password", "POST /account/security/email",
  "POST /account/security/two-factor", "POST /account/security/two-factor/off", "POST /account/security/recovery-codes",
  "POST /services/{slug}/book", "POST /bookings/{reference}/cancel", "POST /bookings/{reference}/decline", "POST /bookings/{reference}/sign-off",
  "POST /bookings/{reference}/review", "POST /provider/calendar", "POST /provider/services/new", "POST /provider/services/{slug}", "POST /admin/users/invitations", "POST /admin/users/{id}/suspend", "POST /admin/users/{id}/restore",
];

/** Shown to visitors as well, who are led to log in first: whoever is signed in sends it. */
const AFTER_LOGIN = ["POST /favorites/searches/new"];

/** So many payloads do something where they stand unescaped in a paragraph, an attribute, an address or a text area. */
const LIVE = 150;

const EVERYTHING = values(1e9)[0]!.text;
const NUMBERS = PAYLOADS.map((_, number) => number);
const met = new Map<string, Set<number>>();
const saved = new Map<string, Set<number>>();

function count(where: Map<string, Set<number>>, key: string, numbers: number[]): void {
  const known = where.get(key) ?? new Set();
  numbers.forEach((number) => known.add(number));
  where.set(key, known);
}

/** What a one-line field makes of a text: no line ends. The server drops what cannot be seen: controls, zero-width and turning characters. */
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cn}\p{Zl}\p{Zp}]/gu, "").trim();

/** Sends every payload through every field of a form that is refused, and looks at the answers. */
async function attackRefused(page: Page, { detector }: Scene, form: FoundForm): Promise<void> {
  const typed = form.fields.filter((field) => field.typed);
  const status = await send(page, form, form.fields.map((field) => [field.name, field.typed ? EVERYTHING : field.value]));
  expect.soft([409, 422, 429], `${form.key} answers ${status}`).toContain(status);
  await detector.look(page);
  const shown = await shownIn(page, form.action);
  for (const field of typed) {
    count(met, `${form.key} ${field.name}`, NUMBERS);
    // Day and time fields of a browser hold nothing but days and times; passwords are never shown.
    if (field.secret || status !== 422 || shown[field.name] === "") continue;
    expect.soft(plain(shown[field.name] ?? `no field ${field.name}`), `${form.key} shows ${field.name} as it was typed`).toBe(plain(EVERYTHING));
  }
  // Once more, with what nobody types: hidden values and choices.
  const tampered = await send(page, form, form.fields.map((field) => [field.name, EVERYTHING]));
  expect(tampered, `${form.key} with everything changed`).toBeLessThan(500);
  await detector.look(page);
}

/** Asks with every payload in every field. */
async function attackAsking(page: Page, { detector }: Scene, form: FoundForm): Promise<void> {
  const lists = form.fields.map((field) => ({ ...field, list: field.typed ? values(field.room < 80 ? 120 : Math.min(field.room, 300)) : [] }));
  const rounds = Math.max(...lists.map(({ list }) => list.length));
  for (let round = 0; round < rounds; round++) {
    const pairs: [string, string][] = [];
    for (const { name, typed, value, list } of lists) {
      const next = list[round % list.length];
      pairs.push([name, typed ? next!.text : value]);
      if (next) count(met, `${form.key} ${name}`, next.holds);
    }
    const status = await send(page, form, pairs);
    expect([200, 422], `${form.key} answers ${status}`).toContain(status);
    await detector.look(page);
  }
}

async function visit(page: Page, { detector }: Scene, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await detector.look(page);
  }
}

/** Names: in the account, its letters, lists and titles of operators and providers. */
async function saveNames(scene: Scene): Promise<void> {
  const { customer, provider, admin, visitor, detector, bookings, customerAt, account } = scene;
  // A name is no longer than 80 letters, and none of them controls a terminal.
  const list = values(80, (payload) => payload.length <= 80 && !/[\u0001-\u0008\u000e-\u001f]/.test(payload));
  const seen: [Page, string][] = [
    [admin, customerAt], [provider, bookings[3]], [admin, `/admin/users?q=${encodeURIComponent(account.email)}`], [provider, "/provider/bookings"], [admin, `${customerAt}/suspend`],
    [visitor, `/services/${SERVICE}`], [admin, bookings[3]], [admin, `/admin/audit?actor=${encodeURIComponent(account.email)}`], [customer, "/bookings"],
  ];
  for (let at = 0; at < list.length; at += 2) {
    const [first, last] = [list[at]!, list[(at + 1) % list.length]!];
    const status = await send(customer, { method: "POST", action: "/account" }, [["first_name", first.text], ["last_name", last.text], ["phone", ""], ["zone", "Europe/Lisbon"], ["locale", "en"]]);
    expect(status, `${first.text} as a name`).toBe(200);
    count(saved, "name", [...first.holds, ...last.holds]);
    await detector.look(customer);
    const [window, path] = seen[(at / 2) % seen.length]!;
    await visit(window, scene, path);
  }
}

/** Notes, addresses, reasons and reviews of bookings. */
async function saveBookings(scene: Scene): Promise<void> {
  const { customer, provider, admin, visitor, bookings } = scene;
  const [asked, done, confirmed, booked] = bookings;
  const [notes, bodies, titles] = [values(2000), values(4000), values(120)];
  for (const [index] of bookings.entries()) count(saved, "note of a booking", notes[index]!.holds);
  await post(provider, `${asked}/decline`, { note: notes[0]!.text });
  await post(customer, `${booked}/cancel`, { note: notes[1]!.text });
  await post(customer, `${done}/sign-off`, { satisfaction: "5", note: notes[3]!.text });
  for (const { holds } of notes.slice(0, 4)) count(saved, "words of an act", holds);
  const stars = { rating: "4", quality: "4", punctuality: "4", professionalism: "4", value: "4" };
  for (const [index, booking] of [done, confirmed].entries()) {
    await post(customer, `${booking}/review`, { ...stars, title: titles[index]!.text, body: bodies[index]!.text });
    count(saved, "review", bodies[index]!.holds);
  }
  await visit(visitor, scene, `/services/${SERVICE}`, "/providers/hartley-plumbing", "/services?q=taps");
  for (const window of [customer, provider, admin]) await visit(window, scene, ...bookings);
  await visit(customer, scene, "/bookings");
  await visit(provider, scene, "/provider", "/provider/bookings", "/provider/calendar");
}

/** What a provider blocks time for, on a day far away, which is another one when this runs again on the same server. */
async function saveBlocks(scene: Scene): Promise<void> {
  const { provider } = scene;
  const ahead = 200 + (Math.floor(Date.now() / 60_000) % 300);
  const then = new Date(Date.now() + ahead * 86_400_000);
  // Clocks change on Sundays, and then some times of the night do not exist.
  if (then.getUTCDay() === 0) then.setUTCDate(then.getUTCDate() + 1);
  const day = then.toISOString().slice(0, 10);
  const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  for (const [index, { text, holds }] of values(120).entries()) {
    await post(provider, "/provider/calendar", { view: "day", shown: day, day, from: clock(index * 10), to: clock(index * 10 + 10), note: text });
    count(saved, "block", holds);
  }
  await visit(provider, scene, `/provider/calendar?view=day&date=${day}`, `/provider/calendar?view=week&date=${day}`);
}

/** Reasons, evidence, answers and last words of suspensions, each of somebody else, and the letters and entries about them. */
async function saveSuspensions(scene: Scene, info: TestInfo): Promise<void> {
  const { admin, visitor, suspended, detector } = scene;
  const [reasons, long] = [values(500), values(2000)];
  for (const [round, { text, holds }] of long.entries()) {
    const person = await register(suspended, info, `Rosa${round}`);
    const place = await placeOf(admin, person);
    await post(admin, `${place}/suspend`, { reason: reasons[round]!.text, evidence: text });
    await knock(suspended, person.email, person.password);
    await expect(suspended.getByLabel("Your answer")).toBeVisible();
    await detector.look(suspended);
    await post(suspended, "/account/appeal", { appeal: text });
    await knock(suspended, person.email, person.password);
    await expect(suspended.locator("main")).toContainText("You have answered");
    await detector.look(suspended);
    await visit(admin, scene, place);
    await post(admin, `${place}/restore`, { answer: text });
    await visit(admin, scene, place, `/admin/audit?object=${place.split("/").at(-1)}`);
    count(saved, "suspension", holds);
    await readLetters(scene, person.email, 3);
  }
  await visit(admin, scene, "/admin");
  await readLetters(scene, scene.account.email, 2);
  await visit(visitor, scene, "/");
}

/** Opens the letters to somebody, as pages and alone. */
async function readLetters(scene: Scene, email: string, atLeast: number): Promise<void> {
  const { visitor, detector } = scene;
  await visit(visitor, scene, `/dev/mail?q=${encodeURIComponent(email)}`);
  const letters = await visitor.locator("main li h2 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  expect(letters.length).toBeGreaterThanOrEqual(atLeast);
  for (const letter of letters) {
    await visit(visitor, scene, letter);
    await detector.lookAt(visitor, await (await visitor.request.get(`${letter}/html`)).text(), letter);
  }
}

test("nothing typed becomes more than text @once", async ({ browser }, info) => {
  // Some hundred pages: a minute, on a busy machine several.
  test.setTimeout(900_000);
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
  expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length);
  const scene = await setTheScene(browser, info);
  const { visitor, customer, provider, admin, halfway, suspended, detector, bookings } = scene;
  const account = ["/account", ...["password", "email", "two-factor", "two-factor/off", "recovery-codes"].map((page) => `/account/security/${page}`), "/account/privacy/delete"];
  const of = (booking: string, ...acts: string[]) => acts.map((act) => `${booking}/${act}`);
  const ways: [Page, string[], RegExp?][] = [
    [visitor, ["/", "/login", "/register", "/password/forgot", "/verify", "/dev/mail", scene.reset]],
    [halfway, ["/login/two-factor"], /^\/(?!login\/two-factor)/],
    [suspended, [], /^/],
    [customer, [...account, "/bookings", scene.details, ...of(bookings[0], "cancel"), ...of(bookings[1], "sign-off"), ...of(bookings[2], "review")], /^\/dev/],
    [provider, ["/provider", ...of(bookings[0], "decline")], /^\/(dev|account|services|categories|providers)/],
    [admin, ["/admin", "/admin/users/invitations", scene.suspendedAt, `${scene.customerAt}/suspend`], /^\/(dev|account|services|categories|providers)/],
  ];
  const forms = await Promise.all(ways.map(async ([page, seeds, not]) => ({ page, found: await discover(page, { seeds, not }) })));
  const typed = new Map<string, { page: Page; form: FoundForm }>();
  for (const { page, found } of forms) {
    for (const form of found.filter((form) => form.fields.some((field) => field.typed))) {
      if (page === visitor && AFTER_LOGIN.includes(form.key)) continue;
      const kind = `${form.key} ${form.method === "GET" ? "" : form.fields.map((field) => field.name)}`;
      if (!typed.has(kind)) typed.set(kind, { page, form });
    }
  }
  const discovered = new Set([...typed.values()].map(({ form }) => form.key));
  expect(EXPECTED.filter((key) => !discovered.has(key)), `forms that were not found; found: ${[...discovered].join(", ")}`).toEqual([]);

  // Everybody at the same time, each in their own browser.
  const attack = async (page: Page) => {
    for (const { page: owner, form } of typed.values()) {
      if (owner === page) await (form.method === "GET" ? attackAsking : attackRefused)(page, scene, form);
    }
  };
  await Promise.all([visitor, halfway, suspended, customer, provider, admin].map(attack));
  const fields = [...typed.values()].flatMap(({ form }) => form.fields.filter((field) => field.typed).map((field) => `${form.key} ${field.name}`));
  for (const field of fields) expect.soft(met.get(field)?.size, `payloads through ${field}`).toBe(PAYLOADS.length);

  await saveBookings(scene);
  await saveNames(scene);
  await Promise.all([saveBlocks(scene), saveSuspensions(scene, info)]);
  for (const [kind, numbers] of saved) {
    expect(numbers.size, `payloads saved as ${kind}`).toBeGreaterThanOrEqual(kind === "name" ? 200 : PAYLOADS.length);
  }
  expect([...saved.keys()].sort()).toEqual(["block", "name", "note of a booking", "review", "suspension", "words of an act"]);
  expect(detector.signs).toEqual([]);
  info.annotations.push({ type: "coverage", description: `${PAYLOADS.length} payloads, ${typed.size} forms, ${fields.length} fields, ${detector.looked} pages` });
  await scene.close();
});

test("the detector fires where payloads are more than text @once", async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ baseURL: process.env.SITE_URL });
  const detector = await Detector.in(context, process.env.SITE_URL!);
  await bringInspector(context);
  const page = await context.newPage();
  const quoted = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const documents = PAYLOADS.map((payload) => `<p>${payload}</p><input value="${payload}"><a href='${payload}'>x</a><textarea>${payload}</textarea>`);
  // Few frames of several documents: each frame costs as much as a page.
  const frames = Array.from({ length: 28 }, (_, at) => `<iframe srcdoc="${quoted(documents.slice(at * 8, at * 8 + 8).join(""))}"></iframe>`);
  const control = (policy: string) => ({ body: `<!doctype html><title>x</title>${frames.join("")}`, contentType: "text/html; charset=utf-8", headers: policy ? { "content-security-policy": policy } : {} });
  await page.route("**/control", (route) => route.fulfill(control("")));
  await page.route("**/control-with-policy", (route) => route.fulfill(control("default-src 'self'; script-src 'self'; style-src 'self'")));
  const signs = (kind: Sign["kind"]) => detector.signs.filter((sign) => sign.kind === kind).map((sign) => sign.what);
  const ran = () => new Set(signs("ran")).size;
  await page.goto("/control");
  await expect.poll(ran, { timeout: 20_000 }).toBeGreaterThan(50);
  expect(signs("dialog").length).toBeGreaterThan(0);
  expect(signs("request").length).toBeGreaterThan(0);
  // Stopped by a policy as strict as ours, they are still heard.
  const noticed = detector.signs.splice(0);
  await page.goto("/control-with-policy");
  await expect.poll(() => signs("policy").length, { timeout: 20_000 }).toBeGreaterThan(50);
  expect(ran()).toBe(0);
  // What waits for a hand is found by looking. Together almost all payloads are noticed: the others are text anywhere.
  for (const html of documents) await detector.lookAt(page, html, "control");
  const numbers = noticed.concat(detector.signs).flatMap(({ what }) => [...what.matchAll(/(?:xss\(|alert\(|xss-|invalid\/|^)(\d+)/g)].map(([, number]) => number));
  expect(new Set(numbers).size).toBeGreaterThan(LIVE);
  await context.close();
});
