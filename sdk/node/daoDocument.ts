import type { OwnContract } from "../daoRecord.js";
import { OWN_CONTRACTS } from "../daoRecord.js";
import { readLedger } from "../badges/ledger.js";
import { callsOf } from "../governance/proposal.js";
import type { ProposalView } from "../governance/proposals.js";
import { readProposals } from "../governance/proposals.js";
import type { LiveDao } from "../live.js";

const CONTEXT = "https://www.daostar.org/schemas";

/** What directories say of each contract. */
const CONTRACTS: Readonly<Record<OwnContract, readonly [name: string, description: string]>> = {
  manager: ["Access manager", "Who may do what on the DAO's other contracts"],
  token: ["Governance token", "ERC-20 with votes"],
  timelock: ["Treasury", "The timelock that carries out what passed, and holds the DAO's assets"],
  governor: ["Governor", "Proposals and votes"],
  badge: ["Badges", "Soulbound ERC-721: contributions that were recognised"],
  drop: ["Campaigns", "Tokens and badges that customers claim"],
  rewards: ["Rewards", "A budget each season, shared by the points earned in it"],
  handover: ["Handover", "The schedule by which the brand's Safe gives up its powers"],
  board: ["Idea board", "Calls for ideas, support for them, and what became of each"],
  pass: ["Membership pass", "ERC-721 that shows how its holder stands, and perks"],
};

/**
 * The DAO's description of itself, as ERC-4824 lays it out, to be put on the web: members, contracts, proposals and votes as of
 * the block that the DAO was opened at. They are in the document itself, which the standard allows and calls "members" instead
 * of "membersURI", and so on; of rules in words (`governanceURI`) there are none on the chain. Members are those who hold badges.
 *
 * @param name Of the DAO.
 */
export async function daoDocument(live: LiveDao, name: string): Promise<object> {
  const [{ holders }, proposals] = await Promise.all([readLedger(live), readProposals(live)]);
  const { contracts, modules, factory } = live.record;
  const places: Readonly<Partial<Record<OwnContract, string>>> = { ...contracts, ...modules };
  const part = (content: object) => ({ "@context": CONTEXT, type: "DAO", name, ...content });
  const address = (id: string) => ({ type: "EthereumAddress", id });
  const proposalId = ({ id }: ProposalView) =>
    `eip155:${live.chainId}:${contracts.governor}?proposalId=${id}`;
  const described = [
    ...OWN_CONTRACTS.flatMap((key) => {
      const place = places[key];
      return place === undefined ? [] : [[place, ...CONTRACTS[key]] as const];
    }),
    [live.safe, "Safe", "The brand's Safe, which runs the day-to-day until it has handed over"] as const,
    [factory, "Factory", "What launched the DAO"] as const,
  ];
  return part({
    description: name,
    governor: contracts.governor,
    members: part({ members: holders.map(address) }),
    proposals: part({
      proposals: proposals.map((proposal) => ({
        type: "proposal",
        id: proposalId(proposal),
        name: proposal.title,
        status: proposal.state,
        calls: callsOf(proposal).map(({ to, value, data }) => ({
          type: "CallDataEVM",
          operation: "call",
          from: contracts.timelock,
          to,
          value: value.toString(),
          data,
        })),
      })),
    }),
    activityLog: part({
      activities: proposals.flatMap((proposal) =>
        proposal.votes.map(({ voter }) => ({
          id: `${proposalId(proposal)}&voter=${voter}`,
          type: "activity",
          proposal: { type: "proposal", id: proposalId(proposal) },
          member: address(voter),
        })),
      ),
    }),
    contracts: part({
      contracts: described.map(([id, title, description]) => ({ ...address(id), name: title, description })),
    }),
  });
}
