import { settingOf } from "../settings/index.ts";
import type { PlanView } from "../setup.ts";
import type { SetupPlan } from "./plan.ts";

/** How the plan's steps are done by hand, as commands of the AWS CLI. */
export function instructionsOf(plan: SetupPlan): PlanView["instructions"] {
  return plan.steps.map(({ id, setting, place, before, after }) => {
    // Whatever made the step had values of this setting.
    const change = { before: before ?? undefined, after: after ?? undefined } as Parameters<
      ReturnType<typeof settingOf>["commands"]
    >[1];
    return { stepId: id, commands: settingOf(setting).commands(place, change) };
  });
}
