import path from "node:path";
import { pageDocument, parseNodes, writePage } from "../../sdk/node/page/page.js";
import { makeSnapshot } from "../../sdk/node/page/snapshot.js";
import { action } from "../action.js";
import { loadBrand, openLive } from "../context.js";
import { done, print, printJson } from "../output.js";

interface Arguments {
  out: string | undefined;
  dao: string | undefined;
  brand: string | undefined;
  rpc: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ out, dao, brand: file, rpc, json }, hre) => {
  const { live, second } = await openLive(hre, dao);
  const { record } = live;
  const brand = await loadBrand(hre, file ?? record.slug);
  const nodes = rpc === undefined ? brand.page.rpc : parseNodes(rpc);
  const { root } = hre.config.paths;
  const folder = path.resolve(out ?? path.join(root, "exports", record.chainId, `${record.slug}-page`));
  const made = await makeSnapshot(live);
  // What is published is what everybody reads.
  await second?.confirm();
  const files = await writePage({
    document: pageDocument(record, brand, nodes, made?.snapshot),
    logs: made?.files ?? [],
    build: path.join(root, "web", "dist"),
    logo: brand.page.logo === undefined ? undefined : path.join(path.dirname(brand.file), brand.page.logo),
    folder,
  });
  if (json) {
    printJson({ folder, files, snapshot: made?.snapshot.block ?? null });
    return;
  }
  done(`${files.length} files in ${folder}`);
  print(
    made === undefined
      ? "  The node says of no block that it is final: the page reads all from the nodes."
      : `  With all that the DAO has logged up to block ${made.snapshot.block}, which is final: the page reads what came after from the nodes.`,
  );
  print(
    "  Put them on a web server as they are. nginx.conf, _headers and _redirects say how; leave out what yours doesn't read.",
  );
});
