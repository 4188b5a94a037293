import type { Locator, Page } from "@playwright/test";
import { axe } from "../support/axe.ts";
import { expect, logIn, test } from "../support/journey.ts";
import { choose } from "../support/visits.ts";

const INSTANT = "dripping-tap-repaired-london";

/** A day of its own for every way of looking, so that they do not take each other's times. */
function ownDay(weeks: number, way: string): string {
  const day = new Date();
  const since = way === "wide light" ? 1 : 2;
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7) + 7 * weeks + since);
  return day.toISOString().slice(0, 10);
}

/** A visit on the first free time of that day; its booking's path. */
async function booked(page: Page, scripts: boolean, day: string): Promise<string> {
  await choose(page, scripts, INSTANT, day);
  await page.getByRole("button", { name: /^Book / }).click();
  await expect(page.locator("main")).toContainText("Confirmed");
  return new URL(page.url()).pathname;
}

/** Where a visit stands, in rows of a quarter of an hour. */
async function rowOf(event: Locator): Promise<number> {
  return Number((await event.getAttribute("class"))!.match(/cal-at-(\d+)/)![1]);
}

/** Takes something by its middle with the mouse and carries it so many rows down; it is not let go. */
async function drag(page: Page, event: Locator, rows: number): Promise<void> {
  await event.scrollIntoViewIfNeeded();
  const box = (await event.boundingBox())!;
  const span = Number((await event.getAttribute("class"))!.match(/cal-for-(\d+)/)![1]);
  const [x, y, row] = [box.x + 20, box.y + box.height / 2, (box.height + 2) / span];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + (row * rows) / 2, { steps: 4 });
  await page.mouse.move(x, y + row * rows, { steps: 4 });
}

test("a visit is dragged to another time and asked about, or moved by its form @twice", async ({ page, scripts, newcomer }, info) => {
  test.slow();
  const day = ownDay(5, info.project.name);
  await logIn(page, "customer");
  const booking = await booked(page, scripts, day);
  const desk = await newcomer();
  await logIn(desk, "provider");
  const address = `/provider/calendar?view=day&date=${day}`;
  await desk.goto(address);
  const event = desk.locator(`li.cal-event:has(a[href^='${booking}/reschedule'])`);
  await expect(event).toHaveCount(1);
  await axe(desk);

  if (scripts) {
    const first = await rowOf(event);
    const ghost = desk.locator(".cal-ghost");
    // Escape lets go: nothing is asked, and the click that follows leads nowhere.
    await drag(desk, event, 4);
    await expect(ghost).toBeVisible();
    await desk.keyboard.press("Escape");
    await expect(ghost).toHaveCount(0);
    await desk.mouse.up();
    await expect(desk.locator("dialog[open]")).toHaveCount(0);
    expect(await rowOf(event)).toBe(first);
    // An hour later it is asked about; Cancel changes nothing.
    await drag(desk, event, 4);
    await desk.mouse.up();
    const dialog = desk.getByRole("dialog", { name: /^Move to / });
    await expect(dialog).toBeVisible();
    await axe(desk);
    await dialog.getByRole("link", { name: "Cancel" }).click();
    await expect(desk.locator("dialog")).toHaveCount(0);
    expect(await rowOf(event)).toBe(first);
    // Between two beginnings the server says why not.
    await drag(desk, event, 1);
    await desk.mouse.up();
    await expect(desk.getByRole("dialog", { name: /is not free$/ })).toBeVisible();
    await axe(desk);
    await desk.keyboard.press("Escape");
    await expect(desk.locator("dialog")).toHaveCount(0);
    await drag(desk, event, 4);
    await desk.mouse.up();
    await desk.getByRole("button", { name: "Move", exact: true }).click();
    await expect(desk.getByText("the old time is free again").first()).toBeVisible();
    await expect(desk).toHaveURL(/\/provider\/calendar\?view=day/);
    expect(await rowOf(event)).toBe(first + 4);
  } else {
    await desk.locator(`a[href^='${booking}/reschedule']`).first().click();
    await expect(desk.locator("h1")).toHaveText("Move the visit");
    await desk.locator("input[name=start]").last().check({ force: true });
    await desk.getByRole("button", { name: "Move the visit" }).click();
    await expect(desk.getByText("the old time is free again").first()).toBeVisible();
    await expect(desk).toHaveURL(/\/provider\/calendar\?view=day/);
  }

  await page.goto(booking);
  await expect(page.locator("main").getByText(/moved it$/)).toHaveCount(1);
  await page.getByRole("link", { name: "Cancel the booking" }).click();
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(page.locator("main")).toContainText("Cancelled");
});

test("free time is dragged over, or an hour chosen, to block it, and the block is moved @twice", async ({ page, scripts }, info) => {
  test.slow();
  const day = ownDay(7, info.project.name);
  await logIn(page, "provider");
  await page.goto(`/provider/calendar?view=day&date=${day}`);
  const grid = page.locator(".cal-grid").first();
  if (scripts) {
    const hour = page.locator(".cal-free").nth(1);
    await hour.scrollIntoViewIfNeeded();
    const box = (await hour.boundingBox())!;
    await page.mouse.move(box.x + 80, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + box.height / 2, { steps: 4 });
    await page.mouse.move(box.x + 80, box.y + box.height * 1.45, { steps: 4 });
    await expect(page.locator(".cal-ghost")).toBeVisible();
    await page.mouse.up();
  } else {
    await page.getByRole("link", { name: /^Block time on / }).first().click();
  }
  await expect(page).toHaveURL(/#block-time$/);
  const form = page.locator("#block-time form").first();
  await expect(form.getByLabel("Day")).toHaveValue(day);
  const words = `Errand, ${info.project.name}`;
  if (!scripts) {
    await form.getByLabel("From").fill("14:00");
    await form.getByLabel("To", { exact: true }).fill("15:30");
  }
  const from = await form.getByLabel("From").inputValue();
  await form.getByLabel("What for").fill(words);
  await axe(page);
  await form.getByRole("button", { name: "Block this time" }).click();
  await expect(page.getByText("That time is blocked now.").first()).toBeVisible();
  const block = grid.locator("li.cal-event").filter({ hasText: words });
  await expect(block).toContainText(from);

  if (scripts) {
    const first = await rowOf(block);
    await drag(page, block, 2);
    await page.mouse.up();
    await expect(page).toHaveURL(/#block-[0-9a-f-]+$/);
    await page.getByRole("button", { name: /^Move it/ }).click();
    await expect(page.getByText("Moved. The old time is free again.").first()).toBeVisible();
    expect(await rowOf(block)).toBe(first + 2);
  }
  await page.locator("details").filter({ hasText: words }).locator("summary").click();
  await page.locator("details").filter({ hasText: words }).getByRole("button", { name: /^Free it/ }).click();
  await expect(page.getByText("That time is free again.").first()).toBeVisible();
  await axe(page);
});

test("visits are moved from the warning before hours change, and the change waits @twice", async ({ page, scripts, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(409);
  const day = ownDay(6, info.project.name);
  await logIn(page, "customer");
  const booking = await booked(page, scripts, day);
  const desk = await newcomer();
  await logIn(desk, "provider");
  await desk.goto("/provider/availability");
  await desk.getByLabel("Day", { exact: true }).fill(day);
  await desk.locator("#dates").getByRole("button", { name: "Add" }).click();
  await expect(desk.getByRole("heading", { name: /outside of the new hours/ })).toBeVisible();
  await axe(desk);
  const row = desk.locator(".outside-visit").filter({ has: desk.locator(`a[href='${booking}']`) });
  await row.getByRole("button", { name: /^Move to / }).first().click();
  await expect(desk.getByText("Both sides are told").first()).toBeVisible();
  await expect(desk.getByRole("heading", { name: /outside of the new hours/ })).toBeVisible();
  await expect(desk.locator(`a[href='${booking}']`)).toHaveCount(0);
  await axe(desk);
  await desk.getByRole("button", { name: "Go back without saving" }).click();
  await expect(desk.getByLabel("Day", { exact: true })).toHaveValue(day);

  await page.goto(booking);
  await page.getByRole("link", { name: "Cancel the booking" }).click();
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(page.locator("main")).toContainText("Cancelled");
});
