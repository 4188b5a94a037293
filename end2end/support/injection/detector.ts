import type { BrowserContext, Page } from "@playwright/test";

/** What gave a payload away, and on which page. */
export type Sign = { kind: "ran" | "dialog" | "policy" | "console" | "request" | "markup"; what: string; page: string };

/**
 * Notices when something typed becomes more than text. Six signs: a payload ran (`xss(…)`), asked people something, was
 * stopped by the content security policy, made the console complain, made the browser fetch something, or stands in
 * the document as a handler, script or address that only waits for a hand.
 */
export class Detector {
  readonly signs: Sign[] = [];
  /** Pages that were looked at. */
  looked = 0;
  private blank?: Page;

  private constructor(private readonly home: string) {}

  /** A detector with its ears in every page and frame of a browser. */
  static async in(context: BrowserContext, home: string): Promise<Detector> {
    const detector = new Detector(new URL(home).host);
    await detector.listen(context);
    return detector;
  }

  /** Hears another browser as well. */
  async listen(context: BrowserContext): Promise<void> {
    const note = (kind: Sign["kind"], what: string, page = "") => void this.signs.push({ kind, what: what.slice(0, 300), page });
    await context.exposeBinding("xss", ({ frame }, number) => note("ran", String(number), frame.url()));
    await context.exposeBinding("xssPolicy", ({ frame }, what) => note("policy", String(what), frame.url()));
    await context.addInitScript(() => {
      const told = (window as unknown as { xssPolicy: (what: string) => void }).xssPolicy;
      document.addEventListener("securitypolicyviolation", (event) => told(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`), true);
    });
    context.on("dialog", (dialog) => {
      note("dialog", dialog.message(), dialog.page()?.url());
      void dialog.dismiss();
    });
    context.on("console", (message) => {
      const { url } = message.location();
      const answered = message.text().startsWith("Failed to load resource") && new URL(url).host === this.home;
      const letter = message.text().startsWith("Blocked script execution in") && url.includes("/dev/mail/");
      if (message.type() === "error" && !answered && !letter) note("console", message.text(), url);
    });
    context.on("weberror", (error) => note("console", String(error.error()), error.page()?.url()));
    context.on("request", (request) => {
      const url = new URL(request.url());
      const strange = url.protocol.startsWith("http") ? url.host !== this.home || /^\/(x|xss-\d+|\d+)$/.test(url.pathname) : /xss|alert/.test(url.href);
      if (strange) note("request", url.href, request.isNavigationRequest() ? "" : request.frame().url());
    });
  }

  /** Looks at the page as it is now, for what has not fired, and gives what fires late the time of a frame. */
  async look(page: Page): Promise<void> {
    const found = await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      return (window as unknown as { xssInspect: (of: Document) => string[] }).xssInspect(document);
    });
    this.tell(found, page.url());
  }

  /** Looks at a document that is shown where no scripts run: a letter. An empty page reads it, whose policy forbids nothing. */
  async lookAt(page: Page, html: string, address: string): Promise<void> {
    this.blank ??= await page.context().newPage();
    const found = await this.blank.evaluate((html) => {
      const document = new DOMParser().parseFromString(html, "text/html");
      return (window as unknown as { xssInspect: (of: Document) => string[] }).xssInspect(document);
    }, html);
    this.tell(found, address);
  }

  private tell(found: string[], page: string): void {
    this.looked += 1;
    for (const what of found) this.signs.push({ kind: "markup", what, page });
  }
}

/** Gives every page of a browser `xssInspect`, which lists what would run if somebody touched it. */
export async function bringInspector(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const ADDRESSES = new Set(["href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "values", "to", "from", "content"]);
    const hostOf = (address: string) => {
      try {
        return new URL(address, "https://here.invalid").host;
      } catch {
        return address;
      }
    };
    // The frame in which the editor of a service shows its preview is made empty, of exactly these words.
    const ours = /^<!doctype html><html lang="en"><head><title>Preview<\/title><link rel="stylesheet" href="\/pkg\/app\.[0-9a-f]+\.css"><\/head><body inert><main class="page"><\/main><\/body><\/html>$/;
    const inspect = (of: Document) => {
      const found: string[] = [];
      for (const element of of.querySelectorAll("*")) {
        const tag = element.localName;
        for (const { name, value } of element.attributes) {
          const plain = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
          const acts = /^on/i.test(name) || (name === "srcdoc" && !ours.test(value)) || (name === "style" && /xss|alert\(/.test(value));
          const leads = ADDRESSES.has(name.toLowerCase()) && tag !== "meta" && /^(javascript|vbscript|data:text|data:image\/svg\+xml,<)/.test(plain);
          // A search of ours that holds the words stays ours; only another host is away.
          const there = ADDRESSES.has(name.toLowerCase()) ? hostOf(value) : plain;
          const away = ["base", "script", "iframe", "object", "embed", "link", "img"].includes(tag) && there.includes("xss.invalid");
          if (acts || leads || away) found.push(`<${tag} ${name}="${value}">`);
        }
        const runs = tag === "script" && !/^application\/ld\+json$/.test(element.getAttribute("type") ?? "");
        if ((runs || tag === "style") && /xss|alert\(/.test(element.textContent ?? "")) found.push(`<${tag}>${element.textContent}`);
        if (tag === "meta" && element.hasAttribute("http-equiv")) found.push(element.outerHTML);
      }
      // Data for search engines stays data, and whole.
      for (const data of of.querySelectorAll('script[type="application/ld+json"]')) {
        try {
          JSON.parse(data.textContent ?? "");
        } catch {
          found.push(`broken data: ${data.textContent}`);
        }
      }
      return found.map((what) => what.slice(0, 300));
    };
    Object.defineProperty(window, "xssInspect", { value: inspect });
  });
}
