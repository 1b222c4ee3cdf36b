/** Says what has to be ended in the end. */
type Stopping = (stop: () => Promise<unknown>) => void;

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Starts things that run until this process is told to stop, also while they are starting. Then, and where one can't be started,
 * all are ended, the last one first.
 */
export async function untilStopped(start: (stopping: Stopping) => Promise<void>): Promise<void> {
  const stops: (() => Promise<unknown>)[] = [];
  let told: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (told = resolve));
  for (const signal of SIGNALS) process.on(signal, told);
  const starting = start((stop) => stops.push(stop));
  let first: "started" | "stopped" | undefined;
  try {
    first = await Promise.race([
      starting.then(() => "started" as const),
      stopped.then(() => "stopped" as const),
    ]);
    await stopped;
  } finally {
    // What it was about to do next fails now, and nobody has to hear of it.
    starting.catch(() => undefined);
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
    for (const signal of SIGNALS) process.off(signal, told);
  }
  // It doesn't go on in the middle of a story.
  if (first === "stopped") process.exit(130);
}
