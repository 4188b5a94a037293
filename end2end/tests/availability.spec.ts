import { axe } from "../support/axe.ts";
import { awake, expect, logIn, test } from "../support/journey.ts";

test("a manager keeps hours by rows, is asked about visits, and reads why a time is not free @twice", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(409);
  await logIn(page, "company");
  await page.goto("/provider/availability");
  await awake(page, scripts);
  await axe(page);
  // Another person of the team in each way of looking, so that these do not meet.
  const person = info.project.name === "wide light" ? 1 : 2;
  await page.getByRole("navigation", { name: "Whose hours" }).getByRole("link").nth(person).click();

  const sunday = page.getByRole("group", { name: "Sunday" });
  const rows = await sunday.getByRole("button", { name: /^Remove/ }).count();
  await sunday.getByRole("button", { name: "Hours on Sunday" }).click();
  await expect(sunday.getByRole("button", { name: /^Remove/ })).toHaveCount(rows + 1);
  await axe(page);
  await sunday.getByRole("button", { name: /^Remove/ }).nth(rows).click();
  await expect(sunday.getByRole("button", { name: /^Remove/ })).toHaveCount(rows);

  // Away for two months: the visits of that time are shown, and going back keeps what was typed.
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Day", { exact: true }).fill(day(1));
  await page.getByLabel("Last day").fill(day(61));
  await page.locator("#dates").getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("heading", { name: /outside of the new hours/ })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Go back without saving" }).click();
  await expect(page.getByLabel("Last day")).toHaveValue(day(61));
  // A day nobody has booked yet is said and taken back.
  await page.getByLabel("Day", { exact: true }).fill(day(700));
  await page.getByLabel("Last day").fill("");
  await page.locator("#dates").getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  const said = page.locator("#dates .hours-said").filter({ hasText: "away all day" }).last();
  await said.locator("summary").click();
  await said.getByRole("button", { name: /^Take it back/ }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();

  await page.goto("/provider/calendar/why");
  await awake(page, scripts);
  await page.getByLabel("Whose time").selectOption({ index: 1 });
  await page.getByLabel("For which service").selectOption({ index: 1 });
  await page.getByLabel("Time", { exact: true }).fill("03:10");
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByText("is not free").first()).toBeVisible();
  await axe(page);
});

test("a calendar shows months and what comes, for everybody or for one", async ({ page, scripts }) => {
  await logIn(page, "company");
  for (const view of ["Month", "Agenda"]) {
    await page.goto("/provider/calendar");
    await awake(page, scripts);
    await page.getByRole("navigation", { name: "How much to show" }).getByRole("link", { name: view }).click();
    await expect(page).toHaveURL(new RegExp(`view=${view.toLowerCase()}`));
    await axe(page);
    const one = page.getByRole("navigation", { name: "Whose calendar" }).getByRole("link").nth(1);
    await one.click();
    await expect(page).toHaveURL(new RegExp(`view=${view.toLowerCase()}.*member=`));
  }
});

test("the first page of a business says how it stands, and customers read when it is away @twice", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(409);
  await logIn(page, "provider");
  await page.goto("/provider");
  await awake(page, scripts);
  await expect(page.getByText("Value of finished visits")).toBeVisible();
  await expect(page.getByText("not what was paid")).toBeVisible();
  await axe(page);
  const profile = (await page.getByRole("link", { name: "Your page as customers see it" }).getAttribute("href"))!;

  // One day in each way of looking, near enough to be told of; who is booked that day stays so.
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const first = info.project.name === "wide light" ? 13 : 11;
  const words = `Closed for the fair, ${info.project.name}.`;
  await page.goto("/provider/availability");
  await page.getByLabel("First day away").fill(day(first));
  await page.getByLabel("Back on").fill(day(first + 1));
  await page.getByLabel("A word for customers").fill(words);
  await page.locator("#away").getByRole("button", { name: "Add" }).click();
  const anyway = page.getByRole("button", { name: "Save, the visits stay" });
  const saved = page.getByText("Saved.").first();
  await expect(anyway.or(saved).first()).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(saved).toBeVisible();

  await page.goto("/provider");
  await expect(page.getByText(/^You are away from /)).toBeVisible();
  await axe(page);
  await page.goto(profile);
  await expect(page.getByText(/ is away from /)).toBeVisible();
  await axe(page);
  await page.locator("a[href^='/services/']").first().click();
  await expect(page.getByText(/ is away from /)).toBeVisible();
  await axe(page);

  await page.goto("/provider/availability");
  const away = page.locator("#away .hours-said").filter({ hasText: words });
  await away.locator("summary").click();
  await away.getByRole("button", { name: /^Take it back/ }).click();
  await expect(page.getByText(words)).toHaveCount(0);
});

test("a business says how long the way to customers is, and whoever books says where @twice", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(422, 409);
  // Another business in each way of looking, so that these do not meet.
  await logIn(page, info.project.name === "wide light" ? "provider" : "company");
  await page.goto("/provider/availability");
  await awake(page, scripts);
  const way = page.locator("#travel");
  await way.getByLabel("Up to", { exact: true }).fill("5");
  await way.getByLabel("Minutes one way").first().fill("");
  await way.getByRole("button", { name: "Save the way" }).click();
  await expect(way.locator("[name=travel-min-1]")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await way.getByLabel("Minutes one way").first().fill("10");
  await way.getByRole("group", { name: "Distance 2" }).getByLabel("Then up to").fill("15");
  await way.getByLabel("Minutes one way").nth(1).fill("20");
  await way.getByLabel("Minutes one way").nth(2).fill("30");
  await way.getByRole("button", { name: "Save the way" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expect(way.locator("[name=travel-min-3]")).toHaveValue("30");

  await page.goto("/provider");
  await page.getByRole("link", { name: "Your page as customers see it" }).click();
  await page.locator("a[href^='/services/']").first().click();
  const service = new URL(page.url()).pathname;
  await page.goto(`${service}/book`);
  await page.getByLabel("Your postal code").fill("E8 3QX");
  await page.getByLabel("Your city").fill("London");
  if (!scripts) await page.getByRole("button", { name: "Show this choice" }).click();
  await axe(page);
  await expect(page.getByLabel("Your city")).toHaveValue("London");
  await page.locator("input[name=start]").first().check({ force: true });
  await page.getByRole("button", { name: "Continue with this time" }).click();
  await expect(page.locator("[name=postal_code]")).toHaveValue("E8 3QX");
  await expect(page.locator("[name=city]")).toHaveValue("London");

  // As it was before, for the other journeys.
  await page.goto("/provider/availability");
  for (const field of await way.locator("input:not([type=hidden])").all()) await field.fill("");
  await way.getByRole("button", { name: "Save the way" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await expect(way.locator("[name=travel-min-3]")).toHaveValue("");
});
