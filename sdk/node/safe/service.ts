import SafeApiKit from "@safe-global/api-kit";
import type { SafeMultisigTransactionResponse } from "@safe-global/types-kit";
import { isHexString, ZeroAddress } from "ethers";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { quote } from "../../units.js";
import type { FolderExchange } from "./exchange.js";
import type { Exchange, Shared, SharedTransaction } from "../../safe/sharing/shared.js";
import { addSignatures, hashProblem, isMade } from "../../safe/sharing/shared.js";
import type { SafeFile } from "../../safe/sharing/file.js";
import { FILE_KIND, parseSafeFile } from "../../safe/sharing/file.js";
import type { OwnerSignature } from "../../safe/transactions/signatures.js";

/** Which service, and for which Safe. */
export interface ServiceOptions {
  readonly url: string;
  /** For the hosts that ask for one; never sent to another. */
  readonly apiKey?: string;
  readonly dao: string;
  readonly chainId: bigint;
  readonly safe: string;
}

/** Hosts that answer only those who have a key. */
const HOSTS_WITH_KEYS = ["safe.global", "5afe.dev"];

/** As many transactions as the service puts into one answer: it takes no higher limit. */
const PAGE = 200;

/** More transactions than wait for any Safe: what is listed after them is left out. */
const MOST_WAITING = 10_000;

/** Whether the host of a service asks for a key. */
export function needsApiKey(url: string): boolean {
  const { hostname } = parseUrl(url);
  return HOSTS_WITH_KEYS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/**
 * Shares transactions through a Safe transaction service, and as files beside it. What the service says is checked like
 * any file: it can withhold transactions and signatures, and nothing else.
 */
export class ServiceExchange implements Exchange {
  readonly #files: FolderExchange;
  readonly #options: ServiceOptions;
  readonly #api: SafeApiKit;

  constructor(files: FolderExchange, options: ServiceOptions) {
    this.#files = files;
    this.#options = options;
    const url = parseUrl(options.url);
    const base = `${url.origin}${url.pathname.replace(/\/+$/u, "").replace(/(?:\/api)?$/u, "/api")}`;
    const { apiKey } = options;
    if (needsApiKey(base) && apiKey === undefined) {
      throw KyosoError.of("service.key-missing", {
        data: { service: options.url },
        place: `--service ${options.url}`,
        message: "This service answers only those who have a key for it",
        remedy:
          "Get one at https://developer.safe.global, and put it into the keystore: npx hardhat keystore set KYOSO_SAFE_API_KEY.",
      });
    }
    this.#api = new SafeApiKit({
      chainId: options.chainId,
      txServiceUrl: base,
      ...(apiKey !== undefined && needsApiKey(base) ? { apiKey } : {}),
    });
  }

  async propose(file: SafeFile, owners?: readonly string[]): Promise<string> {
    const place = await this.#files.propose(file, owners);
    const [first, ...others] = file.signatures;
    // It takes proposals of owners only: the first one who signs the file proposes it.
    if (first === undefined) return place;
    await this.#proposeAs(file, first);
    for (const each of others) await this.#confirm(file.hash, each);
    return place;
  }

  async confirm(shared: SharedTransaction, signature: OwnerSignature): Promise<SharedTransaction> {
    const written = await this.#files.confirm(await this.#withFile(shared), signature);
    const known = await this.#lookUp(written.file.hash);
    if (known === undefined) {
      await this.#proposeAs(written.file, signature);
    } else if (!known.signatures.some(({ signer }) => signer === signature.signer)) {
      await this.#confirm(written.file.hash, signature);
    }
    return known === undefined ? written : merge(written, known);
  }

  async pending(nonce: number): Promise<Shared> {
    const { transactions, problems } = await this.#files.pending(nonce);
    const found = [...transactions];
    const unreadable: Problem[] = [];
    for (const response of await this.#waiting(nonce)) {
      try {
        const file = this.#toFile(response);
        const changed = hashProblem(file, this.#place(file.hash));
        if (changed !== undefined) throw new KyosoError(changed);
        const at = found.findIndex((each) => each.file.hash === file.hash);
        const known = found[at];
        if (known === undefined) found.push({ file, place: this.#place(file.hash) });
        else found[at] = merge(known, file);
      } catch (error) {
        // One of them keeps no other from being listed.
        if (!(error instanceof KyosoError)) throw error;
        unreadable.push(...error.problems);
      }
    }
    return { transactions: found, problems: [...problems, ...unreadable] };
  }

  /**
   * What waits on the service, of all its pages. A Safe that it doesn't know yet has nothing there: it is asked for
   * transactions only, as it answers 404 to questions about such a Safe.
   */
  async #waiting(nonce: number): Promise<SafeMultisigTransactionResponse[]> {
    const waiting: SafeMultisigTransactionResponse[] = [];
    for (;;) {
      const { results, next } = await this.#ask(() =>
        this.#api.getMultisigTransactions(this.#options.safe, {
          executed: false,
          nonce__gte: nonce,
          // What is proposed meanwhile moves none of them to another page.
          ordering: "nonce",
          limit: PAGE,
          offset: waiting.length,
        }),
      );
      waiting.push(...results);
      if (typeof next !== "string" || results.length === 0 || waiting.length >= MOST_WAITING) return waiting;
    }
  }

  async open(name: string): Promise<SharedTransaction> {
    if (isHexString(name, 32)) {
      const file = await this.#lookUp(name);
      const changed = file && hashProblem({ ...file, hash: name.toLowerCase() }, this.#place(name));
      if (changed !== undefined) throw new KyosoError(changed);
      if (file !== undefined) return { file, place: this.#place(name) };
      throw KyosoError.of("service.transaction-unknown", {
        data: { service: this.#options.url, text: name },
        place: `--service ${this.#options.url}`,
        message: `It knows no transaction ${name}`,
        remedy: "Name a file; or a hash as `npx hardhat safe status --service …` shows it.",
      });
    }
    const shared = await this.#files.open(name);
    const known = await this.#lookUp(shared.file.hash);
    return known === undefined ? shared : merge(shared, known);
  }

  /** What was found on the service alone gets a file. */
  async #withFile(shared: SharedTransaction): Promise<SharedTransaction> {
    if (shared.place !== this.#place(shared.file.hash)) return shared;
    return { ...shared, place: await this.#files.propose(shared.file) };
  }

  async #proposeAs(file: SafeFile, { signer, signature }: OwnerSignature): Promise<void> {
    await this.#ask(() =>
      this.#api.proposeTransaction({
        safeAddress: file.safe,
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- ours has the numbers of its enum
        safeTransactionData: file.transaction,
        safeTxHash: file.hash,
        senderAddress: signer,
        senderSignature: signature,
        origin: "Kyoso",
      }),
    );
  }

  async #confirm(hash: string, { signature }: OwnerSignature): Promise<void> {
    await this.#ask(() => this.#api.confirmTransaction(hash, signature));
  }

  async #lookUp(hash: string): Promise<SafeFile | undefined> {
    return this.#ask(async () => {
      try {
        return this.#toFile(await this.#api.getTransaction(hash));
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    });
  }

  /** What the service answers, in the form of a file, and no more trusted than one. */
  #toFile(response: SafeMultisigTransactionResponse): SafeFile {
    const { to, value, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = response;
    const file = {
      kind: FILE_KIND,
      version: 1,
      dao: this.#options.dao,
      chainId: this.#options.chainId.toString(),
      safe: response.safe,
      title: "Found on the Safe transaction service",
      transaction: {
        to,
        value,
        data: response.data ?? "0x",
        operation,
        // As texts or as numbers, depending on the service's version.
        safeTxGas: asText(safeTxGas),
        baseGas: asText(baseGas),
        gasPrice: asText(gasPrice),
        gasToken: (gasToken as string | null) ?? ZeroAddress,
        refundReceiver: refundReceiver ?? ZeroAddress,
        nonce: Number(response.nonce),
      },
      hash: response.safeTxHash,
      signatures: (response.confirmations ?? [])
        // Approvals are read from the chain; contracts that are owners approve there too, or sign the file.
        .filter(({ signatureType }) => signatureType === "EOA" || signatureType === "ETH_SIGN")
        .map(({ owner, signature }) => ({ signer: owner, signature })),
    };
    try {
      return parseSafeFile(JSON.stringify(file), this.#place(response.safeTxHash));
    } catch (cause) {
      throw KyosoError.of("service.unreadable", {
        data: { service: this.#options.url, transaction: response.safeTxHash },
        place: `--service ${this.#options.url}`,
        message: `What it says of the transaction ${quote(response.safeTxHash)} can't be read`,
        remedy: "Check that it is a Safe transaction service; or leave out --service and pass the file on.",
        cause,
      });
    }
  }

  async #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (cause) {
      if (cause instanceof KyosoError) throw cause;
      const status = statusOf(cause);
      throw KyosoError.of("service.fails", {
        data: { service: this.#options.url, status, reason: (cause as Error).message },
        place: `--service ${this.#options.url}`,
        message:
          status === undefined
            ? "The Safe transaction service doesn't answer"
            : `The Safe transaction service refuses (${status}): ${quote((cause as Error).message)}`,
        remedy:
          "Files hold all that is needed: pass them on without --service. Or run the same command again later.",
        cause,
      });
    }
  }

  #place(hash: string): string {
    return `${this.#options.url}, ${hash}`;
  }
}

/** With what accounts signed of this transaction, and nothing else: a service may say anything. */
function merge(shared: SharedTransaction, known: SafeFile): SharedTransaction {
  const { file } = shared;
  return {
    ...shared,
    file: addSignatures(
      file,
      known.signatures.filter((each) => isMade(file, each)),
    ),
  };
}

function asText(value: unknown): unknown {
  return typeof value === "number" ? value.toString() : value;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

function parseUrl(url: string): URL {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === "https:" || parsed.protocol === "http:") return parsed;
  } catch {
    // Told below.
  }
  throw KyosoError.of("service.not-url", {
    data: { text: url },
    place: "--service",
    message: `${quote(url)} isn't the URL of a Safe transaction service`,
    remedy: "Write it as in https://api.safe.global/tx-service/sep/api.",
  });
}
