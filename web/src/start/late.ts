import type { ComponentType } from "react";
import { createElement, lazy, useState } from "react";

/** A part of the page that is a file of its own, read when it is first shown; or before, with `ahead`. */
export type Late<Props> = ComponentType<Props> & {
  /** Reads its file now. Where that fails, it is tried again, and said, when the part is shown. */
  readonly ahead: () => Promise<void>;
};

/**
 * Makes such a part of the module that has it.
 *
 * What waits for a part is shown for a third of a second at least, by React's own rule; one that is there is shown at once.
 */
export function lateOf<Name extends string, Props extends object>(
  read: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
): Late<Props> {
  let there: ComponentType<Props> | undefined;
  const load = async () => {
    there = (await read())[name];
    return { default: there };
  };
  const awaited = lazy(load);
  function Part(props: Props) {
    // For as long as it is shown: another one would begin anew.
    const [shown] = useState<ComponentType<Props>>(() => there ?? awaited);
    return createElement(shown, props);
  }
  const ahead = async () => {
    await load().catch(() => undefined);
  };
  return Object.assign(Part, { ahead });
}
