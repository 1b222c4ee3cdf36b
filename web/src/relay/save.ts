import type { Relayable, RelayedKind } from "@kyoso/sdk";
import { saveFile } from "../files/saveFile.js";

/** The command that carries out a file with something signed; none for what nobody has to sign. */
export const COMMANDS: Readonly<Record<RelayedKind, string | undefined>> = {
  ballot: "proposal relay",
  delegation: "token relay",
  claim: "drop relay",
  redemption: "badge voucher relay",
  reward: undefined,
  nickname: "nickname relay",
  support: "idea relay",
};

/** Saves something signed as the file that the command line's relays take: what `proposal sign` and its like write. */
export function saveSigned(signed: Relayable): void {
  saveFile(`${signed.kind}.json`, `${JSON.stringify(signed, null, 2)}\n`);
}
