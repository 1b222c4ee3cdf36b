import path from "node:path";
import { KyosoError } from "../../sdk/errors.js";
import { replaceFile } from "../../sdk/node/files.js";
import { readCard, readPass, readPassesOf } from "../../sdk/pass/pass.js";
import { quote } from "../../sdk/text.js";
import { action } from "../action.js";
import { shownPath } from "../commandLine.js";
import type { Opened } from "../context.js";
import { openLive, requireSigner } from "../context.js";
import { done, printJson } from "../output.js";

interface Arguments {
  pass: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ pass: text, out = "pass.svg", dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const number = text === undefined ? await firstOf(opened) : parsePass(text);
  const [svg, pass] = await Promise.all([readCard(live, number), readPass(live, number)]);
  const file = path.resolve(out);
  await replaceFile(file, svg);
  if (json) printJson({ dao: live.record.slug, ...pass, file });
  else done(`Pass ${number} of ${pass.holder}: ${shownPath(file)}`);
});

async function firstOf(opened: Opened): Promise<number> {
  const { address } = await requireSigner(opened, undefined);
  const [first] = await readPassesOf(opened.live, address);
  if (first !== undefined) return first;
  throw KyosoError.of("pass.account-has-none", {
    data: { account: address },
    place: `account ${address}`,
    message: "It has no pass",
    remedy: "Name one by its number; or mint one first: `npx hardhat pass mint`.",
  });
}

function parsePass(text: string): number {
  const written = text.trim().normalize("NFKC").replace(/^#/u, "");
  if (/^[1-9]\d{0,14}$/u.test(written)) return Number(written);
  throw KyosoError.of("pass.unreadable", {
    data: { text },
    place: "pass",
    message: `${quote(text)} isn't the number of a pass`,
    remedy: "Write it as `npx hardhat pass show` has it.",
  });
}
