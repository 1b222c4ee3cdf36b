import { config } from "zod";

// Without code made at run time: a page's Content-Security-Policy forbids it, and making it takes longer than all that a
// command checks.
config({ jitless: true });

export * from "zod";
