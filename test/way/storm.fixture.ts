import { gzipSync } from "node:zlib";
import type { AwsClient } from "../../src/aws/index.ts";
import { chunksOf } from "../../src/base/chunks.ts";
import { forEachAtOnce } from "../../src/base/for-each-at-once.ts";
import { createRandom } from "../../src/sandbox/index.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";

export const stormBucket = "storm-logs";
export const recordsInFile = 3;

export interface StormOptions {
  readonly s3: AwsClient<"s3">;
  readonly sqs: AwsClient<"sqs">;
  readonly queueUrl: string;
  readonly seed: string;
  readonly files: number;
  /** Of the files: whose notice is lost, whose notice comes before the file itself. */
  readonly lostShare: number;
  readonly earlyShare: number;
  /** Notices in all, because some come again and again. */
  readonly notices: number;
  /** The day that the files are of. */
  readonly day: number;
}

/** What was put and told of, so that what is found can be compared with it. */
export interface Storm {
  readonly keys: readonly string[];
  /** Files of which no notice goes out. */
  readonly lost: ReadonlySet<string>;
  /** Files that are told of at once, and put only by `putEarly`. */
  readonly early: ReadonlySet<string>;
  /** Puts all other files and sends all notices, mixed up; `pace` is asked between batches. */
  send(pace: () => Promise<void>): Promise<{ readonly notices: number; readonly messages: number }>;
  putEarly(): Promise<void>;
}

const accounts = ["111122223333", "444455556666", "777788889999"];
const regions = ["eu-central-1", "us-east-1"];

export function makeStorm(options: StormOptions): Storm {
  const random = createRandom(options.seed);
  const keys = Array.from({ length: options.files }, (_, number) => keyOf(number, options.day));
  const shuffled = shuffle([...keys], random);
  const lost = new Set(shuffled.slice(0, Math.round(options.files * options.lostShare)));
  const early = new Set(shuffled.slice(lost.size, lost.size + Math.round(options.files * options.earlyShare)));
  const numberOf = new Map(keys.map((key, number) => [key, number]));
  const put = async (key: string) => {
    const number = numberOf.get(key) ?? 0;
    const records = Array.from({ length: recordsInFile }, (_, index) => makeRecord(number * recordsInFile + index));
    const Body = gzipSync(makeLogFile(records), { level: 1 });
    await options.s3.call("PutObject", { Bucket: stormBucket, Key: key, Body });
  };
  return {
    keys,
    lost,
    early,
    async send(pace) {
      const told = keys.filter((key) => !lost.has(key));
      const again = Array.from({ length: Math.max(0, options.notices - told.length) }, () => random.pick(told));
      // Files and their notices go out in the same order by and large; a notice comes up to a few hundred places later.
      const steps = [...keys.filter((key) => !early.has(key)).map((key, at) => ({ key, at, isPut: true }))];
      const notices = [...told, ...again].map((key) => ({
        key,
        at: (numberOf.get(key) ?? 0) + random.int(400),
        isPut: false,
      }));
      const all = [...steps, ...notices].sort((a, b) => a.at - b.at);
      let messages = 0;
      for (const some of chunksOf(all, 400)) {
        const keysOf = (wanted: boolean) => some.filter(({ isPut }) => isPut === wanted).map(({ key }) => key);
        await forEachAtOnce(keysOf(true), 16, put);
        const bodies = bodiesOf(shuffle(keysOf(false), random), random);
        messages += bodies.length;
        await forEachAtOnce(chunksOf(bodies, 10), 8, async (batch) => {
          const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
          await options.sqs.call("SendMessageBatch", { QueueUrl: options.queueUrl, Entries });
        });
        await pace();
      }
      return { notices: notices.length, messages };
    },
    putEarly: () => forEachAtOnce(early, 16, put),
  };
}

type Random = ReturnType<typeof createRandom>;

/** Unique parts are in no order, as CloudTrail's are. */
function keyOf(number: number, day: number): string {
  const account = accounts[number % accounts.length] ?? "";
  const region = regions[number % regions.length] ?? "";
  const date = new Date(day).toISOString().slice(0, 10);
  const unique =
    Math.imul(number + 1, 2_654_435_761)
      .toString(36)
      .replace("-", "m") + number.toString(36);
  const minute = String(number % 60).padStart(2, "0");
  const hour = String(Math.floor(number / 60) % 24).padStart(2, "0");
  const time = `${date.replaceAll("-", "")}T${hour}${minute}Z`;
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll("-", "/")}`;
  return `${folder}/${account}_CloudTrail_${region}_${time}_${unique.padStart(16, "0").slice(-16)}.json.gz`;
}

/** Messages of each form that AWS writes, with one key or several. */
function bodiesOf(keys: readonly string[], random: Random): string[] {
  const bodies: string[] = [];
  for (let at = 0; at < keys.length;) {
    const some = keys.slice(at, at + 1 + (random.int(4) === 0 ? random.int(4) : 0));
    at += some.length;
    const trail = JSON.stringify({ s3Bucket: stormBucket, s3ObjectKey: some });
    const s3 = JSON.stringify({
      Records: some.map((key) => ({
        eventVersion: "2.1",
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: stormBucket }, object: { key: encodeURIComponent(key).replaceAll("%2F", "/") } },
      })),
    });
    const wrapped = JSON.stringify({ Type: "Notification", MessageId: String(at), Message: trail });
    bodies.push(random.pick([trail, s3, wrapped]));
  }
  return bodies;
}

function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
