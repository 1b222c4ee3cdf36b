import type { Dao } from "../dao.js";
import type { DecodedCall, Names } from "./decode.js";
import { formatUnit } from "./decode.js";

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
    .map(({ name, text }) => {
      const unit = call.known.units?.[name];
      const value = current[name];
      const from =
        unit === undefined
          ? typeof value === "string" && value.startsWith("0x")
            ? names.book.show(value)
            : JSON.stringify(value)
          : formatUnit(value, unit, names.symbol);
      return { name, from, to: text };
    });
}
