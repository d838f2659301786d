import { SteppedClock } from "../../base/clock.ts";
import { defaultSelectors } from "../../cloudtrail/index.ts";
import type { Predicate } from "../../predicate/index.ts";
import { parseQuery } from "../../search/language/index.ts";
import type {
  RuleCount,
  RuleFileRow,
  RuleItemRow,
  RulePackageRow,
  RuleSettingRow,
  RuleTable,
} from "../../state/index.ts";
import type { Collecting } from "../can-fire/collecting.ts";
import { openRuleBook } from "./open-rule-book.ts";
import type { RuleBook } from "./rule-book.ts";

export const noon = Date.UTC(2026, 10, 21, 12);
export const dayMs = 86_400_000;

/** The table of rules without a database. */
export class MemoryRuleTable implements RuleTable {
  readonly #settings = new Map<string, RuleSettingRow>();
  readonly #packages = new Map<string, { readonly row: RulePackageRow; readonly files: readonly RuleFileRow[] }>();
  readonly #items = new Map<string, RuleItemRow>();

  async settings() {
    return [...this.#settings.values()].map((row) => structuredClone(row));
  }
  putSetting(row: RuleSettingRow) {
    return this.putSettings([row]);
  }
  async putSettings(rows: readonly RuleSettingRow[]) {
    for (const row of rows) this.#settings.set(row.rule, jsonCopy(row));
  }
  async removeSettings(rules: readonly string[]) {
    for (const rule of rules) this.#settings.delete(rule);
  }
  async packages() {
    return [...this.#packages.values()].map(({ row }) => row);
  }
  async putPackage(row: RulePackageRow, files: readonly RuleFileRow[]) {
    this.#packages.set(row.name, { row, files });
  }
  async removePackage(name: string) {
    this.#packages.delete(name);
  }
  async files(name: string) {
    return [...(this.#packages.get(name)?.files ?? [])];
  }
  async items(kind: string) {
    return [...this.#items.values()].filter((item) => item.kind === kind);
  }
  async putItem(row: RuleItemRow) {
    this.#items.set(`${row.kind}/${row.name}`, jsonCopy(row));
  }
  async removeItem(kind: string, name: string) {
    this.#items.delete(`${kind}/${name}`);
  }
}

function jsonCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

export interface MadeBook {
  readonly book: RuleBook;
  readonly clock: SteppedClock;
  readonly table: MemoryRuleTable;
  /** What rules have found, whenever they are asked since. */
  readonly counts: Map<string, RuleCount>;
  /** The same book after a restart. */
  readonly reopen: () => RuleBook;
}

/** All management events, as a new trail has them. */
export const managementOnly: Collecting = {
  trails: [
    {
      name: "main",
      hasInsights: false,
      includesGlobalServiceEvents: true,
      recordsOwnDeliveries: true,
      selectors: defaultSelectors,
    },
  ],
  others: [],
  stored: [],
};

/** A book on the rules of a folder, with a clock that stands still. */
export function makeBook(rulesDirectory: string, collecting: Collecting = managementOnly): MadeBook {
  const clock = new SteppedClock(noon);
  const table = new MemoryRuleTable();
  const counts = new Map<string, RuleCount>();
  const options = {
    rulesDirectory,
    table,
    clock,
    counts: async () => counts,
    collecting: async () => collecting,
    readQuery,
  };
  return { book: openRuleBook(options), clock, table, counts, reopen: () => openRuleBook(options) };
}

export function readQuery(query: string): Predicate {
  const parsed = parseQuery(query, { now: noon });
  if (parsed.ok) return parsed.predicate;
  throw new Error(parsed.error.message);
}

/** A rule's file: one event by its name, with an id. */
export function ruleFile(id: string, eventName: string, more = ""): string {
  return `title: ${id} title
id: ${id}
${more}logsource: { product: aws, service: cloudtrail }
detection:
    selection:
        eventName: ${eventName}
    condition: selection
`;
}

/** A rule's file that says the rule "many": three events of another rule by one actor within five minutes. */
export function storyFile(rule: string): string {
  return `title: Many
id: many
correlation:
    type: event_count
    rules: [${rule}]
    group-by: [userIdentity.arn]
    timespan: 5m
    condition: { gte: 3 }
level: high
`;
}
