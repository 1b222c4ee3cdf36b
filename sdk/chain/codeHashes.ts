import { keccak256 } from "ethers";
import { UnreadableAnswer } from "./answer.js";
import type { Eip1193Provider } from "./eip1193.js";

/** What an account without code has: nothing was ever there, or something else than code. */
export const NO_CODE: readonly string[] = [`0x${"0".repeat(64)}`, keccak256("0x")];

/**
 * A program of the EVM that answers with the hashes of the code of many accounts, sent as those of {@link batchCode} are: the
 * addresses, 20 bytes each, are behind it. Before the hashes is one byte that is 0, as no code begins with 0xef (EIP-3541).
 *
 * Comments show the stack, its top at the left: `n` is the number of bytes of the addresses, which lie in memory from 0 on;
 * `at` is where the next one begins, `to` where its hash goes.
 */
const PROGRAM = [
  "60 31 38 03", // the size of all, less the program: n
  "80 60 31 5f 39", // the addresses into memory: n
  "5f 81 60 01 01", // to=n+1 at=0 n
  "5b", // LOOP, which is 0x0e
  "82 82 10 15 60 29 57", // to END where no address is left: to at n
  "81 51 60 60 1c 3f", // hash to at n
  "81 52", // to at n
  "60 20 01 90 60 14 01 90", // to+32 at+20 n
  "60 0e 56", // to LOOP
  "5b", // END, which is 0x29
  "90 50 81 90 03 90 f3", // return what is in memory from n to `to`
]
  .join("")
  .replaceAll(" ", "");

/**
 * The hashes of the code of accounts, in one request; of those without any, one of {@link NO_CODE}.
 *
 * @throws UnreadableAnswer where it isn't what the program answers.
 */
export async function codeHashesOf(
  eip1193: Eip1193Provider,
  block: number,
  accounts: readonly string[],
): Promise<string[]> {
  const data = `0x${PROGRAM}${accounts.map((account) => account.slice(2).toLowerCase()).join("")}`;
  const params = [{ data }, `0x${block.toString(16)}`];
  const answer = String(await eip1193.request({ method: "eth_call", params }));
  if (!/^0x00(?:[0-9a-f]{64})*$/iu.test(answer) || answer.length !== 4 + 64 * accounts.length) {
    throw new UnreadableAnswer("The node doesn't answer with hashes of code");
  }
  return accounts.map((_, i) => `0x${answer.slice(4 + 64 * i, 4 + 64 * (i + 1)).toLowerCase()}`);
}
