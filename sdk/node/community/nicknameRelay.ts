import type { NicknameCheck } from "../../community/nicknameSigning.js";
import {
  checkNickname,
  NICKNAME_FILE,
  nicknameCall,
  readNicknameStates,
  type SignedNickname,
} from "../../community/nicknameSigning.js";
import type { Problem } from "../../errors.js";
import type { SendingSigner } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import { readSigned } from "../signed/files.js";
import { NOT_TRIED, Relay } from "../signed/relay.js";

/** What became of a signed nickname; "valid" in a dry run. */
export interface NicknameOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly signed: SignedNickname | undefined;
  readonly status: "carried out" | NicknameCheck["status"] | "not known" | "not sent";
  /** Why it was refused, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

/**
 * Hands in signed nicknames, one transaction each. One that is refused keeps no other from being carried out, and what is so
 * already costs nothing: the same files can be relayed again.
 *
 * @param signer Undefined checks only, and sends nothing.
 * @returns What became of each, in the order of the files. What comes after one that isn't known isn't sent.
 */
export async function relayNicknames(
  live: LiveDao,
  files: readonly string[],
  signer: SendingSigner | undefined,
): Promise<NicknameOutcome[]> {
  return Relay.run(signer, (relay) => relayAll(live, files, relay));
}

async function relayAll(live: LiveDao, files: readonly string[], relay: Relay): Promise<NicknameOutcome[]> {
  const read = await Promise.all(files.map((file) => readSigned(file, NICKNAME_FILE)));
  const accounts = read.flatMap(({ value }) => (value === undefined ? [] : [value.account]));
  const states = await readNicknameStates(live, accounts);
  const domain = await domainOf(live, live.contracts.nicknames);
  const outcomes = new Map<string, NicknameOutcome>();
  const nothing = { problem: undefined, transaction: undefined };
  for (const { file, ...result } of read) {
    if (result.value !== undefined) continue;
    outcomes.set(file, { file, signed: undefined, status: "refused", ...nothing, problem: result.problem });
  }
  // What one account signed one after another has to be carried out in that order.
  const all = read
    .flatMap(({ file, value }) => (value === undefined ? [] : [{ file, signed: value }]))
    .sort((a, b) => Number(BigInt(a.signed.nonce) - BigInt(b.signed.nonce)));
  for (const { file, signed } of all) {
    const { account, nickname } = signed;
    const state = states.get(account) ?? { nonce: 0n, nickname: "" };
    const untold = { file, signed, ...nothing };
    const outcome: NicknameOutcome = relay.stopped
      ? { ...untold, ...NOT_TRIED }
      : await relay.orStop(
          file,
          async (): Promise<NicknameOutcome> => {
            const check = await checkNickname(live, domain, file, signed, state);
            const problem = check.status === "refused" ? check.problem : undefined;
            if (check.status !== "valid" || !relay.sends) return { ...untold, status: check.status, problem };
            const carried = await relay.carryOut("Nickname", nicknameCall(signed), file);
            if (carried.status !== "done") return { ...untold, ...carried };
            return { ...untold, status: "carried out", transaction: carried.transaction };
          },
          (failed) => ({ ...untold, ...failed }),
        );
    if (outcome.status === "valid" || outcome.status === "carried out") {
      states.set(account, { nonce: state.nonce + 1n, nickname });
    }
    outcomes.set(file, outcome);
  }
  return files.flatMap((file) => outcomes.get(file) ?? []);
}
