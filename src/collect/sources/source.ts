import type { z } from "zod";
import type { AccessSettings } from "../access/access-settings.ts";
import type { AwsClient, ObjectReader, ServiceName } from "../../aws/index.ts";
import type { Clock } from "../../base/clock.ts";
import type { AccountTable, Ledger } from "../../state/index.ts";
import type { Intake } from "../intake/intake.ts";
import type { Finding } from "./findings.ts";

/** A kind of source: a folder below `sources/`, one object, one row in `sources/index.ts`. */
export interface SourceKind<Settings extends object = object> {
  /** `queue`, `bucket`, … */
  readonly type: string;
  /** One sentence: what it reads, and when one would take it. */
  readonly summary: string;
  /** What a person gives; each member is described. Command line, API, console and docs are made from it. */
  readonly settings: z.ZodType<Settings>;
  /** Actions of IAM that it needs, and which of them it can do without. */
  readonly permissions: readonly SourcePermission[];
  /** Where its log files come from, for people: a queue's URL, a bucket and a prefix. */
  place(settings: Settings): string;
  /** What is kept secret, by name; given beside the settings and never shown again. */
  readonly secrets?: readonly { readonly name: string; readonly description: string }[];
  /** How its settings and secrets begin, where it makes some itself; `shown` is told to the person this one time. */
  prepare?(settings: Settings): {
    readonly secrets: Readonly<Record<string, string>>;
    readonly shown: Readonly<Record<string, string>>;
  };
  /** Who it is when it speaks to AWS; nothing for a source that does not. */
  access?(settings: Settings): AccessSettings | undefined;
  /** Prefixes of buckets that it reads, from its settings or what it remembers; nothing for one that reads none. */
  roots?(settings: Settings, memory: Pick<SourceMemory, "all">): Promise<SourceReach["roots"]>;
  /** How long it may be silent before it counts as quiet, milliseconds. */
  quietAfterMs(settings: Settings): number;
  /**
   * Collects until the signal is aborted. Rejects only when it is aborted or when our own program is at fault; whatever AWS or
   * the network says, it tells (`context.trouble`), waits and tries again.
   */
  run(settings: Settings, context: SourceContext): Promise<void>;
  /**
   * Looks once whether everything is as it must be, without taking anything: for `source test` and before `source add`.
   * Findings come as they are made, good ones too.
   */
  check(settings: Settings, context: CheckContext): AsyncIterable<Finding>;
}

export interface SourcePermission {
  readonly action: string;
  /** What it is for, as a phrase: `to receive messages`. */
  readonly purpose: string;
  readonly isOptional?: boolean;
}

/** How a source speaks to AWS: with its role, its external id, its endpoint. */
export interface SourceAws {
  /** A client with the rights that the source was given; closed when the source ends. Same arguments, same client. */
  client<S extends ServiceName>(service: S, region?: string): Promise<AwsClient<S>>;
  /** Gets objects with the rights that the source has for its bucket. */
  objects(): ObjectReader;
}

export interface CheckContext {
  readonly name: string;
  readonly aws: SourceAws;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface SourceContext extends CheckContext {
  readonly intake: Intake;
  readonly ledger: Ledger;
  readonly accounts: AccountTable;
  /** Where digests go; they are collected like log files, and hold no events. */
  readonly digests: DigestDesk;
  /** What this source keeps for itself across restarts. */
  readonly memory: SourceMemory;
  /** Puts a message aside, whole, with its reason; when this returns it lasts. */
  setAside(message: {
    readonly id: string;
    readonly body: string;
    readonly reason: string;
    readonly received: number;
  }): Promise<void>;
  /** Messages that a person sends again come here; gives what became of one, and whether it is done with. */
  onSentAgain(handle: (message: SentAgain) => Promise<{ readonly isDone: boolean; readonly reason: string }>): void;
  /** What is posted to this source comes here. */
  onPush(handle: (request: PushRequest) => Promise<PushResponse>): void;
  /** A folder of this source alone, empty at the start. */
  readonly folder: string;
  /** Told of what happens; figures and status are made from it. */
  readonly report: SourceReport;
}

/** Takes digests that sources have fetched. */
export interface DigestDesk {
  /** When this returns, the digest is kept. */
  take(digest: FetchedDigest): Promise<void>;
}

/** A digest as a source fetched it. */
export interface FetchedDigest {
  readonly source: string;
  readonly bucket: string;
  readonly key: string;
  /** As it was stored, compressed. */
  readonly bytes: Buffer;
  /** `x-amz-meta-…`, lower-case names without that beginning. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** How to reach what a source collects from: for who reads its buckets again, or asks for public keys. */
export interface SourceReach extends AsyncDisposable {
  readonly source: string;
  readonly aws: SourceAws;
  /** `aws`, or the endpoint that stands in for AWS: whose word counts for what was collected from there. */
  readonly authority: string;
  /** Where it is at home. */
  readonly region: string;
  /** Prefixes of buckets that it has heard of or was given. */
  readonly roots: readonly { readonly bucket: string; readonly prefix: string }[];
}

/** A post as it came. */
export interface PushRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a post is answered with: `body` as JSON. */
export interface PushResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface SentAgain {
  readonly id: string;
  readonly body: string;
}

export interface SourceMemory {
  all(prefix?: string): Promise<ReadonlyMap<string, unknown>>;
  set(values: ReadonlyMap<string, unknown>): Promise<void>;
  forget(keys: readonly string[]): Promise<void>;
}

export interface SourceReport {
  /** It looked, and all was well, whether there was something or not. */
  looked(): void;
  /**
   * Something stands in the way: of looking (the next `looked` ends it), or of reading what was found (the next `stored`
   * does). A finding of `findings.ts`.
   */
  trouble(finding: Finding, of?: "looking" | "reading"): void;
  /** A hint beside a source that works: an empty queue though the bucket fills. Undefined takes it back. */
  hint(finding: Finding | undefined): void;
  messages(count: number): void;
  swallowed(kind: string, count?: number): void;
  stored(file: {
    readonly events: number;
    readonly duplicates: number;
    readonly lastEventAt: number | undefined;
  }): void;
  /** For what takes long, such as years of backfill. */
  progress(progress: SourceProgress | undefined): void;
}

export interface SourceProgress {
  /** What is being done: `Reading 2024-03-01 to 2026-11-21`. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** Keeps the settings' type beside the functions that take them. */
export function defineSource<Settings extends object>(kind: SourceKind<Settings>): SourceKind<Settings> {
  return kind;
}
