import type { Clock } from "../../base/clock.ts";
import type { Predicate } from "../../predicate/index.ts";
import type { RulePackageRow, RuleSettingRow, RuleTable } from "../../state/index.ts";
import type { ValueLists } from "../sigma/reading.ts";
import { type BookFile, FileReadings } from "./file-readings.ts";
import { buildHouse, type House, type HouseParts } from "./house.ts";
import { rulesInForce } from "./in-force.ts";
import { readShippedRules, shippedOrigin } from "./shipped-rules.ts";
import type { RulesInForce, SearchCorrelation, Tuning } from "./rule-book.ts";
import { searchDocuments, searchKey, searchKind, searchOf } from "./search-documents.ts";
import { type ReadTuning, tuningKind, tuningOf } from "./tuning-filters.ts";
import { readValueItems, valuesKind } from "./value-lists.ts";

export interface HouseKeeperOptions {
  readonly rulesDirectory: string;
  readonly table: RuleTable;
  readonly readQuery: (query: string) => Predicate;
  readonly clock: Clock;
}

/** Everything that the book holds, as it stood when it was read. */
export interface HouseNow {
  readonly house: House;
  /** What the house was built of. */
  readonly parts: HouseParts;
  readonly packages: readonly RulePackageRow[];
  readonly searches: ReadonlyMap<string, SearchCorrelation>;
  /** Those that have not ended, and those that have. */
  readonly tunings: readonly Tuning[];
  readonly values: ValueLists;
  readonly rows: ReadonlyMap<string, RuleSettingRow>;
  readonly force: RulesInForce;
}

type Furnished = Omit<HouseNow, "rows" | "force"> & { readonly endsAt: number };

/** Reads all rules when they are first asked for, and again what changed. */
export class HouseKeeper {
  readonly #options: HouseKeeperOptions;
  readonly #readings = new FileReadings();
  #shipped: Promise<readonly BookFile[]> | undefined;
  #furnished: Promise<Furnished> | undefined;
  #now: Promise<HouseNow> | undefined;
  #endsAt = Infinity;

  constructor(options: HouseKeeperOptions) {
    this.#options = options;
  }

  /** The same object until something was settled, or a tuning has ended. */
  now(): Promise<HouseNow> {
    if (this.#options.clock.now() >= this.#endsAt) this.forgetAll();
    this.#now ??= this.#look().catch((error: unknown) => {
      this.forgetAll();
      throw error;
    });
    return this.#now;
  }

  /** Something was settled about single rules. */
  forgetSettings(): void {
    this.#now = undefined;
  }

  /** Packages, tunings, searches or lists of values changed. */
  forgetAll(): void {
    this.#furnished = undefined;
    this.#now = undefined;
    this.#endsAt = Infinity;
  }

  async #look(): Promise<HouseNow> {
    this.#furnished ??= this.#furnish();
    const { endsAt, ...rest } = await this.#furnished;
    const rows = new Map((await this.#options.table.settings()).map((row) => [row.rule, row]));
    this.#endsAt = endsAt;
    return { ...rest, rows, force: rulesInForce(rest.house, rows, rest.searches) };
  }

  async #furnish(): Promise<Furnished> {
    const { table, clock } = this.#options;
    const now = clock.now();
    this.#shipped ??= this.#readShipped();
    const packages = await table.packages();
    const values = readValueItems(await table.items(valuesKind));
    const brought = await Promise.all(packages.map(async ({ name }) => packageFiles(name, await table.files(name))));
    const files = await this.#readings.read([...(await this.#shipped), ...brought.flat()], values);
    const searches = (await table.items(searchKind)).flatMap(searchOf);
    const tunings = (await table.items(tuningKind)).flatMap(tuningOf);
    const lasting = tunings.filter(({ until }) => until === undefined || until > now);
    const parts = {
      files,
      searches: searches.map((search) => searchDocuments(search, this.#options.readQuery)),
      tunings: lasting.flatMap((tuning) => this.#readTuning(tuning)),
    };
    const ends = lasting.flatMap(({ until }) => until ?? []);
    return {
      ...{ house: buildHouse(parts), parts, packages, tunings, values, endsAt: Math.min(...ends, Infinity) },
      searches: new Map(searches.map((search) => [searchKey(search.name), search])),
    };
  }

  async #readShipped(): Promise<readonly BookFile[]> {
    const files = await readShippedRules(this.#options.rulesDirectory);
    return files.map(({ path, text }) => ({ origin: shippedOrigin, path: `rules/${path}`, text }));
  }

  /** A query that cannot be read any more leaves nothing out: rather too many findings than too few. */
  #readTuning(tuning: Tuning): readonly ReadTuning[] {
    try {
      return [{ tuning, predicate: this.#options.readQuery(tuning.query) }];
    } catch {
      return [];
    }
  }
}

/** Files of a package under the names that they have in the book. */
export function packageFiles(
  name: string,
  files: readonly { readonly path: string; readonly text: string }[],
): readonly BookFile[] {
  return files.map(({ path, text }) => ({ origin: name, path: `${name}/${path}`, text }));
}
