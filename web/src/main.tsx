import { wrongIn, isPageDocument } from "@kyoso/sdk/page";
import type { Root } from "react-dom/client";
import { createRoot } from "react-dom/client";
import { App, readAhead } from "./App.js";
import { Reader } from "./reader/client.js";
import { BASE, BASE_PATH, isLeaf } from "./start/base.js";
import { Refused } from "./start/Refused.js";
import "./styles/index.css";

/** Milliseconds for which nothing is shown rather than what is waited for. */
const A_LITTLE = 300;

const place = document.getElementById("page");
if (place !== null) {
  const root = createRoot(place);
  if (!("Worker" in globalThis)) root.render(<Refused because={undefined} />);
  else await begin(root);
}

async function begin(root: Root): Promise<void> {
  try {
    const path = location.pathname.slice(BASE_PATH.length);
    const dao = readDocument();
    const ahead = readAhead(path);
    const reader = new Reader(dao);
    // It takes a moment: while all else is read, and not after that. Where somebody receives something, it isn't needed.
    if (!isLeaf(path)) reader.start();
    const document = await dao;
    // A view that comes a little later is shown as soon as it is there, and not as one that is waited for.
    await Promise.race([ahead, new Promise((resolve) => setTimeout(resolve, A_LITTLE))]);
    root.render(<App document={document} reader={reader} />);
  } catch (error) {
    root.render(<Refused because={error instanceof Error ? error.message : String(error)} />);
  }
}

/** @throws Error saying what is wrong with `dao.json`: the page shows nothing of one that isn't whole. */
async function readDocument() {
  const response = await fetch(new URL("dao.json", BASE), { credentials: "omit", cache: "no-cache" });
  if (!response.ok) throw new Error(`dao.json: HTTP ${response.status}`);
  const found: unknown = JSON.parse(await response.text());
  if (isPageDocument(found)) return found;
  throw new Error(`dao.json: ${wrongIn(found) ?? ""}`);
}
