import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { Socket } from "node:net";
import path from "node:path";
import { LEFT, noteLeft } from "../../../bench/meter.js";
import type { Answer, Order } from "./child.js";

/** What a command did. */
export interface Outcome {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where commands run. */
export interface Place {
  /** Hardhat's cli.js. */
  readonly program: string;
  readonly cwd: string;
  /** The environment of the process before the first command. */
  readonly env: Readonly<Record<string, string>>;
}

const CHILD = path.join(import.meta.dirname, "child.ts");

/** The process that runs child.ts, and ends with this one. */
export class WarmProcess {
  readonly #child: ChildProcess;
  readonly #output = { stdout: "", stderr: "" };
  /** Of the order that it was last given. */
  #answer: Answer | undefined;
  #end: { readonly code: number | null; readonly signal: string | null } | undefined;
  #heard: (() => void) | undefined;
  #last = "none";

  constructor({ program, cwd, env }: Place) {
    const child = spawn(process.execPath, [program, "run", "--no-compile", CHILD], {
      cwd,
      env: { ...env, KYOSO_WARM: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        this.#output[name] += text;
        this.#heard?.();
      });
    }
    child.on("message", (answer: Answer) => {
      this.#answer = answer;
      this.#heard?.();
    });
    const end = (code: number | null, signal: string | null) => {
      this.#end = { code, signal };
      this.#heard?.();
    };
    child.once("close", end);
    child.once("error", (error) => {
      this.#output.stderr += error.message;
      end(null, null);
    });
    endWithThis(child);
    this.#child = child;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** All that was written and isn't part of an outcome. */
  get said(): string {
    return Object.values(this.#output).join("");
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Resolves when it takes a command, or has ended. */
  async ready(): Promise<void> {
    await this.#until(() => this.#answer !== undefined);
  }

  /**
   * Runs a command, when it is ready. One that ends the process has what a process of its own would have printed and ended
   * with.
   *
   * @throws where the process was killed, and where something happened after the end of the command before.
   */
  async run(command: Omit<Order, "mark">): Promise<Outcome> {
    const name = command.args.join(" ");
    if (this.hasEnded || this.said !== "") {
      this.kill();
      throw new Error(`Something happened after the end of the command before, ${this.#last}:\n${this.said}`);
    }
    this.#last = name;
    this.#answer = undefined;
    const mark = `\n${randomUUID()}\n`;
    this.#child.send({ ...command, mark } satisfies Order);
    const isMarked = () => Object.values(this.#output).every((text) => text.includes(mark));
    const end = await this.#until(() => this.#answer !== undefined && isMarked());
    if (end === undefined) return this.#outcome(mark);
    const { code, signal } = end;
    if (code === null) throw new Error(`${name} was ended by ${signal ?? "nobody"}:\n${this.said}`);
    return { code, ...this.#output };
  }

  #outcome(mark: string): Outcome {
    const code = this.#answer?.code ?? null;
    return { code, stdout: this.#take("stdout", mark), stderr: this.#take("stderr", mark) };
  }

  /** What was written before a mark; what comes after it stays. */
  #take(name: "stdout" | "stderr", mark: string): string {
    const [before = "", after = ""] = this.#output[name].split(mark);
    this.#output[name] = after;
    return before;
  }

  /** Waits for something that the other process does, or for its end, which it returns. */
  async #until(happened: () => boolean) {
    // The child alone doesn't keep this process from ending; who waits for it does.
    const waiting = setInterval(() => undefined, 60_000);
    try {
      while (this.#end === undefined && !happened()) {
        await new Promise<void>((resolve) => (this.#heard = resolve));
      }
      return this.#end;
    } finally {
      clearInterval(waiting);
    }
  }
}

/** Has a process not keep this one from ending, and end with it. */
export function endWithThis(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
  const end = () => {
    noteLeft(child.pid, process.env[LEFT]);
    child.kill("SIGKILL");
  };
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));
}
