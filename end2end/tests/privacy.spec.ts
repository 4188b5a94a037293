import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { enter, expectLoggedIn, knock, newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";

const CENTRAL = 0x02014b50;

/** The files of a ZIP by name. */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  // The last 22 bytes, with no comment, say where the list of files begins.
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  while (zip.readUInt32LE(at) === CENTRAL) {
    const [packed, name, extra, comment] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const start = zip.readUInt32LE(at + 42);
    const content = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const bytes = zip.subarray(content, content + packed);
    const stored = zip.readUInt16LE(at + 10) === 0;
    files.set(zip.toString("utf8", at + 46, at + 46 + name), (stored ? bytes : inflateRawSync(bytes)).toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}

test("a copy of everything about oneself @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(404);
  const account = await newcomerAt(page, info, "Livia");
  await page.goto("/account/privacy");
  await axe(page);
  await page.getByRole("button", { name: "Make me a copy" }).click();
  await expect(page.getByRole("status")).toContainText("Your copy is being made");
  // While it is made the page shows how far it is; people look again.
  const download = page.getByRole("link", { name: "Download" });
  await expect(async () => {
    await page.goto("/account/privacy");
    const waiting = await page.getByRole("progressbar", { name: "Being made" }).or(page.getByText("Being made")).count();
    expect(waiting + (await download.count())).toBeGreaterThan(0);
    await expect(download).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 20_000 });
  await axe(page);
  const file = page.waitForEvent("download");
  await download.click();
  const files = unzip(readFileSync(await (await file).path()));
  expect([...files.keys()]).toEqual(expect.arrayContaining(["account.json", "bookings.json", "reviews.json", "logins.json", "mails.json", "history.json"]));
  expect(files.get("account.json")).toContain(account.email);
  expect(files.get("logins.json")).toContain("Chrome");
  expect(() => [...files].filter(([name]) => name.endsWith(".json")).forEach(([, text]) => JSON.parse(text))).not.toThrow();

  const path = await download.getAttribute("href");
  const stranger = await newcomer();
  await newcomerAt(stranger, info, "Malte");
  expect((await stranger.request.get(path!)).status(), "it is nobody else's").toBe(404);
});

test("an account is deleted with the password, and is gone @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const account = await newcomerAt(page, info, "Edda");
  const other = await newcomer();
  await enter(other, account);
  await page.goto("/account/privacy");
  await page.getByRole("link", { name: "Delete my account" }).click();
  await axe(page);
  await page.getByLabel("Your password").fill("not the password");
  await page.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(page.locator("[name=password]")).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(page.getByRole("status")).toContainText("Your account is deleted");
  await expectLoggedIn(page, false);
  await expectLoggedIn(other, false);
  await knock(page, account.email, account.password);
  await expect(page.locator("main")).toContainText("do not belong together");
});

test("an account that somebody relies on stays until that is over @twice", async ({ page, complaints }) => {
  complaints.announce(409);
  await page.goto("/login");
  await enter(page, { email: "ana.customer@demo.servicehub.test", password: "servicehub-demo", name: "Ana" });
  await page.goto("/account/privacy/delete");
  await expect(page.locator("main")).toContainText("bookings are not over");
  await page.getByLabel("Your password").fill("servicehub-demo");
  await page.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(page.getByRole("alert")).toContainText("Bring it to an end or cancel it first");
  await axe(page);
});
