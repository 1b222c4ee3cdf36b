// Draws the picture that README.md begins with, from a page that runs: `npm run page`, and then
// `node web/picture.mjs http://localhost:8080 docs/page.png [ja|en]`.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const [site, file, language = "en"] = process.argv.slice(2);
if (site === undefined || file === undefined)
  throw new Error("node web/picture.mjs <page's address> <file> [ja|en]");

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-quic"] });

/** A view as it is on a screen, as the address of a picture. */
async function shot(path, width, height) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: "light",
    locale: language === "ja" ? "ja-JP" : "en-GB",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(site + path);
  await page.locator("main h1, main h2").first().waitFor();
  await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
  const picture = await page.screenshot();
  await context.close();
  return `data:image/png;base64,${picture.toString("base64")}`;
}

const desktop = await shot("/", 1200, 800);
const phone = await shot("/proposals/2", 390, 800);
const page = await browser.newPage({ viewport: { width: 1280, height: 640 } });
await page.setContent(`<style>
  body { margin: 0; height: 640px; position: relative; background: #fff; overflow: hidden }
  img { position: absolute; border: 1px solid #d8d0c8; box-sizing: border-box; background: #fff }
  .desktop { left: 20px; top: 20px; width: 900px; height: 600px; border-radius: 8px }
  .phone { right: 20px; top: 20px; width: 292.5px; height: 600px; border-radius: 18px }
</style><img class="desktop" src="${desktop}"><img class="phone" src="${phone}">`);
await page.waitForFunction("[...document.images].every((each) => each.complete)");
const picture = await page.screenshot();
await writeFile(file, picture);
await browser.close();
console.log(`${file}: ${picture.length.toLocaleString("en")} bytes`);
