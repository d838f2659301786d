import { accessSecrets } from "../../access/access-settings.ts";
import { Backfill } from "../../listing/backfill.ts";
import { DayLister, type DayListerOptions } from "../../listing/day-lister.ts";
import { dayOf, readDay } from "../../listing/days.ts";
import { S3Lister } from "../../listing/s3-lister.ts";
import { whyNot } from "../account-selection.ts";
import { diagnose } from "../diagnose.ts";
import { ObjectTaker } from "../object-taker.ts";
import { defineSource, type SourceContext } from "../source.ts";
import { takeUpDue } from "../take-up-due.ts";
import { verifyingPermissions } from "../verifying-permissions.ts";
import { bucketSettings, type BucketSettings } from "./bucket-settings.ts";
import { checkBucket } from "./check-bucket.ts";
import { emptyBucket, logBranches } from "./empty-bucket.ts";
import { UnderWay } from "./under-way.ts";

const minuteMs = 60_000;
/** Files between listing and storing. Today's may be more: they are what people wait for. */
const filesMax = { today: 1_000, before: 200 };
const requestsAtOnce = { today: 6, before: 2 };

/** Reads log files from a bucket by listing it, without missing those that come late or out of order. */
export const bucketSource = defineSource<BucketSettings>({
  type: "bucket",
  summary: "Reads log files by listing their bucket: needs no queue, and reads the years that lie there already",
  settings: bucketSettings,
  secrets: accessSecrets,
  permissions: [
    { action: "s3:ListBucket", purpose: "to find log files and digests" },
    { action: "s3:GetObject", purpose: "to read log files, and the digests that prove them" },
    { action: "kms:Decrypt", purpose: "to read log files that are encrypted with a KMS key", isOptional: true },
    { action: "s3:GetEncryptionConfiguration", purpose: "to say which key is needed", isOptional: true },
    ...verifyingPermissions,
  ],
  access: (settings) => settings,
  place: ({ bucket, prefix }) => `s3://${bucket}/${prefix}`,
  roots: ({ bucket, prefix }) => Promise.resolve([{ bucket, prefix }]),
  quietAfterMs: ({ everySeconds }) => 30 * minuteMs + 2 * everySeconds * 1000,
  run: runBucket,
  check: checkBucket,
});

async function runBucket(settings: BucketSettings, context: SourceContext): Promise<void> {
  const stopping = new AbortController();
  const signal = AbortSignal.any([context.signal, stopping.signal]);
  // One part that ends takes the others with it: the source is started again as a whole.
  const fail = (error: unknown) => stopping.abort(error);
  const inside = { ...context, signal };
  const select = { region: settings.region, whyNot: whyNot(settings) };
  const today = { taker: new ObjectTaker(inside, select), going: new UnderWay(filesMax.today, fail) };
  const before = {
    taker: new ObjectTaker(inside, { ...select, laneSuffix: " backfill" }),
    going: new UnderWay(filesMax.before, fail),
  };
  const days = await openDays(settings, inside, async (entries) => {
    for (const entry of entries) await today.going.start(() => today.taker.take(entry, signal));
  });
  const backfill = await openBackfill(settings, inside, days, async (entries) => {
    // What is noted in the ledger and not read when the program stops is taken up at its start.
    for (const entry of entries) await before.going.start(() => before.taker.take(entry, signal));
  });
  const parts = [
    days.run(signal),
    days.discovered(signal).then(() => backfill.run(signal)),
    takeUpDue(today.taker, context.clock, signal),
  ];
  await Promise.all(parts.map((part) => part.catch(fail)));
  await Promise.all([today.going.settled(), before.going.settled()]);
  signal.throwIfAborted();
}

function openDays(
  settings: BucketSettings,
  context: SourceContext,
  take: DayListerOptions["take"],
): Promise<DayLister> {
  const { name: source, ledger, clock, memory, aws, report } = context;
  const { bucket, prefix, everySeconds } = settings;
  return DayLister.open({
    ...{ source, ledger, clock, memory, take },
    lister: new S3Lister(aws, { requestsAtOnce: requestsAtOnce.today }),
    roots: [{ bucket, prefix }],
    everyMs: everySeconds * 1000,
    fromDay: fromOf(settings),
    whyNot: whyNot(settings),
    onLooked: () => report.looked(),
    onTrouble: (error, what) => tellTrouble(settings, context, error, what),
    onStrange: (kind, count) => report.swallowed(kind, count),
    onDiscovered(discoveries) {
      const isEmpty = [...discoveries.values()].every((one) => logBranches(one).length === 0);
      report.hint(isEmpty ? emptyBucket(settings, [...discoveries.values()]) : undefined);
    },
  });
}

function openBackfill(
  settings: BucketSettings,
  context: SourceContext,
  days: DayLister,
  take: DayListerOptions["take"],
): Promise<Backfill> {
  const { name: source, ledger, clock, memory, aws, report } = context;
  return Backfill.open({
    ...{ source, ledger, clock, memory, take },
    lister: new S3Lister(aws, { requestsAtOnce: requestsAtOnce.before }),
    branches: () => days.branches,
    from: settings.from === "all" ? "all" : (fromOf(settings) ?? dayOf(days.began)),
    onStrange: (kind, count) => report.swallowed(kind, count),
    onTrouble: (error, what) => tellTrouble(settings, context, error, what),
    onProgress: (progress) => report.progress(progress),
  });
}

/** The first day that is read; nothing where that is the day on which the source was added. */
function fromOf({ from }: BucketSettings): number | undefined {
  return from === "all" ? 0 : readDay(from ?? "");
}

function tellTrouble(settings: BucketSettings, { report }: SourceContext, error: unknown, what: string): void {
  const { region, bucketRoleArn, roleArn = bucketRoleArn } = settings;
  report.trouble(diagnose(error, { what, region, roleArn }));
}
