import type { TimeSpan } from "../../store/index.ts";

const eventTime = Buffer.from('"eventTime"');
const windowStart = Buffer.from('"windowStart"');
const hourMs = 3_600_000;
/** More separate stretches of time than this are taken as one. */
const spansMax = 200;

/**
 * Gathers the hours that the events of a batch lie in, from their text alone. It looks at every `"eventTime"` of a
 * record, nested ones too, so that it may name an hour too many but never one too few; whatever is not plainly an ISO
 * instant makes the answer "unknown".
 */
export class EventHours {
  readonly #hours = new Set<number>();
  #isUnknown = false;
  #lastHour = -1;
  /** The buffer searched last, and where in it `"eventTime"` comes next: no stretch is searched twice. */
  #bytes: Uint8Array | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  #searchedFrom = 0;
  #next = -1;

  add(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isUnknown) return;
    if (bytes !== this.#bytes || start < this.#searchedFrom) this.#begin(bytes, start);
    if (this.#next < start) this.#next = this.#find(start);
    if (this.#next >= end && !this.#addWindow(start, end)) this.#isUnknown = true;
    while (this.#next < end) {
      this.#addHour(this.#next + eventTime.length, end);
      this.#next = this.#find(this.#next + eventTime.length);
    }
  }

  spans(): TimeSpan[] | undefined {
    if (this.#isUnknown) return undefined;
    const hours = [...this.#hours].map(hourToInstant).sort((a, b) => a - b);
    const spans: { first: number; last: number }[] = [];
    for (const hour of hours) {
      const last = spans.at(-1);
      if (last && last.last + 1 === hour) last.last = hour + hourMs - 1;
      else spans.push({ first: hour, last: hour + hourMs - 1 });
    }
    const first = spans[0];
    const end = spans.at(-1);
    return first && end && spans.length > spansMax ? [{ first: first.first, last: end.last }] : spans;
  }

  clear(): void {
    this.#hours.clear();
    this.#isUnknown = false;
    this.#lastHour = -1;
  }

  /** The scanner writes new text into the same buffer, so what was found there may be gone. */
  forget(): void {
    this.#bytes = undefined;
  }

  #begin(bytes: Uint8Array, start: number): void {
    this.#bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#searchedFrom = start;
    this.#next = this.#find(start);
  }

  #find(from: number): number {
    const at = this.#buffer.indexOf(eventTime, from);
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  }

  /** Aggregated events have no `eventTime` but a window. */
  #addWindow(start: number, end: number): boolean {
    let at = this.#buffer.indexOf(windowStart, start);
    if (at < 0 || at >= end) return false;
    for (; at >= 0 && at < end; at = this.#buffer.indexOf(windowStart, at + 1)) {
      this.#addHour(at + windowStart.length, end);
    }
    return true;
  }

  #addHour(from: number, end: number): void {
    const hour = readHour(this.#buffer, from, end);
    if (hour === undefined) this.#isUnknown = true;
    else if (hour !== this.#lastHour) {
      this.#hours.add(hour);
      this.#lastHour = hour;
    }
  }
}

/** `: "2026-01-02T03…Z"` as the number 2026010203. */
function readHour(bytes: Buffer, from: number, end: number): number | undefined {
  let at = from;
  while (at < end && isBlankOrColon(bytes[at])) at++;
  if (bytes[at] !== 0x22 || at + 21 > end) return undefined;
  at++;
  let hour = 0;
  for (let i = 0; i < 13; i++) {
    const byte = bytes[at + i] ?? 0;
    if (i === 4 || i === 7) {
      if (byte !== 0x2d) return undefined;
    } else if (i === 10) {
      if (byte !== 0x54 && byte !== 0x20) return undefined;
    } else if (byte < 0x30 || byte > 0x39) return undefined;
    else hour = hour * 10 + (byte - 0x30);
  }
  return endsInUtc(bytes, at + 19, end) ? hour : undefined;
}

function endsInUtc(bytes: Buffer, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5a || byte === 0x22) return true;
    if (byte !== 0x2e && (byte < 0x30 || byte > 0x39)) return false;
  }
  return false;
}

function isBlankOrColon(byte: number | undefined): boolean {
  return byte === 0x3a || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function hourToInstant(hour: number): number {
  return Date.UTC(
    Math.trunc(hour / 1_000_000),
    (Math.trunc(hour / 10_000) % 100) - 1,
    Math.trunc(hour / 100) % 100,
    hour % 100,
  );
}
