import { advancedFormOf } from "../../cloudtrail/index.ts";
import type { AccountView } from "../account/account.ts";
import type { BillLine } from "./bill.ts";
import { readSelectors } from "../settings/read-selectors.ts";
import type { Reach } from "./reach.ts";
import type { Volumes } from "./volumes.ts";

interface UnknownsAsk {
  readonly reaches: readonly Reach[];
  readonly views: readonly AccountView[];
  readonly volumes: Volumes;
  readonly lines: readonly BillLine[];
}

/** A count of fewer days says little of a month. */
const daysEnough = 7;

/** What a bill cannot know, each as a sentence. */
export function unknownsOf({ reaches, views, volumes, lines }: UnknownsAsk): readonly string[] {
  return [
    ...volumeUnknowns(volumes),
    ...views.flatMap((view) => view.unread.map(({ what, sentence }) => `${what} could not be looked at: ${sentence}`)),
    ...reaches.flatMap((reach) => trailUnknowns(reach, volumes)),
    ...priceUnknowns(lines, views),
  ];
}

function volumeUnknowns({ basis }: Volumes): readonly string[] {
  if (basis.kind === "assumed") return [basis.sentence];
  return [
    ...basis.unknown.map((account) => `No events of account ${account} are stored; its bill is not known`),
    ...basis.days
      .filter(({ days }) => days < daysEnough)
      .map(({ accountId, days }) => `The month of account ${accountId} is reckoned from ${printDays(days)} only`),
  ];
}

function printDays(days: number): string {
  if (days >= 1) return `${days.toFixed(1)} days`;
  return days >= 1 / 24 ? `${(days * 24).toFixed(1)} hours` : "less than an hour";
}

function trailUnknowns(reach: Reach, { cells, basis }: Volumes): readonly string[] {
  const { trail, areSelectorsUnknown } = reach;
  const sentences: string[] = [];
  if (trail.isLogging === undefined) {
    sentences.push(`Whether the trail ${trail.name} logs may not be asked; it is taken for logging`);
  }
  if (areSelectorsUnknown) {
    sentences.push(`What the trail ${trail.name} records could not be read; all management events are taken for it`);
  }
  if (basis.kind === "assumed") return sentences;
  for (const category of ["Data", "NetworkActivity"]) {
    if (!asksFor(reach, category)) continue;
    if (cells.some((cell) => cell.category === category && reach.records(cell) !== "none")) continue;
    sentences.push(
      `The trail ${trail.name} asks for ${category === "Data" ? "data" : "network activity"} events, and none are stored: ` +
        "what they cost is known when they have been recorded for some days",
    );
  }
  return sentences;
}

function asksFor({ trail }: Reach, category: string): boolean {
  const selectors = trail.selectors === undefined ? undefined : readSelectors(trail.selectors);
  if (selectors === undefined) return false;
  return advancedFormOf(selectors).some(({ fields }) =>
    fields.some(({ field, Equals }) => field === "eventCategory" && Equals?.includes(category)),
  );
}

function priceUnknowns(lines: readonly BillLine[], views: readonly AccountView[]): readonly string[] {
  const paid = lines.filter(({ microDollars }) => microDollars > 0);
  const unread = [...new Set(paid.filter(({ price }) => !price.isRead).map(({ item }) => item))];
  const regions = new Set(
    paid.filter(({ price }) => price.region === "*").flatMap(({ places }) => places.map(({ region }) => region)),
  );
  regions.delete("us-east-1");
  const partitions = [...new Set(views.map(({ partition }) => partition))].filter((partition) => partition !== "aws");
  return [
    ...(unread.length === 0 ? [] : [`The prices of ${unread.join(", ")} are usual ones that were not looked up`]),
    ...(regions.size === 0
      ? []
      : [`For ${[...regions].sort().join(", ")} prices of us-east are taken; a price list of AWS's says their own`]),
    ...partitions.map((partition) => `No prices are known of the partition ${partition}; those of us-east are taken`),
  ];
}
