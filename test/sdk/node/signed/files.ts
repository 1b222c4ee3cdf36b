import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { findFiles } from "../../../../sdk/node/signed/files.js";
import { problemOf } from "../../support.js";
import { useFolder, writerIn } from "../../signed/support.js";

describe("findFiles", () => {
  const folder = useFolder();

  it("finds files, and those in folders and below, each once", async () => {
    const write = writerIn(folder());
    const [one, two] = [await write("{}"), await write("{}")];
    await writeFile(path.join(folder(), "note.txt"), "");
    const inner = path.join(folder(), "inner");
    await mkdir(inner);
    const three = await writerIn(inner)("{}");
    expect(await findFiles([two, folder()])).to.deep.equal([two, one, three]);
  });

  it("leaves files that there aren't to whoever reads them", async () => {
    expect(await findFiles(["none.json"])).to.deep.equal(["none.json"]);
  });

  it("refuses a folder without any", async () => {
    expect((await problemOf(findFiles([folder()]))).place).to.equal(folder());
  });
});
