import { useCallback, useState } from "react";

/** Something that somebody has begun: whether it goes on, and what kept it from ending well. */
export interface Running {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Does something, unless something is being done. */
  readonly run: (task: () => Promise<void>) => void;
}

export function useTask(): Running {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback((task: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    task()
      .catch((found: unknown) => {
        setError(found);
      })
      .finally(() => {
        setBusy(false);
      });
  }, []);
  return { isBusy, error, run };
}
