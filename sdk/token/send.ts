import { Contract, ZeroAddress } from "ethers";
import { FOREIGN, INTERFACES } from "../calls/known.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { RewardToken } from "../rewards/token.js";
import { ERC20, formatTokens } from "../rewards/token.js";

/** Names of the DAO's that tokens can be sent to: what its other contracts get is lost. */
const RECEIVERS = ["safe", "timelock"];

/**
 * Plans to send tokens.
 *
 * @param amount In the token's smallest unit.
 * @param from Who sends them, out of what it holds.
 * @throws KyosoError where it has too little, or they would be lost.
 */
export async function planSend(
  live: LiveDao,
  { token, amount }: { readonly token: RewardToken; readonly amount: bigint },
  from: string,
  to: string,
): Promise<Plan> {
  const contract = new Contract(token.address, ERC20, live.provider);
  const balance = (await contract.getFunction("balanceOf")(from)) as bigint;
  const problems = [
    ...receiverProblems(live, token, from, to),
    ...amountProblems(live, token, from, amount, balance),
  ];
  if (problems.length > 0) throw new KyosoError(problems);
  const own = token.address === live.record.contracts.token;
  const spent = {
    name: own ? "token" : token.address,
    address: token.address,
    interface: own ? INTERFACES.token : FOREIGN.asset,
  };
  const title = `Send ${formatTokens(live, amount, token)} to ${live.book.show(to)}`;
  return { title, calls: [call(spent, "transfer", [to, amount], title)] };
}

function receiverProblems(live: LiveDao, token: RewardToken, from: string, to: string): Problem[] {
  const name = to === ZeroAddress ? "nobody" : live.book.nameOf(to);
  if (to === token.address || (name !== undefined && !RECEIVERS.includes(name))) {
    return [
      problem("token.would-be-lost", {
        data: { to, token: token.address },
        place: "to",
        message: `What is sent to ${to === token.address && name === undefined ? "the token itself" : (name ?? to)} is lost: ${to} can't send it on`,
        remedy: "Write the address of an account, or treasury, or safe.",
      }),
    ];
  }
  if (to !== from) return [];
  return [
    problem("token.to-itself", {
      data: { account: to },
      place: "to",
      message: `${to} would send to itself`,
      remedy: "Choose who sends with --from and --via, or write another receiver.",
    }),
  ];
}

function amountProblems(
  live: LiveDao,
  token: RewardToken,
  from: string,
  amount: bigint,
  balance: bigint,
): Problem[] {
  const { symbol, decimals } = token;
  if (amount > 0n && amount <= balance) return [];
  const show = (value: bigint) => formatTokens(live, value, token);
  return [
    problem("token.amount-not-there", {
      data: { account: from, balance, amount, symbol, decimals },
      place: "amount",
      message:
        amount === 0n
          ? "It is zero"
          : `${live.book.show(from)} has ${show(balance)}, less than ${show(amount)}`,
      remedy:
        balance === 0n
          ? "Choose who sends with --from and --via: a proposal sends from the treasury."
          : `Write at most ${show(balance)}, or choose who sends with --from and --via.`,
    }),
  ];
}
