import { BASE } from "./base.js";

/** Of Trusted Types, what is needed here; a browser without them takes the text itself. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** A Worker's file and its hash: the build knows both. */
export interface WorkerFile {
  readonly path: string;
  readonly integrity: string;
}

/** The addresses of the copies that were made here, and of nothing else. */
const copies = new Set<string>();
let policy: ReturnType<Policies["createPolicy"]> | undefined;

/**
 * Starts a Worker from a copy of its file whose hash was checked. Made of a blob it has the page's own policy, also where a host
 * sends no headers with the file.
 */
export async function startWorker({ path, integrity }: WorkerFile, name: string): Promise<Worker> {
  const response = await fetch(new URL(path, BASE), { integrity });
  if (!response.ok) throw new Error(`A part of the page isn't there: HTTP ${response.status}`);
  const url = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "text/javascript" }));
  copies.add(url);
  policy ??= (globalThis as { readonly trustedTypes?: Policies }).trustedTypes?.createPolicy("kyoso-worker", {
    createScriptURL: (asked) => {
      if (!copies.has(asked)) throw new TypeError("There is no other Worker");
      return asked;
    },
  });
  return new Worker(policy?.createScriptURL(url) ?? url, { name });
}
