import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { BaseWallet } from "ethers";
import { createApp } from "../../examples/members-only/app.js";
import type { Gate } from "../../sdk/node/gate/gate.js";
import { SITE } from "../sdk/node/gate/support.js";

export const CODE = "SPRING-BLEND";

/** What a site answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of what isn't a page. */
  readonly json: {
    readonly message?: string;
    readonly account?: string;
    readonly code?: string;
    readonly receipt?: string;
    readonly problem?: { readonly code: string };
  };
}

/** The example's site, on a port of its own. */
export async function startSite(
  gate: Gate,
  couponPerk: number,
  nicknameOf: (account: string) => Promise<string> = () => Promise.resolve(""),
) {
  const app = createApp({ gate, couponPerk, couponCode: CODE, nicknameOf });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, () => {
      resolve(started);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** Somebody's browser: it keeps cookies, and says where its pages are from. */
export class Browser {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  /** `Set-Cookie` headers, as they came. */
  readonly received: string[] = [];
  origin: string | undefined = SITE;

  constructor(url: string) {
    this.url = url;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.#ask(path, { method: "POST", body: text });
  }

  /** What an account is to sign. */
  async begin(account: string): Promise<string> {
    const { json } = await this.post("/sign-in/begin", { account });
    return json.message ?? "";
  }

  /** Signs in as the page does. */
  async signIn(wallet: BaseWallet): Promise<Answer> {
    const message = await this.begin(wallet.address);
    return this.post("/sign-in", { message, signature: await wallet.signMessage(message) });
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers({ "content-type": "application/json" });
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie !== "") headers.set("cookie", cookie);
    if (init.method === "POST" && this.origin !== undefined) headers.set("origin", this.origin);
    const response = await fetch(`${this.url}${path}`, { ...init, headers, redirect: "error" });
    for (const set of response.headers.getSetCookie()) {
      this.received.push(set);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/u.exec(set) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    const json = isJson ? (JSON.parse(text) as Answer["json"]) : {};
    return { status: response.status, headers: response.headers, text, json };
  }
}

/** Status and code of an answer that refuses something. */
export async function refusal(answer: Promise<Answer> | Answer): Promise<[number, string | undefined]> {
  const { status, json } = await answer;
  return [status, json.problem?.code];
}
