import type { CDPSession } from "playwright-core";

/** What somebody's device is like. */
export interface Device {
  /** Whether its passkeys make accounts. */
  readonly hasSecrets?: boolean;
  /** Whether they are kept elsewhere too. */
  readonly isBackedUp?: boolean;
  /** Whether it knows who touches it, by a finger, a face or a number. */
  readonly isVerified?: boolean;
}

/** Gives a page a device with passkeys, which touches by itself. */
export async function givePasskeys(
  cdp: CDPSession,
  { hasSecrets = true, isBackedUp = true, isVerified = true }: Device,
): Promise<void> {
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: hasSecrets,
      isUserVerified: isVerified,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: isBackedUp,
      defaultBackupState: isBackedUp,
    },
  });
}
