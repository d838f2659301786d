import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Random } from "../../src/sandbox/index.ts";
import { kinds, valuesOf, type AskedRecord, type Kind } from "./values.ts";

/** Literals that may be asked for; how often each occurs is counted afterwards. */
export interface Candidates {
  readonly values: Readonly<Record<Kind, readonly string[]>>;
  /** Whole words anywhere in the record. */
  readonly words: readonly string[];
  /** Parts of words. */
  readonly parts: readonly string[];
}

const filesRead = 12;
const wordsDrawn = 24;
const partsDrawn = 8;
const drawn: Readonly<Record<Kind, number>> = {
  accessKey: 60,
  sourceIp: 60,
  resource: 60,
  target: 60,
  errorRegion: 60,
  // Many, so that there are some of every frequency among them.
  actor: 3000,
};

/** Draws candidates out of a few of the log files, the same ones for the same seed. */
export function drawCandidates(paths: readonly string[], random: Random): Candidates {
  const found = new Map<Kind, string[]>(kinds.map((kind) => [kind, []]));
  const words: string[] = [];
  for (const path of spread(paths, filesRead)) {
    for (const record of readRecords(path)) {
      const values = valuesOf(record);
      for (const kind of kinds) found.get(kind)?.push(...values[kind].filter(isAskable[kind]));
      words.push(...wordsOf(values.target));
    }
  }
  const values = (kind: Kind) => draw(found.get(kind) ?? [], random).slice(0, drawn[kind]);
  const mixed = draw(words, random);
  return {
    values: {
      accessKey: values("accessKey"),
      sourceIp: values("sourceIp"),
      resource: values("resource"),
      target: values("target"),
      errorRegion: values("errorRegion"),
      actor: values("actor"),
    },
    words: mixed.slice(0, wordsDrawn),
    parts: mixed.slice(wordsDrawn, wordsDrawn + partsDrawn).map((word) => word.slice(2, 9)),
  };
}

const isArn = (text: string) => /^arn:[\w:/.@+=,-]+$/.test(text);
const isAskable: Readonly<Record<Kind, (text: string) => boolean>> = {
  accessKey: (text) => /^\w+$/.test(text),
  sourceIp: (text) => /^\d+\.\d+\.\d+\.\d+$/.test(text),
  resource: isArn,
  target: isArn,
  errorRegion: (text) => /^[\w.]+ [\w-]+$/.test(text),
  actor: isArn,
};

/** Long enough to be rare, plain enough to stand in JSON and in a query as they are. */
function wordsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/[^a-z0-9]/)).filter((word) => /^(?=.*\d)\w{12,40}$/.test(word));
}

export function readRecords(path: string): readonly AskedRecord[] {
  const log: { readonly Records: readonly AskedRecord[] } = JSON.parse(gunzipSync(readFileSync(path)).toString());
  return log.Records;
}

function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]).filter(
    (one) => one !== undefined,
  );
}

/** Each text once, in an order of chance; what occurs often tends to come first. */
function draw(texts: readonly string[], random: Random): string[] {
  const shuffled = texts.map((text) => ({ text, order: random.fraction() })).sort((a, b) => a.order - b.order);
  return [...new Set(shuffled.map(({ text }) => text))];
}
