import { expect } from "chai";
import { load } from "../sdk/support.js";
import { useFolder } from "../sdk/signed/support.js";
import type { RelayedWorld, Settings } from "./support.js";
import { Bridge, payer, relayedWorld, startRelay, writeSettings } from "./support.js";

export type Relay = Awaited<ReturnType<typeof startRelay>>;

/** What settings tests change. */
export type Changed = Partial<Settings> & {
  readonly proxies?: string[];
  readonly takes?: string[];
  readonly tokens?: string[];
};

/** Fees that are taken before the relay's. */
export const AHEAD = { maxFeePerGas: 300n * 10n ** 9n, maxPriorityFeePerGas: 250n * 10n ** 9n };

/** A chain of {@link relayedWorld} for each test of a suite, and relays on it. To be called in `describe`. */
export function useRelays() {
  const folder = useFolder();
  const running: Relay[] = [];
  let world: RelayedWorld;
  let bridge: Bridge;

  const mine = (method: string, ...params: unknown[]) => world.context.eip1193.request({ method, params });
  const stop = async () => {
    for (const { service } of running.splice(0)) await service.stop();
  };

  beforeEach(async () => {
    world = await load(relayedWorld);
    bridge = await Bridge.before(world.connection);
  });

  afterEach(async () => {
    bridge.handle = (_, forward) => forward();
    bridge.breaks = () => undefined;
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await stop();
    await bridge.stop();
  });

  return {
    folder,
    world: () => world,
    bridge: () => bridge,
    mine,
    stop,
    /** Transactions that the relay's account sent. */
    transactions: () => world.context.provider.getTransactionCount(payer.address),
    start: async (change: Changed = {}, more: Parameters<typeof startRelay>[2] = {}): Promise<Relay> => {
      const { config } = await writeSettings(folder(), world, change);
      const relay = await startRelay(config, bridge.url, more);
      running.push(relay);
      return relay;
    },
    /** Hands in what has to be taken. */
    handIn: async ({ api }: Relay, path: string, all: readonly unknown[]): Promise<string[]> => {
      const handed = await Promise.all(all.map((each) => api.post(path, each)));
      expect(
        handed.map(({ status, problem }) => [status, problem?.code]),
        path,
      ).to.deep.equal(all.map(() => [202, undefined]));
      return handed.map(({ id }) => id);
    },
  };
}

/** Status and code of what a relay doesn't take. */
export async function refusalOf(answer: Promise<{ status: number; problem: { code: string } | null }>) {
  const { status, problem } = await answer;
  return [status, problem?.code];
}
