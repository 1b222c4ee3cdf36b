import { Agent, request } from "node:http";
import { connect } from "node:net";
import { randomFrom } from "../sdk/fuzzing.js";

/** A request as it goes over the line. */
export interface Odd {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | undefined;
}

const METHODS = [
  "POST",
  "POST",
  "POST",
  "POST",
  "POST",
  "POST",
  "GET",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "HEAD",
  "TRACE",
];
const PATHS = ["/claims", "/vouchers", "/ballots", "/delegations", "/rewards", "/supports", "/nicknames"];
const OTHER_PATHS = [
  "/status",
  "/metrics",
  "/openapi.json",
  "/jobs/1",
  `/jobs/${"0".repeat(32)}`,
  "/jobs/%00",
  "/jobs/%ff%fe",
  "/jobs/../../etc/passwd",
  "/",
  "//",
  "/CLAIMS",
  "/claims/",
  "/claims?x=1&x=%zz",
  "/%zz",
  "/claims%2f",
  "/__proto__",
  `/${"a".repeat(4_000)}`,
  "http://other.example/claims",
];
const TYPES = [
  "application/json",
  "application/json",
  "application/json",
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "",
  "application/jsonp",
];
const HEADERS: readonly (readonly [string, string | string[]])[] = [
  ["origin", "null"],
  ["origin", "https://evil.example"],
  ["origin", "https://members.example.com"],
  ["x-forwarded-for", "1.2.3.4, ::1, junk"],
  ["x-forwarded-for", ["1.1.1.1", "2.2.2.2"]],
  ["content-encoding", "gzip"],
  ["expect", "100-continue"],
  ["host", ""],
  ["host", "a b"],
  ["host", "[::1"],
  ["cookie", "a=b".repeat(1_000)],
  ["x-http-method-override", "DELETE"],
  ["accept", "*/*;q=nonsense"],
  ["if-none-match", "*"],
  ["range", "bytes=0-1"],
];
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  4_294_967_295,
  4_294_967_296,
  "",
  "0",
  "01",
  "-1",
  "1e5",
  "9".repeat(78),
  (2n ** 128n).toString(),
  (2n ** 256n - 1n).toString(),
  (2n ** 256n).toString(),
  "0x",
  "0x0",
  `0x${"00".repeat(20)}`,
  `0x${"ff".repeat(20)}`,
  `0x${"00".repeat(32)}`,
  `0x${"ff".repeat(32)}`,
  `0x${"ab".repeat(65)}`,
  `0x${"ab".repeat(3_000)}`,
  "\u0000",
  "\ud800",
  "\u202e\ufeff",
  "選挙🗳️",
  "x".repeat(1_999),
  "x".repeat(5_000),
  [],
  {},
  [[[[]]]],
  Array.from({ length: 33 }, () => `0x${"11".repeat(32)}`),
  { toString: 1 },
  { length: 1e9 },
];

/** Makes requests of all sorts, the same in each run; half of them are of something signed that was changed a little. */
export function oddRequests(valid: readonly (readonly [path: string, body: object])[], seed: number) {
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;

  /** Puts something odd at a place of something that was signed, wherever in it. */
  const changed = (value: unknown, depth = 0): unknown => {
    if (depth > 0 && random(3) === 0) return pick(VALUES);
    if (Array.isArray(value)) {
      const at = random(value.length + 1);
      const copy = [...(value as unknown[])];
      copy[at] = changed(copy[at], depth + 1);
      return copy;
    }
    if (typeof value !== "object" || value === null) return pick(VALUES);
    const keys = Object.keys(value);
    const key = random(12) === 0 ? pick(["__proto__", "constructor", "more", ""]) : pick(keys);
    const entries = Object.entries(value).filter(([name]) => name !== key);
    if (random(8) === 0) return Object.fromEntries(entries);
    const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    return Object.fromEntries([...entries, [key, changed(found, depth + 1)]]);
  };

  const bytesOf = (whole: string): Buffer => {
    switch (random(12)) {
      case 0:
        return Buffer.from(whole.slice(0, random(whole.length)));
      case 1:
        return Buffer.from(whole, "utf16le");
      case 2: {
        const bytes = Buffer.from(whole);
        bytes[random(bytes.length)] = random(256);
        return bytes;
      }
      case 3:
        return Buffer.from(pick(["[", '{"a":', '[{"kind":']).repeat(1_000 + random(2_000)));
      case 4:
        return Buffer.from(`\ufeff${whole}`);
      case 5:
        return Buffer.from(Array.from({ length: random(2_000) }, () => random(256)));
      case 6:
        return Buffer.from(whole + " ".repeat(random(40_000)));
      case 7:
        return Buffer.from(JSON.stringify(pick(VALUES)));
      default:
        return Buffer.from(whole);
    }
  };

  return (): Odd => {
    const [at, body] = pick(valid);
    const own = random(2) === 0;
    const method = own ? "POST" : pick(METHODS);
    const path = own || random(2) === 0 ? (random(10) === 0 ? pick(PATHS) : at) : pick(OTHER_PATHS);
    const headers: Record<string, string | string[]> = {
      "content-type": own ? "application/json" : pick(TYPES),
    };
    if (random(6) === 0) {
      const [name, value] = pick(HEADERS);
      headers[name] = value;
    }
    const text = JSON.stringify(random(50) === 0 ? body : changed(body));
    return { method, path, headers, body: method === "GET" || method === "HEAD" ? undefined : bytesOf(text) };
  };
}

/** Bytes that are no request, or one that doesn't end. */
const RAW = [
  "\r\n\r\n",
  "GET\r\n\r\n",
  "POST /claims HTTP/9.9\r\nHost: a\r\n\r\n",
  "POST /claims HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
  "POST /claims HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST /claims HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "BREW /claims HTTP/1.1\r\nHost: a\r\n\r\n",
  `GET /${"\u0001".repeat(20)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
  "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
];

/** Sends odd requests to a relay. */
export class Fuzzer {
  readonly #port: number;
  readonly #next: () => Odd;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 40 });
  /** How often each status was answered; 0 is a connection that ended without one. */
  readonly answered = new Map<number, number>();
  /** What was answered with 500, or not as JSON is. */
  readonly wrong: string[] = [];
  #sent = 0;

  constructor(url: string, valid: readonly (readonly [path: string, body: object])[], seed = 1) {
    this.#port = Number(new URL(url).port);
    this.#next = oddRequests(valid, seed);
  }

  /** Sends so many, some at once. */
  async send(count: number): Promise<void> {
    let left = count;
    const worker = async () => {
      while (left-- > 0) await this.#one();
    };
    await Promise.all(Array.from({ length: 40 }, worker));
  }

  async #one(): Promise<void> {
    const raw = this.#sent++ % 100 === 99 ? RAW[Math.floor(this.#sent / 100) % RAW.length] : undefined;
    const odd = this.#next();
    const { status, text } = raw === undefined ? await this.#ask(odd) : await this.#say(raw);
    this.answered.set(status, (this.answered.get(status) ?? 0) + 1);
    if (status >= 500) {
      const { method, path, body } = odd;
      this.wrong.push(`${status} ${method} ${path.slice(0, 100)} ${body?.toString("latin1") ?? ""} ${text}`);
    }
  }

  #ask({ method, path, headers, body }: Odd): Promise<{ status: number; text: string }> {
    return new Promise((resolve) => {
      const host = { host: "127.0.0.1", port: this.#port };
      let text = "";
      const end = (status: number) => {
        resolve({ status, text });
      };
      try {
        const sent = request(
          { ...host, agent: this.#agent, method, path, headers: { ...headers } },
          (response) => {
            response
              .setEncoding("utf8")
              .on("data", (part: string) => (text = text.length < 1_000 ? text + part : text));
            response.once("close", () => {
              end(response.statusCode ?? 0);
            });
          },
        );
        sent.once("error", () => {
          end(0);
        });
        sent.end(body);
      } catch {
        // What Node.js itself doesn't send.
        end(0);
      }
    });
  }

  #say(raw: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve) => {
      let text = "";
      const socket = connect(this.#port, "127.0.0.1", () => socket.end(raw, "latin1"));
      socket.setEncoding("latin1").on("data", (part: string) => (text += part));
      socket.setTimeout(15_000, () => socket.destroy());
      socket
        .on("error", () => undefined)
        .once("close", () => {
          resolve({
            status: Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0),
            text: text.slice(0, 1_000),
          });
        });
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
