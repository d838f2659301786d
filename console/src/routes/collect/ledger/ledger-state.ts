import { type Address, readChoice, readText, readTz } from "../../../parts/read-address.ts";

/** What the address says of the ledger's page. */
export interface LedgerState {
  readonly source?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly range?: RangeKey | undefined;
  /** A stretch of hours that is looked at: account, region and its first hour. */
  readonly cell?: string | undefined;
  readonly tz?: "local" | undefined;
}

const hourMs = 3_600_000;

/** How far back, and how much time a cell stands for: a strip has at most 90 cells, 30 in a narrow window. */
export const ranges = {
  "1d": { title: "24 hours", spanMs: 24 * hourMs, cellMs: { wide: hourMs, narrow: hourMs } },
  "3d": { title: "3 days", spanMs: 72 * hourMs, cellMs: { wide: hourMs, narrow: 3 * hourMs } },
  "7d": { title: "7 days", spanMs: 168 * hourMs, cellMs: { wide: 4 * hourMs, narrow: 8 * hourMs } },
  "30d": { title: "30 days", spanMs: 720 * hourMs, cellMs: { wide: 24 * hourMs, narrow: 24 * hourMs } },
  "90d": { title: "90 days", spanMs: 2_160 * hourMs, cellMs: { wide: 24 * hourMs, narrow: 72 * hourMs } },
} as const;

export type RangeKey = keyof typeof ranges;

export const usualRange: RangeKey = "1d";

export function readLedgerState(address: Address): LedgerState {
  return {
    source: readText(address, "source"),
    account: readText(address, "account"),
    region: readText(address, "region"),
    range: readChoice(address, "range", ranges, usualRange),
    cell: readText(address, "cell"),
    tz: readTz(address),
  };
}

/** A stretch of an account's hours in a region. */
export interface CellPlace {
  readonly accountId: string;
  readonly region: string;
  readonly from: number;
}

export function printCell({ accountId, region, from }: CellPlace): string {
  return `${accountId}/${region}/${new Date(from).toISOString().slice(0, 13)}`;
}

export function readCell(text: string | undefined): CellPlace | undefined {
  const [, accountId = "", region = "", hour = ""] =
    /^([^/]*)\/([^/]*)\/(\d{4}-\d{2}-\d{2}T\d{2})$/.exec(text ?? "") ?? [];
  const from = Date.parse(`${hour}:00:00Z`);
  return Number.isNaN(from) ? undefined : { accountId, region, from };
}
