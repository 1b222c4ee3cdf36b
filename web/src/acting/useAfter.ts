import { useContext, useEffect } from "react";
import { ReaderContext } from "../reader/ReaderContext.js";

/**
 * Calls `then` once what was done can be read: the reader has come to a block that has the transaction.
 *
 * @param hash Of the transaction; undefined as long as it isn't there.
 */
export function useAfter(hash: string | undefined, then: () => void): void {
  const reader = useContext(ReaderContext);
  useEffect(() => {
    if (hash === undefined || reader === undefined) return undefined;
    let stopped = false;
    const tell = () => {
      if (!stopped) then();
    };
    reader.act({ act: "transaction", hash }).then(tell, tell);
    return () => {
      stopped = true;
    };
  }, [reader, hash, then]);
}
