import type { SelectorsValue } from "../settings/values.ts";
import { type FieldWish, wishesOf, type Selector } from "./read-selectors.ts";

/** A kind of events that selectors tell apart. */
export interface EventKind {
  /** `Management`, `Data`, … */
  readonly category: string;
  /** `data events of AWS::S3::Object that write`. */
  readonly words: string;
}

export interface SelectorsCompared {
  /** What was recorded before and is not any more; each kind once, sorted. */
  readonly lost: readonly EventKind[];
  /** What is recorded now and was not before. */
  readonly gained: readonly EventKind[];
}

/** A made-up event by its fields, to ask selectors about. */
type Sample = Readonly<Record<string, string>>;

/** More samples than this say that the selectors are too manifold to try them all. */
const samplesMax = 50_000;
/** A value that no selector names. */
const other = "\u0001";

/**
 * Compares what two sets of selectors record, whatever form they have: events are made up from all values that either of
 * them names, and both are asked about each.
 */
export function compareSelectors(
  before: SelectorsValue | undefined,
  now: SelectorsValue | undefined,
): SelectorsCompared {
  const [was, is] = [wishesOf(before), wishesOf(now)];
  return { lost: missingIn(is, was), gained: missingIn(was, is) };
}

/** What `from` records and `selectors` do not. */
function missingIn(selectors: readonly Selector[], from: readonly Selector[]): readonly EventKind[] {
  const found = from.flatMap((selector) => {
    const alike = [...selectors, ...from].filter((one) => categoryOf(one) === categoryOf(selector));
    const samples = samplesOf(selector, candidatesOf(alike));
    if (samples === undefined) return isThere(selector, selectors) ? [] : [sampleBy(selector)];
    return samples.filter((sample) => !selectors.some((one) => fits(one, sample)));
  });
  const byWords = new Map(found.map((sample) => [wordsOf(sample), sample["eventCategory"] ?? ""]));
  return [...byWords].map(([words, category]) => ({ category, words })).sort((a, b) => (a.words < b.words ? -1 : 1));
}

function categoryOf(selector: Selector): string {
  return selector.find(({ field }) => field === "eventCategory")?.equals[0] ?? "";
}

/** By field, every value that makes a difference to somebody. */
function candidatesOf(selectors: readonly Selector[]): ReadonlyMap<string, readonly string[]> {
  const byField = new Map<string, Set<string>>();
  for (const wish of selectors.flat()) {
    const values = byField.get(wish.field) ?? new Set(closed(wish.field) ?? [other]);
    for (const value of [...wish.equals, ...wish.notEquals]) values.add(value);
    for (const start of [...wish.startsWith, ...wish.notStartsWith]) values.add(start).add(start + other);
    for (const end of [...wish.endsWith, ...wish.notEndsWith]) values.add(end).add(other + end);
    for (const start of wish.startsWith) for (const end of wish.notEndsWith) values.add(start + other + end);
    byField.set(wish.field, values);
  }
  return new Map([...byField].map(([field, values]) => [field, [...values]]));
}

/** Fields that have no values but these. */
function closed(field: string): readonly string[] | undefined {
  return field === "readOnly" ? ["true", "false"] : undefined;
}

/** Events that the selector records, one of each sort; nothing when there are too many sorts. */
function samplesOf(
  selector: Selector,
  candidates: ReadonlyMap<string, readonly string[]>,
): readonly Sample[] | undefined {
  let samples: readonly Sample[] = [{}];
  for (const [field, values] of candidates) {
    const wishes = selector.filter((wish) => wish.field === field);
    const fitting = values.filter((value) => wishes.every((wish) => fitsWish(wish, value)));
    if (samples.length * fitting.length > samplesMax) return undefined;
    samples = samples.flatMap((sample) => fitting.map((value) => ({ ...sample, [field]: value })));
  }
  return samples;
}

function fits(selector: Selector, sample: Sample): boolean {
  return selector.every((wish) => fitsWish(wish, sample[wish.field] ?? other));
}

function fitsWish(wish: FieldWish, value: string): boolean {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = wish;
  const isAnything = equals.length + startsWith.length + endsWith.length === 0;
  return (
    (isAnything ||
      equals.includes(value) ||
      startsWith.some((start) => value.startsWith(start)) ||
      endsWith.some((end) => value.endsWith(end))) &&
    !notEquals.includes(value) &&
    !notStartsWith.some((start) => value.startsWith(start)) &&
    !notEndsWith.some((end) => value.endsWith(end))
  );
}

function isThere(selector: Selector, among: readonly Selector[]): boolean {
  const text = JSON.stringify(selector);
  return among.some((one) => JSON.stringify(one) === text);
}

/** `management events that write`, `data events of AWS::S3::Object on arn:…`. */
function wordsOf(sample: Sample): string {
  const how = sample["readOnly"] === undefined ? "" : sample["readOnly"] === "true" ? " that read" : " that write";
  const source = named(sample["eventSource"], " of ");
  const call = named(sample["eventName"], " named ");
  switch (sample["eventCategory"]) {
    case "Management":
      return `management events${source}${how}${call}`;
    case "Data": {
      const type = named(sample["resources.type"], " of ");
      return `data events${type}${how}${call}${named(sample["resources.ARN"], " on ")}`;
    }
    case "NetworkActivity":
      return `network activity events${source}${call}`;
    default:
      return `events of the category ${sample["eventCategory"]?.replaceAll(other, "…") ?? "…"}`;
  }
}

function named(value: string | undefined, before: string): string {
  return value === undefined || value === other ? "" : `${before}${value.replaceAll(other, "…")}`;
}

/** What a selector names for certain, where it cannot be tried. */
function sampleBy(selector: Selector): Sample {
  const single = selector.filter(({ equals }) => equals.length === 1);
  return Object.fromEntries(single.map(({ field, equals: [only = ""] }) => [field, only]));
}
