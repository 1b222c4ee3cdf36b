import path from "node:path";
import { expect } from "chai";
import { checkSafeFile } from "../../../../sdk/safe/transactions/check.js";
import type { SharedTransaction } from "../../../../sdk/safe/sharing/shared.js";
import { readSafeFile } from "../../../../sdk/node/safe/files.js";
import { needsApiKey, ServiceExchange } from "../../../../sdk/node/safe/service.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { problemOf } from "../../support.js";
import { type Owners, withOwners } from "../../safe/support.js";
import { Service } from "./serviceSupport.js";

/** Runs `use` with a service, and an exchange that uses it. */
async function withService(
  use: (context: {
    owners: Owners;
    service: Service;
    exchange: ServiceExchange;
    base: string;
  }) => Promise<void>,
): Promise<void> {
  const service = await Service.start();
  try {
    await withOwners(async (owners) => {
      const { record } = owners.world;
      const exchange = new ServiceExchange(owners.exchange, {
        url: service.url,
        dao: record.slug,
        chainId: 31337n,
        safe: record.safe,
      });
      await use({ owners, service, exchange, base: `/api/v2/safes/${record.safe}/multisig-transactions/` });
    });
  } finally {
    await service.stop();
  }
}

async function signed(owners: Owners, shared: SharedTransaction, index: 0 | 1 | 2) {
  const { account } = await owners.look();
  return signTransaction(account, shared.file.transaction, owners.world.owners[index].address);
}

describe("ServiceExchange (requests to a stand-in of Safe's transaction service)", () => {
  it("writes a file, and proposes nothing that nobody has signed: the service takes proposals of owners", () =>
    withService(async ({ owners, service, exchange }) => {
      const [prepared] = await owners.prepare({ title: "Award", calls: [await owners.award(1)] });
      if (prepared === undefined) throw new Error("nothing was prepared");
      const place = await exchange.propose(prepared.file);
      expect((await readSafeFile(place)).hash).to.equal(prepared.file.hash);
      expect(service.take()).to.deep.equal([]);
    }));

  it("proposes a transaction with its first signature, and confirms it with the others", () =>
    withService(async ({ owners, service, exchange, base }) => {
      const shared = await owners.exchange.open(await owners.share(await owners.award(1)));
      const [first, second] = [await signed(owners, shared, 1), await signed(owners, shared, 0)];
      await exchange.propose({ ...shared.file, signatures: [first, second] });
      const { hash, transaction } = shared.file;
      expect(service.asked.map(({ body }) => body)).to.deep.equal([
        {
          ...transaction,
          contractTransactionHash: hash,
          sender: first.signer,
          signature: first.signature,
          origin: "Kyoso",
        },
        { signature: second.signature },
      ]);
      expect(service.take()).to.deep.equal([
        `POST ${base}`,
        `POST /api/v1/multisig-transactions/${hash}/confirmations/`,
      ]);
    }));

  it("has the first owner who signs propose, and the next one confirm, each once", () =>
    withService(async ({ owners, service, exchange, base }) => {
      const shared = await exchange.open(await owners.share(await owners.award(1)));
      const { hash } = shared.file;
      const asks = `GET /api/v2/multisig-transactions/${hash}/`;
      expect(service.take()).to.deep.equal([asks]);
      const first = await signed(owners, shared, 0);
      await exchange.confirm(shared, first);
      expect(service.take()).to.deep.equal([asks, `POST ${base}`]);
      await exchange.confirm(shared, first);
      expect(service.take()).to.deep.equal([asks]);
      const { file } = await exchange.confirm(shared, await signed(owners, shared, 1));
      expect(service.take()).to.deep.equal([
        asks,
        `POST /api/v1/multisig-transactions/${hash}/confirmations/`,
      ]);
      expect(file.signatures).to.have.length(2);
      expect((await readSafeFile(shared.place)).signatures).to.have.length(2);
    }));

  it("finds what others shared, with what they signed, and checks it like a file", () =>
    withService(async ({ owners, service, exchange }) => {
      const shared = await owners.exchange.open(await owners.share(await owners.award(1)));
      const { hash, transaction } = shared.file;
      const signature = await signed(owners, shared, 2);
      service.transactions.set(hash, {
        ...transaction,
        // As an older service answers: numbers, and null for what is zero.
        safeTxGas: 0,
        baseGas: 0,
        gasToken: null,
        refundReceiver: null,
        nonce: "0",
        safe: owners.world.record.safe,
        safeTxHash: hash,
        confirmations: [
          { owner: signature.signer, signature: signature.signature, signatureType: "EOA" },
          { owner: owners.world.owners[0].address, signature: "0x", signatureType: "APPROVED_HASH" },
        ],
      });
      const opened = await exchange.open(shared.place);
      expect(opened.file.signatures).to.deep.equal([signature]);
      expect(opened.file.title).to.equal(shared.file.title);

      const { transactions } = await exchange.pending(0);
      expect(transactions.map(({ file, place }) => [file.hash, place])).to.deep.equal([[hash, shared.place]]);
      expect(transactions[0]?.file.signatures).to.deep.equal([signature]);
    }));

  it("lists what waits on all pages, of a Safe that the service hasn't found yet, too", () =>
    withService(async ({ owners, service, exchange, base }) => {
      expect((await exchange.pending(0)).transactions).to.deep.equal([]);
      const { file } = await owners.exchange.open(await owners.share(await owners.award(1)));
      const { account } = await owners.look();
      const hashes: string[] = [];
      for (let nonce = 0; nonce < 450; nonce++) {
        const transaction = { ...file.transaction, nonce };
        const hash = transactionHash(account, transaction);
        if (nonce >= 3) hashes.push(hash);
        service.transactions.set(hash, {
          ...transaction,
          nonce: `${nonce}`,
          safe: owners.world.record.safe,
          safeTxHash: hash,
          confirmations: [],
        });
      }
      service.take();
      const { transactions, problems } = await exchange.pending(3);
      expect(problems).to.deep.equal([]);
      expect(transactions.map(({ file: { hash } }) => hash)).to.deep.equal(hashes);
      const pages = service.take();
      expect(pages.map((each) => /offset=(\d+)/u.exec(each)?.[1])).to.deep.equal(["0", "200", "400"]);
      for (const page of pages) expect(page).to.include(`GET ${base}?`).and.to.include("executed=false");
    }));

  it("lists the others where one can't be read", () =>
    withService(async ({ owners, service, exchange }) => {
      const { file } = await owners.exchange.open(await owners.share(await owners.award(1)));
      const stored = { ...file.transaction, nonce: "0", safe: owners.world.record.safe, confirmations: [] };
      service.transactions.set(file.hash, { ...stored, safeTxHash: file.hash });
      service.transactions.set("0x", { ...stored, to: null, safeTxHash: "0x" });
      const { transactions, problems } = await exchange.pending(0);
      expect(transactions.map(({ file: { hash } }) => hash)).to.deep.equal([file.hash]);
      expect(problems.map(({ code }) => code)).to.deep.equal(["service.unreadable"]);
    }));

  it("opens by its hash what only the service has, and writes a file of it when it is signed", () =>
    withService(async ({ owners, service, exchange }) => {
      const [prepared] = await owners.prepare({ title: "Award", calls: [await owners.award(1)] });
      if (prepared === undefined) throw new Error("nothing was prepared");
      const { hash, transaction } = prepared.file;
      service.transactions.set(hash, {
        ...transaction,
        data: transaction.data,
        nonce: "0",
        safe: owners.world.record.safe,
        safeTxHash: hash,
        confirmations: [],
      });
      const shared = await exchange.open(hash);
      expect(shared.place).to.include(service.url).and.to.include(hash);
      expect((await exchange.pending(0)).transactions[0]?.place).to.equal(shared.place);
      const written = await exchange.confirm(shared, await signed(owners, shared, 0));
      expect(path.basename(written.place)).to.equal(`safe-0-${hash.slice(2, 10)}.json`);
      const checked = await owners.check(written.place);
      expect(checked.signatures.map(({ signer }) => signer)).to.deep.equal([owners.world.owners[0].address]);
    }));

  it("takes nothing for granted that the service says", () =>
    withService(async ({ owners, service, exchange }) => {
      const shared = await owners.exchange.open(await owners.share(await owners.award(1)));
      const { hash, transaction } = shared.file;
      service.transactions.set(hash, {
        ...transaction,
        nonce: "0",
        safe: owners.world.record.safe,
        safeTxHash: hash,
        confirmations: [{ owner: owners.world.owners[0].address, signature: "0x1234", signatureType: "EOA" }],
      });
      const { file, place } = await exchange.open(shared.place);
      const { live, account } = await owners.look();
      // What isn't a signature keeps nobody from signing.
      expect((await checkSafeFile(live, account, file, place)).signatures).to.deep.equal([]);
      const alone = await exchange.open(hash);
      const { message } = await problemOf(checkSafeFile(live, account, alone.file, alone.place));
      expect(message).to.include(owners.world.owners[0].address);
    }));

  it("says so where an answer can't be read", () =>
    withService(async ({ owners, service, exchange }) => {
      const place = await owners.share(await owners.award(1));
      const { hash } = (await owners.exchange.open(place)).file;
      service.transactions.set(hash, { safeTxHash: hash, confirmations: [] });
      const { message } = await problemOf(exchange.open(place));
      expect(message).to.include(hash.slice(0, 20)).and.to.include("can't be read");
    }));

  it("says that it knows no such transaction", () =>
    withService(async ({ exchange }) => {
      const hash = `0x${"11".repeat(32)}`;
      expect((await problemOf(exchange.open(hash))).message).to.include(hash);
    }));

  it("says what a service says that refuses, and that the file is enough", () =>
    withService(async ({ owners, service, exchange }) => {
      const shared = await owners.exchange.open(await owners.share(await owners.award(1)));
      service.broken = 503;
      const { place, message, remedy } = await problemOf(
        exchange.confirm(shared, await signed(owners, shared, 0)),
      );
      expect(place).to.include(service.url);
      expect(message).to.include("503").and.to.include("Out of order");
      expect(remedy).to.include("without --service");
      expect((await readSafeFile(shared.place)).signatures).to.have.length(1);
    }));

  it("says that a service doesn't answer", () =>
    withService(async ({ owners, service, exchange }) => {
      await service.stop();
      const place = await owners.share(await owners.award(1));
      expect((await problemOf(exchange.open(place))).message).to.include("doesn't answer");
    }));
});

describe("--service", () => {
  const options = { dao: "blue", chainId: 1n, safe: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" };

  const made = (url: string, apiKey?: string) =>
    new Promise((resolve, reject) => {
      withOwners((owners) => {
        const all = { ...options, url, ...(apiKey === undefined ? {} : { apiKey }) };
        resolve(new ServiceExchange(owners.exchange, all));
        return Promise.resolve();
      }).catch(reject);
    });

  it("has to be a URL", async () => {
    for (const url of ["safe", "", "ftp://example.com", "127.0.0.1:80"]) {
      expect((await problemOf(made(url))).message, url).to.include("isn't the URL");
    }
  });

  it("needs a key for Safe's own hosts, and for no others", async () => {
    const hosted = "https://api.safe.global/tx-service/eth/api";
    expect(needsApiKey(hosted)).to.equal(true);
    expect(needsApiKey("https://safe.global.example.com")).to.equal(false);
    expect(needsApiKey("https://notsafe.global")).to.equal(false);
    const { remedy } = await problemOf(made(hosted));
    expect(remedy).to.include("KYOSO_SAFE_API_KEY");
    await made(hosted, "key");
  });

  it("never sends a key to another host, and may be written with /api or without", async () => {
    const service = await Service.start();
    try {
      await withOwners(async (owners) => {
        for (const end of ["", "/", "/api", "/api/"]) {
          const all = { ...options, chainId: 31337n, url: `${service.url}${end}`, apiKey: "secret" };
          await problemOf(new ServiceExchange(owners.exchange, all).open(`0x${"11".repeat(32)}`));
        }
      });
      expect(new Set(service.asked.map(({ authorization }) => authorization))).to.deep.equal(
        new Set([undefined]),
      );
      expect(new Set(service.take()).size).to.equal(1);
    } finally {
      await service.stop();
    }
  });
});
