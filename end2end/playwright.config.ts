import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { findChromium } from "./support/chromium.ts";

type Looks = { scripts: boolean; width: 390 | 1280; scheme: "light" | "dark" };

/** One way of looking at the site. Without scripts everything must work as well. */
function looking({ scripts, width, scheme }: Looks) {
  return {
    javaScriptEnabled: scripts,
    viewport: { width, height: width === 390 ? 844 : 900 },
    hasTouch: width === 390,
    isMobile: width === 390,
    colorScheme: scheme,
  } as const;
}

/**
 * Four ways of looking meet every pair of scripts, width and scheme. The other four walk only the specs marked
 * `@everywhere`. Specs marked `@scripts` are skipped without scripts; those marked `@once` run in the first way only,
 * and those marked `@twice`, which are long, in two ways that differ in everything.
 */
const projects: PlaywrightTestConfig["projects"] = [
  { name: "wide light", use: looking({ scripts: true, width: 1280, scheme: "light" }) },
  { name: "phone dark", use: looking({ scripts: true, width: 390, scheme: "dark" }), grepInvert: /@once|@twice/ },
  { name: "phone light, no scripts", use: looking({ scripts: false, width: 390, scheme: "light" }), grepInvert: /@once|@twice|@scripts/ },
  { name: "wide dark, no scripts", use: looking({ scripts: false, width: 1280, scheme: "dark" }), grepInvert: /@once|@twice|@scripts/ },
  { name: "wide dark", use: looking({ scripts: true, width: 1280, scheme: "dark" }), grep: /@everywhere/ },
  { name: "phone light", use: looking({ scripts: true, width: 390, scheme: "light" }), grep: /@everywhere/ },
  { name: "phone dark, no scripts", use: looking({ scripts: false, width: 390, scheme: "dark" }), grep: /@everywhere|@twice/ },
  { name: "wide light, no scripts", use: looking({ scripts: false, width: 1280, scheme: "light" }), grep: /@everywhere/ },
];

/** A quiet browser: nothing but the pages under test, no calls home. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  testDir: here("tests"),
  outputDir: here("results/traces"),
  globalSetup: here("support/server.ts"),
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    // The address is known once the server runs: support/journey.ts sets it.
    browserName: "chromium",
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    // A trace of every journey costs a quarter of the time. Walk what failed once more with: --trace on
    trace: "off",
    launchOptions: {
      executablePath: findChromium(),
      args: process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet,
    },
  },
  projects,
});
