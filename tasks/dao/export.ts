import path from "node:path";
import { exportDao, writeFiles } from "../../sdk/node/export.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";

interface Arguments {
  out: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ out, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const { chainId, slug } = live.record;
  const folder = path.resolve(out ?? path.join(hre.config.paths.root, "exports", chainId, slug));
  const files = await exportDao(live);
  await writeFiles(folder, files);
  if (json) printJson({ folder, files: files.map(({ file }) => file) });
  else for (const { file } of files) done(path.join(folder, file));
});
