import type { SelectableRecord } from "../../cloudtrail/index.ts";
import type { TrailView } from "../account/account.ts";
import { insightsOf } from "./event-charges.ts";
import { costOf } from "./money.ts";
import { type Price, type PriceName, priceOf, type Prices } from "./prices.ts";
import { monthDays } from "./volumes.ts";

/** One thing that is charged for less, or more. */
export interface SavedLine {
  readonly item: PriceName;
  readonly price: Price;
  /** Of a month. */
  readonly dropped: number;
  readonly added: number;
  readonly savedMicroDollars: number;
}

/** The events of one name. */
export interface NameRow {
  readonly service: string;
  readonly eventName: string;
  readonly category: string;
  /** Of a month. */
  readonly dropped: number;
  readonly added: number;
  readonly savedMicroDollars: number;
}

/** A record, and whether the trail kept and would keep it. */
export interface Replayed {
  readonly record: SelectableRecord;
  /** Of its JSON. */
  readonly bytes: number;
  readonly was: boolean;
  readonly is: boolean;
  /** Another trail records it too. */
  readonly isElsewhere: boolean;
}

interface Change {
  dropped: number;
  added: number;
}

interface OpenRow extends Change {
  readonly service: string;
  readonly eventName: string;
  readonly category: string;
  readonly charges: Charges;
}

/** By item and region. */
type Charges = Map<string, Change & { readonly item: PriceName; readonly region: string }>;

/** Names are whatever a log says: no more of them are told apart. */
const namesMax = 5_000;
const nameCharactersMax = 200;

export interface TallyOptions {
  readonly trail: TrailView;
  readonly days: number;
  readonly prices: Prices;
}

/** Adds up what a change of selectors drops and adds, and what that is worth in a month. */
export class ReplayTally {
  readonly #options: TallyOptions;
  readonly #rows = new Map<string, OpenRow>();
  readonly #charges: Charges = new Map();
  readonly #counts = { looked: 0, unread: 0, kept: 0, dropped: 0, added: 0, droppedFree: 0, otherNames: 0 };

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  addUnread(): void {
    this.#counts.looked += 1;
    this.#counts.unread += 1;
  }

  add(replayed: Replayed): void {
    const { was, is, isElsewhere, record } = replayed;
    this.#counts.looked += 1;
    if (was && is) this.#counts.kept += 1;
    if (was === is) return;
    const way = was ? "dropped" : "added";
    this.#counts[way] += 1;
    if (was && record.eventCategory === "Management" && !isElsewhere) this.#counts.droppedFree += 1;
    const row = this.#rowOf(record);
    if (row === undefined) this.#counts.otherNames += 1;
    else row[way] += 1;
    const region = record.awsRegion ?? "";
    for (const [item, quantity, pricedIn] of this.#chargedFor(replayed)) {
      for (const charges of row === undefined ? [this.#charges] : [this.#charges, row.charges]) {
        addCharge(charges, { item, region: pricedIn ?? region }, way, quantity);
      }
    }
  }

  outcome() {
    const { kept, dropped, added, droppedFree, looked, unread, otherNames } = this.#counts;
    const lines = this.#linesOf(this.#charges);
    return {
      looked,
      unread,
      otherNames,
      days: this.#options.days,
      kept: this.#monthly(kept),
      dropped: this.#monthly(dropped),
      added: this.#monthly(added),
      droppedFree: this.#monthly(droppedFree),
      savedMicroDollars: savedBy(lines),
      lines,
      names: [...this.#rows.values()].map((row) => this.#closed(row)).sort(compareRows),
    };
  }

  #rowOf(record: SelectableRecord): OpenRow | undefined {
    const [service, eventName, category] = [record.eventSource, record.eventName, record.eventCategory].map((text) =>
      (text ?? "").slice(0, nameCharactersMax),
    );
    const key = JSON.stringify([service, eventName, category]);
    const known = this.#rows.get(key);
    if (known !== undefined || this.#rows.size >= namesMax) return known;
    const row = {
      service: service ?? "",
      eventName: eventName ?? "",
      category: category ?? "",
      dropped: 0,
      added: 0,
      charges: new Map(),
    };
    this.#rows.set(key, row);
    return row;
  }

  /** What is charged for one record of the trail: of management events only what is no free copy. */
  *#chargedFor({ record, bytes, isElsewhere }: Replayed): Generator<[PriceName, number, string?]> {
    const { trail } = this.#options;
    const category = record.eventCategory ?? "";
    if (category === "Management" && isElsewhere) yield ["management-copy", 1];
    if (category === "Data") yield ["data-events", 1];
    if (category === "NetworkActivity") yield ["network-events", 1];
    const isRead = record.readOnly === true || record.readOnly === "true";
    const insights = insightsOf(trail.insights, { category, isRead }).length;
    if (insights > 0) yield [category === "Data" ? "data-insights" : "management-insights", insights];
    if (trail.value.logGroupArn !== "") yield ["logs-ingestion", bytes, trail.homeRegion];
  }

  #closed({ charges, dropped, added, ...names }: OpenRow): NameRow {
    return {
      ...names,
      dropped: this.#monthly(dropped),
      added: this.#monthly(added),
      savedMicroDollars: savedBy(this.#linesOf(charges)),
    };
  }

  #linesOf(charges: Charges): readonly SavedLine[] {
    return [...charges.values()].map(({ item, region, ...change }) => {
      const price = priceOf(this.#options.prices, item, region);
      const [dropped, added] = [this.#monthly(change.dropped), this.#monthly(change.added)];
      return { item, price, dropped, added, savedMicroDollars: costOf(dropped, price) - costOf(added, price) };
    });
  }

  #monthly(count: number): number {
    return Math.round((count * monthDays) / this.#options.days);
  }
}

function addCharge(
  charges: Charges,
  { item, region }: { readonly item: PriceName; readonly region: string },
  way: keyof Change,
  quantity: number,
): void {
  const key = `${item} ${region}`;
  const charge = charges.get(key) ?? { item, region, dropped: 0, added: 0 };
  charge[way] += quantity;
  charges.set(key, charge);
}

function savedBy(lines: readonly SavedLine[]): number {
  return lines.reduce((sum, { savedMicroDollars }) => sum + savedMicroDollars, 0);
}

function compareRows(a: NameRow, b: NameRow): number {
  return (
    Math.abs(b.savedMicroDollars) - Math.abs(a.savedMicroDollars) ||
    b.dropped + b.added - a.dropped - a.added ||
    (a.service + a.eventName < b.service + b.eventName ? -1 : 1)
  );
}
