import { AwsCallError } from "../../aws/index.ts";
import { placeKey, type Place } from "../settings/place.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { Setting } from "../settings/setting.ts";
import type { SettingName } from "../settings/values.ts";

/** What a new resource has by itself, as AWS gives it. */
const givenWith: Readonly<Partial<Record<SettingName, Readonly<Partial<Record<SettingName, unknown>>>>>> = {
  bucket: { "bucket-ownership": "BucketOwnerEnforced", "bucket-encryption": { algorithm: "AES256", keyArn: "" } },
  topic: { "topic-policy": { Statement: [{ Sid: "__default_statement_ID" }] } },
  queue: {},
  "dead-letter-queue": {},
  trail: { "trail-logging": false },
};

/** What a queue has before its attributes are set. */
const newQueue = { retentionSeconds: 345_600, visibilitySeconds: 30, isEncrypted: true, keyId: "" };

/**
 * An account as small as it can be, in memory: settings that are read and written whole, some of them in several calls,
 * resources that take their settings along. Every call goes by a gate, which may refuse it or change something first.
 */
export class SmallAccount {
  readonly #values = new Map<string, unknown>();
  readonly buckets = new Map<string, string[]>();
  /** Called before and after each call that changes something; what it throws, the call rejects with. */
  gate: (when: "before" | "after", call: string) => void = () => undefined;
  /** Reads that still answer as it was, after each change. */
  staleReads = 0;
  #stale = 0;
  #past = new Map<string, unknown>();

  /** Everything that is set, to be compared. */
  get everything(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  read(name: SettingName, place: Place): unknown {
    return this.#values.get(keyOf(name, place));
  }

  /** Sets as somebody else would, past the gate. */
  set(name: SettingName, place: Place, value: unknown): void {
    if (value === undefined || value === null) this.#values.delete(keyOf(name, place));
    else this.#values.set(keyOf(name, place), value);
  }

  readonly settingOf = (name: SettingName): Setting =>
    ({
      name,
      title: (place) => `the ${name} of ${placeKey(place)}`,
      calls: { get: [], put: [] },
      get: async (place) => {
        this.#pass("before", `Get ${name}`);
        const isStale = this.#stale > 0;
        if (isStale) this.#stale--;
        const value = (isStale ? this.#past : this.#values).get(keyOf(name, place));
        this.#pass("after", `Get ${name}`);
        return value as never;
      },
      put: async (place, { before, after }) => this.#put(name, place, before, after),
      commands: () => [],
    }) satisfies Setting;

  #put(name: SettingName, place: Place, before: unknown, after: unknown): void {
    if (after === undefined) this.#takeAway(name, place);
    else if (name === "queue" || name === "trail" || name === "trail-insights") this.#putParts(name, place, after);
    else {
      this.#change(`Put ${name}`, () => {
        if (before === undefined) this.#give(name, place);
        this.set(name, place, after);
      });
    }
  }

  #takeAway(name: SettingName, place: Place): void {
    this.#change(`Delete ${name}`, () => {
      const objects = this.buckets.get(place.arn) ?? [];
      if (name === "bucket" && objects.length > 0) throw refusal("BucketNotEmpty", "s3", "DeleteBucket");
      this.set(name, place, undefined);
      if (givenWith[name] === undefined) return;
      for (const key of [...this.#values.keys()]) if (key.endsWith(` @ ${placeKey(place)}`)) this.#values.delete(key);
    });
  }

  /** Makes it, if it is not there, and then one call for each part. */
  #putParts(name: "queue" | "trail" | "trail-insights", place: Place, after: unknown): void {
    if (Array.isArray(after)) return this.#putList(name, place, after as string[]);
    if (this.read(name, place) === undefined) {
      this.#change(`Create ${name}`, () => {
        this.#give(name, place);
        this.set(name, place, name === "queue" ? newQueue : { ...(after as object), prefix: "new" });
      });
    }
    for (const [key, value] of Object.entries(after as object) as [string, unknown][]) {
      const now = this.read(name, place) as Readonly<Record<string, unknown>>;
      if (isSameValue(now[key], value)) continue;
      this.#change(`Put ${name} ${key}`, () => this.set(name, place, { ...now, [key]: value }));
    }
  }

  #putList(name: SettingName, place: Place, after: readonly string[]): void {
    const now = () => (this.read(name, place) ?? []) as readonly string[];
    for (const one of now().filter((item) => !after.includes(item))) {
      this.#change(`Remove ${one}`, () =>
        this.set(
          name,
          place,
          now().filter((item) => item !== one),
        ),
      );
    }
    for (const one of after.filter((item) => !now().includes(item))) {
      this.#change(`Add ${one}`, () => this.set(name, place, [...now(), one]));
    }
  }

  #give(name: SettingName, place: Place): void {
    for (const [given, value] of Object.entries(givenWith[name] ?? {})) this.set(given as SettingName, place, value);
  }

  #change(call: string, make: () => void): void {
    this.#pass("before", call);
    this.#past = new Map(this.#values);
    this.#stale = this.staleReads;
    make();
    this.#pass("after", call);
  }

  #pass(when: "before" | "after", call: string): void {
    this.gate(when, call);
  }
}

function keyOf(name: SettingName, place: Place): string {
  return `${name} @ ${placeKey(place)}`;
}

/** An answer with an error, as from AWS. */
export function refusal(code: string, service = "s3", operation = "PutBucketPolicy", status = 403): AwsCallError {
  return AwsCallError.of({ service, operation }, { code, message: `${code} was said`, status });
}
