import { fieldTexts } from "../../search/index.ts";

export const exportFormats = ["ndjson", "json", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const newline = Buffer.from("\n");

/** What a table of events shows when nobody says otherwise. */
export const defaultColumns: readonly string[] = [
  "eventTime",
  "eventName",
  "eventSource",
  "userIdentity.arn",
  "sourceIPAddress",
  "awsRegion",
  "recipientAccountId",
  "errorCode",
  "eventID",
];

/** Prints records in a format; the ndjson and json forms hold each record's own bytes. */
export async function* exportRecords(
  records: AsyncIterable<Buffer>,
  format: ExportFormat,
  fields: readonly string[],
): AsyncGenerator<Buffer, void, undefined> {
  if (format === "ndjson") {
    for await (const record of records) yield Buffer.concat([record, newline]);
    return;
  }
  if (format === "json") {
    let separator = '{"Records":[\n';
    for await (const record of records) {
      yield Buffer.concat([Buffer.from(separator), record]);
      separator = ",\n";
    }
    yield Buffer.from(separator === ",\n" ? "\n]}\n" : '{"Records":[]}\n');
    return;
  }
  const columns = fields.length > 0 ? fields : defaultColumns;
  yield Buffer.from(`${columns.map(csvCell).join(",")}\r\n`);
  for await (const record of records) {
    const texts = fieldTexts(record, columns);
    yield Buffer.from(`${columns.map((column) => csvCell(texts[column] ?? "")).join(",")}\r\n`);
  }
}

/**
 * Quoted where CSV asks for it; a text that a spreadsheet would run as a formula gets an apostrophe in front, and what
 * would move a terminal's cursor is shown as a picture of itself. Who needs the bytes takes another format.
 */
export function csvCell(text: string): string {
  const shown = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, pictureOf);
  const safe = /^[=+\-@\t\n]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
}
