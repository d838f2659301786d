import { textAt, valueAt } from "./record.ts";

/** A piece of a sentence: our own words, or a value out of the record. */
export type Piece = string | { readonly value: string };

/** What was done: `done` after the actor's name, `tried` after "tried to". */
export interface Deed {
  readonly done: readonly Piece[];
  readonly tried: readonly Piece[];
}

/** Asks for one of the request's parameters; empty where there is none. */
export type Ask = (name: string) => string;

/** Words before a value and after it; nothing at all where there is no value. */
export function named(before: string, value: string, after = ""): readonly Piece[] {
  if (value === "") return [];
  return after === "" ? [before, { value }] : [before, { value }, after];
}

/** "a policy", "an S3 bucket": capitals are read letter by letter; what cannot be counted stands alone. */
export function withArticle(thing: string): string {
  if (/(?:information|data|metadata|output|logging|encryption|versioning)$/.test(thing)) return thing;
  const isSpelled = /^[A-Z][A-Z\d]/.test(thing);
  return `${(isSpelled ? /^[AEFHILMNORSX]/ : /^(?:[aio]|e(?!u)|u(?!ni|se))/i).test(thing) ? "an" : "a"} ${thing}`;
}

/** The ARN of the first thing that the record lists as touched. */
export function firstResource(record: unknown): string {
  const resources = valueAt(record, "resources");
  const first: unknown = Array.isArray(resources) ? resources[0] : undefined;
  return textAt(first, "ARN");
}
