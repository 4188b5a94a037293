import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { logInOperator } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";

type SignedHead = { day: string; seq: number; hash: string; signed_at: string; public_key: string; signature: string };

/** What every Ed25519 key in this form begins with (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Whether the signature fits the five lines that `/verify` says are signed. */
function isSigned(head: SignedHead): boolean {
  const text = `ServiceHub audit head 1\n${head.day}\n${head.seq}\n${head.hash}\n${head.signed_at}\n`;
  const key = createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(head.public_key, "base64")]), format: "der", type: "spki" });
  return verify(null, Buffer.from(text), key, Buffer.from(head.signature, "base64"));
}

test("anybody looks a signed day up, keeps the file, and checks it alone @twice", async ({ page }) => {
  test.slow();
  // A fresh marketplace signs for the first time within its first minutes.
  await expect.poll(async () => (await (await page.request.get("/verify/heads.json")).json()).heads.length, { timeout: 90_000 }).toBeGreaterThan(0);
  await page.goto("/verify");
  await expect(page.locator("h1")).toHaveText("Check our records");
  await axe(page);
  await page.getByRole("region", { name: "The latest signed days" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: /^Signed on / })).toBeVisible();
  await page.getByText(/^Check the signature of /).click();
  await expect(page.locator("main")).toContainText("openssl pkeyutl -verify");
  await axe(page);

  const shown = await page.locator("dd").filter({ hasText: /^[0-9a-f]{64}$/ }).innerText();
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download all signed days" }).click();
  const { heads } = JSON.parse(readFileSync(await (await file).path(), "utf8")) as { heads: SignedHead[] };
  expect(heads.map((head) => head.hash)).toContain(shown);
  expect(heads.every(isSigned)).toBe(true);
  const [head] = heads;
  expect(isSigned({ ...head!, seq: head!.seq + 1 }), "a changed head is found").toBe(false);

  await page.getByRole("textbox", { name: "Day" }).fill("2001-01-01");
  await page.getByRole("button", { name: "Show what was signed" }).click();
  await expect(page.locator("main")).toContainText("Nothing was signed on that day");
  await axe(page);
});

test("an auditor searches and exports the history, and sees nothing else @twice", async ({ page, complaints }) => {
  test.slow();
  complaints.announce(404, 422);
  await logInOperator(page, "auditor");
  await expect(page).toHaveURL(/\/admin\?/);
  await expect(page.getByRole("navigation", { name: "Back office" }).getByRole("link")).toHaveText(["Overview", "History"]);
  await page.getByRole("navigation", { name: "Back office" }).getByRole("link", { name: "History" }).click();
  await expect(page.locator("h1")).toHaveText("History");
  await axe(page);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Action begins with").fill("session.");
  await page.getByLabel("Who: email or id").fill("auditor@demo.servicehub.test");
  await page.getByRole("button", { name: "Search" }).last().click();
  const rows = page.locator("tbody tr");
  await expect(rows.first()).toContainText("session.opened");
  for (const row of await rows.all()) await expect(row).toContainText("Agnes");
  await expect(page.getByLabel("Action begins with")).toHaveValue("session.");
  await axe(page);

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const download = await file;
  expect(download.suggestedFilename()).toMatch(/^history-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.slice(1).every((line) => line.includes("session."))).toBe(true);

  await rows.first().getByRole("link", { name: "session.opened" }).click();
  await expect(page.getByLabel("Action begins with")).toHaveValue("session.opened");
  await page.getByRole("link", { name: "Show everything" }).click();
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Words in the action").fill("no such words");
  await page.getByRole("button", { name: "Search" }).last().click();
  await expect(page.locator("main")).toContainText("Nothing fits");
  await axe(page);
  await page.getByLabel("Who: email or id").fill("Agnes");
  await page.getByRole("button", { name: "Search" }).last().click();
  await expect(page.locator("[name=actor]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=actor]")).toHaveValue("Agnes");
  await expect(page.getByLabel("Words in the action")).toHaveValue("no such words");
  await axe(page);
  for (const path of ["/admin/users", "/admin/users/invitations"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});
