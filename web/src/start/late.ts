import type { ComponentType } from "react";
import { lazy } from "react";

/** A part of the page that is a file of its own, read when it is first shown. */
export function lateOf<Name extends string, Props>(
  read: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
) {
  return lazy(async () => ({ default: (await read())[name] }));
}
