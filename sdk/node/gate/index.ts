/** The gate of a members' area on a web server: docs/gate.md tells how it is used. It has what it needs of the SDK besides. */
export * from "./gate.js";
export * from "./sqliteStore.js";
export * from "./status.js";
export * from "./store.js";
export { KyosoError } from "../../errors.js";
export type { Eip1193Provider } from "../../chain/eip1193.js";
export type { Finality } from "./view.js";
export { FileLogs } from "../chain/fileLogs.js";
export { parseRecord } from "../record.js";
