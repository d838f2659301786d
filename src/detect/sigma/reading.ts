import type { Place, SigmaDocument } from "./document.ts";
import type { YamlNode } from "./yaml/yaml-node.ts";

/** Something to say of a place in a file. */
export interface Remark extends Place {
  /** What is wrong, as a sentence. */
  readonly reason: string;
  /** Of the document, where it has one. */
  readonly title: string | undefined;
}

/** A document that cannot be run, and why. */
export interface Refusal extends Remark {
  /** `other-source`: it is sound, and not about CloudTrail. */
  readonly kind: "invalid" | "other-source";
}

/** What a file of rules holds. Every document of it is among the documents or among the refusals. */
export interface RulesReading {
  readonly documents: readonly SigmaDocument[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Remark[];
}

/** Values for the placeholders of `expand`, by name: `%Administrators%`. */
export type ValueLists = ReadonlyMap<string, readonly string[]>;

/** What the readers of one document's parts share. */
export interface Reader {
  readonly path: string;
  readonly lists: ValueLists;
  /** The file's text, in which `at` of every node is an offset. */
  readonly text: string;
  placeOf(at: number): Place;
  warn(reason: string, at: number): void;
  /** Counts values; throws `SigmaFault` when the document has too many. */
  countValues(count: number, at: number): void;
}

/** What stands at a key of a map, by name. */
export type Members = ReadonlyMap<string, { readonly keyAt: number; readonly value: YamlNode }>;
