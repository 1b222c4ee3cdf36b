import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { buildContracts } from "../build/contracts.js";
import { KyosoError } from "../../sdk/errors.js";
import { LOCAL_CHAIN_ID } from "../../sdk/chain/local.js";
import { action } from "../action.js";
import { connect } from "../context.js";
import { heading, print, styled } from "../output.js";
import { tellCards } from "./story/cards.js";
import { tellContributions } from "./story/contributions.js";
import { tellCustomers } from "./story/customers.js";
import { tellDecision } from "./story/decision.js";
import { tellAudit, tellNextVote } from "./story/ending.js";
import { tellIdeas } from "./story/ideas.js";
import { tellLaunch } from "./story/launch.js";
import { tellSeason } from "./story/season.js";
import { BRAND } from "./story/story.js";

/**
 * Tells the whole story on a chain that begins and ends with the command, or with --network on a node of one's own, where
 * the DAO stays. Everything in it is real but the time.
 */
export default action<object>(async (_, hre) => {
  await buildContracts(hre);
  const began = performance.now();
  const { connection, store } = await openChain(hre, hre.globalOptions.network);
  const story = await tellLaunch(hre, connection, store);
  const customers = await tellCustomers(story);
  const contributors = await tellContributions(story, customers);
  await tellDecision(story);
  await tellSeason(story, contributors, [...customers.values()]);
  await tellIdeas(story, contributors, [...customers.values()]);
  await tellCards(story, customers);
  await tellAudit(story);
  if (store !== undefined) await tellNextVote(story);

  heading("What to do next");
  print(
    "  1. Copy brands/sakura-coffee.yaml, and write your own brand into it: docs/brand-file.md explains every line.",
  );
  print("  2. See what a launch would do:  npx hardhat dao launch <brand> --dry-run");
  print("  3. Launch it on a chain:        npx hardhat dao launch <brand> --network <network>");
  print(styled("dim", `\nTold in ${Math.ceil((performance.now() - began) / 1000)} s.`));
});

/** A chain of its own; or the node that --network names, if it is one for trying things out. */
async function openChain(hre: HardhatRuntimeEnvironment, network: string | undefined) {
  if (network === undefined) {
    return { connection: await hre.network.create("hardhat"), store: undefined };
  }
  const connected = await connect(hre);
  const { chainId, network: opened, store } = connected;
  const connection = await opened.connection();
  const version: unknown = await connection.provider.request({ method: "web3_clientVersion" });
  if (chainId !== LOCAL_CHAIN_ID || !String(version).startsWith("HardhatNetwork/")) {
    throw KyosoError.of("demo.real-network", {
      data: { network: connection.networkName },
      place: `network ${connection.networkName}`,
      message: "The demo makes time pass, which only a node for trying things out lets it",
      remedy: "Start one with `npx hardhat node`, and choose it with --network localhost.",
    });
  }
  const told = await store?.read(chainId, BRAND);
  if (told !== undefined && (await connected.provider.getCode(told.contracts.token)) !== "0x") {
    throw KyosoError.of("demo.told-already", {
      data: { network: connection.networkName },
      place: `network ${connection.networkName}`,
      message: "The demo was told on this node already",
      remedy: "Look at it with `npx hardhat proposal list`, or start the node again.",
    });
  }
  return { connection, store };
}
