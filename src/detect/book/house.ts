import { type AssembledCorrelation, type AssembledRule, assembleRules, type Assembly } from "../sigma/assemble.ts";
import type { SigmaCorrelation, SigmaDocument, SigmaRule } from "../sigma/document.ts";
import type { Refusal } from "../sigma/reading.ts";
import type { ReadFile } from "./file-readings.ts";
import type { SearchDocuments } from "./search-documents.ts";
import { tuningFilter, type ReadTuning } from "./tuning-filters.ts";

/** A rule as it stands in the book, before what was settled about it. */
export interface BookEntry {
  readonly key: string;
  readonly title: string;
  readonly origin: string;
  readonly kind: "rule" | "correlation" | "search";
  readonly path: string;
  /** Its file, or the query of a search. */
  readonly text: string;
  /** Nothing of a document that could not be read. */
  readonly document: SigmaRule | SigmaCorrelation | undefined;
  /** What is run; nothing of one that is refused. */
  readonly assembled: AssembledRule | AssembledCorrelation | undefined;
  readonly refusal: Refusal | undefined;
}

/** All rules there are, brought together with what tunes them. */
export interface House {
  readonly entries: readonly BookEntry[];
  readonly byKey: ReadonlyMap<string, BookEntry>;
  readonly assembly: Assembly;
  /** Those of readings and of bringing together; not about rules for other logs. */
  readonly refusals: readonly Refusal[];
}

export interface HouseParts {
  readonly files: readonly ReadFile[];
  readonly searches: readonly SearchDocuments[];
  readonly tunings: readonly ReadTuning[];
}

/** Brings together all documents that a house has. */
export function buildHouse({ files, searches, tunings }: HouseParts): House {
  const written: SigmaDocument[] = files.flatMap(({ reading }) => reading.documents);
  const made = searches.flatMap(({ documents }) => documents);
  const targets = [...written, ...made].filter((document) => document.kind !== "filter");
  const filters = tunings.map((tuning) => tuningFilter(tuning, targets));
  const assembly = assembleRules([...written, ...made, ...filters]);
  const running = new Map<SigmaRule | SigmaCorrelation, AssembledRule | AssembledCorrelation>([
    ...assembly.rules.map((each) => [each.rule, each] as const),
    ...assembly.correlations.map((each) => [each.correlation, each] as const),
  ]);
  const entries = [
    ...files.flatMap((file) => entriesOf(file, running, assembly.refusals)),
    ...searches.flatMap((search) => searchEntry(search, running, assembly.refusals)),
  ];
  const byKey = new Map<string, BookEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  const unread = [...files.flatMap(({ reading }) => reading.refusals), ...searches.flatMap(refusalOf)];
  return { entries, byKey, assembly, refusals: [...unread, ...assembly.refusals].filter(isOurs) };
}

function isOurs({ kind }: Refusal): boolean {
  return kind === "invalid";
}

type Running = ReadonlyMap<SigmaRule | SigmaCorrelation, AssembledRule | AssembledCorrelation>;

function entriesOf(file: ReadFile, running: Running, refusals: readonly Refusal[]): readonly BookEntry[] {
  const { origin, path, text, reading } = file;
  const known = reading.documents.flatMap((document): readonly BookEntry[] => {
    if (document.kind === "filter") return [];
    const { title, kind } = document;
    const assembled = running.get(document);
    const refusal = assembled === undefined ? refusalIn(refusals, document) : undefined;
    // A refused one gets a key of its own: it may be refused because another one has its id.
    const key = refusal === undefined ? document.key : unreadKey(refusal);
    return [{ key, title, origin, kind, path, text, document, assembled, refusal }];
  });
  const unread = reading.refusals.filter(isOurs).map((refusal): BookEntry => ({
    ...{ key: unreadKey(refusal), title: refusal.title ?? path, origin, kind: "rule", path, text },
    ...{ document: undefined, assembled: undefined, refusal },
  }));
  return [...known, ...unread];
}

function refusalIn(refusals: readonly Refusal[], { title, place }: SigmaDocument): Refusal {
  const found = refusals.find((refusal) => refusal.path === place.path && refusal.title === title);
  return found ?? { ...place, title, reason: "It cannot be run", kind: "invalid" };
}

function unreadKey({ path, line }: Refusal): string {
  return `refused:${path}:${line}`;
}

function searchEntry(search: SearchDocuments, running: Running, refusals: readonly Refusal[]): BookEntry {
  const { key, name, query, documents } = search;
  const document = documents.find((each) => each.key === key);
  const assembled = document && running.get(document);
  const own = document === undefined || assembled !== undefined ? undefined : refusalIn(refusals, document);
  const refusal = search.refusal ?? own;
  const facts = { key, title: name, origin: "search", kind: "search", path: key, text: query } as const;
  return { ...facts, document, assembled, refusal };
}

function refusalOf({ refusal }: SearchDocuments): readonly Refusal[] {
  return refusal === undefined ? [] : [refusal];
}
