import { ParamType } from "ethers";
import type { Dao } from "../dao.js";
import type { DecodedCall, Names } from "./decode.js";
import { show } from "./decode.js";
import { isOf, KyosoError } from "../errors.js";

/** What a call changes of a setting, or leaves as it is. */
export interface SettingChange {
  /** Path of the argument. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The settings that a call changes, with what they are at present. Empty for a call that sets nothing. */
export async function settingChanges(call: DecodedCall, dao: Dao, names: Names): Promise<SettingChange[]> {
  return settingsReader(dao, names)(call);
}

/** As {@link settingChanges}, for many calls: what several of them set is read once. */
export function settingsReader(dao: Dao, names: Names): (call: DecodedCall) => Promise<SettingChange[]> {
  const read = new Map<string, Promise<Readonly<Record<string, unknown>>>>();
  return async ({ contract, name: setter, known, args }) => {
    if (known.current === undefined) return [];
    const key = `${contract}.${setter}`;
    const reading = read.get(key) ?? known.current(dao).catch(nothingYet);
    read.set(key, reading);
    const current = await reading;
    return args
      .filter(({ name }) => name in current)
      .map(({ name, type, text }) => ({
        name,
        from: show(ParamType.from(type), current[name], known.units?.[name] ?? known.meanings?.[name], names),
        to: text,
      }));
  };
}

/** A module that a call before this one only deploys has no settings. */
function nothingYet(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof KyosoError && error.problems.every((told) => isOf(told, "dao.no-module"))) return {};
  throw error;
}
