import { expect } from "chai";
import { Fuzzer } from "./fuzzing.js";
import { useRelays } from "./harness.js";
import { signedOfEach } from "./signed.js";

/** bench/fuzzRelay.ts sends 100,000 of the same to a process of its own, and looks at its memory. */
const REQUESTS = 2_000;

describe("whatever a relay is sent", function () {
  this.timeout(180_000);
  const { world, start } = useRelays();

  it("it answers that it isn't what it takes, and goes on as before", async () => {
    const relay = await start({}, { rest: 60_000 });
    const fuzzer = new Fuzzer(relay.api.url, await signedOfEach(world()));
    await fuzzer.send(REQUESTS);
    fuzzer.close();
    expect(fuzzer.wrong).to.deep.equal([]);
    const answers = [...fuzzer.answered.values()].reduce((sum, count) => sum + count, 0);
    expect(answers).to.equal(REQUESTS);
    expect([...fuzzer.answered.keys()]).to.include.members([200, 202, 400, 403, 404, 413, 422]);
    const { database } = relay.service.store;
    expect(database.prepare("PRAGMA integrity_check").get()).to.deep.include({ integrity_check: "ok" });
    expect((await relay.api.get("/status")).status).to.equal(200);
  });
});
