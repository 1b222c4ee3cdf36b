import type { GateOptions } from "../../sdk/node/gate/gate.js";
import type { GateWorld } from "../sdk/node/gate/support.js";
import { gateWorld, PERK } from "../sdk/node/gate/support.js";
import { load } from "../sdk/support.js";
import { Browser, startSite } from "./support.js";

/** A chain of {@link gateWorld} for each test of a suite, and sites on it. To be called in `describe`. */
export function useSites() {
  const running: { stop: () => Promise<void> }[] = [];
  let world: GateWorld;

  beforeEach(async function () {
    // The first one launches the DAO.
    this.timeout(180_000);
    world = await load(gateWorld);
  });
  afterEach(async () => {
    for (const site of running.splice(0)) await site.stop();
  });

  return {
    world: () => world,
    /** A site; each browser that it gives is somebody else's. */
    start: async (
      options: Partial<GateOptions> = {},
      couponPerk: number = PERK.REVIEW_COUPON,
      nicknameOf?: (account: string) => Promise<string>,
    ) => {
      const gate = await world.openGate(options);
      const site = await startSite(gate, couponPerk, nicknameOf);
      running.push(site);
      return { gate, browser: () => new Browser(site.url) };
    },
  };
}
