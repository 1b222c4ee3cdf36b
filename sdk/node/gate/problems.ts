import { KyosoError } from "../../errors.js";
import { formatTime } from "../../time.js";
import { quote } from "../../units.js";

const SIGN_IN = "sign-in";
const AGAIN = "Sign in again.";

const perkPlace = (perk: number) => `perk ${perk}`;

/** What can be wrong at the gate. */
export const problems = {
  site: (text: string) =>
    KyosoError.of("gate.site", {
      data: { text },
      place: "origin",
      message: `${quote(text)} isn't the origin of a site`,
      remedy:
        'Write https:// and the host, without a path and a slash at the end: "https://members.example".',
    }),
  passOther: (pass: string, expected: string, isThere: boolean) =>
    KyosoError.of("gate.pass-other", {
      data: { pass, expected },
      place: `pass ${pass}`,
      message: `It isn't the membership pass of this DAO, which ${isThere ? "is" : "isn't there yet, and will be"} at ${expected}`,
      remedy: isThere
        ? "Name that one: `npx hardhat dao status` shows it too."
        : "The DAO gets one by a proposal: `npx hardhat dao enable-modules pass --via proposal`.",
    }),
  perkUnknown: (perk: number, count: number) =>
    KyosoError.of("gate.perk-unknown", {
      data: { perk, count },
      place: perkPlace(perk),
      message: `There is no such perk: the last one is ${count}`,
      remedy: "Perks are numbered from 1 on.",
    }),
  perkClosed: (perk: number) =>
    KyosoError.of("gate.perk-closed", {
      data: { perk },
      place: perkPlace(perk),
      message: "It is closed: nobody gets it any more",
      remedy: "Name another perk. One that is closed is never opened again.",
    }),
  perkNotOnce: (perk: number) =>
    KyosoError.of("gate.perk-not-once", {
      data: { perk },
      place: perkPlace(perk),
      message: "It isn't one that somebody gets once",
      remedy: "For a coupon, add a perk with `once`.",
    }),
  perkMixed: (perk: number) =>
    KyosoError.of("gate.perk-mixed", {
      data: { perk },
      place: perkPlace(perk),
      message: `It asks for "a pass or something else", and somebody gets it once: by what would that be marked?`,
      remedy: "Add one perk with a pass, or two without the other's way.",
    }),
  perkHandedOn: (perk: number) =>
    KyosoError.of("gate.perk-handed-on", {
      data: { perk },
      place: perkPlace(perk),
      message:
        "Tokens alone are enough for it, and somebody gets it once: whoever has them could hand them on, and get it with each account",
      remedy: "Ask for a badge, points or a pass as well.",
    }),
  origin: (origin: string | null) =>
    KyosoError.of("gate.origin", {
      data: { origin },
      place: "request",
      message: "It doesn't come from this site's own page",
      remedy: "Go to the site itself, and try it there.",
    }),
  account: () =>
    KyosoError.of("gate.account", {
      data: {},
      place: SIGN_IN,
      message: "This isn't the address of an account",
      remedy: "Choose an account in your wallet, and sign in again.",
    }),
  busy: () =>
    KyosoError.of("gate.busy", {
      data: {},
      place: SIGN_IN,
      message: "Too many people are signing in at this moment",
      remedy: "Try again in a minute.",
    }),
  unreadable: (cause?: unknown) =>
    KyosoError.of("gate.message-unreadable", {
      data: {},
      place: SIGN_IN,
      message: "This isn't a message to sign in with, and its signature",
      remedy: "Sign the message as it was given, without changing anything.",
      cause,
    }),
  challengeUnknown: () =>
    KyosoError.of("gate.challenge-unknown", {
      data: {},
      place: SIGN_IN,
      message: "What was signed was used before, took too long, or was begun in another browser",
      remedy: AGAIN,
    }),
  messageSite: (text: string, site: string) =>
    KyosoError.of("gate.message-site", {
      data: { text, site },
      place: SIGN_IN,
      message: `It was signed for another site than ${site}`,
      remedy:
        "Sign in at the site itself. If you signed it elsewhere, whoever asked you to wanted to come in as you.",
    }),
  messageChain: (chainId: number, expected: bigint) =>
    KyosoError.of("gate.message-chain", {
      data: { chainId, expected },
      place: SIGN_IN,
      message: `It was signed for chain ${chainId}, and the DAO is on chain ${expected}`,
      remedy: "Switch your wallet to the DAO's chain, and sign in again.",
    }),
  messageNonce: () =>
    KyosoError.of("gate.message-nonce", {
      data: {},
      place: SIGN_IN,
      message: "It was signed with a nonce that this browser wasn't given",
      remedy: AGAIN,
    }),
  messageExpired: (at: number) =>
    KyosoError.of("gate.message-expired", {
      data: { at },
      place: SIGN_IN,
      message: `It was good until ${formatTime(at)}`,
      remedy: AGAIN,
    }),
  messageEarly: (at: number) =>
    KyosoError.of("gate.message-early", {
      data: { at },
      place: SIGN_IN,
      message: `It isn't good before ${formatTime(at)}`,
      remedy: "Sign in again then.",
    }),
  signature: (account: string) =>
    KyosoError.of("gate.signature", {
      data: { account },
      place: SIGN_IN,
      message: `${account} didn't sign this`,
      remedy: "Choose the account in your wallet that you want to sign in with, and sign in again.",
    }),
  noSession: () =>
    KyosoError.of("gate.no-session", {
      data: {},
      place: "session",
      message: "Nobody has signed in here, or it is too long ago",
      remedy: "Sign in.",
    }),
  notEligible: (account: string, perk: number, missing: readonly number[]) =>
    KyosoError.of("gate.not-eligible", {
      data: { account, perk, missing },
      place: perkPlace(perk),
      message: `${account} doesn't have what it asks for`,
      remedy: "Sign in with the account that has the badges and the pass.",
    }),
  notFinal: (account: string, perk: number) =>
    KyosoError.of("gate.not-final", {
      data: { account, perk },
      place: perkPlace(perk),
      message: `${account} has what it asks for since a moment only, and the chain may still forget that`,
      remedy: "Try again in half an hour.",
    }),
  passNotFound: (account: string) =>
    KyosoError.of("gate.pass-not-found", {
      data: { account },
      place: "pass",
      message: `${account} has a pass, and the node doesn't say which`,
      remedy: "Try again in a minute. Where it stays so, use another node.",
    }),
  redeemed: (perk: number, at: number, receipt: string) =>
    KyosoError.of("gate.redeemed", {
      data: { perk, at, receipt },
      place: perkPlace(perk),
      message: `It was given already, at ${formatTime(at)}: receipt ${receipt}`,
      remedy: "It is given once for each pass or member. Ask the brand about the receipt, if it wasn't you.",
    }),
  nodeAway: (cause: unknown) =>
    KyosoError.of("gate.node-away", {
      data: {},
      place: "node",
      message: "It doesn't answer, so that nobody knows at this moment who gets what",
      remedy: "Try again in a minute.",
      cause,
    }),
};
