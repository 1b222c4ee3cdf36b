// What the tests of the command line need, from one place.

export { Brands, type BrandTree } from "./brands.js";
export {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  launcher,
  type Outcome,
  run,
  runAlone,
  type RunOptions,
  type Running,
  start,
} from "./commandLine.js";
export { NodeProxy, SEND } from "./proxy.js";
export { forgetLogs, launchLive, type LiveNode } from "./live.js";
export {
  answers,
  findAnvil,
  freePort,
  type LocalNode,
  startAnvil,
  startHardhatNode,
  startProjectsNode,
  transactionsOf,
} from "./nodes.js";
export { WarmCommandLine } from "./warm/commandLine.js";
export type { Place } from "./warm/process.js";
