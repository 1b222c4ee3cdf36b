import * as z from "../zod.js";
import { fields } from "../signed/form.js";

const bytes32 = z.string().regex(/^0x[0-9a-f]{64}$/u);

/** The file `campaign.json` of a campaign's folder. */
export const manifestSchema = z.object({
  version: z.literal(1),
  dao: z.string(),
  chainId: fields.decimal,
  drop: fields.address,
  name: z.string(),
  campaign: bytes32,
  root: bytes32,
  leaves: z.int().positive(),
  /** How many of them have a claim key. */
  keys: z.int().nonnegative(),
  /** All tokens together, in the smallest unit. */
  tokens: fields.decimal,
  kinds: z.array(z.object({ kind: z.int().positive(), badges: z.int().positive() })),
  link: z.string(),
  /** Whether links of claim keys have their proof in them, or it is published; campaigns of before don't say, and are long. */
  links: z.enum(["short", "long"]).optional(),
  terms: z.object({
    /** As it was asked for: a duration is one from the moment on in which the folder was made. */
    asked: z.string(),
    deadline: z.int().positive(),
    referralKind: z.int().nonnegative(),
  }),
});

/** What a campaign's folder says of it. */
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
