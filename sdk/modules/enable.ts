import type { IMembershipPass } from "../../typechain-types/pass/MembershipPass.js";
import { INTERFACES } from "../calls/known.js";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { DaoModule } from "../daoRecord.js";
import { DAO_MODULES } from "../daoRecord.js";
import { KyosoError } from "../errors.js";
import type { Via } from "../execute/via.js";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";
import { quote } from "../text.js";
import { ownRoleOf, stewardSelectors } from "./access.js";
import { deployment } from "./deploy.js";
import { MODULE_WORDS } from "./module.js";

/** What a pass of a DAO begins with. */
export type PassTerms = IMembershipPass.PassTermsStruct;

/**
 * Reads which modules are meant.
 *
 * @param text Name of one; both without it.
 */
export function parseModules(text: string | undefined): readonly DaoModule[] {
  if (text === undefined) return DAO_MODULES;
  const module = DAO_MODULES.find((name) => name === text.trim().toLowerCase());
  if (module !== undefined) return [module];
  throw KyosoError.of("modules.unknown", {
    data: { text, known: DAO_MODULES },
    place: "module",
    message: `There is no module ${quote(text)}`,
    remedy: `Write ${DAO_MODULES.map(quote).join(" or ")}, or nothing for both.`,
  });
}

/**
 * Plans what gives a DAO modules that it began without: what the table of powers has of them at a launch, as far as it isn't
 * there yet. To deploy them is for anybody; all else takes a proposal, which deploys what isn't there by then.
 *
 * @param terms What the pass begins with, if it has none.
 * @throws KyosoError where nothing is left to do, nothing says what a pass begins with, or the chain lacks what makes modules.
 */
export async function planEnabling(
  live: LiveDao,
  modules: readonly DaoModule[],
  via: Via,
  terms?: PassTerms,
): Promise<Plan> {
  if (via === "safe") {
    throw KyosoError.of("via.only-proposal", {
      data: { what: "give the DAO a module" },
      place: "--via",
      message: "Only a passed proposal can give the DAO a module",
      remedy:
        "Act with --via proposal. With --via signer, anybody can deploy it before: members then see what they vote about.",
    });
  }
  await requireFactory(live);
  const calls: Call[] = [];
  for (const module of modules) {
    if (live.record.modules?.[module] === undefined) calls.push(deployment(live, module));
    if (via === "proposal") calls.push(...(await accessCalls(live, module, terms)));
  }
  const words = modules.map((module) => MODULE_WORDS[module]).join(" and ");
  if (calls.length > 0) {
    return { title: via === "signer" ? `Deploying the ${words}` : `The DAO gets its ${words}`, calls };
  }
  throw KyosoError.of("modules.enabled-already", {
    data: { slug: live.record.slug, modules },
    place: modules.join(", "),
    message:
      via === "signer"
        ? `The ${words} of "${live.record.slug}" ${modules.length === 1 ? "is" : "are"} deployed already`
        : `"${live.record.slug}" has its ${words} already`,
    remedy: via === "signer" ? "What it may do takes a proposal: --via proposal." : "There is nothing to do.",
  });
}

/** The rows of the table of powers that are missing of a module. */
async function accessCalls(live: LiveDao, module: DaoModule, terms: PassTerms | undefined): Promise<Call[]> {
  const { manager } = live.contracts;
  const address = live.modulePlaces[module];
  const target = { name: "manager", address: live.record.contracts.manager, interface: INTERFACES.manager };
  const selectors = stewardSelectors(module);
  const listed = await Promise.all(
    selectors.map((selector) => manager.getTargetFunctionRole(address, selector)),
  );
  const calls: Call[] = [];
  if (module === "pass" && !(await hasTerms(live))) {
    if (terms === undefined) throw noTerms(live);
    const pass = { name: "pass", address, interface: INTERFACES.pass };
    calls.push(call(pass, "setTerms", [terms], "Say who gets a pass, and how it looks"));
  }
  const missing = selectors.filter((_, i) => listed[i] !== ROLES.STEWARD);
  if (missing.length > 0) {
    const args = [address, missing, ROLES.STEWARD];
    calls.push(call(target, "setTargetFunctionRole", args, `Let stewards run the ${MODULE_WORDS[module]}`));
  }
  const own = ownRoleOf(module);
  if (own !== undefined && !(await manager.hasRole(ROLES[own], address)).isMember) {
    const purpose = `Let the ${MODULE_WORDS[module]} award what it promises`;
    calls.push(
      call(target, "grantRole", [ROLES[own], address, 0], purpose),
      call(target, "labelRole", [ROLES[own], own], "Name that role"),
    );
  }
  return calls;
}

/** Without terms no badge entitles to a pass, and nobody would notice before the vote is over. */
function noTerms({ record: { slug } }: LiveDao): KyosoError {
  return KyosoError.of("modules.no-terms", {
    data: { slug },
    place: "pass",
    message: "Nothing says which kind of badge entitles to a pass, nor how it looks",
    remedy: `Write \`pass:\` with \`enabled: yes\` and a \`kind\` into brands/${slug}.yaml, or name the brand's file with --brand; for the idea board alone, name it.`,
  });
}

/** Whether somebody set the terms of the pass before; one that isn't there has none. */
async function hasTerms(live: LiveDao): Promise<boolean> {
  if (live.record.modules?.pass === undefined) return false;
  const { kind, royaltyBps, colour, language } = await live.contracts.pass.terms();
  return [kind, royaltyBps, colour, language].some((value) => value !== 0n);
}

async function requireFactory(live: LiveDao): Promise<void> {
  const factory = live.book.addressOf("modules") ?? "";
  if ((await live.provider.getCode(factory)) !== "0x") return;
  throw KyosoError.of("modules.factory-missing", {
    data: { factory, chainId: live.chainId },
    place: `ModuleFactory ${factory}`,
    message: `What makes modules isn't on chain ${live.chainId}`,
    remedy: "The launch of any DAO on this chain puts it there.",
  });
}
