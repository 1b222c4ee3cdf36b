import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A command, as the process that wants it run says it. */
export interface Order {
  readonly args: readonly string[];
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Written to both streams when it has ended: what comes before is its output. */
  readonly mark: string;
}

/** That this process waits for a command; with the exit code of the one before. */
export interface Answer {
  readonly code?: number;
}

interface Hardhat {
  readonly main: (
    args: readonly string[],
    options: { readonly warnAboutUnusedPlugins: boolean },
  ) => Promise<void>;
  readonly resetGlobalHardhatRuntimeEnvironment: () => void;
}

/** How often it is looked whether a command has ended, in milliseconds. */
const POLL_MS = 2;

const require = createRequire(import.meta.url);

// This file lies among the tests, which are imported one and all.
if (process.env.KYOSO_WARM === "1") await serve();

/**
 * Runs one command after another as Hardhat's cli.js does, which began this process: `hardhat run` of this file. It ends
 * with the process that began it, or with a command that ends it.
 */
async function serve(): Promise<void> {
  const hardhat = await load();
  // Those of the command that runs this file; each command adds its own.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  process.once("disconnect", () => process.exit());
  process.on("message", (order: Order) => {
    void obey(order);
  });
  const listeners = listenersOf(process.eventNames());
  const idle = await resources();
  answer({});

  async function obey(order: Order): Promise<void> {
    process.chdir(order.cwd);
    for (const name of Object.keys(process.env))
      if (!(name in order.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, order.env);
    process.argv.splice(2, Infinity, ...order.args);
    hardhat.resetGlobalHardhatRuntimeEnvironment();
    // Its options are those of cli.js; the loader of TypeScript is there.
    await hardhat.main(order.args, { warnAboutUnusedPlugins: true });
    await drained();
    const code = Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    leave(code);
    await Promise.all([process.stdout, process.stderr].map((stream) => written(stream, order.mark)));
    answer({ code });
  }

  /** Waits for what a process of its own would wait for before it ends. */
  async function drained(): Promise<void> {
    for (;;) {
      const now = await resources();
      if ([...now].every(([type, count]) => count <= (idle.get(type) ?? 0))) return;
    }
  }

  /** Does what is done at the end of a process, and removes what listens to this one since the command began. */
  function leave(code: number): void {
    for (const [event, now] of listenersOf(process.eventNames())) {
      const before = listeners.get(event) ?? [];
      for (const listener of now.filter((one) => !before.includes(one))) {
        if (event === "exit") Reflect.apply(listener, process, [code]);
        process.removeListener(event, listener);
      }
    }
  }
}

async function load(): Promise<Hardhat> {
  const folder = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist", "src", "internal");
  const internal = (file: string) =>
    import(pathToFileURL(path.join(folder, file)).href) as Promise<Partial<Hardhat>>;
  const [{ main }, { resetGlobalHardhatRuntimeEnvironment }] = await Promise.all([
    internal(path.join("cli", "main.js")),
    internal("global-hre-instance.js"),
  ]);
  if (main === undefined || resetGlobalHardhatRuntimeEnvironment === undefined) {
    throw new Error("Hardhat keeps its command line elsewhere");
  }
  return { main, resetGlobalHardhatRuntimeEnvironment };
}

type Listener = (...args: unknown[]) => void;

function listenersOf(events: readonly (string | symbol)[]): Map<string | symbol, readonly Listener[]> {
  return new Map(events.map((event) => [event, process.listeners(event as "exit") as Listener[]]));
}

/** How many there are, by their type, of all that keeps this process from ending. */
async function resources(): Promise<Map<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => {
      resolve();
    });
  });
}

function answer(message: Answer): void {
  process.send?.(message);
}
