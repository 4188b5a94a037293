import { crc32, deflateSync } from "node:zlib";
import { axe } from "../support/axe.ts";
import { expect, test } from "../support/journey.ts";

/** A PNG chunk with length and checksum. */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A square PNG of one colour. */
function picture(side: number, colour: [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: side }, () => colour).flat())]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

test("choose a picture, try a wrong one, take another, remove it @twice", async ({ page, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  // Somebody of their own for each journey, because a picture is shown on every page.
  const email = `pia.${info.project.name.replace(/\W+/g, "-")}.${info.repeatEachIndex}.${info.retry}@example.org`;
  const password = "nine green umbrellas";
  // Pictures of the same content are one picture: each journey has a colour of its own.
  const shade = [...email].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 200, 0);
  await page.goto("/register");
  await page.getByLabel("First name").fill("Pia");
  await page.getByLabel("Last name").fill("Ek");
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=password_again]").fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("form[action^='/login'] button").first().click();
  await expect(page).not.toHaveURL(/\/login/);

  await page.goto("/account");
  const face = page.locator(".face-part .avatar");
  const top = page.locator(".top-me .avatar");
  const field = page.locator("input[name=picture]");
  const use = page.getByRole("button", { name: "Use this picture" });
  await expect(face).toHaveText("PE");
  await axe(page);

  // A drawing that calls itself a photo is told apart by what is in it.
  await field.setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") });
  const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
  await use.click();
  expect((await refused).status()).toBe(422);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#f-picture-error")).toContainText("SVG");
  await expect(page.locator("[name=first_name]")).toHaveValue("Pia");
  await axe(page);

  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture(200, [200, 60, shade]) });
  await use.click();
  await expect(page).toHaveURL(/\/account/);
  await expect(page.getByText("That is your picture now.")).toBeVisible();
  const first = await face.getAttribute("src");
  expect(first).toMatch(/^\/pictures\/photo-[0-9a-f]{64}-384\.jpg$/);
  await expect(top).toHaveAttribute("src", first!.replace("-384", "-96"));
  expect((await page.request.get(first!)).headers()["content-type"]).toBe("image/jpeg");
  await axe(page);

  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture(300, [60, shade, 200]) });
  await use.click();
  await expect(face).not.toHaveAttribute("src", first!);
  expect((await page.request.get(first!)).status(), "the old one is gone").toBe(404);

  await page.getByRole("link", { name: "Remove it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Remove your picture?");
  await axe(page);
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(face).toHaveAttribute("src", /photo-/);
  await page.getByRole("link", { name: "Remove it" }).click();
  await page.getByRole("button", { name: "Remove my picture" }).click();
  await expect(page.getByText("Your picture is gone.")).toBeVisible();
  await expect(face).toHaveText("PE");
  await expect(top, "the header knows the first name only").toHaveText("P");
});
