import { readdir } from "node:fs/promises";
import { closest, distance } from "fastest-levenshtein";
import { KyosoError } from "../../errors.js";
import { quote } from "../../units.js";

/**
 * That there is no brand file of a name, with those that there are.
 *
 * @param folder Where brand files lie.
 */
export async function missingBrand(brand: string, folder: string): Promise<KyosoError> {
  const files = await readdir(folder).catch((): string[] => []);
  const known = files.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length));
  const asked = (brand.split(/[/\\]/u).pop() ?? brand).replace(/\.ya?ml$/u, "");
  const nearest = known.length === 0 ? "" : closest(asked, known);
  const near = nearest !== "" && distance(asked, nearest) <= 3 ? `Did you mean "${nearest}"? ` : "";
  const list = known.length === 0 ? "none is there" : known.sort().join(", ");
  return KyosoError.of("brand.no-file", {
    data: { brand, known },
    place: `brand ${quote(brand)}`,
    message: "There is no such file, and none of that name in brands/",
    remedy: `${near}In brands/: ${list}. Or start from a copy of brands/sakura-coffee.yaml; docs/brand-file.md explains it.`,
  });
}
