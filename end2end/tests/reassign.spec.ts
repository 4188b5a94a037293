import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";
import { choose } from "../support/visits.ts";

const WEEKLY = "weekly-clean-for-flats-and-houses-london";

/** A weekday of its own for every way of looking, so that they do not take each other's times. */
function ownDay(week: number, way: string): string {
  const ways = ["wide light", "phone dark", "phone light, no scripts", "wide dark, no scripts", "phone dark, no scripts"];
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7) + 7 * week + Math.max(ways.indexOf(way), 0));
  return day.toISOString().slice(0, 10);
}

test("a business gives a visit to a colleague, and both sides read who comes @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  await logIn(page, "customer");
  await choose(page, scripts, WEEKLY, ownDay(5, info.project.name));
  await page.getByRole("button", { name: /^Book / }).click();
  await expect(page.locator("main")).toContainText("Confirmed");
  const booking = new URL(page.url()).pathname;
  await expect(page.getByRole("link", { name: "Give to somebody else" })).toHaveCount(0);

  const desk = await newcomer();
  await logIn(desk, "company");
  await desk.goto(booking);
  await awake(desk, scripts);
  await desk.getByRole("link", { name: "Give to somebody else" }).click();
  await expect(desk.locator("h1")).toHaveText("Give to somebody else");
  await axe(desk);
  await desk.getByRole("button", { name: "Give the visit" }).click();
  await expect(desk.locator("main")).toContainText("Choose who does it.");
  await expect(desk.locator("main")).toContainText("Say why, in a few words.");
  await axe(desk);
  const choice = desk.locator("label.choice").last();
  const name = (await choice.locator(".choice-title").innerText()).trim();
  await choice.locator("input[name=member]").check({ force: true });
  await desk.getByLabel("Why").fill("A <b>training</b> that day.");
  await desk.getByRole("button", { name: "Give the visit" }).click();
  await expect(desk.getByText("both of your people are told").first()).toBeVisible();
  await expect(desk.locator("main")).toContainText(`${name} does it, in place of`);
  await axe(desk);

  // Before somebody goes, their visits are shown, each with a way to somebody else, and one comes back from there.
  await desk.goto("/provider/team");
  await desk.getByRole("link", { name, exact: true }).first().click();
  await desk.getByRole("link", { name: "Take off the team" }).click();
  await expect(desk.locator("main")).toContainText("still ahead");
  await expect(desk.locator("main")).toContainText("waits under “Today”");
  await axe(desk);
  await desk.locator(`a[href^='${booking}/reassign']`).click();
  await desk.getByRole("link", { name: "Leave it as it is" }).click();
  await expect(desk.locator("h1")).toContainText("off the team?");

  await page.goto(booking);
  await expect(page.locator("main")).toContainText("A <b>training</b> that day.");
  await expect(page.locator("main")).toContainText(name);
  await page.getByRole("link", { name: "Cancel the booking" }).click();
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(page.locator("main")).toContainText("Cancelled");
});
