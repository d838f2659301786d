import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { BenchError } from "../harness/errors.ts";
import type { Candidates } from "./sample.ts";
import { kinds, valuesOf, type AskedRecord, type Kind } from "./values.ts";

/** How many events hold each candidate. */
export interface Counts {
  readonly values: Readonly<Record<Kind, Map<string, number>>>;
  readonly words: Map<string, number>;
  readonly parts: Map<string, number>;
}

/** Counts the candidates in some log files, by reading every record in plain JavaScript. */
export function countCandidates(paths: readonly string[], candidates: Candidates): Counts {
  const counts = startCounts(candidates);
  for (const path of paths) {
    const text = gunzipSync(readFileSync(path)).toString();
    const log: { readonly Records: readonly AskedRecord[] } = JSON.parse(text);
    for (const record of log.Records) {
      const values = valuesOf(record);
      for (const kind of kinds) for (const value of values[kind]) addOne(counts.values[kind], value);
    }
    const folded = text.toLowerCase();
    const starts = startsOfRecords(folded, log.Records.length);
    countTexts(folded, starts, counts.words, isWhole);
    countTexts(folded, starts, counts.parts, () => true);
  }
  return counts;
}

/** Adds counts of other files. */
export function addCounts(sum: Counts, more: Counts): void {
  for (const kind of kinds) addAll(sum.values[kind], more.values[kind]);
  addAll(sum.words, more.words);
  addAll(sum.parts, more.parts);
}

/** Every candidate, none found yet. */
export function startCounts({ values, words, parts }: Candidates): Counts {
  const zeros = (texts: readonly string[]) => new Map(texts.map((text) => [text.toLowerCase(), 0] as const));
  return {
    values: {
      accessKey: zeros(values.accessKey),
      sourceIp: zeros(values.sourceIp),
      resource: zeros(values.resource),
      target: zeros(values.target),
      errorRegion: zeros(values.errorRegion),
      actor: zeros(values.actor),
    },
    words: zeros(words),
    parts: zeros(parts),
  };
}

/** Records of the corpus are minified and all begin with this key. */
const recordStart = '{"eventversion":';

function startsOfRecords(text: string, records: number): number[] {
  const starts = positionsOf(recordStart, text);
  if (starts.length === records) return starts;
  throw new BenchError("A log file of the corpus does not hold its records as they were printed", {
    code: "bench-answer-wrong",
    fault: "ours",
  });
}

/** A record that holds a text twice counts once. */
function countTexts(
  text: string,
  starts: readonly number[],
  counts: Map<string, number>,
  isMeant: (text: string, at: number, end: number) => boolean,
): void {
  for (const [part, count] of counts) {
    let found = 0;
    let record = 0;
    let at = text.indexOf(part);
    while (at >= 0) {
      let next = at + 1;
      if (isMeant(text, at, at + part.length)) {
        found += 1;
        while (record < starts.length && (starts[record] ?? 0) <= at) record += 1;
        next = starts[record] ?? text.length;
      }
      at = text.indexOf(part, next);
    }
    if (found > 0) counts.set(part, count + found);
  }
}

/** Neither letter nor digit stands beside it. */
function isWhole(text: string, at: number, end: number): boolean {
  return !isWordCharacter(text[at - 1]) && !isWordCharacter(text[end]);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && (/[0-9a-z]/.test(character) || character > "\u007f");
}

function positionsOf(part: string, text: string): number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) positions.push(at);
  return positions;
}

function addOne(counts: Map<string, number>, value: string): void {
  const count = counts.get(value);
  if (count !== undefined) counts.set(value, count + 1);
}

function addAll(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [text, count] of more) sum.set(text, (sum.get(text) ?? 0) + count);
}
