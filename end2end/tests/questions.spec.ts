import type { Page } from "@playwright/test";
import { axe } from "../support/axe.ts";
import { expect, logIn, test } from "../support/journey.ts";
import { choose } from "../support/visits.ts";

const SERVICE = "new-bathroom-taps-or-shower-mixer-london";

/** A Friday or Saturday of its own for every way of looking, weeks from here. */
function ownDay(way: string): string {
  const ways = ["wide light", "phone dark", "phone light, no scripts", "wide dark, no scripts", "phone dark, no scripts"];
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7) + 35 + 7 * Math.max(ways.indexOf(way), 0));
  return day.toISOString().slice(0, 10);
}

/** Books the first free time of a day and leads to the booking's page. */
async function book(page: Page, scripts: boolean, day: string): Promise<string> {
  await choose(page, scripts, SERVICE, day);
  await expect(page.locator("main")).toContainText("for you afterwards");
  await page.getByRole("button", { name: /^Ask / }).click();
  await expect(page.locator("main")).toContainText("Waiting for an answer");
  return new URL(page.url()).pathname;
}

test("a customer answers what the provider asked, and only then the work begins @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  await page.goto(`/services/${SERVICE}`);
  await expect(page.getByRole("heading", { name: "Questions before the work" })).toBeVisible();
  await logIn(page, "customer");
  const booking = await book(page, scripts, ownDay(info.project.name));
  await axe(page);

  const desk = await newcomer();
  await logIn(desk, "provider");
  await desk.goto(booking);
  await desk.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(desk.locator("main")).toContainText("still has to answer");
  await expect(desk.getByRole("button", { name: "Start the work" })).toHaveCount(0);
  await axe(desk);

  await page.goto(booking);
  await page.getByRole("button", { name: "Send the answers" }).click();
  await expect(page.getByRole("alert")).toContainText("the work begins with it");
  await axe(page);
  await page.getByLabel("Where is the water turned off?").fill("Under the sink, on the left.");
  await page.getByLabel("Two separate taps").check();
  await page.getByRole("button", { name: "Send the answers" }).click();
  await expect(page.getByText("Your answers are kept with the booking")).toBeVisible();
  await expect(page.getByLabel("Where is the water turned off?")).toHaveValue("Under the sink, on the left.");

  await desk.goto(booking);
  await expect(desk.locator("main")).toContainText("Under the sink, on the left.");
  await desk.getByRole("button", { name: "Start the work", exact: true }).click();
  await expect(desk.locator("main")).toContainText("Under way");
  await axe(desk);
});

test("questions are added, moved and taken away in the form of a service", async ({ page }) => {
  await logIn(page, "provider");
  await page.goto(`/provider/services/${SERVICE}`);
  const rows = page.getByRole("group", { name: /^Question \d+$/ });
  const before = await rows.count();
  await page.getByRole("button", { name: "Add a question" }).click();
  await expect(rows).toHaveCount(before + 1);
  await page.getByRole("textbox", { name: `Question ${before + 1}` }).fill("Is there a dog?");
  await page.getByRole("button", { name: `Up question ${before + 1}` }).click();
  await expect(page.getByRole("textbox", { name: `Question ${before}` })).toHaveValue("Is there a dog?");
  await axe(page);
  await page.getByRole("button", { name: `Remove question ${before}` }).click();
  await expect(rows).toHaveCount(before);
});
