import type { Relayable, RelayedKind } from "@kyoso/sdk";

/** The command that carries out a file with something signed; none for what nobody has to sign. */
export const COMMANDS: Readonly<Record<RelayedKind, string | undefined>> = {
  ballot: "proposal relay",
  delegation: "token relay",
  claim: "drop relay",
  redemption: "badge voucher relay",
  reward: undefined,
};

/** Saves something signed as the file that the command line's relays take: what `proposal sign` and its like write. */
export function saveSigned(signed: Relayable): void {
  save(`${signed.kind}.json`, `${JSON.stringify(signed, null, 2)}\n`, "application/json");
}

/** Saves a text as a file on the device. */
export function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
