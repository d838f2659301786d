import type { CheckContext, Drift, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, isSamePlace, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** Log files in the bucket can be deleted, or written over, where they could not. */
export const protectionRemoved: DriftCheck = {
  name: "protection-removed",
  summary: "Versioning or the default object lock of the bucket was removed or weakened",
  find(context) {
    // What protected another bucket was never agreed on for this one.
    if (valueNow(context, "bucket") === undefined || !isSamePlace(context, "bucket")) return [];
    return [...versioningDrift(context), ...lockDrift(context)];
  },
};

function versioningDrift(context: CheckContext): readonly Drift[] {
  const both = compared(context, "bucket-versioning");
  if (both?.was !== "Enabled" || both.is === "Enabled") return [];
  const name = nameNow(context, "bucket");
  return [
    {
      check: "protection-removed",
      about: `the versioning of the bucket ${name}`,
      sentence: `The bucket ${name} kept versions and does not any more (${both.is ?? "off"})`,
      loss: "A log file that is deleted or written over from now on is gone for good",
      manner: "repair",
      steps: changeSteps(context, "bucket-versioning", "Enabled", {
        what: `Keep what is overwritten or deleted in ${name} as versions again`,
        why: "So a log file that somebody removes or replaces can be brought back",
        cost: "S3's price for versions that are kept; CloudTrail itself never writes a file twice",
        undo: "Versioning is suspended again; versions that were kept stay",
      }),
      help: "Look for what was deleted while there were no versions: verifying the digests tells",
      culprit: { eventNames: ["PutBucketVersioning"], mentions: mentionsOf(context.now.places.bucket) },
    },
  ];
}

function lockDrift(context: CheckContext): readonly Drift[] {
  const both = compared(context, "bucket-object-lock");
  if (both?.was === undefined) return [];
  const { was, is } = both;
  const isWeaker = is === undefined || is.days < was.days || (was.mode === "COMPLIANCE" && is.mode !== "COMPLIANCE");
  if (!isWeaker) return [];
  const name = nameNow(context, "bucket");
  // What somebody made longer meanwhile stays long.
  const after = is === undefined ? was : { mode: strictest(was.mode, is.mode), days: Math.max(was.days, is.days) };
  const cost = `None of its log files can be deleted for ${after.days} days: what is stored is paid for so long`;
  return [
    {
      check: "protection-removed",
      about: `the default lock of the bucket ${name}`,
      sentence: `Log files in the bucket ${name} were locked for ${was.days} days (${was.mode}) and are ${is === undefined ? "not locked any more" : `for ${is.days} days (${is.mode})`}`,
      loss: "Log files that come from now on can be deleted sooner, or by more people; those from before stay locked",
      // A lock cannot be taken back, so nobody is locked in by himself.
      manner: "propose",
      steps: changeSteps(context, "bucket-object-lock", after, {
        what: `Lock log files in ${name} for ${after.days} days again (${after.mode})`,
        why: "So nobody can delete or replace them before",
        cost,
        undo: "New log files are not locked any more; those that were locked stay so",
      }),
      help: "What came while there was no lock can be locked by hand, file by file, with S3 Batch Operations",
      culprit: {
        eventNames: ["PutBucketObjectLockConfiguration", "PutObjectLockConfiguration"],
        mentions: mentionsOf(context.now.places.bucket),
      },
    },
  ];
}

function strictest(a: string, b: string): string {
  return a === "COMPLIANCE" || b === "COMPLIANCE" ? "COMPLIANCE" : a;
}
