import { crc32, deflateSync } from "node:zlib";
import type { Browser, BrowserContext, Page, TestInfo } from "@playwright/test";
import { confirmAddress, logInOperator, register, type Account } from "../support/accounts.ts";
import { Device } from "../support/device.ts";
import { bringInspector, Detector } from "../support/injection/detector.ts";
import { send } from "../support/injection/forms.ts";
import { values } from "../support/injection/payloads.ts";
import { placeOf, post } from "../support/injection/scene.ts";
import { expect, test } from "../support/journey.ts";
import { PASSWORD, people, type Person } from "../support/people.ts";

/*
 * Whether something that was kept can become more than text later, where others read it. `injection.spec.ts` sends every
 * payload through every form and keeps those of bookings and people; here each other kind of kept words meets some of
 * the worst, through its form, and every page that shows it is opened: its owner's, the public's, the operators'.
 */

/** Every kind of words somebody keeps here. Who adds a kind adds it to the journey. */
const KINDS = [
  "title of a service", "text of a service", "words of a picture", "extra of a service", "name of a category", "blurb of a category", "field of a category",
  "answers of an applicant", "number of a document", "question to an applicant", "reason of a suspended business", "name of a colleague", "skills of a colleague",
  "name of a key", "name of a passkey", "name of a search", "words of a search", "name of a calendar", "reason of acting for somebody", "reason of a block",
];
/** Values of each kind, from all over the list of payloads. */
const EACH = 4;

const kept = new Map<string, number>();

/** Some values of at most so many letters; one line without control characters where names are asked for. */
function some(kind: string, room: number, lines = false): string[] {
  const list = values(room, (payload) => payload.length <= room && (lines || !/[\u0000-\u001f\u007f-\u009f]/.test(payload)));
  const chosen = Array.from({ length: EACH }, (_, at) => list[Math.floor((at * list.length) / EACH)]!);
  kept.set(kind, new Set(chosen.flatMap(({ holds }) => holds)).size);
  return chosen.map(({ text }) => text);
}

/** A PNG of one grey, each shade another picture. */
function sheet(shade: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(640, 0);
  header.writeUInt32BE(480, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(640, shade)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 480 }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** Browsers that one detector hears. */
class Room {
  private constructor(readonly detector: Detector, private readonly browser: Browser, private readonly contexts: BrowserContext[]) {}

  static async in(browser: Browser): Promise<Room> {
    const context = await browser.newContext();
    return new Room(await Detector.in(context, process.env.SITE_URL!), browser, [context]);
  }

  async window(): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: process.env.SITE_URL, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    this.contexts.push(context);
    context.setDefaultTimeout(20_000);
    await this.detector.listen(context);
    await bringInspector(context);
    return context.newPage();
  }

  async demo(person: Person): Promise<Page> {
    const page = await this.window();
    await post(page, "/login", { email: people[person], password: PASSWORD });
    return page;
  }

  async newcomer(info: TestInfo, name: string): Promise<[Page, Account]> {
    const page = await this.window();
    const account = await register(page, info, name);
    await post(page, "/login", { email: account.email, password: account.password });
    await confirmAddress(page, account.email);
    return [page, account];
  }

  /** Opens pages, each of which must be there. */
  async visit(page: Page, ...paths: string[]): Promise<void> {
    for (const path of paths) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await this.detector.look(page);
    }
  }

  /** Opens the letters to somebody, as pages and alone. */
  async letters(page: Page, email: string, atLeast: number): Promise<void> {
    await this.visit(page, `/dev/mail?q=${encodeURIComponent(email)}`);
    const letters = await page.locator("main li h2 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(letters.length).toBeGreaterThanOrEqual(atLeast);
    for (const letter of letters) {
      await this.visit(page, letter);
      await this.detector.lookAt(page, await (await page.request.get(`${letter}/html`)).text(), letter);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
  }
}

const hidden = (page: Page, form: string, name: string) => page.locator(`form[action$="${form}"] input[name=${name}]`).first().inputValue();
const plain = (path: string) => path.split("?")[0]!;

/** Presses a button of a page that leads to another one. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).first().click()]);
}

async function categories(room: Room, admin: Page, reader: Page): Promise<void> {
  const [names, blurbs, labels, units, options] = [some("name of a category", 60), some("blurb of a category", 120), some("field of a category", 60), some("field of a category", 20), some("field of a category", 60)];
  for (const [at, name] of names.entries()) {
    const slug = `stored-${Date.now().toString(36)}-${at}`;
    const words = { name, slug, parent: "", blurb: blurbs[at]!, keywords: "", tint: "design", picture: "" };
    await post(admin, "/admin/categories/new", words);
    await admin.goto("/admin/categories");
    const made = await admin.locator("main a[href^='/admin/categories/']").evaluateAll((links, name) => links.find((link) => link.textContent?.trim() === name)?.getAttribute("href"), name.trim());
    expect(made, `the category ${name}`).toBeTruthy();
    await room.detector.look(admin);
    await room.visit(admin, made!);
    const version = await hidden(admin, made!, "version");
    const field = at % 2 === 0 ? { kind: "number", unit: units[at]!, options: "" } : { kind: "choice", unit: "", options: `${options[at]}\nno` };
    await post(admin, `${made}/fields`, { act: "save", version, label: labels[at]!, ...field });
    await room.visit(admin, made!, `/admin/audit?object=${made!.split("/").at(-1)}`);
    await room.visit(reader, `/categories/${slug}`, "/services", "/");
    // Other journeys do not meet it.
    await admin.goto(made!);
    await post(admin, made!, { ...words, version: await hidden(admin, made!, "version"), hidden: "on" });
  }
}

async function services(room: Room, company: Page, admin: Page, reader: Page): Promise<void> {
  const [titles, texts, lines, alts, extras] = [some("title of a service", 110), some("text of a service", 2000, true), some("text of a service", 160), some("words of a picture", 190), some("extra of a service", 80)];
  for (const [at, title] of titles.entries()) {
    await room.visit(company, "/provider/services/new");
    const category = await company.locator("select[name=category] option").nth(2).getAttribute("value");
    const edit = plain(await post(company, "/provider/services/new", { title, category: category!, kind: "visit", pricing: "fixed" }));
    await room.visit(company, edit);
    await company.getByRole("button", { name: "Add an extra" }).click();
    await company.getByLabel("What can be added").fill(extras[at]!);
    await company.getByLabel("Adds to the price").fill("40");
    await company.locator("[name=summary]").fill(lines[at]!);
    await company.locator("textarea[name=description]").fill(`${texts[at]} ${texts[(at + 1) % EACH]}`);
    await company.locator("[name=includes]").fill(lines[at]!.slice(0, 110));
    await company.getByRole("textbox", { name: "Price", exact: true }).fill("120");
    await press(company, "Save and look at it");
    expect(company.url(), "the text is kept").toContain("/preview");
    await room.detector.look(company);
    await room.visit(company, `${edit}/pictures`);
    await company.locator("input[type=file][name=picture]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: sheet(40 * at + Math.floor(Date.now() % 40)) });
    await company.locator("[name=alt]").fill(alts[at]!);
    await press(company, /^Add/);
    expect(company.url(), "the picture is kept").toContain("said=picture-added");
    await room.detector.look(company);
    await room.visit(company, edit);
    await press(company, "Save and hand in");
    expect(company.url(), "it is handed in").toContain("said=listing-");
    const place = edit.replace("/provider", "/admin");
    await room.visit(admin, "/admin/services", place);
    await post(admin, `${place}/approve`, { service: await hidden(admin, "/approve", "service"), version: await hidden(admin, "/approve", "version") });
    const shown = edit.replace("/provider", "");
    await room.visit(reader, shown, `${shown}/book`, `/services?q=${encodeURIComponent(title.slice(0, 60))}`);
    await room.visit(company, edit, `${edit}/history`, `${edit}/preview`, `${edit}/pictures`, "/provider/services");
    const business = await reader.goto(shown).then(() => reader.locator("a.show-provider").first().getAttribute("href"));
    await room.visit(reader, business!);
    await post(company, `${edit}/stand`, { act: "archive" });
    await room.visit(admin, "/admin/services?state=all");
  }
}

async function applicants(room: Room, admin: Page, reader: Page, info: TestInfo): Promise<void> {
  const [names, abouts, skills, numbers, reasons] = [some("answers of an applicant", 110), some("answers of an applicant", 2000, true), some("answers of an applicant", 55), some("number of a document", 60), some("question to an applicant", 2000, true)];
  const whys = some("reason of a suspended business", 500, true);
  for (const [at, name] of names.entries()) {
    const [person, account] = await room.newcomer(info, `Stored${at}`);
    const step = async (step: string, fields: Record<string, string>) => {
      await room.visit(person, `/provider/apply?step=${step}`);
      const version = await person.locator("input[name=version]").first().inputValue();
      await post(person, "/provider/apply", { step, version, ...fields });
    };
    await step("business", { name, kind: "sole", headline: names[(at + 1) % EACH]!, about: abouts[at]! });
    await step("place", { city: "Berlin", country: "DE", postal_code: "", radius_km: "10", postal_codes: "", zone: "" });
    await room.visit(person, "/provider/apply?step=work");
    const category = await person.locator("input[name=categories]").first().getAttribute("value");
    await step("work", { categories: category!, skills: skills[at]!.replaceAll(",", " ") });
    for (const kind of ["identity", "insurance"]) {
      const document = { name: "a.png", mimeType: "image/png", buffer: sheet(200 + at) };
      const answer = await person.request.post("/provider/apply/documents", {
        multipart: { kind, number: numbers[at]!, expires_on: "2031-05-31", document },
        headers: { origin: process.env.SITE_URL! },
        maxRedirects: 0,
      });
      expect(answer.status(), `a document with the number ${numbers[at]}`).toBe(303);
    }
    await step("payout", { payout_country: "DE" });
    await room.visit(person, ...["business", "work", "documents", "check"].map((step) => `/provider/apply?step=${step}`));
    const sending = async () => post(person, "/provider/apply/send", { version: await person.locator("input[name=version]").first().inputValue() });
    await sending();
    await room.visit(person, "/provider/apply");
    await room.visit(admin, "/admin/providers", `/admin/providers?q=${encodeURIComponent(name.slice(0, 40))}`);
    await admin.goto("/admin/providers");
    const place = await admin.locator("main a[href^='/admin/providers/AP-']").evaluateAll((links, name) => links.find((link) => link.textContent?.includes(name))?.getAttribute("href"), name.trim());
    expect(place, `the application of ${name}`).toBeTruthy();
    await room.visit(admin, place!);
    await post(admin, `${place}/ask`, { version: await hidden(admin, "/ask", "version"), question: reasons[at]! });
    await room.visit(person, "/provider/apply", "/provider/apply?step=check");
    await sending();
    await room.visit(admin, place!);
    if (at % 2 === 0) {
      await post(admin, `${place}/decline`, { version: await hidden(admin, "/decline", "version"), reason: reasons[(at + 1) % EACH]! });
      await room.visit(person, "/provider/apply");
    } else {
      await post(admin, `${place}/approve`, { version: await hidden(admin, "/approve", "version") });
      await room.visit(admin, place!);
      await room.visit(person, "/provider", "/provider/documents", "/provider/team");
      const business = await admin.getByRole("link", { name: "Open the business" }).getAttribute("href");
      await room.visit(admin, `/admin/providers?q=${encodeURIComponent(name.slice(0, 40))}&show=businesses`);
      await room.visit(admin, business!);
      await room.visit(reader, business!.replace("/admin", ""));
      await post(admin, `${business}/suspend`, { reason: whys[at]! });
      await room.visit(admin, business!);
      await room.visit(person, "/provider", "/provider/documents");
    }
    await room.letters(reader, account.email, 3);
  }
}

async function colleagues(room: Room, company: Page, reader: Page): Promise<void> {
  const [names, skills] = [some("name of a colleague", 80), some("skills of a colleague", 40)];
  await room.visit(company, "/provider");
  const business = await company.locator("main a[href^='/providers/']").first().getAttribute("href");
  for (const [at, name] of names.entries()) {
    await post(company, "/provider/team/add", { name: "Stored words" });
    await room.visit(company, "/provider/team");
    const member = await company.locator("main a", { hasText: "Stored words" }).first().getAttribute("href");
    const html = await (await company.request.get(member!)).text();
    const version = html.match(/name="version" value="([^"]*)"/)![1]!;
    await post(company, member!, { version, name, skills: `${skills[at]}\n${skills[(at + 1) % EACH]}` });
    await room.visit(company, "/provider/team", member!, `${member}/deactivate`, `${member}/remove`, "/provider/availability", "/provider/calendar", "/provider/bookings");
    await room.visit(reader, business!);
    await post(company, `${member}/remove`);
    await room.visit(company, "/provider/team");
  }
}

async function account(room: Room, admin: Page, provider: Page, reader: Page, info: TestInfo): Promise<void> {
  const [customer, who] = await room.newcomer(info, "Storina");
  const device = await Device.in(customer);
  const [keys, passkeys, searches, sought, calendars] = [some("name of a key", 80), some("name of a passkey", 60), some("name of a search", 80), some("words of a search", 120), some("name of a calendar", 80)];
  await room.visit(customer, "/account/security/passkeys/new");
  await customer.getByLabel("A name for it").fill(passkeys[0]!);
  await customer.locator("input[name=password]").fill(who.password);
  await press(customer, "Go on");
  await room.detector.look(customer);
  await press(customer, "Make the passkey");
  expect(await device.passkeys()).toBe(1);
  await room.visit(customer, "/account/security");
  const passkey = plain((await customer.locator("a[href^='/account/security/passkeys/']:not([href$='/new'])").first().getAttribute("href"))!).replace("/remove", "");
  for (const [at, name] of passkeys.entries()) {
    await post(customer, passkey, { name });
    await room.visit(customer, "/account/security", passkey, `${passkey}/remove`);
    const key = await send(customer, { method: "POST", action: "/account/api-keys/new" }, [["name", keys[at]!], ["scopes", "bookings:read"], ["lasts", "never"], ["password", who.password]]);
    expect(key, `${keys[at]} as the name of a key`).toBe(200);
    await expect(customer.locator("#api-key")).toBeVisible();
    await room.detector.look(customer);
    await room.visit(customer, "/account/api-keys");
    const asked = new URLSearchParams({ q: sought[at]! }).toString();
    await room.visit(customer, `/services?${asked}`, `/favorites/searches/new?${asked}`);
    await post(customer, `/favorites/searches/new?${asked}`, { name: searches[at]! });
    await room.visit(customer, "/favorites?show=searches");
    await room.visit(customer, (await customer.locator("a[href^='/favorites/searches/']").first().getAttribute("href"))!);
    await post(provider, "/provider/calendar/sources", { name: calendars[at]!, address: `https://calendar.servicehub-nobody.example/${Date.now()}.ics` });
    await room.visit(provider, "/provider/calendar/sources", "/provider/calendar");
    await post(provider, "/provider/calendar/sources/remove", { source: await provider.goto("/provider/calendar/sources").then(() => hidden(provider, "/sources/remove", "source")) });
  }
  await reasons(room, admin, customer, who);
  await room.letters(reader, who.email, 4);
}

/** Why somebody acts for another, and why two keep apart. */
async function reasons(room: Room, admin: Page, customer: Page, who: Account): Promise<void> {
  const [acts, blocks] = [some("reason of acting for somebody", 400, true), some("reason of a block", 480, true)];
  const place = await placeOf(admin, who);
  await room.visit(customer, "/services");
  await customer.goto(await customer.locator("main a[href^='/services/']").first().getAttribute("href").then((href) => href!));
  const business = (await customer.locator("a.show-provider").first().getAttribute("href"))!;
  for (const [at, reason] of acts.entries()) {
    await post(customer, `${business}/block`, { reason: blocks[at]! });
    await room.visit(customer, "/account/blocked", business);
    await room.visit(admin, place, `${place}/act`);
    await post(admin, `${place}/act`, { reason });
    await room.visit(admin, "/", "/bookings", "/account");
    await room.visit(customer, "/account/sessions");
    await post(admin, "/account/acting/stop");
    await room.visit(admin, place, "/admin/audit?action=behalf.", `/admin/audit?object=${place.split("/").at(-1)}`);
    await customer.goto("/account/blocked");
    await post(customer, "/account/blocked", { which: await customer.locator("form[action='/account/blocked'] [name=which]").first().getAttribute("value").then((value) => value!) });
  }
}

test("nothing kept becomes more than text where it is read @once", async ({ browser }, info) => {
  test.setTimeout(600_000);
  const room = await Room.in(browser);
  const admin = await room.window();
  await logInOperator(admin, "superadmin");
  const [reader, company, provider] = [await room.window(), await room.demo("company"), await room.demo("provider")];
  await categories(room, admin, reader);
  await services(room, company, admin, reader);
  await applicants(room, admin, reader, info);
  await colleagues(room, company, reader);
  await account(room, admin, provider, reader, info);
  expect([...kept.keys()].sort()).toEqual([...KINDS].sort());
  for (const [kind, payloads] of kept) expect(payloads, `payloads kept as ${kind}`).toBeGreaterThanOrEqual(EACH);
  expect(room.detector.signs).toEqual([]);
  info.annotations.push({ type: "coverage", description: `${kept.size} kinds, ${room.detector.looked} pages` });
  await room.close();
});
