import type { BillLine, LinePlace } from "./bill.ts";
import { costOf } from "./money.ts";
import { type Price, type PriceName, priceOf, type Prices } from "./prices.ts";

/** What becomes part of a line: lines of one thing, one trail and one price are one. */
export interface LineEntry {
  readonly trailArn: string;
  readonly item: PriceName;
  /** Tells lines of the same item apart: which trail has the first copy, which type of Insights. */
  readonly detail?: string;
  readonly what: string;
  readonly why: string;
  readonly free?: string;
  readonly accountId: string;
  readonly region: string;
  /** Where the price is of, when not of `region`. */
  readonly pricedIn?: string | undefined;
  readonly quantity: number;
  readonly isAtMost?: boolean;
}

interface OpenLine {
  readonly entry: LineEntry;
  readonly price: Price;
  readonly places: Map<string, LinePlace>;
  quantity: number;
  isAtMost: boolean;
}

/** Adds entries up into the lines of a bill; each line is rounded once. */
export function linesOf(entries: readonly LineEntry[], prices: Prices): readonly BillLine[] {
  const open = new Map<string, OpenLine>();
  for (const entry of entries) {
    if (entry.quantity <= 0) continue;
    const price = priceOf(prices, entry.item, entry.pricedIn ?? entry.region);
    const id = [entry.trailArn, entry.item, entry.detail ?? "", price.region].join(" ");
    const line = open.get(id) ?? { entry, price, places: new Map(), quantity: 0, isAtMost: false };
    open.set(id, line);
    const at = `${entry.accountId} ${entry.region}`;
    const { accountId, region } = entry;
    line.places.set(at, { accountId, region, quantity: (line.places.get(at)?.quantity ?? 0) + entry.quantity });
    line.quantity += entry.quantity;
    line.isAtMost ||= entry.isAtMost ?? false;
  }
  return [...open].map(([id, line]) => closed(id, line));
}

/** An organization has thousands of accounts in dozens of regions. */
const placesMax = 100;

function closed(id: string, { entry, price, places, quantity, isAtMost }: OpenLine): BillLine {
  const { trailArn, item, what, why, free = "" } = entry;
  const all = [...places.values()].sort((a, b) => b.quantity - a.quantity);
  return {
    id,
    trailArn,
    item,
    what,
    why,
    quantity,
    unit: price.unit,
    isAtMost,
    price,
    microDollars: free === "" ? costOf(quantity, price) : 0,
    free,
    places: all.slice(0, placesMax),
    placesMore: Math.max(0, all.length - placesMax),
  };
}

export function sumOf(lines: readonly { readonly microDollars: number }[]): number {
  return lines.reduce((sum, { microDollars }) => sum + microDollars, 0);
}
