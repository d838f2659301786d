import { printDollars } from "../../base/print-dollars.ts";
import type { TrailView } from "../account/account.ts";
import type { BillLine, BillWarning, WarningKind } from "./bill.ts";
import { deliveriesOf } from "./delivery-charges.ts";
import type { Scene, TrailChange } from "./scene.ts";
import { sumOf } from "./line-book.ts";
import { costOf } from "./money.ts";
import { ownBucketLoop } from "./own-bucket.ts";
import { type PriceName, priceOf, type Prices } from "./prices.ts";
import type { Reach } from "./reach.ts";
import type { Volumes } from "./volumes.ts";

export interface WarningsAsk extends Scene {
  readonly volumes: Volumes;
  readonly prices: Prices;
  readonly lines: readonly BillLine[];
  readonly changed: TrailChange | undefined;
}

/** Of one trail: what it is about, what it costs. */
type Warner = (reach: Reach, ask: WarningsAsk) => Omit<BillWarning, "trailArn" | "kind"> | undefined;

/** What to know of the trails of a bill: of the changed one when a change was asked about, else of all. */
export function warningsOf(ask: WarningsAsk): readonly BillWarning[] {
  const { changed, after } = ask;
  const about = changed === undefined ? after : after.filter(({ trail }) => trail.arn === changed.after?.arn);
  return about.flatMap((reach) =>
    Object.entries(warners).flatMap(([kind, warn]) => {
      const warning = warn(reach, ask);
      return warning === undefined ? [] : [{ kind: kind as WarningKind, trailArn: reach.trail.arn, ...warning }];
    }),
  );
}

const warners: Readonly<Record<WarningKind, Warner>> = {
  "covered-already": (reach, ask) => {
    const copies = linesOfTrail(reach, ask, "management-copy");
    const others = copiedBy(reach, ask);
    if (copies.length === 0 && others.length === 0) return undefined;
    const cost = sumOf(copies);
    return {
      sentence: `${namesOf(others)} management events that ${reach.trail.name} records too; each copy after the first is charged${priced(cost)}`,
      help: "Use the trail that is there, or let this one record what the other leaves out. Event data stores of CloudTrail Lake are not looked at here, and count as well",
      microDollars: cost,
    };
  },
  "single-and-multi-region": (reach, ask) => {
    const { trail } = reach;
    const others = copiedBy(reach, ask).filter((one) => one.value.isMultiRegion !== trail.value.isMultiRegion);
    if (others.length === 0) return undefined;
    return {
      sentence: `${trail.name} and ${others.map(({ name }) => name).join(", ")} meet in a region: one is of a single region, the other of all`,
      help: "Two trails of single regions that differ are both free; one of all regions beside one of a single region is not. Stop the single one",
      microDollars: sumOf(linesOfTrail(reach, ask, "management-copy")),
    };
  },
  "own-bucket-loop": (reach, ask) => {
    const isCollected = ask.collects.has(reach.trail.arn);
    const loop = ownBucketLoop(reach, deliveriesOf(reach, ask), { isCollected });
    if (loop === undefined) return undefined;
    const cost = costOf(loop.events, priceOf(ask.prices, "data-events", reach.trail.homeRegion));
    return {
      sentence: `${reach.trail.name} records the data events of its own bucket ${reach.trail.value.bucket}: each file that it delivers is an event that is delivered${priced(cost)}`,
      help: "Leave the bucket's ARN out of the data events that are selected (NotStartsWith), or set RecursiveLogging to false",
      microDollars: cost,
    };
  },
  "kms-flood": (reach, ask) => {
    const isPaid = linesOfTrail(reach, ask, "management-copy").length > 0 || reach.trail.value.logGroupArn !== "";
    const reads = ask.volumes.cells.filter(
      (cell) => cell.service === "kms.amazonaws.com" && cell.category === "Management" && cell.readOnly !== false,
    );
    const isRecorded = reads.some((cell) => reach.records(cell) !== "none") || recordsKms(reach);
    if (!isPaid || !isRecorded) return undefined;
    const events = reads.reduce((sum, cell) => sum + cell.events, 0);
    return {
      sentence: `${reach.trail.name} records the reads of KMS, which buckets and services with keys make in great numbers${events === 0 ? "" : ` (${events.toLocaleString("en")} a month)`}, where they are charged`,
      help: "Leave kms.amazonaws.com out of the management events of copies that are charged; the free copy needs no such care",
      microDollars: null,
    };
  },
  "broken-bucket": (reach, ask) => {
    const { name, deliveryError } = reach.trail;
    if (deliveryError === "" && !isNew(reach, ask)) return undefined;
    return {
      sentence:
        deliveryError === ""
          ? "If the bucket cannot be written to, CloudTrail tries again for 30 days and charges for the tries"
          : `${name} cannot deliver (${deliveryError}); CloudTrail tries again for 30 days and charges for the tries`,
      help: "Let the bucket's policy be right before the trail logs; only deleting the trail ends the tries",
      microDollars: null,
    };
  },
  "charged-decrypts": (reach, ask) => {
    const { keyArn } = reach.trail.value;
    if (keyArn === "") return undefined;
    const lines = linesOfTrail(reach, ask, "kms-requests");
    return {
      sentence: `The log files of ${reach.trail.name} are encrypted with a KMS key: each that is fetched is a Decrypt that is charged, and recorded as a management event${priced(sumOf(lines))}`,
      help: "CloudTrail's own writes are not charged as use of the key; who else reads the bucket pays for each file as well",
      microDollars: lines.length === 0 ? null : sumOf(lines),
    };
  },
  digests: (reach, ask) => {
    if (!reach.trail.value.validatesLogFiles) return undefined;
    const digests = deliveriesOf(reach, ask).reduce((sum, one) => sum + one.digests, 0);
    const cost = costOf(digests, priceOf(ask.prices, "s3-writes", reach.trail.homeRegion));
    return {
      sentence: `${reach.trail.name} writes ${digests.toLocaleString("en")} digests a month, one an hour for each region and account, also where nothing happens${priced(cost)}`,
      help: "They are what proves the log files: keep them on",
      microDollars: cost,
    };
  },
  organization: (reach, ask) => {
    if (!reach.trail.value.isOrganization) return undefined;
    return {
      sentence: `${reach.trail.name} records every account of the organization: all that is charged is charged for each of them; ${ask.volumes.accounts.length} of them are in this bill`,
      help: "A member that has a trail of its own has a second copy now, which is charged: look at each member's trails",
      microDollars: null,
    };
  },
  "log-group": (reach, ask) => {
    if (reach.trail.value.logGroupArn === "") return undefined;
    const cost = sumOf(linesOfTrail(reach, ask, "logs-ingestion"));
    return {
      sentence: `${reach.trail.name} writes every event into CloudWatch Logs too, which charges for each gigabyte${priced(cost)}; it is usually the largest part of the bill`,
      help: "Trailwarden reads the bucket and does not need the log group",
      microDollars: cost,
    };
  },
  "bucket-charges": (reach, ask) => {
    if (!isNew(reach, ask)) return undefined;
    const cost = sumOf([...linesOfTrail(reach, ask, "s3-storage"), ...linesOfTrail(reach, ask, "s3-writes")]);
    return {
      sentence: `S3 charges for what is stored and for each request${priced(cost)}; with versions or Object Lock nothing leaves before its time`,
      help: "Set a lifecycle that deletes log files when nobody has to keep them any more",
      microDollars: cost,
    };
  },
};

function linesOfTrail({ trail }: Reach, { lines }: WarningsAsk, item: PriceName): readonly BillLine[] {
  return lines.filter((line) => line.trailArn === trail.arn && line.item === item);
}

/** Trails that record management events which this one records too. */
function copiedBy(reach: Reach, { after, volumes, views }: WarningsAsk): readonly TrailView[] {
  const cells = volumes.cells.filter((cell) => cell.category === "Management" && reach.records(cell) !== "none");
  const places = views.flatMap(({ accountId, regions }) => regions.map((region) => ({ accountId, region })));
  return after
    .filter(({ trail }) => trail.arn !== reach.trail.arn)
    .filter(
      (other) =>
        cells.some((cell) => other.records(cell) !== "none") ||
        kindsOfManagement.some((readOnly) =>
          places.some((place) => recordsAny(reach, place, readOnly) && recordsAny(other, place, readOnly)),
        ),
    )
    .map(({ trail }) => trail);
}

const kindsOfManagement = [true, false];

/** Whether it would record a management event, although none may have happened. */
function recordsAny(reach: Reach, place: { readonly accountId: string; readonly region: string }, readOnly: boolean) {
  const cell = { ...place, category: "Management", service: "ec2.amazonaws.com", readOnly, resourceTypes: [] };
  return reach.records({ ...cell, events: 0, bytes: 0 }) !== "none";
}

function recordsKms(reach: Reach): boolean {
  return reach.selects({ eventCategory: "Management", eventSource: "kms.amazonaws.com", readOnly: true });
}

/** It did not log before. */
function isNew({ trail }: Reach, { before, changed }: WarningsAsk): boolean {
  return changed !== undefined && before.every((one) => one.trail.arn !== trail.arn);
}

function namesOf(trails: readonly TrailView[]): string {
  const names = trails.map(({ name }) => name);
  return names.length === 1 ? `The trail ${names[0]} records` : `The trails ${names.join(", ")} record`;
}

function priced(microDollars: number): string {
  return microDollars === 0 ? "" : ` (${printDollars(microDollars)} a month)`;
}
