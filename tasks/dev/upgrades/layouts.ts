import type { ProjectReport } from "@openzeppelin/upgrades-core";
import {
  getContractVersion,
  getStorageLayout,
  getStorageUpgradeReport,
  solcInputOutputDecoder,
  validate,
  withValidationDefaults,
} from "@openzeppelin/upgrades-core";
import { stabilizeStorageLayout } from "@openzeppelin/upgrades-core/dist/utils/stabilize-layout.js";
import type { Checked } from "./compile.js";
import { sourceName } from "./compile.js";

type StorageLayout = ReturnType<typeof getStorageLayout>;

/** Where a value is kept. */
interface Item {
  readonly label: string;
  readonly type: string;
  readonly slot?: string | undefined;
  readonly offset?: number | undefined;
}

/** What a contract keeps where, in a form that changes only with it. */
export interface Layout {
  readonly contract: string;
  readonly storage: readonly Item[];
  readonly namespaces: Readonly<Record<string, readonly Item[]>>;
  readonly types: Readonly<Record<string, unknown>>;
}

/** The layouts of the upgradeable contracts, by their names. */
export function layoutsOf(checked: Checked, report: ProjectReport): Map<string, Layout> {
  const { input, output, namespaced, solcVersion } = checked;
  const decode = solcInputOutputDecoder(input, output);
  const validations = validate(output, decode, solcVersion, input, namespaced);
  const data = { version: "3.4" as const, log: [validations] };
  return new Map(
    report.upgradeableContractReports
      .map(({ contract }) => [contract, getContractVersion(validations, contract)] as const)
      .map(([contract, version]) => [contract, getStorageLayout(data, version)] as const)
      .map(([contract, layout]) => [contract.split(":")[1] ?? contract, stable(contract, layout)]),
  );
}

/** Without the numbers that the compiler gives to types, and the lines on which they stand. */
function stable(contract: string, layout: StorageLayout): Layout {
  const { storage, namespaces, types } = stabilizeStorageLayout(layout);
  const item = ({ label, type, slot, offset }: Item): Item => ({ label, type, slot, offset });
  const sorted = <Value>(entries: readonly (readonly [string, Value])[]) =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    contract: sourceName(contract),
    storage: storage.map(item),
    namespaces: sorted(
      (namespaces ?? []).map(([name, items]) => [name as string, (items as Item[]).map(item)]),
    ),
    types: sorted(types.map(([name, type]) => [name as string, type])),
  };
}

/** Why what one layout has written can't be read by another, as OpenZeppelin's validator says it; undefined where it can. */
export function incompatibility(before: Layout, after: Layout): string | undefined {
  const options = withValidationDefaults({ kind: "uups" });
  const report = getStorageUpgradeReport(asOpenZeppelins(before), asOpenZeppelins(after), options);
  return report.ok ? undefined : report.explain(false);
}

function asOpenZeppelins({ contract, storage, namespaces, types }: Layout): StorageLayout {
  const items = (of: readonly Item[]) => of.map((item) => ({ ...item, contract, src: contract }));
  const named = Object.entries(namespaces).map(([name, of]) => [name, items(of)] as const);
  return {
    storage: items(storage),
    namespaces: Object.fromEntries(named),
    types: types as StorageLayout["types"],
  };
}

/**
 * What no check of an upgrade would see, or not where it is: namespaces of the sources that are in no upgradeable contract's
 * layout, or whose place isn't the one that ERC-7201 gives them.
 *
 * @param sources The contracts' sources, by their files.
 * @param slotOf The slot that ERC-7201 gives a name.
 */
export function unseen(
  sources: ReadonlyMap<string, string>,
  layouts: Iterable<Layout>,
  slotOf: (name: string) => string,
): string[] {
  const seen = new Set([...layouts].flatMap(({ namespaces }) => Object.keys(namespaces)));
  const faults: string[] = [];
  for (const [file, text] of sources) {
    for (const [, namespace = ""] of text.matchAll(/@custom:storage-location (?<id>\S+)/gu)) {
      if (!seen.has(namespace)) {
        faults.push(
          `${file}: ${namespace} is in no upgradeable contract's layout. Its struct must stand in a contract that one inherits.`,
        );
      }
      if (!text.includes(slotOf(namespace.replace(/^erc7201:/u, "")))) {
        faults.push(`${file}: ${namespace} isn't kept where ERC-7201 says.`);
      }
    }
  }
  return faults;
}
