import { bucketStatements } from "../policies/statements.ts";
import { unpinnedNote } from "../policies/unpinned.ts";
import { cloudTrail } from "../service-principal.ts";
import { nameOf } from "../settings/place.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";
import { planPolicy } from "./plan-policy.ts";

/** The bucket: made where there is none; of one that is there, only what CloudTrail lacks is changed. */
export function planBucket(input: PlanInput, parts: PlanParts): void {
  const { account, wish, chosen, wiring } = input;
  const { list, notes } = parts;
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
  planPolicy(
    "bucket",
    {
      statements: bucketStatements({
        bucketArn: bucket.arn,
        prefix: chosen.trail?.value.prefix ?? "",
        trailArns: [trail.arn],
        folders: organizationId === undefined ? [owner] : [owner, organizationId],
      }),
      what: `Let CloudTrail write into the bucket ${name}, for this trail only`,
      why: "Without it CloudTrail refuses the bucket, or stops delivering; what else the policy says stays",
    },
    input,
    parts,
  );
  notes.push(...unpinnedNote(`the policy of the bucket ${name}`, wiring.values["bucket-policy"], cloudTrail));
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
