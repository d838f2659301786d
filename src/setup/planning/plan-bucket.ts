import { mergeStatements } from "../policies/merge-policy.ts";
import { bucketStatements } from "../policies/statements.ts";
import { unpinnedNote } from "../policies/unpinned.ts";
import { nameOf } from "../settings/place.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";

export const cloudTrail = "cloudtrail.amazonaws.com";

/** The bucket: made where there is none; of one that is there, only what CloudTrail lacks is changed. */
export function planBucket({ account, wish, chosen, wiring }: PlanInput, { list, notes, obstacles }: PlanParts): void {
  const { bucket, trail } = wiring.places;
  if (bucket === undefined || trail === undefined) return;
  const name = nameOf(bucket);
  const isNew = wiring.values.bucket === undefined;
  if (isNew) {
    list.set(
      "bucket",
      { hasObjectLock: false },
      {
        what: `Make the bucket ${name} in ${bucket.region}`,
        why: "The trail's log files come into it",
        cost: "S3's price for what is stored and for each file that is written",
        undo: "It is deleted if no log files lie in it; those are only deleted when you say so",
      },
    );
    protectBucket(list, name);
  } else {
    noteProtection(wiring.values, name, notes);
  }
  const isOrganization = chosen.trail?.value.isOrganization ?? wish.forOrganization;
  const owner = trail.arn.split(":")[4] ?? account.accountId;
  const organizationId = isOrganization ? account.organization?.id : undefined;
  const merged = mergeStatements(
    wiring.values["bucket-policy"],
    bucketStatements({
      bucketArn: bucket.arn,
      prefix: chosen.trail?.value.prefix ?? "",
      trailArns: [trail.arn],
      folders: organizationId === undefined ? [owner] : [owner, organizationId],
    }),
    "bucket",
  );
  noteMerge(`the policy of the bucket ${name}`, merged, obstacles);
  notes.push(...unpinnedNote(`the policy of the bucket ${name}`, wiring.values["bucket-policy"], cloudTrail));
  if (!merged.changed) return;
  list.set("bucket-policy", merged.document, {
    what: `Let CloudTrail write into the bucket ${name}, for this trail only`,
    why: "Without it CloudTrail refuses the bucket, or stops delivering; what else the policy says stays",
    undo: "The policy is set back to what it was",
  });
}

function protectBucket(list: PlanParts["list"], name: string): void {
  const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
  list.set("bucket-public-access", all, {
    what: `Block all public access to ${name}`,
    why: "Log files say who may do what in an account; nobody else is to read them",
  });
  list.set("bucket-ownership", "BucketOwnerEnforced", {
    what: `Let the owner of ${name} own all log files`,
    why: "Then ACLs give nobody rights; CloudTrail's own ACL is accepted all the same",
  });
  list.set(
    "bucket-encryption",
    { algorithm: "AES256", keyArn: "" },
    {
      what: `Encrypt what comes into ${name} with S3's own keys`,
      why: "Log files do not lie in the clear, and reading them costs no KMS call",
    },
  );
  list.set("bucket-versioning", "Enabled", {
    what: `Keep what is overwritten or deleted in ${name} as versions`,
    why: "A log file that somebody removes or replaces can be brought back",
    cost: "S3's price for versions that are kept; CloudTrail itself never writes a file twice",
    undo: "Versioning is suspended: a bucket never gets back to having none",
  });
}

function noteProtection(values: PlanInput["wiring"]["values"], name: string, notes: string[]): void {
  if (values["bucket-versioning"] !== "Enabled") {
    notes.push(`The bucket ${name} keeps no versions: a log file that is deleted there is gone`);
  }
  const access = values["bucket-public-access"];
  if (access === undefined || Object.values(access).includes(false)) {
    notes.push(`Not all public access to the bucket ${name} is blocked`);
  }
}

/** Why a policy cannot be merged, as what stands in the way. */
export function noteMerge(
  what: string,
  { problem }: Pick<ReturnType<typeof mergeStatements>, "problem">,
  obstacles: PlanParts["obstacles"],
): void {
  if (problem === undefined) return;
  obstacles.push({
    sentence: `What is needed cannot be put into ${what}: ${problem}`,
    help: "Change that policy by hand, then plan again",
  });
}
