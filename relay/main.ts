import { KyosoError } from "../sdk/errors.js";
import { parseAddress } from "../sdk/units.js";
import { loadConfig } from "./config.js";
import { KEY, keyFrom } from "./key.js";
import { logTo } from "./log.js";
import { NODE_URL, nodeUrlFrom, SECOND_URL, toldOf } from "./nodeUrl.js";
import { RelayService } from "./service.js";

/** How long stopping may take before the process ends anyway: what is being sent is found again at the next start. */
const STOP_MS = 30_000;

/** Addresses of nodes, of which no more than the host is ever said. */
const urls: string[] = [];

async function main(): Promise<void> {
  const [file = "relay.yaml"] = process.argv.slice(2);
  const config = await loadConfig(file);
  const key = await keyFrom(process.env);
  const url = nodeUrlFrom(process.env, NODE_URL);
  const secondUrl = nodeUrlFrom(process.env, SECOND_URL);
  urls.push(...[url, secondUrl].filter((each) => each !== undefined));
  if (url === undefined) {
    throw KyosoError.of("relay.variable-missing", {
      data: { variable: NODE_URL },
      place: NODE_URL,
      message: "It isn't set",
      remedy: "Set it to the address of a node of the DAO's chain.",
    });
  }
  const factory = process.env.KYOSO_FACTORY?.trim() ?? "";
  // What was started has read them: a child or a report doesn't need them.
  Reflect.deleteProperty(process.env, KEY);
  const log = logTo((line) => process.stdout.write(line));
  const service = await RelayService.start({
    config,
    key,
    url,
    secondUrl,
    log,
    trust: { factories: factory === "" ? [] : [parseAddress(factory)] },
  });
  const stop = () => {
    setTimeout(() => process.exit(0), STOP_MS).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // At a terminal a signal comes twice: from there, and from what started it.
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // What started it has ended without a word.
  process.once("disconnect", stop);
}

main().catch((error: unknown) => {
  console.error(toldOf(error, urls));
  process.exit(1);
});
