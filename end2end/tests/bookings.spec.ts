import type { Page } from "@playwright/test";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

const INSTANT = "dripping-tap-repaired-london";
const ON_REQUEST = "annual-boiler-service-london";

/** Chooses the first free time of a day and waits for the details. */
async function choose(page: Page, service: string, scripts: boolean, day: string): Promise<string> {
  await page.goto(`/services/${service}`);
  await page.locator(`a[href^='/services/${service}/book']`).filter({ visible: true }).first().click();
  await expect(page.locator("h1")).toHaveText("Choose a time");
  await page.goto(`/services/${service}/book?from=${day}`);
  await awake(page, scripts);
  const time = page.locator("input[name=start]").first();
  const value = await time.getAttribute("value");
  await time.check({ force: true });
  await page.getByRole("button", { name: "Continue with this time" }).click();
  await expect(page.locator("h1")).toHaveText("A few details");
  return value ?? "";
}

/** Gives stars as people do: by pressing the star, which is the label of its radio. */
async function rate(page: Page, name: string, stars: number): Promise<void> {
  const radio = page.locator(`input[name=${name}][value='${stars}']`);
  await page.locator("label.rate-star").filter({ has: radio }).click();
  await expect(radio).toBeChecked();
}

async function tellWhere(page: Page): Promise<void> {
  await page.getByLabel("Street and number").fill("12 Orchard Row");
  await page.getByLabel("Postal code").fill("N1 7GU");
  await page.getByLabel("City").fill("London");
  await page.getByLabel("A note for the provider").fill("</textarea><script>alert(1)</script> Ring twice.");
  await page.getByRole("button", { name: "Continue to confirm" }).click();
  await expect(page.locator("h1")).toHaveText("Everything right?");
}

/** A weekday of its own for every test and every way of looking, so that they do not take each other's times. */
function ownDay(week: number, way: string): string {
  const ways = ["wide light", "phone dark", "phone light, no scripts", "wide dark, no scripts"];
  const day = new Date();
  const toMonday = ((8 - day.getUTCDay()) % 7) + 7 * week;
  day.setUTCDate(day.getUTCDate() + toMonday + Math.max(ways.indexOf(way), 0));
  return day.toISOString().slice(0, 10);
}

test("find, book, accept, do, confirm, review", async ({ page, scripts, browser, contextOptions, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  await logIn(page, "customer");
  await page.goto("/services?q=boilr+servce&place=London");
  await expect(page.locator("main")).toContainText("Annual boiler service");
  await choose(page, ON_REQUEST, scripts, ownDay(1, info.project.name));
  await axe(page);
  await tellWhere(page);
  await axe(page);
  await page.getByRole("button", { name: /^Ask / }).click();
  await expect(page.locator("main")).toContainText("Waiting for an answer");
  await expect(page.locator("main")).toContainText("<script>alert(1)</script> Ring twice.");
  await axe(page);
  const booking = new URL(page.url()).pathname;

  const other = await browser.newContext({ ...contextOptions, baseURL: process.env.SITE_URL, javaScriptEnabled: scripts });
  const desk = await other.newPage();
  await logIn(desk, "provider");
  await desk.goto("/provider/bookings?show=waiting");
  await expect(desk.locator(`a[href='${booking}']`).first()).toBeVisible();
  await desk.goto(booking);
  for (const step of ["Accept", "Start the work", "The work is done"]) {
    await desk.getByRole("button", { name: step, exact: true }).click();
  }
  await expect(desk.locator("main")).toContainText("waiting for the customer");
  await axe(desk);

  await page.goto(booking);
  await page.getByRole("link", { name: "Confirm that it is done" }).click();
  await page.getByRole("button", { name: "Confirm that it is done" }).click();
  await expect(page.locator("main")).toContainText("Tell us how satisfied you are");
  await axe(page);
  await rate(page, "satisfaction", 5);
  await page.getByRole("button", { name: "Confirm that it is done" }).click();
  await expect(page.locator("h1")).toHaveText("How was it?");
  for (const [rating, stars] of [["rating", 5], ["quality", 5], ["punctuality", 4], ["professionalism", 5], ["value", 4]] as const) {
    await rate(page, rating, stars);
  }
  await page.getByLabel("Headline").fill("Quiet and quick");
  await page.getByLabel("Your review").fill(`Booked as "${info.project.name}". <b>Warm again.</b>`);
  await axe(page);
  await page.getByRole("button", { name: "Publish the review" }).click();
  await expect(page.getByText("Your review is published")).toBeVisible();
  await page.goto(`/services/${ON_REQUEST}`);
  await expect(page.locator("main")).toContainText("<b>Warm again.</b>");
  await other.close();
});

test("a time that somebody else took leads to free ones, and nothing typed is lost", async ({ page, scripts, browser, contextOptions, complaints }, info) => {
  test.slow();
  complaints.announce(409);
  await logIn(page, "customer");
  const start = await choose(page, INSTANT, scripts, ownDay(2, info.project.name));

  const other = await browser.newContext({ ...contextOptions, baseURL: process.env.SITE_URL, javaScriptEnabled: scripts });
  const rival = await other.newPage();
  await logIn(rival, "company");
  await rival.goto(`/services/${INSTANT}/book?start=${encodeURIComponent(start)}&next=details`);
  await tellWhere(rival);
  await rival.getByRole("button", { name: /^Book / }).click();
  await expect(rival.locator("main")).toContainText("Confirmed");

  await page.getByLabel("Street and number").fill("12 Orchard Row");
  await page.getByLabel("Postal code").fill("N1 7GU");
  await page.getByLabel("City").fill("London");
  await page.getByRole("button", { name: "Continue to confirm" }).click();
  await expect(page.locator("main")).toContainText("That time was just taken");
  await expect(page.getByLabel("Street and number")).toHaveValue("12 Orchard Row");
  await axe(page);
  await page.locator("input[name=start]").first().check({ force: true });
  await page.getByRole("button", { name: "Continue to confirm" }).click();
  await expect(page.locator("h1")).toHaveText("Everything right?");
  await page.getByRole("button", { name: "Do not book" }).click();
  await expect(page).toHaveURL(/said=released/);
  await other.close();
});

test("a wrong form says so beside its fields", async ({ page, scripts, complaints }, info) => {
  complaints.announce(422);
  await logIn(page, "customer");
  await choose(page, INSTANT, scripts, ownDay(3, info.project.name));
  await page.getByLabel("City").fill("London");
  await page.getByRole("button", { name: "Continue to confirm" }).click();
  await expect(page.getByRole("alert")).toContainText("Add the postal code");
  await expect(page.getByLabel("City")).toHaveValue("London");
  await axe(page);
});

test("a visitor chooses first and signs in on the way", async ({ page, scripts }, info) => {
  await choose(page, INSTANT, scripts, ownDay(4, info.project.name));
  await page.locator("main").getByRole("link", { name: "Log in" }).click();
  await page.locator("input[name=email]").fill("ana.customer@demo.servicehub.test");
  await page.locator("input[name=password]").fill("servicehub-demo");
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page.locator("h1")).toHaveText("A few details");
  await expect(page.getByLabel("Street and number")).toBeVisible();
});

test("the choice is looked up while one chooses @scripts", async ({ page, scripts }) => {
  await page.goto("/services/spring-clean-whole-home-london/book");
  await awake(page, scripts);
  const total = page.locator("#choice");
  const before = await total.innerText();
  await page.locator("input[name=package]").last().check({ force: true });
  await expect(total).not.toHaveText(before, { useInnerText: true });
  await expect(page.locator("input[name=start]").first()).toBeAttached();
});
