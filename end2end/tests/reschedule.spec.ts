import type { Page } from "@playwright/test";
import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";
import { choose } from "../support/visits.ts";

const INSTANT = "dripping-tap-repaired-london";

/** A weekday of its own for every way of looking, so that they do not take each other's times. */
function ownDay(week: number, way: string): string {
  const ways = ["wide light", "phone dark", "phone light, no scripts", "wide dark, no scripts", "phone dark, no scripts"];
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7) + 7 * week + Math.max(ways.indexOf(way), 0));
  return day.toISOString().slice(0, 10);
}

async function booked(page: Page, scripts: boolean, day: string): Promise<string> {
  await choose(page, scripts, INSTANT, day);
  await page.getByRole("button", { name: /^Book / }).click();
  await expect(page.locator("main")).toContainText("Confirmed");
  return new URL(page.url()).pathname;
}

test("both sides move a visit, and its history says from when to when @twice", async ({ page, scripts, browser, contextOptions, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  await logIn(page, "customer");
  const booking = await booked(page, scripts, ownDay(4, info.project.name));

  await page.getByRole("link", { name: "Move to another time" }).click();
  await expect(page.locator("h1")).toHaveText("Move the visit");
  await awake(page, scripts);
  await axe(page);
  await page.getByRole("button", { name: "Move the visit" }).click();
  await expect(page.locator("main")).toContainText("Choose a time.");
  await axe(page);
  await page.getByRole("link", { name: "Later days" }).click();
  const time = page.locator("input[name=start]").nth(2);
  const first = await time.getAttribute("value");
  await time.check({ force: true });
  await page.getByLabel(/^A word for/).fill("The <b>train</b> is late.");
  await page.getByRole("button", { name: "Move the visit" }).click();
  await expect(page.getByText("the old time is free again").first()).toBeVisible();
  await expect(page.locator("main")).toContainText("moved it");
  await expect(page.locator("main")).toContainText("The <b>train</b> is late.");
  await axe(page);

  const other = await browser.newContext({ ...contextOptions, baseURL: process.env.SITE_URL, javaScriptEnabled: scripts });
  const desk = await other.newPage();
  await logIn(desk, "provider");
  await desk.goto(`/provider/calendar?view=day&date=${first?.slice(0, 10)}`);
  await axe(desk);
  await desk.locator(`a[href^='${booking}/reschedule']`).first().focus();
  await desk.locator(`a[href^='${booking}/reschedule']`).first().press("Enter");
  await expect(desk.locator("h1")).toHaveText("Move the visit");
  await axe(desk);
  await desk.locator("input[name=start]").last().check({ force: true });
  await desk.getByRole("button", { name: "Move the visit" }).click();
  await expect(desk.getByText("the old time is free again").first()).toBeVisible();
  await other.close();

  await page.goto(booking);
  await expect(page.locator("main").getByText(/moved it$/)).toHaveCount(2);
  await page.getByRole("link", { name: "Cancel the booking" }).click();
  await expect(page.locator("main")).toContainText("counts from the time agreed first");
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(page.locator("main")).toContainText("Cancelled");
});
