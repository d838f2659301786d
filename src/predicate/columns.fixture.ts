import type { Column, Columns } from "./columns.ts";
import { readInstant } from "./instant.ts";
import { namesSql } from "./sql/names-hint.ts";
import { quoteText, quoteTexts } from "./sql/quote.ts";
import { hashAtSql, otherHashesSql, textHashSql } from "./sql/text-hash.ts";
import { someValue } from "./walk.ts";
import type { FieldPath } from "./tree.ts";
import { wordsSql } from "./words.ts";

/** A table without typed columns: everything is read from the record's JSON text. */
export const rawColumns: Columns = { raw: "raw", columnFor: () => undefined };

const resourceHashes = {
  first: [0, 1].map((at) => hashAtSql("resource_arns", at)),
  others: otherHashesSql("resource_arns", 2),
};

const columns: Readonly<Record<string, Column>> = {
  eventName: { type: "text", name: "event_name", hash: textHashSql("event_name"), named: "text" },
  "userIdentity.arn": { type: "text", name: "arn", folded: "lower(arn)", named: "text-and-end" },
  "resources.ARN": { type: "texts", name: "resource_arns", hashes: resourceHashes },
  readOnly: { type: "boolean", name: "read_only" },
  eventTime: { type: "time", name: "event_time" },
};

/** One column of each type, and the mark of records whose columns do not tell the truth. */
export const typedColumns: Columns = {
  raw: "raw",
  doubtful: "doubtful",
  words: wordsSql("raw"),
  names: namesSql([
    { name: "event_name", named: "text" },
    { name: "arn", named: "text-and-end" },
  ]),
  columnFor: (path) => columns[path.join(".")],
};

/** A record as a row of literals for the table of the test. */
export function rowOf(id: number, text: string, record: unknown): string {
  const [eventName, arn] = [valuesAt(record, ["eventName"]), valuesAt(record, ["userIdentity", "arn"])];
  const resources = valuesAt(record, ["resources", "ARN"]).filter((value) => value !== null);
  const [readOnly, eventTime] = [valuesAt(record, ["readOnly"]), valuesAt(record, ["eventTime"])];
  const at = typeof eventTime[0] === "string" ? readInstant(eventTime[0]) : undefined;
  const isPlain =
    [eventName, arn].every(
      (values) => values.length <= 1 && values.every((value) => value === null || typeof value === "string"),
    ) &&
    resources.every((value) => typeof value === "string") &&
    readOnly.length <= 1 &&
    readOnly.every((value) => value === null || typeof value === "boolean") &&
    eventTime.length <= 1 &&
    (eventTime[0] === undefined || eventTime[0] === null || (at !== undefined && at !== 0));
  const flag = readOnly[0] === true ? "1" : readOnly[0] === false ? "0" : "NULL";
  const strings = resources.filter((value) => typeof value === "string");
  return `(${id}, ${quoteText(text)}, ${textOf(eventName)}, ${textOf(arn)}, [${quoteTexts(strings)}], ${flag}, fromUnixTimestamp64Milli(toInt64(${at ?? 0}), 'UTC'), ${isPlain ? 0 : 1})`;
}

function textOf(values: readonly unknown[]): string {
  return quoteText(typeof values[0] === "string" ? values[0] : "");
}

function valuesAt(record: unknown, path: FieldPath): unknown[] {
  const found: unknown[] = [];
  someValue(record, path, (value) => {
    found.push(value);
    return false;
  });
  return found;
}
