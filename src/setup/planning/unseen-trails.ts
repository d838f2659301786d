import type { AccountView } from "../account/account.ts";
import { unseenRegions } from "../account/unseen-regions.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";

/**
 * Trails that may be there without being seen. None is made beside them unless a person says that it may be paid for:
 * every further copy of management events is (AWS CloudTrail pricing).
 */
export function judgeUnseen({ account, chosen, wish }: PlanInput, { notes, obstacles }: PlanParts): void {
  const { open, closed } = unseenRegions(account);
  if (closed.length > 0) notes.push(`The trails of ${closed.join(", ")} cannot be seen: the organization closes it`);
  if (open.length === 0) return;
  const where = open.join(", ");
  if (chosen.choice.kind !== "create" || wish.allowsPaidCopy) {
    notes.push(`The trails of ${where} could not be seen: where one records there, each further copy is paid for`);
    return;
  }
  obstacles.push({
    sentence: `The trails of ${where} could not be seen: there may be one, and a second copy of its events would be paid for (${reasonsIn(account)})`,
    help: "Let the role ask (ec2:DescribeRegions, cloudtrail:DescribeTrails in every region) and plan again; or, where you know that there is none, plan with --paid-copy",
  });
}

function reasonsIn({ unread }: AccountView): string {
  return [...new Set(unread.map(({ code }) => code))].join(", ");
}
