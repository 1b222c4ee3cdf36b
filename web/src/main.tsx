import { wrongIn, isPageDocument } from "@kyoso/sdk/page";
import type { Root } from "react-dom/client";
import { createRoot } from "react-dom/client";
import { App, readAhead } from "./App.js";
import { Reader } from "./reader/client.js";
import { BASE, BASE_PATH, isLeaf } from "./start/base.js";
import { Refused } from "./start/Refused.js";
import "./styles/index.css";

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
    readAhead(path);
    const reader = new Reader(dao);
    // It takes a moment: while all else is read, and not after that. Where somebody receives something, it isn't needed.
    if (!isLeaf(path)) reader.start();
    root.render(<App document={await dao} reader={reader} />);
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
