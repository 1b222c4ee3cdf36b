import { ZeroAddress } from "ethers";
import type { SiweMessage } from "viem/siwe";
import { createSiweMessage, parseSiweMessage, validateSiweMessage } from "viem/siwe";
import { isSecure } from "../../secureUrl.js";
import { problems } from "./problems.js";

/** The site that people sign in to, as its messages name it. */
export interface Site {
  /** `https://members.example` */
  readonly origin: string;
  readonly chainId: bigint;
  /** What people read in their wallets. */
  readonly statement: string;
}

/** @throws KyosoError for what isn't the origin of a site that browsers keep secure cookies of, and that a message can name. */
export function requireOrigin(origin: string): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.origin !== origin || !isSecure(url)) throw problems.site(origin);
  try {
    messageFor({ origin, chainId: 1n, statement: "" }, ZeroAddress, "00000000", 0, 1);
  } catch {
    throw problems.site(origin);
  }
}

/** What an account is asked to sign, good until a moment (milliseconds). */
export function messageFor(
  { origin, chainId, statement }: Site,
  account: string,
  nonce: string,
  now: number,
  expiresAt: number,
): string {
  return createSiweMessage({
    address: account as `0x${string}`,
    chainId: Number(chainId),
    domain: new URL(origin).host,
    uri: origin,
    version: "1",
    nonce,
    statement,
    issuedAt: new Date(now),
    expirationTime: new Date(expiresAt),
  });
}

/**
 * Reads a message of Sign-In with Ethereum, and checks that it is for this site and chain, with this nonce, and good at a moment.
 *
 * @returns The account that has to have signed it.
 * @throws KyosoError where it isn't.
 */
export function checkMessage(text: string, { origin, chainId }: Site, nonce: string, now: number): string {
  const message = readMessage(text);
  const site = new URL(origin);
  const uri = URL.canParse(message.uri) ? new URL(message.uri).origin : "";
  const { domain, scheme } = message;
  const isOfScheme = scheme === undefined || `${scheme}:` === site.protocol;
  if (domain !== site.host || uri !== origin || !isOfScheme) throw problems.messageSite(domain, origin);
  if (BigInt(message.chainId) !== chainId) throw problems.messageChain(message.chainId, chainId);
  if (message.nonce !== nonce) throw problems.messageNonce();
  const { expirationTime, notBefore } = message;
  if (expirationTime !== undefined && now >= expirationTime.getTime()) {
    throw problems.messageExpired(seconds(expirationTime));
  }
  if (notBefore !== undefined && now < notBefore.getTime()) throw problems.messageEarly(seconds(notBefore));
  const time = new Date(now);
  if (!validateSiweMessage({ message, domain: site.host, nonce, time })) throw problems.unreadable();
  return message.address;
}

/**
 * A message in the one form that it has when it is written: whatever a wallet showed its owner between, before or behind the fields,
 * and the parser passes over, isn't signed without being read.
 */
function readMessage(text: string): SiweMessage {
  try {
    const message = parseSiweMessage(text) as SiweMessage;
    if (createSiweMessage(message) === text) return message;
  } catch (cause) {
    throw problems.unreadable(cause);
  }
  throw problems.unreadable();
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
