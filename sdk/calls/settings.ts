import { ParamType } from "ethers";
import type { Dao } from "../dao.js";
import type { DecodedCall, Names } from "./decode.js";
import { show } from "./decode.js";

/** What a call changes of a setting, or leaves as it is. */
export interface SettingChange {
  /** Path of the argument. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The settings that a call changes, with what they are at present. Empty for a call that sets nothing. */
export async function settingChanges(call: DecodedCall, dao: Dao, names: Names): Promise<SettingChange[]> {
  const current = await call.known.current?.(dao);
  if (current === undefined) return [];
  return call.args
    .filter(({ name }) => name in current)
    .map(({ name, type, text }) => ({
      name,
      from: show(ParamType.from(type), current[name], call.known.units?.[name], names),
      to: text,
    }));
}
