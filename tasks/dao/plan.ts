import type { BrandConfig } from "../../sdk/config/schema.js";
import type { LaunchPlan } from "../../sdk/node/launch/plan.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { formatAmount, formatCost } from "../../sdk/units.js";
import { formatMoment, heading, number, print, table } from "../output.js";

/** Shows what a launch will do, before anything is sent. */
export function printPlan(brand: BrandConfig, plan: LaunchPlan): void {
  heading(`${brand.brand.name}  (${brand.brand.slug}, chain ${plan.chainId})`);
  const { symbol, capTokens, allocations } = brand.token;
  const { owners, threshold } = plan.safe;
  print(`  At most ${formatAmount(capTokens * 10n ** 18n, symbol)}; at launch:`);
  table(allocations.map(({ to, amount, note }) => [formatAmount(amount, symbol), to, note ?? ""]));

  const { release } = plan.record;
  print(
    release === undefined
      ? "  Of no release: what this checkout compiles is known to nobody else, so nobody else can check it."
      : `  Release ${release}: what others compile of the same sources has the same addresses.`,
  );

  heading("Addresses");
  table([
    ...DAO_CONTRACTS.map((name) => [
      name === "timelock" ? "timelock (treasury)" : name,
      plan.contracts[name],
    ]),
    ...Object.entries(plan.modules),
    [plan.createsSafe ? "Safe (new)" : "Safe", plan.safe.address],
    ["launcher", plan.launcher],
  ]);

  heading("Powers");
  const now = Math.floor(Date.now() / 1000);
  const { guardianExpiry, communityDate } = plan.terms;
  const handover = formatMoment(communityDate, now);
  table(
    [
      ["Everything that has passed a vote", "the timelock"],
      ["Upgrades, roles, minting", "the timelock only"],
      ["Veto", guardianExpiry === 0 ? "nobody" : `the Safe, until ${formatMoment(guardianExpiry, now)}`],
      ["Badge kinds without votes, revoking their badges", `the Safe, until ${handover} at the latest`],
      ["Titles, campaigns, recoveries of lost accounts", `the Safe, until ${handover} at the latest`],
      ...(Object.keys(plan.modules).length === 0
        ? []
        : [["Calls for ideas, passes, perks", `the Safe, until ${handover} at the latest`]]),
      ["Awarding badges, vouchers", `the Safe and whom it appoints, until ${handover} at the latest`],
      ["Halting awards, claims and recoveries", "each owner of the Safe"],
      ["The launcher", "nothing"],
    ],
    ["power", "who"],
  );
  print(`  The Safe acts with ${threshold} of ${owners.length} owners: ${owners.join(", ")}`);

  heading("Cost");
  if (plan.cost.steps.length === 0) print("  Nothing: all of it is on the chain.");
  table(
    plan.cost.steps.map(({ name, gas, exact }) => [name, `${exact ? "" : "at most "}${number(gas)} gas`]),
  );
  const gwei = Number(plan.cost.gasPrice) / 1e9;
  print(`  At ${gwei.toPrecision(3)} gwei a unit: at most ${formatCost(plan.cost.wei)}`);
}
