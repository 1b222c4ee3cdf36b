import type { Reading, Wanted } from "./reading.js";
import { read } from "./reading.js";

/** In the page itself, and in a Worker. */
Object.assign(globalThis, {
  read,
  readInWorker: (wanted: Wanted): Promise<Reading> =>
    new Promise((resolve, reject) => {
      const worker = new Worker("/worker.js", { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Reading>) => {
        resolve(data);
        worker.terminate();
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
      worker.postMessage(wanted);
    }),
});
