import { gathered } from "../../base/gathered.ts";
import { parseObjectKey, type NoticedObject } from "../../cloudtrail/index.ts";
import type { LedgerEntry, LedgerObject } from "../../state/index.ts";
import { fetchObject, heldBytesMax } from "../fetch/fetch-object.ts";
import { nextTryAfterMs } from "../fetch/patience.ts";
import { AccountSightings } from "./account-sightings.ts";
import { diagnose } from "./diagnose.ts";
import type { Finding } from "./findings.ts";
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
/** What a person can do nothing about, or is told elsewhere, does not make the whole source fail. */
const quiet: ReadonlySet<string> = new Set(["object-missing", "object-too-large", "throttled"]);

/** Takes objects of buckets into the store, each once, and keeps the ledger of it; what fails is tried again. */
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
    const { ledger, clock, report, intake, name: source } = this.#context;
    const { name, accountId } = entry;
    const reason = accountId === "" ? undefined : this.#options.whyNot?.(accountId);
    if (reason !== undefined) {
      await ledger.markLeftOut([{ name, problem: reason }], clock.now());
      report.swallowed("account that is not selected");
      return { kind: "left out" };
    }
    try {
      const expected = Math.min(entry.sizeBytes ?? usualBytes, heldBytesMax);
      const lane = `${accountId === "" ? source : accountId}${this.#options.laneSuffix ?? ""}`;
      using room = await intake.room(lane, expected, signal);
      const { bucket, key } = entry;
      const fetched = await fetchObject(
        { bucket, key, ...(versionId === undefined ? {} : { versionId }) },
        { ...this.#context, signal, regions: this.#regions },
      );
      const { content, version } = fetched;
      const outcome = await intake.take({ name, version, source, lane, content });
      void room;
      await this.#markRead({ name, records: outcome.records, version });
      await this.#accounts.see(accountId);
      report.stored({ events: outcome.stored, duplicates: outcome.duplicates, lastEventAt: outcome.lastEventAt });
      return { kind: "read" };
    } catch (error) {
      if (signal.aborted) throw error;
      return this.#failed(entry, error);
    }
  }

  async #failed(entry: LedgerEntry, error: unknown): Promise<Taken> {
    const { ledger, clock, report } = this.#context;
    const { name, tries } = entry;
    const finding = diagnose(error, { what: name, region: this.#options.region, now: clock.now() });
    if (finding.code === "object-too-large") {
      await ledger.markLeftOut([{ name, problem: finding.sentence }], clock.now());
      report.swallowed("object that is too large");
      return { kind: "left out" };
    }
    const afterMs = nextTryAfterMs(tries, finding.code);
    if (!quiet.has(finding.code)) report.trouble(finding, "reading");
    await this.#markFailing({ name, problem: finding.sentence, nextTryAt: clock.now() + afterMs });
    return { kind: "later", afterMs, finding };
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

/** Folders below `AWSLogs/<account>/` that other services of AWS write; a name that is not known is looked at. */
const otherLogs =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/(?:elasticloadbalancing|vpcflowlogs|Config|WAFLogs|vpcdnsquerylogs|globalaccelerator|GuardDuty|network-firewall)\//;

/** What a source does with an object, judged by its key alone; the kind is what it is counted as when it is swallowed. */
export function judgeKey(key: string): { readonly isLogFile: boolean; readonly kind: string } {
  const parsed = parseObjectKey(key);
  if (parsed.ok) return { isLogFile: parsed.key.kind !== "digest", kind: parsed.key.kind };
  if (parsed.reason === "folder") return { isLogFile: false, kind: "folder" };
  if (otherLogs.test(key)) return { isLogFile: false, kind: "log of another service" };
  // People copy log files under names of their own: whatever it is, it is looked at.
  return { isLogFile: true, kind: "unknown" };
}
