import type { LiveDao } from "@kyoso/sdk";
import { DAO_CONTRACTS, DAO_MODULES, readHolders, readSafe } from "@kyoso/sdk";
import type { PowersView } from "../answers.js";
import { answerOf, handoverOf, handoverReads, viewOf } from "./common.js";

export async function readPowers(live: LiveDao): Promise<PowersView> {
  const { record, provider, now } = live;
  const treasury = record.contracts.timelock;
  const [values, handover, safe, { holders }, wei] = await Promise.all([
    live.readMany<bigint | number>([
      viewOf(live, "token", "balanceOf", [treasury]),
      viewOf(live, "token", "totalSupply"),
      viewOf(live, "token", "cap"),
      viewOf(live, "token", "circulatingSupply"),
      viewOf(live, "governor", "votingDelay"),
      viewOf(live, "governor", "votingPeriod"),
      viewOf(live, "timelock", "getMinDelay"),
      viewOf(live, "governor", "proposalThreshold"),
      viewOf(live, "governor", "quorum", [now - 1]),
    ]),
    live.readMany<unknown>([...handoverReads(live), viewOf(live, "token", "mintLimit")]),
    readSafe(provider, live.safe),
    readHolders(live),
    provider.getBalance(treasury, live.block),
  ]);
  const amounts = values.map((value) => BigInt(value));
  const [tokens = 0n, total = 0n, cap = 0n, circulating = 0n] = amounts;
  const [votingDelay = 0, votingPeriod = 0, timelockDelay = 0] = amounts.slice(4, 7).map(Number);
  const [proposalThreshold = 0n, quorum = 0n] = amounts.slice(7);
  return {
    ...answerOf(live),
    handover: handoverOf(handover),
    safe: { address: safe.address, owners: safe.owners, threshold: safe.threshold },
    holders: holders.filter(({ votes, account }) => votes > 0n && account !== treasury).length,
    treasury: { wei, tokens },
    supply: { total, cap, circulating, minting: mintingOf(handover[3]) },
    rules: { votingDelay, votingPeriod, timelockDelay, proposalThreshold, quorum },
    modules: DAO_MODULES.filter((name) => record.modules?.[name] !== undefined),
    contracts: [
      ...DAO_CONTRACTS.map((name) => ({ name, address: record.contracts[name] })),
      ...DAO_MODULES.flatMap((name) => {
        const address = record.modules?.[name];
        return address === undefined ? [] : [{ name, address }];
      }),
    ],
  };
}

/** As `mintLimit` returns it. */
function mintingOf(value: unknown): PowersView["supply"]["minting"] {
  const [{ amount, window }] = value as readonly [
    { readonly amount: bigint; readonly window: bigint | number },
  ];
  return { amount: amount, window: Number(window) };
}
