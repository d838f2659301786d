import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { seededRandom } from "../../../base/seeded-random.ts";
import { SteppedClock } from "../../../base/clock.ts";
import type { FetchedFile, Intake } from "../../intake/intake.ts";
import type { SourceContext, SourceReport } from "../source.ts";
import { paceFor } from "./call-pace.ts";
import { EventHistory, type HistoryEvent, type HistoryOptions } from "./event-history.fixture.ts";
import { LookupRegion } from "./lookup-region.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const began = Date.UTC(2026, 10, 21, 12);

/** Where files end up; like the real one, it takes a file whole or not at all. */
class Kept implements Intake {
  readonly files: FetchedFile[] = [];
  readonly ids = new Map<string, number>();
  readonly #refuses: () => boolean;

  constructor(refuses: () => boolean = () => false) {
    this.#refuses = refuses;
  }

  async room(_lane: string, bytes: number) {
    return { bytes, [Symbol.dispose]: () => undefined };
  }

  async take(file: FetchedFile) {
    if (this.#refuses()) throw new Error("the disk is full");
    assert.ok("bytes" in file.content);
    const lines = file.content.bytes.toString().trimEnd().split("\n");
    for (const line of lines) {
      const { eventID } = JSON.parse(line) as { eventID: string };
      this.ids.set(eventID, (this.ids.get(eventID) ?? 0) + 1);
    }
    this.files.push(file);
    const { name, version } = file;
    const counts = { records: lines.length, stored: lines.length, duplicates: 0, rejected: 0, dropped: 0 };
    return { name, version, kind: "lines", ...counts, lastEventAt: undefined, note: "" };
  }

  async [Symbol.asyncDispose]() {
    // Nothing is open.
  }
}

const silent: SourceReport = {
  looked: () => undefined,
  trouble: () => undefined,
  hint: () => undefined,
  messages: () => undefined,
  swallowed: () => undefined,
  stored: () => undefined,
  progress: () => undefined,
};

interface Place {
  readonly clock: SteppedClock;
  readonly history: EventHistory;
  readonly kept: Kept;
  readonly memory: Map<string, unknown>;
  /** Looks up until the instant, then is stopped in the middle of whatever it does. */
  runUntil(at: number): Promise<void>;
  missingMs(): number;
}

function openPlace(
  events: readonly HistoryEvent[],
  options: Partial<HistoryOptions> & { readonly days?: number; readonly refuses?: () => boolean } = {},
): Place {
  const clock = new SteppedClock(began);
  const faults = { throttled: 0, tokenLost: 0, failed: 0 };
  const history = new EventHistory({ clock, events, random: () => 0.5, faults, tokens: "by event", ...options });
  const kept = new Kept(options.refuses);
  const memory = new Map<string, unknown>();
  let missing = 0;
  return {
    clock,
    history,
    kept,
    memory,
    missingMs: () => missing,
    async runUntil(at) {
      const stopping = new AbortController();
      const region = new LookupRegion({
        context: contextOf({ clock, kept, memory, signal: stopping.signal }),
        accountId: "111122223333",
        region: "eu-central-1",
        days: options.days ?? 2,
        everyMs: minute,
        call: history.call,
        pace: paceFor(clock, "here"),
        onAnswer: () => undefined,
        onTrouble: () => undefined,
        onProgress: (missingMs) => {
          missing = missingMs;
        },
      });
      const running = region.run();
      running.catch(() => undefined);
      for (;;) {
        await nextTurn();
        const next = clock.waiting[0] ?? at;
        if (next >= at) break;
        clock.advance(next - clock.now());
      }
      clock.advance(at - clock.now());
      stopping.abort(new DOMException("Stopped", "AbortError"));
      await assert.rejects(running, { name: "AbortError" });
    },
  };
}

function contextOf(parts: {
  readonly clock: SteppedClock;
  readonly kept: Kept;
  readonly memory: Map<string, unknown>;
  readonly signal: AbortSignal;
}): SourceContext {
  const { clock, kept, memory, signal } = parts;
  const used: Pick<SourceContext, "name" | "clock" | "signal" | "intake" | "report" | "memory"> = {
    name: "lookup",
    clock,
    signal,
    intake: kept,
    report: silent,
    memory: {
      all: async (prefix = "") => new Map([...memory].filter(([key]) => key.startsWith(prefix))),
      // As what lasts: text.
      set: async (values) => {
        for (const [key, value] of values) memory.set(key, JSON.parse(JSON.stringify(value)));
      },
      forget: async (keys) => {
        for (const key of keys) memory.delete(key);
      },
    },
  };
  return used as SourceContext;
}

function event(number: number, at: number, lateMs = 0): HistoryEvent {
  const whole = Math.floor(at / second) * second;
  return { id: `event-${String(number).padStart(6, "0")}`, at: whole, visibleAt: whole + lateMs };
}

function missingOf({ kept }: Place, events: readonly HistoryEvent[]): string[] {
  return events.filter(({ id }) => !kept.ids.has(id)).map(({ id, at }) => `${id} of ${new Date(at).toISOString()}`);
}

test("events of 90 days are found, the youngest within a minute of their coming", async () => {
  const events = Array.from({ length: 900 }, (_, number) =>
    event(number, began - 90 * day + 2 * hour + number * 2 * hour),
  );
  const fresh = [event(10_000, began + 10 * minute, 3 * minute)];
  const place = openPlace([...events, ...fresh], { days: 90 });
  await place.runUntil(began + 12 * minute);
  assert.deepEqual(
    missingOf(
      place,
      events.filter(({ at }) => at < began),
    ),
    [],
  );
  assert.equal(place.missingMs(), 0);
  assert.equal(place.kept.ids.size, events.filter(({ at }) => at <= began + 12 * minute).length);
  await place.runUntil(began + 14.5 * minute);
  assert.deepEqual(missingOf(place, fresh), []);
});

test("minutes that are asked for again and again bring each event once, and no file where nothing is new", async () => {
  const events = Array.from({ length: 200 }, (_, number) => event(number, began - 20 * minute + number * second));
  const place = openPlace(events, { days: 1 });
  await place.runUntil(began + hour);
  assert.deepEqual(missingOf(place, events), []);
  assert.deepEqual(new Set(place.kept.ids.values()), new Set([1]));
  assert.ok(place.kept.files.length <= 2, String(place.kept.files.length));
});

test("a stop in the middle of years' worth of pages repeats only the stretch that was not done", async () => {
  const events = Array.from({ length: 12_000 }, (_, number) =>
    event(number, began - 2 * day + 2 * hour + number * 12 * second),
  );
  const place = openPlace(events, { days: 2 });
  await place.runUntil(began + 70 * second);
  const before = place.history.calls;
  assert.ok(place.kept.ids.size > 1_000 && place.kept.ids.size < 12_000, String(place.kept.ids.size));
  await place.runUntil(began + 10 * minute);
  assert.deepEqual(
    missingOf(
      place,
      events.filter(({ at }) => at < began),
    ),
    [],
  );
  const repeated = [...place.kept.ids.values()].filter((times) => times > 1).length;
  assert.ok(repeated < 12_000 / 2, `${repeated} of 12000, ${before} calls before`);
});

test("more events in one second than a page holds are all read", async () => {
  const events = Array.from({ length: 430 }, (_, number) => event(number, began - 5 * hour));
  const place = openPlace(events);
  await place.runUntil(began + 3 * minute);
  assert.deepEqual(missingOf(place, events), []);
});

test("files are named after account, region and time, and two of them never share a name", async () => {
  const events = Array.from({ length: 60 }, (_, number) => event(number, began - 5 * hour + number * second));
  const place = openPlace(events);
  await place.runUntil(began + 3 * minute);
  const [file] = place.kept.files;
  assert.match(
    file?.name ?? "",
    /^lookup:\/\/111122223333\/eu-central-1\/20261121T070000Z-20261121T070059Z\/[0-9a-f]{16}$/,
  );
  const names = place.kept.files.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test("whatever comes late, equal, throttled, cut off or stopped: no event is missing, and no second has three calls", async () => {
  const anyEvent = fc.record({
    secondsAgo: fc.oneof(fc.integer({ min: -7_200, max: 7_200 }), fc.integer({ min: 0, max: 2 * 86_400 - 3_600 })),
    lateSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 29 * 60 })),
    copies: fc.oneof(fc.constant(1), fc.constant(1), fc.integer({ min: 1, max: 130 })),
  });
  const property = fc.asyncProperty(
    fc.array(anyEvent, { minLength: 1, maxLength: 20 }),
    fc.constantFrom("by event" as const, "by number" as const),
    fc.record({
      throttled: fc.constantFrom(0, 0.1, 0.3),
      tokenLost: fc.constantFrom(0, 0.05, 0.3),
      failed: fc.constantFrom(0, 0.05),
    }),
    fc.constantFrom(0, 0.2),
    fc.array(fc.integer({ min: 5, max: 5_400 }), { maxLength: 4 }),
    fc.nat(),
    async (parts, tokens, faults, refused, stopsAfter, seed) => {
      const events = parts.flatMap(({ secondsAgo, lateSeconds, copies }, part) =>
        Array.from({ length: copies }, (_, copy) =>
          event(part * 1_000 + copy, began - secondsAgo * second, lateSeconds * second),
        ),
      );
      const random = seededRandom(seed);
      const place = openPlace(events, { tokens, faults, random, refuses: () => random() < refused });
      for (const stop of stopsAfter) await place.runUntil(place.clock.now() + stop * second);
      await place.runUntil(Math.max(began + 2 * hour, place.clock.now()) + 45 * minute);
      assert.deepEqual(missingOf(place, events), []);
      assert.ok(place.history.busiest <= 2, `${place.history.busiest} calls within a second`);
    },
  );
  await fc.assert(property, { seed: 20_261_121, numRuns: 150 });
});
