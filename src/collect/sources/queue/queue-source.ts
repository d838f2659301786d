import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type AwsClient, AwsCallError, clientFor, type Credentials } from "../../../aws/index.ts";
import { type NoticedObject, parseObjectKey, readNotice } from "../../../cloudtrail/index.ts";
import type { FoundFile } from "../../find-files.ts";
import { readFetched, type ImportContext } from "../../import-files.ts";

export interface QueueSourceOptions {
  /** What its log files are listed under. */
  readonly name: string;
  readonly queueUrl: string;
  readonly region: string;
  /** Where AWS is, when not at AWS. */
  readonly endpoint?: string;
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** Where fetched objects wait; of this source alone. */
  readonly folder: string;
  readonly customUserAgent: string;
  readonly onProblem: (problem: string) => void;
}

export interface QueueSourceFigures {
  readonly messages: number;
  readonly logFiles: number;
  readonly events: number;
  /** Messages that say nothing this program understands; they stay in the queue. */
  readonly unknown: number;
  readonly problem: string | undefined;
  /** When the last log file was stored. */
  readonly lastLogFileAt: number | undefined;
}

export interface QueueSource extends AsyncDisposable {
  figures(): QueueSourceFigures;
}

/** SQS hands out ten messages at most, and waits twenty seconds at most (SQS API Reference, "ReceiveMessage"). */
const messagesAtOnce = 10;
const waitSeconds = 20;
const objectBytesMax = 512 * 1024 * 1024;
const pauseMs = { first: 500, most: 30_000 };

/**
 * Reads log files as a queue names them. A message is deleted when every log file it names is stored, never before: who
 * is killed in between reads it again, and doubles nothing.
 */
export async function startQueueSource(
  options: QueueSourceOptions,
  context: Omit<ImportContext, "onProgress" | "signal">,
): Promise<QueueSource> {
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(options.folder, { recursive: true });
  const source = new RunningQueueSource(options, context);
  source.begin();
  return source;
}

interface Received {
  readonly handle: string;
  readonly objects: readonly NoticedObject[];
}

class RunningQueueSource implements QueueSource {
  readonly #options: QueueSourceOptions;
  readonly #context: Omit<ImportContext, "onProgress" | "signal">;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #messages = 0;
  #logFiles = 0;
  #events = 0;
  #unknown = 0;
  #problem: string | undefined;
  #lastLogFileAt: number | undefined;

  constructor(options: QueueSourceOptions, context: Omit<ImportContext, "onProgress" | "signal">) {
    this.#options = options;
    this.#context = context;
  }

  begin(): void {
    this.#running = this.#run();
  }

  figures(): QueueSourceFigures {
    return {
      messages: this.#messages,
      logFiles: this.#logFiles,
      events: this.#events,
      unknown: this.#unknown,
      problem: this.#problem,
      lastLogFileAt: this.#lastLogFileAt,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #run(): Promise<void> {
    const { region, endpoint, credentials, customUserAgent } = this.#options;
    const { signal } = this.#stopping;
    const shared = {
      region,
      customUserAgent,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
    };
    await using queue = await clientFor("sqs", shared);
    await using bucket = await clientFor("s3", shared);
    let wait = pauseMs.first;
    while (!signal.aborted) {
      try {
        await this.#round(queue, bucket);
        this.#problem = undefined;
        wait = pauseMs.first;
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(error);
        // Stopped meanwhile: the loop sees it.
        await pause(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, pauseMs.most);
      }
    }
  }

  async #round(queue: AwsClient<"sqs">, bucket: AwsClient<"s3">): Promise<void> {
    const { signal } = this.#stopping;
    const { queueUrl: QueueUrl } = this.#options;
    const { Messages = [] } = await queue.call(
      "ReceiveMessage",
      { QueueUrl, MaxNumberOfMessages: messagesAtOnce, WaitTimeSeconds: waitSeconds },
      { signal },
    );
    if (Messages.length === 0) return;
    this.#messages += Messages.length;
    const received: Received[] = [];
    for (const { Body = "", ReceiptHandle: handle = "" } of Messages) {
      const notice = readNotice(Body);
      if (notice.kind === "unknown") {
        this.#unknown++;
        this.#options.onProblem(`A message of the queue stays there: ${notice.reason}`);
      } else received.push({ handle, objects: notice.kind === "objects" ? notice.objects : [] });
    }
    const done = await this.#store(bucket, received);
    if (done.length === 0) return;
    const Entries = done.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    await queue.call("DeleteMessageBatch", { QueueUrl, Entries });
  }

  /** Stores what the messages name; gives those of which everything is stored. */
  async #store(bucket: AwsClient<"s3">, received: readonly Received[]): Promise<Received[]> {
    const files = new Map<string, FoundFile>();
    const failed = new Set<Received>();
    const names = received.flatMap(({ objects }) => objects.map(nameOf));
    const seen = await this.#context.store.seenVersions(this.#options.name, names);
    for (const message of received) {
      for (const object of message.objects.filter(isLogFile)) {
        try {
          if (files.has(nameOf(object))) continue;
          const file = await this.#fetch(bucket, object, seen.get(nameOf(object)));
          if (file !== undefined) files.set(nameOf(object), file);
        } catch (error) {
          if (this.#stopping.signal.aborted) throw error;
          failed.add(message);
          this.#tell(error, nameOf(object));
        }
      }
    }
    if (files.size > 0) {
      const summary = await readFetched([...files.values()], this.#options.name, this.#context);
      this.#logFiles += summary.filesRead;
      this.#events += summary.eventsStored;
      this.#lastLogFileAt = this.#context.now();
      for (const { path } of files.values()) await rm(path, { force: true });
    }
    return received.filter((message) => !failed.has(message));
  }

  /**
   * An object as a file, under a name that is ours: nothing of a message becomes a path. Nothing when the version that
   * was read before is all that there is.
   */
  async #fetch(
    bucket: AwsClient<"s3">,
    object: NoticedObject,
    known: string | undefined,
  ): Promise<FoundFile | undefined> {
    const { signal } = this.#stopping;
    const VersionId = object.versionId;
    const answer = await bucket.call(
      "GetObject",
      { Bucket: object.bucket, Key: object.key, ...(VersionId === undefined ? {} : { VersionId }) },
      { signal },
    );
    const { ContentLength = 0, ETag = "", Body } = answer;
    const name = nameOf(object);
    const version = VersionId ?? ETag;
    if (version === known) {
      (Body as unknown as Readable).destroy();
      return undefined;
    }
    if (ContentLength > objectBytesMax) throw new Error(`${name} is larger than ${objectBytesMax} bytes`);
    const path = join(this.#options.folder, `${this.#logFiles}-${crypto.randomUUID()}`);
    await pipeline(Body as unknown as Readable, createWriteStream(path), { signal });
    return { path, name, sizeBytes: ContentLength, version };
  }

  #tell(error: unknown, what = "The queue"): void {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof AwsCallError ? `${error.code}: ` : "";
    this.#problem = `${what} cannot be read: ${code}${message}`;
    this.#options.onProblem(this.#problem);
  }
}

/** What an object is listed as. */
function nameOf({ bucket, key }: NoticedObject): string {
  return `s3://${bucket}/${key}`;
}

/** Digests are no log files; whatever else lies in a bucket is looked at, and listed with the reason it was skipped. */
function isLogFile({ key }: NoticedObject): boolean {
  const parsed = parseObjectKey(key);
  return !parsed.ok || parsed.key.kind !== "digest";
}
