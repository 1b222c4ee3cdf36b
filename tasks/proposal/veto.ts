import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import { planSteps } from "../../sdk/governance/proposal.js";
import { vetoReadiness } from "../../sdk/governance/readiness.js";
import { oneLine } from "../../sdk/text.js";
import type { StepArguments } from "./step.js";
import { takeStep } from "./step.js";

interface Vetoing extends StepArguments {
  readonly reason: string | undefined;
  readonly service: string | undefined;
}

/** Has the Safe veto a proposal, and say why. */
export async function takeVeto(
  hre: HardhatRuntimeEnvironment,
  { reason, service, ...args }: Vetoing,
): Promise<void> {
  const text = reason?.trim() ?? "";
  if (text === "") {
    throw KyosoError.of("veto.reason-missing", {
      data: {},
      place: "--reason",
      message: "A veto needs a reason",
      remedy: 'Say why, for everybody to read: --reason "…".',
    });
  }
  await takeStep(hre, args, {
    via: "safe",
    service,
    readiness: vetoReadiness,
    plan: ({ live }, proposal) => planSteps(live.record, proposal).veto(text),
    showsActions: true,
    will: () => `The Safe vetoes this, for ever, and says why: 「${oneLine(text)}」`,
    told: () => "Vetoed",
  });
}
