import { INTERFACES } from "../calls/known.js";
import type { Call } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { DaoModule } from "../daoRecord.js";
import { DAO_MODULES } from "../daoRecord.js";
import type { LiveDao } from "../live.js";
import { MODULE_WORDS } from "./module.js";

const DEPLOYING = { board: "deployBoard", pass: "deployPass" } as const satisfies Record<DaoModule, string>;

type Known = Pick<LiveDao, "book" | "modulePlaces" | "record">;

/** The call by which anybody deploys a module of a DAO. */
export function deployment({ book, record }: Pick<Known, "book" | "record">, module: DaoModule): Call {
  const factory = {
    name: "modules",
    address: book.addressOf("modules") ?? "",
    interface: INTERFACES.modules,
  };
  const purpose = `Deploy the ${MODULE_WORDS[module]}`;
  return call(factory, DEPLOYING[module], [record.contracts.badge], purpose);
}

/** Where calls put modules of a DAO. */
export function deployedBy(calls: readonly Pick<Call, "to" | "data">[], live: Known): string[] {
  return DAO_MODULES.filter((module) => {
    const wanted = deployment(live, module);
    return calls.some(
      ({ to, data }) => to.toLowerCase() === wanted.to.toLowerCase() && data.toLowerCase() === wanted.data,
    );
  }).map((module) => live.modulePlaces[module]);
}
