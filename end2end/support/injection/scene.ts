import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, Page, TestInfo } from "@playwright/test";
import { confirmAddress, type Account, knock, logInOperator, register } from "../accounts.ts";
import { expect } from "../journey.ts";
import { linkInLetter } from "../mail.ts";
import { PASSWORD, people } from "../people.ts";
import { bringInspector, Detector } from "./detector.ts";
import { values } from "./payloads.ts";

/** The service that is booked; not one of those that other journeys book. */
export const SERVICE = "new-bathroom-taps-or-shower-mixer-london";
/** Beyond the weeks in which other journeys book. */
const DAYS_AHEAD = 40;

/** Everybody there is to attack or to see the attack, each in a browser of their own, and four bookings of theirs. */
export type Scene = {
  detector: Detector;
  visitor: Page;
  customer: Page;
  provider: Page;
  admin: Page;
  /** After the password, before the second factor. */
  halfway: Page;
  /** At the page that says why. */
  suspended: Page;
  account: Account;
  /** Paths at which operators see the customer and the suspended person. */
  customerAt: string;
  suspendedAt: string;
  /** Where the customer may choose a new password. */
  reset: string;
  /** The step of booking with a form, for a time that is free. */
  details: string;
  /** Asked for; done; confirmed by the customer; booked. */
  bookings: [string, string, string, string];
  close: () => Promise<void>;
};

/** Sends a form without showing the answer, which must be a success. Returns where it leads. */
export async function post(page: Page, path: string, form: Record<string, string> = {}): Promise<string> {
  const answer = await page.request.post(path, { form, headers: { origin: process.env.SITE_URL! }, maxRedirects: 0 });
  expect(answer.status(), `POST ${path}: ${(await answer.text()).match(/field-error[^]*?<span>(.*?)</)?.[1] ?? ""}`).toBe(303);
  return answer.headers()["location"]!;
}

/** Books with words that are payloads: the note, the street and the city. Returns the booking's path. */
async function book(page: Page, details: string, round: number): Promise<string> {
  const html = await (await page.request.get(details)).text();
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]);
  const text = (room: number) => values(room)[round % values(room).length]!.text;
  const words = { key: randomUUID(), street: text(200), postal_code: "N1 7GU", city: text(120), note: text(2000) };
  const pay = await post(page, new URL(details, process.env.SITE_URL).pathname, { ...Object.fromEntries(hidden), ...words });
  await post(page, pay);
  return pay.replace("/pay", "");
}

/** The address of the step with the form, for the first time that is free. */
async function freeTime(page: Page, service: string): Promise<string> {
  const from = new Date(Date.now() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10);
  const html = await (await page.request.get(`/services/${service}/book?from=${from}`)).text();
  const start = html.match(/name="start" value="([^"]+)"/)?.[1];
  expect(start, `a free time of ${service}`).toBeTruthy();
  return `/services/${service}/book?start=${encodeURIComponent(start!)}&next=details`;
}

/** Where operators see somebody. */
export async function placeOf(admin: Page, account: Account): Promise<string> {
  const html = await (await admin.request.get(`/admin/users?q=${encodeURIComponent(account.email)}`)).text();
  return `/admin/users/${html.match(/\/admin\/users\/([0-9a-f-]{36})/)![1]}`;
}

export async function setTheScene(browser: Browser, info: TestInfo): Promise<Scene> {
  const contexts: BrowserContext[] = [];
  let detector: Detector | undefined;
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ baseURL: process.env.SITE_URL, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    contexts.push(context);
    if (detector) await detector.listen(context);
    else detector = await Detector.in(context, process.env.SITE_URL!);
    await bringInspector(context);
    return context.newPage();
  };
  const logged = async (email: string, password: string): Promise<Page> => {
    const page = await open();
    await post(page, "/login", { email, password });
    await page.goto("/account");
    return page;
  };
  const visitor = await open();
  await visitor.goto("/");
  const [account, rogue] = [await register(visitor, info, "Xenia"), await register(visitor, info, "Rudi")];
  const [customer, provider] = [await logged(account.email, account.password), await logged(people.provider, PASSWORD)];
  // Who has not proved the address is not shown the form of the second factor.
  await confirmAddress(customer, account.email);
  const admin = await open();
  await logInOperator(admin, "superadmin");
  const [customerAt, suspendedAt] = [await placeOf(admin, account), await placeOf(admin, rogue)];
  const suspended = await logged(rogue.email, rogue.password);
  await post(admin, `${suspendedAt}/suspend`, { reason: values(500)[0]!.text, evidence: values(2000)[0]!.text });
  const halfway = await open();
  await knock(suspended, rogue.email, rogue.password);
  await expect(suspended.locator("h1")).toHaveText("Your account is suspended");
  await knock(halfway, people.onboarding, PASSWORD);
  await expect(halfway).toHaveURL(/two-factor/);

  const bookings: string[] = [];
  for (const service of ["annual-boiler-service-london", SERVICE, SERVICE, SERVICE]) {
    bookings.push(await book(customer, await freeTime(customer, service), bookings.length));
  }
  const details = await freeTime(customer, SERVICE);
  for (const done of [bookings[1]!, bookings[2]!]) {
    await post(provider, `${done}/accept`);
    // The work does not begin before what the service has to know is answered.
    await post(customer, `${done}/answers`, { "answers-shown": "yes", "answer-0": values(500)[0]!.text, "answer-1": "Two separate taps" });
    for (const step of ["start", "finish"]) await post(provider, `${done}/${step}`);
  }
  await post(customer, `${bookings[2]}/sign-off`, { satisfaction: "4", note: values(2000)[2]!.text });
  await post(visitor, "/password/forgot", { email: account.email });
  const reset = await linkInLetter(visitor, account.email, "Choose a new password");
  const windows = { visitor, customer, provider, admin, halfway, suspended };
  const close = async () => void (await Promise.all(contexts.map((context) => context.close())));
  return { detector: detector!, ...windows, account, customerAt, suspendedAt, reset, details, bookings: bookings as Scene["bookings"], close };
}
