import { createHash } from "node:crypto";
import { keyOf } from "../../../base/lasting.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { meets } from "./criteria.ts";
import { findingTypes } from "./finding-types.ts";
import {
  administratorOf,
  type Detector,
  detectorArn,
  detectorOfAccount,
  type Frequency,
  type GuardDutyStore,
  type StoredFinding,
} from "./guardduty-store.ts";

/** Something that GuardDuty has seen, as a story tells it. Member names are those of events. */
export interface NewFinding {
  readonly type: string;
  /** 1 to 10; the type's usual one when not given. */
  readonly severity?: number;
  readonly title: string;
  readonly description: string;
  readonly resource: JsonObject;
  /** `action`, `resourceRole` and more; what GuardDuty counts itself is added. */
  readonly service: JsonObject;
  /** Makes repeats of one thing one finding, with a higher count; made from type, resource and API when not given. */
  readonly key?: string;
}

/** Where findings go. */
export interface FindingsOutlet {
  publish(detector: Detector, finding: JsonObject): Promise<void>;
}

const frequencyMilliseconds: Readonly<Record<Frequency, number>> = {
  FIFTEEN_MINUTES: 900_000,
  ONE_HOUR: 3_600_000,
  SIX_HOURS: 21_600_000,
};
/** GuardDuty User Guide, "Quotas": findings are kept for 90 days. */
const keptMilliseconds = 90 * 86_400_000;

/** The findings of all detectors: counted up when they come again, told at once when new and in intervals then. */
export class Findings {
  readonly #store: GuardDutyStore;
  readonly #outlet: FindingsOutlet;
  readonly #end = new AbortController();
  /** The findings whose news wait for their interval. */
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(store: GuardDutyStore, outlet: FindingsOutlet) {
    this.#store = store;
    this.#outlet = outlet;
    for (const [key, stored] of store.findings.entries()) if (stored.hasNews) this.#tellLater(key, stored);
  }

  /** Adds a finding, or counts up the one that it repeats; undefined where no detector is enabled. */
  async add(accountId: string, region: string, given: NewFinding): Promise<string | undefined> {
    const detector = detectorOfAccount(this.#store, accountId, region);
    if (detector?.isEnabled !== true) return undefined;
    const id = idOf(detector, given);
    const before = this.#store.findings.get(keyOf(detector.id, id));
    const finding = before === undefined ? this.#made(detector, id, given) : this.#repeated(before.finding, given);
    await this.#keep(detector, id, finding);
    const administrator = administratorOf(this.#store, accountId, region);
    const above =
      administrator?.status === "Enabled"
        ? detectorOfAccount(this.#store, administrator.administratorId, region)
        : undefined;
    if (above?.isEnabled === true) await this.#keep(above, id, finding);
    return id;
  }

  /** The findings of a detector that are still kept. */
  of(detector: Detector): readonly StoredFinding[] {
    const oldest = this.#store.world.clock.now() - keptMilliseconds;
    const all = [...this.#store.findings.entries(keyOf(detector.id, ""))];
    for (const [key, { finding }] of all)
      if (Date.parse(String(finding["updatedAt"])) < oldest) this.#store.findings.delete(key);
    return all.flatMap(([key]) => this.#store.findings.get(key) ?? []);
  }

  find(detector: Detector, id: string): StoredFinding | undefined {
    return this.#store.findings.get(keyOf(detector.id, id));
  }

  /** Changes what a person may change of a finding: its `service` members `archived` and `userFeedback`. */
  change(detector: Detector, id: string, service: JsonObject): boolean {
    const key = keyOf(detector.id, id);
    const stored = this.#store.findings.get(key);
    if (stored === undefined) return false;
    this.#store.findings.put(key, {
      ...stored,
      finding: { ...stored.finding, service: { ...serviceOf(stored.finding), ...service } },
    });
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#waiting.values());
  }

  #made(detector: Detector, id: string, given: NewFinding): JsonObject {
    const now = new Date(this.#store.world.clock.now()).toISOString();
    return {
      schemaVersion: "2.0",
      accountId: detector.accountId,
      region: detector.region,
      partition: "aws",
      id,
      arn: `${detectorArn(detector)}/finding/${id}`,
      type: given.type,
      resource: given.resource,
      service: {
        serviceName: "guardduty",
        detectorId: detector.id,
        ...given.service,
        eventFirstSeen: now,
        eventLastSeen: now,
        archived: false,
        count: 1,
      },
      severity: given.severity ?? findingTypes.get(given.type)?.severity ?? 5,
      createdAt: now,
      updatedAt: now,
      title: given.title,
      description: given.description,
    };
  }

  #repeated(before: JsonObject, given: NewFinding): JsonObject {
    const now = new Date(this.#store.world.clock.now()).toISOString();
    const service = serviceOf(before);
    const { eventFirstSeen = now, archived = false, count = 0 } = service;
    return {
      ...before,
      resource: given.resource,
      service: { ...service, ...given.service, eventFirstSeen, eventLastSeen: now, archived, count: Number(count) + 1 },
      updatedAt: now,
      title: given.title,
      description: given.description,
    };
  }

  async #keep(detector: Detector, id: string, finding: JsonObject): Promise<void> {
    const key = keyOf(detector.id, id);
    const before = this.#store.findings.get(key);
    const isSuppressed = [...this.#store.filters.values(keyOf(detector.id, ""))].some(
      ({ action, criteria }) => action === "ARCHIVE" && meets(finding, criteria),
    );
    const isArchived = isSuppressed || (before !== undefined && serviceOf(before.finding)["archived"] === true);
    const kept = { ...finding, service: { ...serviceOf(finding), archived: isArchived } };
    const stored: StoredFinding = {
      ...before,
      detectorId: detector.id,
      finding: kept,
      isSuppressed,
      hasNews: !isSuppressed,
    };
    this.#store.findings.put(key, stored);
    if (isSuppressed) return;
    if (stored.publishedAt === undefined) await this.#tell(key);
    else this.#tellLater(key, stored);
  }

  #tellLater(key: string, stored: StoredFinding): void {
    if (this.#waiting.has(key)) return;
    const detector = this.#detectorOf(stored);
    const at = (stored.publishedAt ?? 0) + frequencyMilliseconds[detector?.frequency ?? "SIX_HOURS"];
    const telling = this.#store.world.clock
      .waitUntil(at, this.#end.signal)
      .then(() => this.#tell(key))
      // Stopped: the state says that there is news.
      .catch(() => undefined)
      .finally(() => this.#waiting.delete(key));
    this.#waiting.set(key, telling);
  }

  async #tell(key: string): Promise<void> {
    const stored = this.#store.findings.get(key);
    const detector = stored === undefined ? undefined : this.#detectorOf(stored);
    if (stored === undefined || detector?.isEnabled !== true) return;
    await this.#outlet.publish(detector, stored.finding);
    this.#store.findings.put(key, { ...stored, publishedAt: this.#store.world.clock.now(), hasNews: false });
  }

  #detectorOf({ detectorId }: StoredFinding): Detector | undefined {
    for (const detector of this.#store.detectors.values()) if (detector.id === detectorId) return detector;
    return undefined;
  }
}

export function serviceOf(finding: JsonObject): JsonObject {
  return (finding["service"] ?? {}) as JsonObject;
}

function idOf(detector: Detector, given: NewFinding): string {
  const action = (given.service["action"] ?? {}) as JsonObject;
  const same = given.key ?? JSON.stringify([given.resource, action["actionType"] ?? null]);
  return createHash("md5").update(`${detector.id} ${given.type} ${same}`).digest("hex");
}
