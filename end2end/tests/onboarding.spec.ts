import { crc32, deflateSync } from "node:zlib";
import { logInOperator, newcomerAt } from "../support/accounts.ts";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";
import type { Page } from "@playwright/test";

/** A PNG chunk with length and checksum. */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A sheet of paper, 300 by 420. */
function sheet(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(300, 0);
  header.writeUInt32BE(420, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(300, 240)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 420 }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const goOn = (page: Page) => page.getByRole("button", { name: "Save and go on" }).click();

async function addDocument(page: Page, kind: string): Promise<void> {
  await page.getByLabel("What is it?").selectOption({ label: kind });
  await page.getByLabel("Number on it").fill("L01X00T47");
  await page.getByLabel("Good until").fill("2031-05-31");
  await page.locator("input[type=file][name=document]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: sheet() });
  await page.getByRole("button", { name: "Add this document" }).click();
  await expect(page.locator(".paper-title", { hasText: kind })).toBeVisible();
}

test("from a wish to a business, asked once on the way @twice", async ({ page, newcomer, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const person = await newcomer();
  const account = await newcomerAt(person, info, "Mira");
  const business = `${account.email.split("@")[0]} Repairs`;
  await person.goto("/provider");
  await person.locator("main").getByRole("link", { name: "Become a provider" }).click();
  await expect(person.locator("h1")).toHaveText("Tell us about your business");
  await axe(person);

  await person.getByLabel("Name of the business").fill(business);
  await goOn(person);
  await expect(person.locator("[name=headline]")).toHaveAttribute("aria-invalid", "true");
  await expect(person.locator("[name=name]")).toHaveValue(business);
  await axe(person);
  await person.getByText("I work alone").click();
  await person.getByLabel("In one line").fill("Small repairs, done on the day they are promised");
  await goOn(person);
  await person.getByLabel("Town").fill("Berlin");
  await person.getByLabel("Country").selectOption("DE");
  await goOn(person);
  await expect(person.locator("h1")).toHaveText("What do you do?");
  await axe(person);
  await person.getByLabel("Leaks & repairs").check();
  await goOn(person);
  await addDocument(person, "Proof of identity");
  await addDocument(person, "Liability insurance");
  await axe(person);
  await person.getByRole("link", { name: "Go on" }).click();
  await person.getByLabel("Country of your bank account").selectOption("DE");
  await goOn(person);
  await expect(person.locator("main")).toContainText(business);
  await axe(person);
  await person.getByRole("button", { name: "Send my application" }).click();
  await expect(person.locator("h1")).toHaveText("Your application is with us");
  await axe(person);

  await logInOperator(page, "onboarding");
  const find = async () => {
    await page.goto(`/admin/providers?q=${encodeURIComponent(business)}`);
    await axe(page);
    await page.getByRole("link", { name: business }).click();
    await axe(page);
  };
  await find();
  await page.getByText("Ask for more", { exact: true }).click();
  await page.getByLabel("What is missing?").fill("Please name the district you like best.");
  await page.getByRole("button", { name: "Ask the applicant" }).click();
  await expect(page.getByRole("status").first()).toContainText("Asked.");
  await person.goto("/provider/apply");
  await expect(person.locator("main")).toContainText("Please name the district you like best.");
  await person.getByRole("button", { name: "Send my application" }).click();
  await find();
  await page.getByRole("button", { name: "Approve and open the business" }).click();
  await expect(page.getByRole("status").first()).toContainText("Approved.");
  await person.goto("/provider/apply");
  await expect(person).toHaveURL(/\/provider$/);
  await person.goto("/provider/documents");
  await axe(person);
});
