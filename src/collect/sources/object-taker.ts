import { readFile, rm } from "node:fs/promises";
import { gathered } from "../../base/gathered.ts";
import { parseObjectKey, type NoticedObject } from "../../cloudtrail/index.ts";
import type { LedgerEntry, LedgerObject } from "../../state/index.ts";
import { fetchObject, heldBytesMax, type FetchedObject } from "../fetch/fetch-object.ts";
import { nextTryAfterMs } from "../fetch/patience.ts";
import { AccountSightings } from "./account-sightings.ts";
import { diagnose } from "./diagnose.ts";
import type { Finding } from "./findings.ts";
import { judgeKey } from "./judge-key.ts";
import type { SourceContext } from "./source.ts";

/** An object that a notice or a listing names. */
export interface HeardObject extends NoticedObject {
  readonly sizeBytes?: number;
  /** Without quotation marks. */
  readonly etag?: string;
}

/** What became of an object. */
export type Taken =
  | { readonly kind: "read" }
  /** On purpose; it is not asked for again. */
  | { readonly kind: "left out" }
  | { readonly kind: "later"; readonly afterMs: number; readonly finding: Finding };

export interface ObjectTakerOptions {
  readonly region: string;
  /** Why an account's log files are left out; nothing for those that are read. */
  readonly whyNot?: (accountId: string) => string | undefined;
  /** What lanes of the intake are called, so that years of backfill do not stand before today. */
  readonly laneSuffix?: string;
}

const hourMs = 3_600_000;
/** Room for an object of which no size is told. */
const usualBytes = 128 * 1024;
/** As it lies in the bucket; a digest names the log files of an hour in some hundred bytes each. */
const digestBytesMax = 16 * 1024 * 1024;
/** What a person can do nothing about, or is told elsewhere, does not make the whole source fail. */
const quiet: ReadonlySet<string> = new Set(["object-missing", "object-too-large", "throttled"]);

/**
 * Takes objects of buckets, log files into the store and digests to their desk, each once, and keeps the ledger of it;
 * what fails is tried again.
 */
export class ObjectTaker {
  readonly #context: SourceContext;
  readonly #options: ObjectTakerOptions;
  readonly #regions = new Map<string, string>();
  readonly #underWay = new Map<string, Promise<Taken>>();
  readonly #accounts: AccountSightings;
  readonly #note: (object: LedgerObject) => Promise<LedgerEntry>;
  readonly #markRead: (object: { name: string; records: number; version: string }) => Promise<void>;
  readonly #markFailing: (object: { name: string; problem: string; nextTryAt: number }) => Promise<void>;

  constructor(context: SourceContext, options: ObjectTakerOptions) {
    this.#context = context;
    this.#options = options;
    const { ledger, clock } = context;
    this.#accounts = new AccountSightings(context);
    const limits = { itemsMax: 500 };
    this.#note = gathered((objects) => ledger.note("noticed", objects, clock.now()), limits);
    this.#markRead = gathered(async (objects) => {
      await ledger.markRead(objects, clock.now());
      return [];
    }, limits);
    this.#markFailing = gathered(async (objects) => {
      await ledger.markFailing(objects, clock.now());
      return [];
    }, limits);
  }

  /** A notice names the object: notes it, and reads it if nobody has. Rejects only when it is aborted. */
  async hear(object: HeardObject, signal: AbortSignal): Promise<Taken> {
    const entry = await this.#note(ledgerObject(object, this.#context.name, this.#context.clock.now()));
    return this.take(entry, signal, object.versionId);
  }

  async take(entry: LedgerEntry, signal: AbortSignal, versionId?: string): Promise<Taken> {
    if (entry.state === "read") return { kind: "read" };
    if (entry.state === "left out") return { kind: "left out" };
    const same = this.#underWay.get(entry.name);
    if (same !== undefined) return same;
    const taking = this.#take(entry, signal, versionId).finally(() => this.#underWay.delete(entry.name));
    this.#underWay.set(entry.name, taking);
    return taking;
  }

  /** What waits since before, or is to be tried again: takes it, and resolves when all of it was tried. */
  async takeDue(heardBefore: number, signal: AbortSignal): Promise<number> {
    const { ledger, clock, name } = this.#context;
    const due = await ledger.due(name, { now: clock.now(), heardBefore, limit: 500 });
    await Promise.all(due.map((entry) => this.take(entry, signal)));
    return due.length;
  }

  async #take(entry: LedgerEntry, signal: AbortSignal, versionId?: string): Promise<Taken> {
    const { intake, report, name: source } = this.#context;
    const { name, accountId } = entry;
    const reason = accountId === "" ? undefined : this.#options.whyNot?.(accountId);
    if (reason !== undefined) return this.#leaveOut(name, reason, "account that is not selected");
    const { fate, kind } = judgeKey(entry.key);
    if (fate === "nothing") return this.#leaveOut(name, `It is no log file: ${kind}`, kind);
    try {
      const expected = Math.min(entry.sizeBytes ?? usualBytes, heldBytesMax);
      const lane = `${accountId === "" ? source : accountId}${this.#options.laneSuffix ?? ""}`;
      using room = await intake.room(lane, expected, signal);
      const { bucket, key } = entry;
      const fetched = await fetchObject(
        { bucket, key, ...(versionId === undefined ? {} : { versionId }) },
        {
          ...this.#context,
          signal,
          regions: this.#regions,
          ...(fate === "digest" ? { bytesMax: digestBytesMax } : {}),
        },
      );
      const { content, version } = fetched;
      const outcome =
        fate === "digest"
          ? await this.#keep(entry, fetched)
          : await intake.take({ name, version, source, lane, content });
      void room;
      await this.#markRead({ name, records: outcome?.records ?? 0, version });
      await this.#accounts.see(accountId);
      if (outcome !== undefined) {
        report.stored({ events: outcome.stored, duplicates: outcome.duplicates, lastEventAt: outcome.lastEventAt });
      }
      return { kind: "read" };
    } catch (error) {
      if (signal.aborted) throw error;
      return this.#failed(entry, error);
    }
  }

  /** A digest is kept as it is; it holds no events. */
  async #keep({ bucket, key }: LedgerEntry, { content, metadata }: FetchedObject): Promise<undefined> {
    const { digests, name: source } = this.#context;
    const bytes = "bytes" in content ? content.bytes : await readAndRemove(content.path);
    await digests.take({ source, bucket, key, bytes, metadata });
  }

  async #leaveOut(name: string, problem: string, kind: string): Promise<Taken> {
    const { ledger, clock, report } = this.#context;
    await ledger.markLeftOut([{ name, problem }], clock.now());
    report.swallowed(kind);
    return { kind: "left out" };
  }

  async #failed(entry: LedgerEntry, error: unknown): Promise<Taken> {
    const { clock, report } = this.#context;
    const { name, tries } = entry;
    const finding = diagnose(error, { what: name, region: this.#options.region, now: clock.now() });
    if (finding.code === "object-too-large") return this.#leaveOut(name, finding.sentence, "object that is too large");
    const afterMs = nextTryAfterMs(tries, finding.code);
    // Log files may well come while digests cannot be read; the ledger says so.
    if (!quiet.has(finding.code) && entry.kind !== "digest") report.trouble(finding, "reading");
    await this.#markFailing({ name, problem: finding.sentence, nextTryAt: clock.now() + afterMs });
    return { kind: "later", afterMs, finding };
  }
}

async function readAndRemove(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** What a key tells of an object. */
export function ledgerObject(object: HeardObject, source: string, now: number): LedgerObject {
  const { bucket, key, sizeBytes, etag } = object;
  const parsed = parseObjectKey(key);
  const read = parsed.ok ? parsed.key : undefined;
  const at = read?.deliveredAt ?? dayOf(read?.folder?.day) ?? now;
  return {
    name: `s3://${bucket}/${key}`,
    bucket,
    key,
    source,
    accountId: read?.accountId ?? "",
    region: read?.region ?? "",
    kind: read?.kind ?? "unknown",
    hour: at - (at % hourMs),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(etag === undefined ? {} : { version: etag }),
  };
}

function dayOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Date.parse(`${day.replaceAll("/", "-")}T00:00:00Z`);
}
