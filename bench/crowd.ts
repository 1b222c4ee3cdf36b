import type { RelayProcess } from "../test/relay/process.js";

const MEBIBYTE = 1024 * 1024;

/** A relay that is killed and begun again, and whoever hands in to it: an answer that doesn't come is asked for again. */
export class Crowd {
  readonly ids = new Map<string, string>();
  readonly memory: number[] = [];
  relay: RelayProcess;
  readonly #begin: () => Promise<RelayProcess>;
  #up: Promise<unknown> = Promise.resolve();

  constructor(relay: RelayProcess, begin: () => Promise<RelayProcess>) {
    this.relay = relay;
    this.#begin = begin;
  }

  /** Hands something in until it is taken. */
  async handIn(at: string, body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    for (;;) {
      await this.#up;
      const answer = await this.relay.api.post(at, text).catch(() => undefined);
      if (answer !== undefined && (answer.status === 200 || answer.status === 202)) {
        this.ids.set(answer.id, at);
        return;
      }
      if (answer !== undefined && answer.status !== 503) throw new Error(JSON.stringify(answer));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** How many jobs are in each state; undefined where it doesn't answer. */
  async counts(): Promise<Readonly<Record<string, number>> | undefined> {
    const answer = await fetch(`${this.relay.api.url}/status`).catch(() => undefined);
    return answer === undefined
      ? undefined
      : ((await answer.json()) as { jobs: Record<string, number> }).jobs;
  }

  /** `kill -9`, and begun again. */
  async restart(): Promise<void> {
    this.note();
    const again = this.relay.kill("SIGKILL").then(this.#begin);
    this.#up = again;
    this.relay = await again;
  }

  note(): void {
    this.memory.push(Math.ceil((this.relay.memory()?.highest ?? NaN) / MEBIBYTE));
  }
}
