import { KyosoError } from "../../sdk/errors.js";

/** @throws KyosoError where no file is named. */
export function requireFile([first]: readonly string[]): string {
  if (first !== undefined) return first;
  throw KyosoError.of("safe.no-file", {
    data: {},
    place: "files",
    message: "There is no file",
    remedy: "Name the file of a Safe transaction, several of them, or the folder that they are in.",
  });
}
