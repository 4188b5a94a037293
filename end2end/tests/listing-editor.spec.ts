import { axe } from "../support/axe.ts";
import { expect, logIn, test } from "../support/journey.ts";
import { colourOf, png } from "../support/png.ts";

/** Begins a service of one's own for every way of looking. */
async function begin(page: import("@playwright/test").Page, title: string): Promise<void> {
  await page.goto("/provider/services/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Category").selectOption({ label: "Plumbing › Drains" });
  await page.getByRole("button", { name: "Go on writing" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("the preview beside the form follows what is typed @scripts", async ({ page }, info) => {
  await logIn(page, "provider");
  await begin(page, `Pipes warmed ${info.project.name} ${info.repeatEachIndex}${info.retry}`);
  const stage = page.getByRole("region", { name: "Preview" });
  if (info.project.name.startsWith("phone")) {
    await expect(stage, "there is no room beside the form").toBeHidden();
    return;
  }
  const preview = page.frameLocator("iframe[title='Preview of the page']");
  await expect(preview.locator("h1")).toContainText("Pipes warmed");
  await page.getByLabel("Title").fill("Pipes kept warm <b>all</b> winter");
  await page.getByLabel("Description").fill("Wrapped **twice**, never too tight.");
  await page.getByRole("textbox", { name: "Price", exact: true }).fill("75");
  await page.getByLabel("Guarantee on the work").fill("18");
  await expect(preview.locator("h1")).toHaveText("Pipes kept warm <b>all</b> winter");
  await expect(preview.locator("strong", { hasText: "twice" })).toBeVisible();
  await expect(preview.locator("body")).toContainText("75");
  await expect(preview.locator("body")).toContainText("18 months");
  await axe(page);
  // Nothing of it is saved by being looked at.
  await page.reload();
  await expect(page.getByLabel("Guarantee on the work")).toHaveValue("");
});

test("several pictures at once, a wrong one among them, and put in order @twice", async ({ page, scripts, complaints }, info) => {
  test.slow();
  complaints.announce(422);
  const way = `${info.project.name} ${info.repeatEachIndex}${info.retry}`;
  await logIn(page, "provider");
  await begin(page, `Gutters cleared ${way}`);
  await page.getByRole("button", { name: "Save and choose pictures" }).click();
  const field = page.locator("input[type=file]");
  const photo = (name: string) => ({ name: `${name}.png`, mimeType: "image/png", buffer: png(640, 480, colourOf(`${name} ${way}`)) });
  await field.setInputFiles([photo("one"), { name: "plan.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") }, photo("two"), photo("three")]);
  await page.locator("[name=alt]").fill("A gutter full of leaves");
  const told = scripts ? await progress(page) : undefined;
  await page.getByRole("button", { name: "Add these pictures" }).click();
  await expect(page.locator(".gallery-row")).toHaveCount(3);
  await expect(page.getByLabel("What is to be seen in picture 1")).toHaveValue("A gutter full of leaves");
  // The bar moves while they are sent, and arrives at its end.
  const steps = (await told?.jsonValue()) ?? [0.5, 1];
  expect(steps.some((step) => step > 0 && step < 1)).toBe(true);
  expect(steps.at(-1)).toBe(1);
  await expect(page.getByText(/plan\.svg/).filter({ visible: true }).first()).toBeVisible();
  await axe(page);

  const order = () => page.locator(".gallery-row img").evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
  const [one, two, three] = await order();
  if (scripts) {
    await page.locator("[data-grip]").nth(2).dragTo(page.locator(".gallery-row").first(), { targetPosition: { x: 60, y: 5 } });
    await expect(page.getByText("Moved.").first()).toBeVisible();
    expect(await order()).toEqual([three, one, two]);
  } else {
    await expect(page.locator("[data-grip]").first()).toBeHidden();
    await page.getByRole("button", { name: /^Up ?: picture 3$/ }).click();
    await page.getByRole("button", { name: /^Up ?: picture 2$/ }).click();
    await expect(page.getByText("Moved.").first()).toBeVisible();
    expect(await order()).toEqual([three, one, two]);
  }
  await field.setInputFiles(photo("four"));
  await page.locator("[name=alt]").fill("A clean gutter");
  await page.getByRole("button", { name: "Add these pictures" }).click();
  await expect(page.getByText("Added.").first()).toBeVisible();
  await expect(page.locator(".gallery-row")).toHaveCount(4);
  await expect(page.getByLabel("What is to be seen in picture 4")).toHaveValue("A clean gutter");

  const last = page.locator(".gallery-row").last();
  await last.locator("summary").click();
  await last.getByRole("button", { name: /^Remove it/ }).click();
  await expect(page.locator(".gallery-row")).toHaveCount(3);
});

/** Every value the bar of an upload takes from now on. */
function progress(page: import("@playwright/test").Page): Promise<import("@playwright/test").JSHandle<number[]>> {
  return page.evaluateHandle(() => {
    const [bar, steps] = [document.querySelector<HTMLProgressElement>(".upload-progress")!, [] as number[]];
    new MutationObserver(() => steps.push(bar.value)).observe(bar, { attributes: true, attributeFilter: ["value"] });
    return steps;
  });
}
