import type { AccountView } from "../account/account.ts";
import type { Wiring } from "../wiring/wiring.ts";
import type { ChosenTrail } from "./choose-trail.ts";
import { StepList } from "./step-list.ts";
import { planBucket } from "./plan-bucket.ts";
import { planId } from "./plan-id.ts";
import { planMessages } from "./plan-messages.ts";
import { planTrail } from "./plan-trail.ts";
import { judgeUnseen } from "./unseen-trails.ts";
import type { SetupPlan, SetupWish } from "./plan.ts";

/** What was read, and what is wanted; a plan follows from it and nothing else. */
export interface PlanInput {
  readonly deployment: string;
  readonly account: AccountView;
  readonly wish: SetupWish;
  readonly chosen: ChosenTrail;
  readonly wiring: Wiring;
  /** Accounts that this deployment may change things in. */
  readonly ownAccountIds: readonly string[];
  readonly obstacles: SetupPlan["obstacles"];
  readonly now: number;
}

/** What the parts of a plan are put together in. */
export interface PlanParts {
  readonly list: StepList;
  readonly notes: string[];
  readonly obstacles: { readonly sentence: string; readonly help: string }[];
}

/** Says what is to be done so that the account's log files come to us, and nothing more. Changes nothing. */
export function planCollection(input: PlanInput): SetupPlan {
  const { deployment, chosen, wiring, now } = input;
  const list = new StepList(wiring);
  // Where nothing can be done, the obstacle says what the notes would.
  const notes = chosen.choice.kind === "none" ? [] : [...chosen.notes];
  const parts: PlanParts = { list, notes, obstacles: [...input.obstacles] };
  if (chosen.choice.kind === "none") {
    parts.obstacles.push({ sentence: chosen.choice.sentence, help: helpFor(input) });
  } else if (parts.obstacles.length === 0) {
    judgeUnseen(input, parts);
    for (const { sentence } of wiring.unread) {
      parts.obstacles.push({ sentence, help: "Give the role this right: doctor says which it lacks" });
    }
    planBucket(input, parts);
    planMessages(input, parts);
    planTrail(input, parts);
  }
  const steps = parts.obstacles.length === 0 ? list.steps : [];
  const { choice } = chosen;
  const id = planId([deployment, choice, steps]);
  const { places } = wiring;
  return { id, deployment, madeAt: now, choice, places, steps, notes: parts.notes, obstacles: parts.obstacles };
}

function helpFor({ wish, account }: PlanInput): string {
  if (wish.trail !== undefined) return "Name one that is there, or leave the name out and let one be chosen";
  if (!wish.createsTrail) {
    return "Make one in the CloudTrail console (Create trail: all regions, log file validation on), or plan again without --no-create";
  }
  const others = account.trails.map(({ ownerAccountId }) => ownerAccountId).filter((id) => id !== account.accountId);
  const whose = others.length === 0 ? "the account that the bucket belongs to" : `account ${others[0]}`;
  return `Give a role of ${whose} as the log account, or plan with --paid-copy to pay for a second trail`;
}
