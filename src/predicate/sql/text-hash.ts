import { hasWideCase } from "../fold.ts";
import { quoteText } from "./quote.ts";

/** The engine computes the hash of each value that is asked for: of more it would take longer than it saves. */
const valuesMax = 100;

/**
 * Eight bytes that stand for a text, whatever its case: from a hash that nobody can find a second text to, because names
 * in a log are an attacker's to choose.
 */
export function textHashSql(text: string): string {
  return `reinterpretAsUInt64(SHA256(lower(${text})))`;
}

/** Columns that have the hash of each of several texts: of the first ones as numbers, of all others in one text. */
export interface TextHashes {
  /** UInt64, 0 where there are fewer texts. */
  readonly first: readonly string[];
  /** The hashes of all others in hexadecimal digits, with spaces between; empty for nearly all rows. */
  readonly others: string;
}

/** The hash of one text of an Array(String), counted from 0; 0 where there are fewer. */
export function hashAtSql(texts: string, at: number): string {
  return `arrayMap(each -> ${textHashSql("each")}, ${texts})[${at + 1}]`;
}

/** The hashes of all texts of an Array(String) but the first ones, as `TextHashes` has them. */
export function otherHashesSql(texts: string, firsts: number): string {
  return `arrayStringConcat(arrayMap(each -> hex(${textHashSql("each")}), arraySlice(${texts}, ${firsts + 1})), ' ')`;
}

/** All hashes of such columns, for an index. It has no literals, for with any the engine does not find it in a hint. */
export function allHashesSql({ first, others }: TextHashes): string {
  return first.reduce((all, hash) => `arrayPushBack(${all}, hex(${hash}))`, `splitByWhitespace(${others})`);
}

/** Whether hashes tell which texts are equal to one of the values. */
export function areHashable(values: readonly string[]): boolean {
  return values.length > 0 && values.length <= valuesMax && !values.some(hasWideCase);
}

/** Whether the hash of one of the values is in a column. */
export function hashIsOneOf(hash: string, values: readonly string[]): string {
  const hashes = hashesOf(values);
  return hashes.length === 1 ? `${hash} = ${hashes.join("")}` : `${hash} IN (${hashes.join(", ")})`;
}

/** Whether the hash of one of the values is in such columns. */
export function someHashIsOneOf(hashes: TextHashes, values: readonly string[]): string {
  const wanted = hashesOf(values).map((hash) => `hex(${hash})`);
  const hint = `indexHint(hasAny(${allHashesSql(hashes)}, [${wanted.join(", ")}]))`;
  const isFirst = hashes.first.map((hash) => hashIsOneOf(hash, values));
  const isOther = wanted.map((hash) => `hasToken(${hashes.others}, ${hash})`);
  return `(${hint} AND (${[...isFirst, ...isOther].join(" OR ")}))`;
}

function hashesOf(values: readonly string[]): string[] {
  return values.map((value) => textHashSql(quoteText(value)));
}
