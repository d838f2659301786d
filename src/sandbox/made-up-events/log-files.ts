import { madeUpAccounts, madeUpRegions, type MadeUpAccount } from "./accounts.ts";
import { people } from "./actors/people.ts";
import { pipelines } from "./actors/pipelines.ts";
import { scanners } from "./actors/scanners.ts";
import { services } from "./actors/services.ts";
import { workloads } from "./actors/workloads.ts";
import { foundCompany, type Company } from "./company.ts";
import { createRandom, type Random } from "./random.ts";
import { printRecord, type Happening, type MadeUpRecord } from "./record.ts";
import { stories } from "./stories/index.ts";

export interface MadeUpOptions {
  readonly seed: string | number;
  /** Milliseconds since the epoch; nothing happens later. */
  readonly now: number;
  /** How many days back; at least one. A week, unless said otherwise. */
  readonly days?: number;
  readonly accounts?: readonly MadeUpAccount[];
  /** The first is where the company mostly works. Global services write into us-east-1 in any case. */
  readonly regions?: readonly string[];
  /** On a working day, about. */
  readonly eventsPerDay?: number;
  /** CloudTrail delivers every five minutes or so; half an hour, unless said otherwise, makes fewer, larger files. */
  readonly deliveryMinutes?: number;
}

/** One log file of the made-up company. */
export interface MadeUpLogFile {
  /** The object key, as AWS would choose it. */
  readonly key: string;
  readonly records: readonly MadeUpRecord[];
  /** The file's text before compression. */
  readonly text: string;
}

const dayLength = 86_400_000;
const actors = [people, pipelines, workloads, services, scanners];

/** Makes the log files in the order of their delivery; the same options always make the same bytes. */
export function* madeUpLogFiles(options: MadeUpOptions): Generator<MadeUpLogFile> {
  const { now, days = 7, accounts = madeUpAccounts, regions = madeUpRegions, deliveryMinutes = 30 } = options;
  if (!(days >= 1)) throw new RangeError("Made-up events need a day or more");
  const seed = String(options.seed);
  const company = foundCompany(seed, accounts, regions);
  const from = now - days * dayLength;
  const told = tellStories(company, now, days);
  for (let dayStart = Math.floor(from / dayLength) * dayLength; dayStart < now; dayStart += dayLength) {
    const upTo = dayStart + dayLength;
    const happenings = liveThrough(company, dayStart, options.eventsPerDay ?? 4000);
    // A shift may run past midnight; what would be tomorrow's is left out, so that each day stands for itself.
    const ofToday = [...happenings, ...told].filter(
      ({ at }) => at >= Math.max(dayStart, from) && at < Math.min(upTo, now),
    );
    yield* pack(ofToday, deliveryMinutes * 60_000, now, createRandom(`${seed}/files/${dayStart}`));
  }
}

function* liveThrough(company: Company, dayStart: number, eventsPerDay: number): Generator<Happening> {
  const isWeekend = new Date(dayStart).getUTCDay() % 6 === 0;
  for (const actor of actors) {
    const random = createRandom(`${company.seed}/${actor.name}/${dayStart}`);
    const budget = eventsPerDay * actor.share * (isWeekend ? actor.weekend : 1);
    yield* actor.work({ company, random, dayStart, isWeekend, budget });
  }
}

/** Stories keep their distance from now; when less than a week is made up, they move closer. */
function tellStories(company: Company, now: number, days: number): readonly Happening[] {
  const squeeze = Math.min(1, days / 7);
  return stories.flatMap((story) => {
    const random = createRandom(`${company.seed}/story/${story.id}`);
    return [...story.tell({ company, random, from: now - story.hoursBefore * squeeze * 3_600_000 })];
  });
}

/** Sorts what happened into files: one for each account, region and folder in each step of time. */
function* pack(happenings: readonly Happening[], step: number, now: number, random: Random): Generator<MadeUpLogFile> {
  const files = new Map<string, { readonly deliveredAt: number; readonly records: MadeUpRecord[] }>();
  for (const { at, record } of happenings.toSorted((a, b) => a.at - b.at)) {
    const name = `${record.recipientAccountId}/${folderOf(record)}/${record.awsRegion}`;
    const window = Math.floor(at / step);
    const key = `${name}/${window}`;
    let file = files.get(key);
    if (file === undefined) {
      const deliveredAt = Math.min((window + 1) * step + 120_000 + random.int(180_000), now);
      file = { deliveredAt, records: [] };
      files.set(key, file);
    }
    file.records.push(record);
  }
  const delivered = [...files].sort(([, a], [, b]) => a.deliveredAt - b.deliveredAt);
  for (const [name, { deliveredAt, records }] of delivered) {
    const text = `{"Records":[${records.map(printRecord).join(",")}]}`;
    yield { key: keyOf(name, deliveredAt, random), records, text };
  }
}

function folderOf(record: MadeUpRecord): string {
  if (record.eventCategory === "Insight") return "CloudTrail-Insight";
  return record.eventCategory === "NetworkActivity" ? "CloudTrail-NetworkActivity" : "CloudTrail";
}

function keyOf(name: string, deliveredAt: number, random: Random): string {
  const [accountId = "", folder = "", region = ""] = name.split("/");
  const iso = new Date(deliveredAt).toISOString();
  const date = iso.slice(0, 10);
  const stamp = `${iso.slice(0, 16).replace(/[-:]/g, "")}Z`;
  const file = `${accountId}_${folder}_${region}_${stamp}_${random.letters(16)}.json.gz`;
  return `AWSLogs/${accountId}/${folder}/${region}/${date.replaceAll("-", "/")}/${file}`;
}
