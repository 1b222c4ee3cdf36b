import type { PageDocument } from "../../page/document.js";
import type { ExportedFile } from "../export.js";
import { jsonText } from "../files.js";
import { contentPolicy, hashOf, headersFile, headersFor, nginxFile } from "./headers.js";

/** What the page's build says of itself: web/dist/build.json. Paths are in its folder. */
export interface PageBuild {
  readonly version: 1;
  readonly entry: string;
  readonly styles: string;
  /** Parts that are no modules: the page's Workers, and what takes a link out of the address bar. */
  readonly alone: readonly string[];
  readonly scrub: { readonly path: string; readonly integrity: string };
  /** Hashes of scripts and styles, as `integrity` takes them. */
  readonly integrity: Readonly<Record<string, string>>;
  /** The scripts that each view takes when it is the first one. */
  readonly views: Readonly<Record<string, readonly string[]>>;
}

/**
 * The files of a page that are of one DAO, beside those of the build, which are the same for every brand. They name each other by
 * their hashes, so that a host that changes one is found out by the browser.
 */
export function siteFiles(document: PageDocument, build: PageBuild): ExportedFile[] {
  const { base } = document.page;
  const importMap = JSON.stringify({
    integrity: Object.fromEntries(
      Object.entries(build.integrity)
        .filter(([file]) => file.endsWith(".js"))
        .map(([file, hash]) => [`${base}${file}`, hash]),
    ),
  });
  const brand = `:root {\n  --brand: ${document.page.colour};\n}\n`;
  const index = indexFile(document, build, importMap, brand);
  const headers = headersFor(document, importMap);
  return [
    { file: "dao.json", text: jsonText(document) },
    { file: "brand.css", text: brand },
    { file: "index.html", text: index },
    // Hosts that know no other rule answer an address that isn't a file with this one.
    { file: "404.html", text: index },
    { file: "manifest.webmanifest", text: manifestFile(document) },
    { file: "_headers", text: headersFile(headers, base) },
    { file: "_redirects", text: `${base}* ${base}index.html 200\n` },
    { file: "nginx.conf", text: nginxFile(headers, base) },
  ];
}

function indexFile(
  { record, page }: PageDocument,
  build: PageBuild,
  importMap: string,
  brand: string,
): string {
  const { base, logo, languages, colour } = page;
  const name = escape(record.name);
  const policy = contentPolicy({ page }, importMap).join("; ");
  return `<!doctype html>
<html lang="${languages[0] ?? "ja"}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <script src="${base}${build.scrub.path}" integrity="${build.scrub.integrity}" crossorigin="anonymous"></script>
    <script type="importmap">${importMap}</script>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="${colour}" />
    <meta name="referrer" content="no-referrer" />
    <title>${name}</title>
    <link rel="icon" href="${logo === null ? "data:," : escape(base + logo)}" />
    <link rel="manifest" href="${base}manifest.webmanifest" />
    <link rel="stylesheet" href="${base}${build.styles}" integrity="${build.integrity[build.styles] ?? ""}" />
    <link rel="stylesheet" href="${base}brand.css" integrity="${hashOf("sha384", brand)}" />
${preloads(base, build)}
    <script type="module" src="${base}${build.entry}" integrity="${build.integrity[build.entry] ?? ""}"></script>
  </head>
  <body>
    <div id="page">
      <main class="page unopened">
        <p lang="ja">ページがひらかないときは、新しいSafariかChromeでひらいてください。なくなったものはありません。</p>
        <p lang="en">If this page doesn’t open, please use a newer Safari, Chrome or Firefox. Nothing is lost.</p>
      </main>
    </div>
    <noscript>
      <main class="page">
        <h1>${name}</h1>
        <p lang="ja">このページを見るには、ブラウザーのJavaScriptを有効にしてください。</p>
        <p lang="en">This page needs JavaScript, which your browser has turned off.</p>
      </main>
    </noscript>
  </body>
</html>
`;
}

/** The scripts that every view needs are asked for at once, and not when the one that needs them has come. */
function preloads(base: string, { entry, alone, integrity, views }: PageBuild): string {
  const [first = [], ...others] = Object.values(views);
  const shared = first.filter((file) => others.every((files) => files.includes(file)));
  const scripts = shared.filter((file) => file !== entry && !alone.includes(file));
  return scripts
    .map(
      (file) =>
        `    <link rel="modulepreload" href="${base}${file}" integrity="${integrity[file] ?? ""}" crossorigin />`,
    )
    .join("\n");
}

/** What a phone needs to keep the page as an app. Its start is named, or it would be the address with which it was added. */
function manifestFile({ record, page }: PageDocument): string {
  const { base, colour, languages, logo } = page;
  return jsonText({
    name: record.name,
    short_name: record.name,
    lang: languages[0],
    start_url: base,
    scope: base,
    display: "standalone",
    theme_color: colour,
    background_color: "#faf7f3",
    icons: logo === null ? [] : [{ src: base + logo, sizes: "any", purpose: "any" }],
  });
}

/** A text in HTML, also as the value of an attribute. */
function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}
