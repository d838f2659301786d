import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { keptDays, keptLonger } from "./kept-days.ts";
import { compared, isSamePlace, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** Log files are deleted sooner than was promised, or agreed on. */
export const lifecycleShortened: DriftCheck = {
  name: "lifecycle-shortened",
  summary: "A lifecycle rule deletes log files sooner than promised, or than was agreed on",
  find(context) {
    const both = compared(context, "bucket-lifecycle");
    const trail = valueNow(context, "trail") ?? context.agreed.values.trail;
    if (both?.is === undefined || trail === undefined || valueNow(context, "bucket") === undefined) return [];
    const { prefix } = trail;
    const promised = context.deployment.retentionDays ?? 0;
    const is = keptDays(both.is, prefix);
    const was = isSamePlace(context, "bucket") ? keptDays(both.was, prefix) : undefined;
    if (is >= promised && is >= (was ?? 0)) return [];
    const name = nameNow(context, "bucket");
    const days = Math.max(promised, was ?? 0);
    const after = keptLonger(both.is, prefix, days);
    const broken = is < promised ? `; ${promised} days are promised` : "";
    const before = was === undefined || was === is ? "" : ` (before: ${inWords(was)})`;
    return [
      {
        check: "lifecycle-shortened",
        about: `the lifecycle rules of the bucket ${name}`,
        sentence: `Log files in the bucket ${name} stay ${inWords(is)}${before}${broken}`,
        loss: "S3 deletes log files that are older every day, digests among them; without versions they are gone for good",
        manner: "propose",
        steps: changeSteps(context, "bucket-lifecycle", after.length === 0 ? null : after, {
          what: `Keep log files in ${name} ${inWords(days)}`,
          why: `They stay ${inWords(is)} only${broken}; what else the rules do stays`,
          cost: "S3's price for what is stored longer",
          undo: "The rules are set back; what was kept meanwhile is deleted by them then",
        }),
        help: "If it was done to save money: moving log files to cheaper storage keeps them as well",
        culprit: {
          eventNames: ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"],
          mentions: mentionsOf(context.now.places.bucket),
        },
      },
    ];
  },
};

function inWords(days: number): string {
  return Number.isFinite(days) ? `${days} days` : "for ever";
}
