import { useContext, useEffect, useState } from "react";
import { ReaderContext } from "../reader/ReaderContext.js";
import type { Deed } from "./useDeed.js";

/** Wei that something costs as a transaction of the person's own; undefined as long as that isn't known. */
export function useCost({ sent }: Pick<Deed, "sent">, isWanted: boolean): bigint | undefined {
  const reader = useContext(ReaderContext);
  const key = JSON.stringify(sent);
  const [found, setFound] = useState<{ readonly key: string; readonly cost: bigint | null }>();
  useEffect(() => {
    if (reader === undefined || !isWanted) return undefined;
    let stopped = false;
    reader.act(JSON.parse(key) as Deed["sent"]).then(
      ({ cost }) => {
        if (!stopped) setFound({ key, cost });
      },
      // What is wrong is said when it is done.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [reader, key, isWanted]);
  return found?.key === key ? (found.cost ?? undefined) : undefined;
}
