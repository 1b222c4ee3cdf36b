import { type Outcome, type Place, WarmProcess } from "./process.js";

/** A command that takes longer than that, in milliseconds, doesn't end: its test is given up a little later. */
const LONGEST = 540_000;

/**
 * The command line, warm: a process that runs one command after another, each as in a process of its own but for what is
 * loaded already. It begins with the first command and ends with this process; where a command ends it, as it may end its
 * own, the next one begins another.
 */
export class WarmCommandLine {
  readonly #place: Place;
  readonly #longest: number;
  #process: WarmProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(place: Place, longest = LONGEST) {
    this.#place = place;
    this.#longest = longest;
  }

  /**
   * Runs a command when those before it have ended.
   *
   * @param env All of its environment.
   * @throws where it doesn't end, where it is killed, and where the one before did something after its end.
   */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
    const turn = this.#last.then(async () => {
      this.#process ??= new WarmProcess(this.#place);
      const warm = this.#process;
      try {
        await warm.ready();
        return await this.#within(args, warm, warm.run({ args, env, cwd: this.#place.cwd }));
      } catch (error) {
        this.#process = undefined;
        throw error;
      } finally {
        if (warm.hasEnded) this.#process = undefined;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #within(args: readonly string[], warm: WarmProcess, running: Promise<Outcome>): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        warm.kill();
        reject(new Error(`${args.join(" ")} doesn't end. It has said:\n${warm.said}`));
      }, this.#longest);
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
      running.catch(() => undefined);
    }
  }
}
