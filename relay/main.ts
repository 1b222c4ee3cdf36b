import { KyosoError, formatProblem } from "../sdk/errors.js";
import { parseAddress } from "../sdk/units.js";
import { loadConfig } from "./config.js";
import { KEY, keyFrom } from "./key.js";
import { logTo } from "./log.js";
import { RelayService } from "./service.js";

/** How long stopping may take before the process ends anyway: what is being sent is found again at the next start. */
const STOP_MS = 30_000;

function variable(name: string, remedy: string): string {
  const value = process.env[name]?.trim() ?? "";
  if (value !== "") return value;
  throw KyosoError.of("relay.variable-missing", {
    data: { variable: name },
    place: name,
    message: "It isn't set",
    remedy,
  });
}

async function main(): Promise<void> {
  const [file = "relay.yaml"] = process.argv.slice(2);
  const config = await loadConfig(file);
  const key = await keyFrom(process.env);
  const url = variable("KYOSO_RPC_URL", "Set it to the address of a node of the DAO's chain.");
  const secondUrl = process.env.KYOSO_SECOND_RPC_URL?.trim();
  const factory = process.env.KYOSO_FACTORY?.trim() ?? "";
  // What was started has read them: a child or a report doesn't need them.
  Reflect.deleteProperty(process.env, KEY);
  const log = logTo((line) => process.stdout.write(line));
  const service = await RelayService.start({
    config,
    key,
    url,
    secondUrl: secondUrl === "" ? undefined : secondUrl,
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
  const told =
    error instanceof KyosoError ? error.problems.map((each) => formatProblem(each)).join("\n") : error;
  console.error(told);
  process.exit(1);
});
