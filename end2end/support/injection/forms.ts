import type { Page } from "@playwright/test";

/** One field of a form, as the page shows it. */
export type Field = { name: string; typed: boolean; secret: boolean; value: string; room: number };

/** A form as it was found: `key` is its method and address without what differs from one thing to the next. */
export type FoundForm = { key: string; method: string; action: string; at: string; fields: Field[] };

/** Where a crawl begins, and what it leaves alone. */
export type Way = { seeds: string[]; not?: RegExp };

/** Pages of one kind that are looked at: enough to meet a booking in each of its states. */
const OF_A_KIND = 3;
const BOOKINGS = 10;

/**
 * Follows every link that the person behind a window can see, and returns all forms on the way, those of the page
 * that is open first. Only looks: nothing is sent.
 */
export async function discover(page: Page, { seeds, not = /^$/ }: Way): Promise<FoundForm[]> {
  const found = await page.evaluate(crawl, { seeds, not: not.source, most: OF_A_KIND, mostBookings: BOOKINGS });
  const forms = new Map<string, FoundForm>();
  for (const form of found) {
    // One address may do several things, told apart by their fields. What only asks is one form with all fields.
    const kind = form.method === "GET" ? form.key : `${form.key} ${form.fields.map((field) => field.name)}`;
    const known = forms.get(kind);
    if (!known) {
      forms.set(kind, form);
      continue;
    }
    const names = new Set(known.fields.map((field) => field.name));
    known.fields.push(...form.fields.filter((field) => !names.has(field.name)));
  }
  return [...forms.values()];
}

/** Runs in the browser, so it can use nothing from outside. */
async function crawl({ seeds, not, most, mostBookings }: { seeds: string[]; not: string; most: number; mostBookings: number }): Promise<FoundForm[]> {
  const FILES = /\.(csv|ics|json|xml|txt|svg|png|css|js)$|^\/(kit|logout|pictures)|\/copy\/|\/html$/;
  const kindOf = (path: string) =>
    path
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}")
      .replace(/SH-[A-Z0-9]{8}/g, "{reference}")
      .replace(/^\/(services|categories|providers)\/(?!suggest)[^/]+/, "/$1/{slug}")
      .replace(/^\/(provider|admin)\/services\/(?!new)[^/]+/, "/$1/services/{slug}")
      .replace(/^\/(password\/reset|verify-email|invitation)\/[^/]+/, "/$1/{token}");

  const forms: FoundForm[] = [];
  const counts = new Map<string, number>();
  const known = new Set<string>();
  let waiting: string[] = [];
  const avoid = new RegExp(not);

  const want = (href: string) => {
    const url = new URL(href, location.origin);
    const address = url.pathname + url.search;
    if (url.origin !== location.origin || known.has(address) || FILES.test(url.pathname) || avoid.test(url.pathname)) return;
    const kind = kindOf(url.pathname);
    const count = counts.get(kind) ?? 0;
    if (count >= (kind.includes("{reference}") ? mostBookings : most)) return;
    counts.set(kind, count + 1);
    known.add(address);
    waiting.push(address);
  };

  const read = (document: Document, at: string) => {
    for (const form of document.querySelectorAll("form")) {
      const method = form.getAttribute("method")?.toUpperCase() ?? "GET";
      const action = new URL(form.getAttribute("action") ?? at, location.origin + at);
      const fields: Field[] = [];
      for (const element of form.querySelectorAll<HTMLInputElement>("input[name], textarea[name], select[name]")) {
        const type = element.localName === "input" ? element.type : element.localName;
        if (fields.some((field) => field.name === element.name) && !element.checked) continue;
        // Of several ways to choose, a browser sends the chosen one, and what else is asked depends on it.
        const chosen = type === "radio" && form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(element.name)}"]:checked`);
        if (chosen && chosen !== element) continue;
        if (["checkbox", "radio"].includes(type) && !element.checked && fields.some((field) => field.name === element.name)) continue;
        const typed = ["text", "search", "email", "tel", "password", "url", "number", "date", "time", "textarea"].includes(type);
        const room = element.maxLength > 0 ? element.maxLength : 2000;
        fields.push({ name: element.name, typed, secret: type === "password", value: element.value, room });
      }
      // A category is the list of services with one filter set: the same page, the same form.
      const kind = kindOf(action.pathname).replace("/categories/{slug}", "/services");
      forms.push({ key: `${method} ${kind}`, method, action: action.pathname, at, fields });
    }
  };

  read(document, location.pathname);
  seeds.forEach(want);
  while (waiting.length > 0) {
    const batch = waiting.slice(0, 4);
    waiting = waiting.slice(4);
    const pages = await Promise.all(
      batch.map(async (address) => {
        const answer = await fetch(address);
        const html = (answer.headers.get("content-type") ?? "").includes("html") ? await answer.text() : "";
        return { at: answer.redirected ? new URL(answer.url).pathname : address, html };
      }),
    );
    for (const { at, html } of pages) {
      const document = new DOMParser().parseFromString(html, "text/html");
      read(document, at);
      for (const link of document.querySelectorAll("a[href]")) want(link.getAttribute("href")!);
    }
  }
  return forms;
}

/** Sends values to an address as a form of the open page would, and waits until the answer is shown. Returns its status. */
export async function send(page: Page, form: Pick<FoundForm, "method" | "action">, values: [string, string][]): Promise<number> {
  if (form.method === "GET") {
    const answer = await page.goto(`${form.action}?${new URLSearchParams(values)}`);
    return answer?.status() ?? 0;
  }
  const shown = page.waitForNavigation({ waitUntil: "load" });
  await page.evaluate(
    ({ action, values }) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = action;
      for (const [name, value] of values) {
        // Of all controls, this one keeps line ends.
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        form.append(field);
      }
      form.hidden = true;
      document.body.append(form);
      HTMLFormElement.prototype.submit.call(form);
    },
    { action: form.action, values },
  );
  return (await shown)?.status() ?? 0;
}

/** What the fields of a form show now, by name. */
export function shownIn(page: Page, action: string): Promise<Record<string, string>> {
  return page.evaluate((action) => {
    const all = [...document.querySelectorAll<HTMLFormElement>("form")].filter((form) => new URL(form.getAttribute("action") ?? location.href, location.href).pathname === action);
    const fields = all.flatMap((form) => [...form.querySelectorAll<HTMLInputElement>("input[name], textarea[name]")]);
    return Object.fromEntries(fields.filter((field) => !["radio", "checkbox", "hidden", "password"].includes(field.type)).map((field) => [field.name, field.value]));
  }, action);
}
