import { randomBytes } from "node:crypto";
import { BrowserProvider, getAddress, isAddress } from "ethers";
import { badgeRead } from "../../badges/reads.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";
import { LogCache } from "../../chain/logCache.js";
import type { LogStore } from "../../chain/logStore.js";
import { MemoryLogs } from "../../chain/logStore.js";
import type { DaoRecord } from "../../daoRecord.js";
import { isOf, KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { openDao } from "../../live.js";
import { oneLine } from "../../text.js";
import { parseAddress } from "../../units.js";
import type { Trust } from "../../verify.js";
import * as z from "../../zod.js";
import { cookieOf, idIn, newSecret, withoutCookie } from "./cookies.js";
import type { Site } from "./message.js";
import { checkMessage, messageFor, requireOrigin } from "./message.js";
import { passRead } from "../../pass/pass.js";
import type { PerkRule, RawPerk } from "../../pass/perks.js";
import { ruleOf } from "../../pass/perks.js";
import { asksForKinds, isEnough, passesShown, requireCoupon } from "./perks.js";
import { problems } from "./problems.js";
import { Proofs } from "./proofs.js";
import { isSigned } from "./signature.js";
import type { GateStore, Redemption } from "./store.js";
import { MemoryGateStore } from "./store.js";
import type { Finality } from "./view.js";
import { ChainView } from "./view.js";

/** What a gate is of, and what it goes by. Durations are in seconds. */
export interface GateOptions {
  readonly record: DaoRecord;
  /** A node of the DAO's chain. */
  readonly node: Eip1193Provider;
  /** The address of the DAO's membership pass, which has the perks. */
  readonly pass: string;
  /** The number of the perk by which members come in. */
  readonly perk: number;
  /** The site's: `https://members.example`. */
  readonly origin: string;
  /** What people read in their wallets when they sign in; one line. */
  readonly statement?: string;
  /** Where sessions and redeemed coupons are kept; by default in memory, so that a restart forgets them. */
  readonly store?: GateStore;
  /** Where logs of the chain are kept, so that the next start needn't read them again. */
  readonly logs?: LogStore;
  readonly trust?: Trust;
  /** For how long an answer of the chain lets somebody in; by default 0: it is asked at each visit. */
  readonly askAgainAfter?: number;
  /** After how long somebody has to sign in again; by default 12 hours. */
  readonly sessionFor?: number;
  /** How long signing in may take; by default 10 minutes. */
  readonly challengeFor?: number;
  /** From when on what is on the chain stays, for what is given once. */
  readonly finality?: Finality;
  /** How long the node may take to answer a question; by default 10 seconds. */
  readonly patience?: number;
  /** How many signatures are looked at at once; by default 50. */
  readonly checks?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** The headers of a request, as a `Request` has them. */
export interface GateHeaders {
  get(name: string): string | null;
}

/** Somebody who came in. */
export interface Visit {
  readonly account: string;
  /** When signing in again is needed, in milliseconds. */
  readonly expiresAt: number;
}

/** Whether an account gets a perk at a block, and which conditions it meets. */
interface Standing {
  readonly eligible: boolean;
  readonly met: readonly boolean[];
  /** The badges that were named. */
  readonly ids: readonly number[];
}

const SIGNED = z.object({
  message: z.string().max(4_096),
  signature: z.string().regex(/^0x(?:[0-9a-f]{2}){1,8192}$/iu),
});

/** What a gate goes by; see {@link GateOptions}. */
type Settings = Required<
  Pick<GateOptions, "statement" | "askAgainAfter" | "sessionFor" | "challengeFor" | "checks" | "now">
>;

const NONCE_BYTES = 16;

/** Passes that are looked at besides those that a coupon is shown with: they may be somebody else's by now. */
const SPARE_PASSES = 32;

/**
 * The door of a members' area on a web server: people sign in with an account (EIP-4361), and come in as long as the chain says that they
 * get a perk. It takes the headers of requests, and gives cookies to be set; whatever the framework.
 */
export class Gate {
  readonly #door: number;
  readonly #site: Site;
  readonly #live: LiveDao;
  readonly #pass: string;
  readonly #store: GateStore;
  readonly #proofs: Proofs;
  readonly #view: ChainView;
  readonly #settings: Settings;
  readonly #perks = new Map<number, PerkRule>();
  #checking = 0;

  private constructor(options: GateOptions, live: LiveDao, proofs: Proofs, view: ChainView) {
    const {
      perk,
      origin,
      pass,
      statement = "Sign in as a member. This costs nothing and moves nothing.",
      askAgainAfter = 0,
      sessionFor = 12 * 3_600,
      challengeFor = 600,
      checks = 50,
      now = Date.now,
      store = new MemoryGateStore(undefined, now),
    } = options;
    this.#door = perk;
    this.#settings = { statement, askAgainAfter, sessionFor, challengeFor, checks, now };
    this.#site = { origin, chainId: live.chainId, statement: oneLine(statement) };
    this.#live = live;
    this.#pass = pass;
    this.#store = store;
    this.#proofs = proofs;
    this.#view = view;
  }

  /**
   * Opens a gate. Reads what the DAO has logged, which takes a while the first time.
   *
   * @throws KyosoError where the chain, the contracts, the perk or the origin isn't what it should be.
   */
  static async open(options: GateOptions): Promise<Gate> {
    const { record, node, origin, trust, logs = new MemoryLogs() } = options;
    const { finality = "finalized", patience = 10 } = options;
    requireOrigin(origin);
    const pass = parseAddress(options.pass);
    const cache = new LogCache(logs);
    const provider = new BrowserProvider(node);
    const live = await openDao(record, provider, node, { cache, ...(trust === undefined ? {} : { trust }) });
    // What a contract says of itself is no proof: where the DAO's pass is follows from its badge, and its code was looked at.
    const { modules = {} } = live.record;
    if (pass !== modules.pass)
      throw problems.passOther(pass, live.modulePlaces.pass, modules.pass !== undefined);
    const view = new ChainView(node, finality, patience * 1_000);
    const gate = new Gate({ ...options, pass }, live, await Proofs.read(live, pass, logs, view), view);
    const { closed } = await gate.#readPerk(options.perk);
    if (closed) throw problems.perkClosed(options.perk);
    return gate;
  }

  /**
   * Begins to sign an account in: the message that its owner is to sign, and a cookie without which nobody else can use it.
   *
   * @param account Its address; whatever a request says.
   */
  async begin(headers: GateHeaders, account: unknown): Promise<{ message: string; cookie: string }> {
    this.#requireOwnPage(headers);
    // Wallets tell it in small letters, too.
    if (!isAddress(account)) throw problems.account();
    const address = getAddress(account);
    const { challengeFor } = this.#settings;
    const { secret, id } = newSecret();
    // Not viem's own: it comes from Math.random, and each is the one before it but for a digit.
    const nonce = randomBytes(NONCE_BYTES).toString("hex");
    const now = this.#settings.now();
    const expiresAt = now + challengeFor * 1_000;
    await this.#store.keepChallenge({ id, nonce, expiresAt });
    const message = messageFor(this.#site, address, nonce, now, expiresAt);
    return { message, cookie: cookieOf("challenge", secret, challengeFor) };
  }

  /**
   * Signs an account in, where it gets the perk of the door.
   *
   * @param body `message` and `signature`; whatever a request says.
   * @returns Cookies to be set.
   * @throws KyosoError where it may not come in. Whatever was signed isn't good a second time.
   */
  async signIn(headers: GateHeaders, body: unknown): Promise<Visit & { cookies: string[] }> {
    this.#requireOwnPage(headers);
    const { success, data: signed, error } = SIGNED.safeParse(body);
    if (!success) throw problems.unreadable(error);
    const now = this.#settings.now();
    const challengeId = idIn(headers.get("cookie"), "challenge");
    const challenge = challengeId === undefined ? undefined : await this.#store.takeChallenge(challengeId);
    if (challenge === undefined || challenge.expiresAt <= now) throw problems.challengeUnknown();
    const account = checkMessage(signed.message, this.#site, challenge.nonce, now);
    if (!(await this.#check(() => isSigned(this.#live.eip1193, signed, now)))) {
      // If it is the node that doesn't answer, this says so.
      await this.#view.newest();
      throw problems.signature(account);
    }
    await this.#requireEligible(account, this.#door, await this.#view.newest());
    await this.#endSession(headers);
    const { sessionFor } = this.#settings;
    const { secret, id } = newSecret();
    const expiresAt = now + sessionFor * 1_000;
    await this.#store.keepSession({ id, account, askedAt: now, expiresAt });
    const cookies = [cookieOf("session", secret, sessionFor), withoutCookie("challenge")];
    return { account, expiresAt, cookies };
  }

  /**
   * Who is at the door. The chain is asked whether that account still gets the perk, each time or after as long as the gate's options
   * say; where it doesn't, its session ends.
   *
   * @throws KyosoError where nobody has signed in, or may not come in any more.
   */
  async enter(headers: GateHeaders): Promise<Visit> {
    const id = idIn(headers.get("cookie"), "session");
    const session = id === undefined ? undefined : await this.#store.findSession(id);
    const now = this.#settings.now();
    if (session === undefined || session.expiresAt <= now) throw problems.noSession();
    const { account, askedAt, expiresAt } = session;
    const age = now - askedAt;
    if (age < 0 || age >= this.#settings.askAgainAfter * 1_000) {
      try {
        await this.#requireEligible(account, this.#door, await this.#view.newest());
      } catch (error) {
        if (isRefusal(error)) await this.#store.endSession(session.id);
        throw error;
      }
      if (this.#settings.askAgainAfter > 0) await this.#store.touchSession(session.id, now);
    }
    return { account, expiresAt };
  }

  /**
   * Gives a perk that somebody gets once to who is at the door: now, and at a block that stays, it has to have what it asks for.
   *
   * @throws KyosoError where it gets it not, or not any more.
   */
  async redeem(headers: GateHeaders, perk: number): Promise<Redemption> {
    this.#requireOwnPage(headers);
    const { account } = await this.enter(headers);
    await this.requireCoupon(perk);
    const rule = await this.#readPerk(perk);
    const newest = await this.#view.newest();
    const final = await this.#view.final(newest);
    const standing = await this.#requireEligible(account, perk, newest);
    const settled = final === newest ? standing : await this.#standing(account, perk, final, standing.ids);
    if (!settled.eligible) throw problems.notFinal(account, perk);
    const marks = rule.byPass
      ? await this.#passMarks(account, perk, passesShown(rule, standing.met), [newest, final])
      : await this.#accountMarks(account, perk, newest);
    const receipt = randomBytes(8).toString("hex");
    const redemption = { receipt, perk, account, marks, at: this.#settings.now() };
    const before = await this.#store.redeem(redemption);
    if (before !== undefined) throw redeemed(before);
    return redemption;
  }

  /**
   * Checks that a perk is one that {@link redeem} can give.
   *
   * @throws KyosoError where it isn't.
   */
  async requireCoupon(perk: number): Promise<void> {
    requireCoupon(perk, await this.#readPerk(perk));
  }

  /** Signs out. Returns cookies to be set. */
  async signOut(headers: GateHeaders): Promise<string[]> {
    this.#requireOwnPage(headers);
    await this.#endSession(headers);
    return [withoutCookie("session"), withoutCookie("challenge")];
  }

  async #endSession(headers: GateHeaders): Promise<void> {
    const id = idIn(headers.get("cookie"), "session");
    if (id !== undefined) await this.#store.endSession(id);
  }

  /** Browsers say from which page a request that does something comes: none of another site is to act for who is signed in. */
  #requireOwnPage(headers: GateHeaders): void {
    const origin = headers.get("origin");
    if (origin !== this.#site.origin) throw problems.origin(origin);
  }

  /** Looks at a signature, unless too many are being looked at: a wallet can take its time. */
  async #check(look: () => Promise<boolean>): Promise<boolean> {
    if (this.#checking >= this.#settings.checks) throw problems.busy();
    this.#checking += 1;
    try {
      return await this.#view.within(look);
    } finally {
      this.#checking -= 1;
    }
  }

  /** A perk's rule, which never changes; whether it is closed may. */
  async #readPerk(perk: number): Promise<PerkRule> {
    const known = this.#perks.get(perk);
    if (known !== undefined) return known;
    const newest = await this.#view.newest();
    const [count = 0n] = await this.#view.read<bigint>(newest, [passRead(this.#live, "perkCount", [])]);
    if (!Number.isSafeInteger(perk) || perk < 1 || perk > count)
      throw problems.perkUnknown(perk, Number(count));
    const [read] = await this.#view.read<RawPerk>(newest, [passRead(this.#live, "perkOf", [perk])]);
    if (read === undefined) throw problems.nodeAway(undefined);
    const rule = ruleOf(read);
    if (!rule.closed) this.#perks.set(perk, rule);
    return rule;
  }

  async #standing(account: string, perk: number, block: number, ids: readonly number[]): Promise<Standing> {
    const args = [account, perk, ids];
    const [eligible, met] = await this.#view.read<unknown>(block, [
      passRead(this.#live, "isEligible", args),
      passRead(this.#live, "conditionsMet", args),
    ]);
    return { eligible: eligible === true, met: met as boolean[], ids };
  }

  /** @throws KyosoError where an account doesn't get a perk at a block; badges that were awarded until then are looked for. */
  async #requireEligible(account: string, perk: number, block: number): Promise<Standing> {
    const rule = await this.#readPerk(perk);
    const { conditions } = rule;
    const ids = this.#proofs.badgesFor(conditions, account);
    let standing = await this.#standing(account, perk, block, ids);
    if (!standing.eligible && asksForKinds(rule)) {
      await this.#reach(block);
      standing = await this.#standing(account, perk, block, this.#proofs.badgesFor(conditions, account));
    }
    if (standing.eligible) return standing;
    if (isEnough(rule, standing.met)) {
      this.#perks.delete(perk);
      throw problems.perkClosed(perk);
    }
    const missing = standing.met.flatMap((isMet, place) => (isMet ? [] : [place]));
    throw problems.notEligible(account, perk, missing);
  }

  #reach(block: number): Promise<void> {
    return this.#view.within(() => this.#proofs.reach(block));
  }

  /** Marks of passes that the account has at both of these blocks, and with which the perk wasn't given yet. */
  async #passMarks(
    account: string,
    perk: number,
    shown: number,
    blocks: readonly number[],
  ): Promise<string[]> {
    await this.#reach(Math.max(...blocks));
    const held = this.#proofs.passesOf(account);
    const given = await this.#store.findRedemptions(held.map((id) => this.#passMark(perk, id)));
    const used = new Set(given.flatMap(({ marks }) => marks));
    const unused = held.filter((id) => !used.has(this.#passMark(perk, id)));
    const [before] = given;
    if (unused.length < shown && before !== undefined) throw redeemed(before);
    const looked = unused.slice(0, shown + SPARE_PASSES);
    const own = await Promise.all(looked.map((id) => this.#isHeld(id, account, blocks)));
    const marks = looked.filter((_, i) => own[i] === true).map((id) => this.#passMark(perk, id));
    if (marks.length < shown) throw problems.passNotFound(account);
    return marks.slice(0, shown);
  }

  /** Whether an account has a pass at all of these blocks; at one of them there may not be any such pass. */
  async #isHeld(id: number, account: string, blocks: readonly number[]): Promise<boolean> {
    const read = passRead(this.#live, "ownerOf", [id]);
    const owners = await Promise.all(
      [...new Set(blocks)].map((block) => this.#view.read<string>(block, [read]).catch(() => [])),
    );
    return owners.every(([owner]) => owner === account);
  }

  #passMark(perk: number, id: number): string {
    return this.#mark(perk, `pass/${id}`);
  }

  /** Marks of an account, and of all from which or to which recoveries moved what one of them earned. */
  async #accountMarks(account: string, perk: number, block: number): Promise<string[]> {
    await this.#reach(block);
    const found = new Set([account]);
    for (const each of found) {
      for (const other of this.#proofs.recoveriesOf(each)) found.add(other);
      // The last one is there even where the node leaves logs out.
      const [last] = await this.#view.read<{ oldAccount: string; newAccount: string; movedIn: number }>(
        block,
        [badgeRead(this.#live, "recoveryOf", [each])],
      );
      if (last === undefined || last.movedIn === 0) continue;
      found.add(last.oldAccount);
      found.add(last.newAccount);
    }
    return [...found].map((each) => this.#mark(perk, `account/${each}`));
  }

  #mark(perk: number, of: string): string {
    return `${this.#live.chainId}/${this.#pass}/${perk}/${of}`;
  }
}

function redeemed({ perk, at, receipt }: Redemption): KyosoError {
  return problems.redeemed(perk, Math.floor(at / 1_000), receipt);
}

/** Whether the chain has said no, and not the node nothing. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof KyosoError &&
    error.problems.some((told) => isOf(told, "gate.not-eligible") || isOf(told, "gate.perk-closed"))
  );
}
