import type { BrowserContext, ConsoleMessage, Response } from "@playwright/test";

/** The frame at `/dev/mail` that shows a letter. */
const LETTER = /\/dev\/mail\/[0-9a-f-]+\/html$/;

/**
 * What went wrong in the browser while nobody was looking: console errors and warnings, uncaught exceptions, blocked
 * content, failed parts of pages. A page itself may answer 4xx where a journey says so.
 */
export class Complaints {
  private readonly heard: (() => string | undefined)[] = [];
  private readonly announced = new Set<number>();
  private readonly pages = new Set<string>();

  constructor(context: BrowserContext) {
    this.listen(context);
  }

  /** Hears another browser as well. */
  listen(context: BrowserContext): void {
    context.on("console", (message) => this.onConsole(message));
    context.on("weberror", (error) => this.heard.push(() => `uncaught: ${error.error()}`));
    context.on("response", (response) => this.onResponse(response));
  }

  /** Says that pages of this journey may answer with these statuses, such as 422 for a wrong form. */
  announce(...statuses: number[]): void {
    for (const status of statuses) this.announced.add(status);
  }

  /** Everything that nobody announced. */
  list(): string[] {
    return this.heard.map((judge) => judge()).filter((complaint) => complaint !== undefined);
  }

  private onResponse(response: Response): void {
    const status = response.status();
    if (status < 400) return;
    const isPage = response.request().isNavigationRequest();
    if (isPage) this.pages.add(withoutPlace(response.url()));
    if (!(isPage && this.announced.has(status))) {
      this.heard.push(() => `${status} for ${response.request().method()} ${response.url()}`);
    }
  }

  private onConsole(message: ConsoleMessage): void {
    const { url } = message.location();
    if (message.text().startsWith("Failed to load resource")) {
      // The browser repeats the status of a page in the console, now before the answer is told of and now after it:
      // only at the end is it known whether onResponse has judged that page.
      const page = withoutPlace(url);
      this.heard.push(() => (this.pages.has(page) ? undefined : `console: ${message.text()} (${url})`));
      return;
    }
    // Playwright looks into every frame with a script of its own; the frame of a letter lets nobody's scripts run.
    if (message.text().startsWith("Blocked script execution in") && LETTER.test(url)) return;
    if (message.type() === "error" || message.type() === "warning") {
      this.heard.push(() => `console ${message.type()}: ${message.text()} (${url})`);
    }
  }
}

/** An address without the place on the page it leads to. */
function withoutPlace(url: string): string {
  return url.replace(/#.*/, "");
}
