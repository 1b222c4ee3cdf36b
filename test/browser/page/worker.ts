import type { Wanted } from "./reading.js";
import { read } from "./reading.js";

globalThis.onmessage = async ({ data }: MessageEvent<Wanted>) => {
  globalThis.postMessage(await read(data));
};
