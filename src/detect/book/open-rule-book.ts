import type { Clock } from "../../base/clock.ts";
import { once } from "../../base/once.ts";
import type { Predicate } from "../../predicate/index.ts";
import type { RuleCount, RuleTable } from "../../state/index.ts";
import type { Collecting } from "../can-fire/collecting.ts";
import { EventKnowledge } from "../can-fire/event-knowledge.ts";
import { blindedRules } from "./blinded-rules.ts";
import { checkedSearch, checkSearchQuery, checkTuning, checkTuningQuery } from "./check-items.ts";
import { coverageOf } from "./coverage.ts";
import { FileReadings } from "./file-readings.ts";
import { findEntry } from "./find-entry.ts";
import { type BookEntry, buildHouse } from "./house.ts";
import { HouseKeeper, type HouseNow, packageFiles } from "./house-keeper.ts";
import { checkPackage, comparePackages, filesWorthKeeping, packageRow, stagedRows } from "./import-package.ts";
import { dueRows, findingsSince, judgeStaged } from "./promote-rules.ts";
import type {
  PackageAsk,
  PackageOutcome,
  RuleBook,
  RuleChange,
  RuleDetails,
  RuleView,
  SearchCorrelation,
  TrailChange,
  Tuning,
} from "./rule-book.ts";
import { readSettings } from "./rule-settings.ts";
import { refused, tooLarge, unknownItem, unknownRule } from "./book-errors.ts";
import { ruleDetails, ruleView, ruleViews, type ViewFacts } from "./rule-views.ts";
import { searchContent, searchKey, searchKind } from "./search-documents.ts";
import { settledRow } from "./settle-rule.ts";
import { readShippedExamples, shippedDirectory } from "./shipped-rules.ts";
import { tuningContent, tuningKind } from "./tuning-filters.ts";
import { checkValues, valuesKind } from "./value-lists.ts";

export interface RuleBookOptions {
  /** Where the rules lie that come with the program, unless it is where it puts them. */
  readonly rulesDirectory?: string;
  readonly table: RuleTable;
  /** What rules have hit and found since a time, by rule. */
  readonly counts: (since: number) => Promise<ReadonlyMap<string, RuleCount>>;
  /** What a query asks; throws what `Search.predicateOf` throws. */
  readonly readQuery: (query: string) => Predicate;
  /** What is collected: whether rules can fire at all. */
  readonly collecting: () => Promise<Collecting>;
  readonly clock: Clock;
}

/** How far back hits and findings of rules are counted. */
const countedMs = 30 * 86_400_000;

/** Opens the book; nothing is read before it is asked for. */
export function openRuleBook(options: RuleBookOptions): RuleBook & AsyncDisposable {
  return new HouseRuleBook(options);
}

class HouseRuleBook implements RuleBook, AsyncDisposable {
  readonly #options: RuleBookOptions & { readonly rulesDirectory: string };
  readonly #keeper: HouseKeeper;
  readonly #listeners = new Set<() => void>();
  readonly #knowledgeOfEvents: () => Promise<EventKnowledge>;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: RuleBookOptions) {
    this.#options = { rulesDirectory: shippedDirectory, ...options };
    this.#keeper = new HouseKeeper(this.#options);
    this.#knowledgeOfEvents = once(() => learnEvents(this.#options.rulesDirectory));
  }

  async inForce() {
    return (await this.#keeper.now()).force;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async list(): Promise<readonly RuleView[]> {
    const now = await this.#keeper.now();
    return ruleViews(now, await this.#facts());
  }

  async get(rule: string): Promise<RuleDetails | undefined> {
    const now = await this.#keeper.now();
    const entry = findEntry(now.house, rule);
    if (entry === undefined) return undefined;
    return ruleDetails(entry, now, await this.#facts());
  }

  settle(rule: string, change: RuleChange): Promise<RuleView> {
    return this.#change(async () => {
      const before = await this.#keeper.now();
      const { key, title } = settledAbout(before, rule);
      await this.#table.putSetting(settledRow({ key, title }, before.rows.get(key), change, this.#options.clock.now()));
      this.#told("settings");
      const now = await this.#keeper.now();
      const facts = await this.#facts();
      const entry = now.house.byKey.get(key);
      const view =
        entry === undefined ? ruleViews(now, facts).find((each) => each.key === key) : ruleView(entry, now, facts);
      if (view === undefined) throw unknownRule(rule);
      return view;
    });
  }

  async packages() {
    return (await this.#keeper.now()).packages;
  }

  importPackage(ask: PackageAsk, isTrial: boolean): Promise<PackageOutcome> {
    return this.#change(async () => {
      checkPackage(ask);
      const before = await this.#keeper.now();
      const read = await new FileReadings().read(packageFiles(ask.name, ask.files), before.values);
      const kept = filesWorthKeeping(read);
      const others = before.parts.files.filter(({ origin }) => origin !== ask.name);
      const house = buildHouse({ ...before.parts, files: [...others, ...kept] });
      const { addedKeys, ...outcome } = comparePackages(ask.name, before.house, house, read);
      if (isTrial) return outcome;
      const now = this.#options.clock.now();
      const paths = new Set(kept.map(({ path }) => path));
      const files = ask.files.filter(({ path }) => paths.has(`${ask.name}/${path}`));
      // Before the rules themselves: no rule runs aloud between the two.
      if (ask.isStaged) await this.#table.putSettings(stagedRows(house, addedKeys, before.rows, now));
      await this.#table.putPackage(packageRow(ask, kept, now), files);
      this.#told("all");
      return outcome;
    });
  }

  removePackage(name: string): Promise<void> {
    return this.#change(async () => {
      const { packages, house, rows } = await this.#keeper.now();
      if (!packages.some((each) => each.name === name)) throw unknownItem("package", name);
      const keys = house.entries.filter(({ origin }) => origin === name).map(({ key }) => key);
      const untouched = keys.filter((key) => {
        const row = rows.get(key);
        return row !== undefined && readSettings(row).isOfImport;
      });
      await this.#table.removePackage(name);
      await this.#table.removeSettings(untouched);
      this.#told("all");
    });
  }

  async tunings() {
    return (await this.#keeper.now()).tunings;
  }

  tune(tuning: Omit<Tuning, "changedAt">): Promise<Tuning> {
    return this.#change(async () => {
      const now = this.#options.clock.now();
      checkTuning(tuning, now);
      const predicate = this.#options.readQuery(tuning.query);
      checkTuningQuery(predicate);
      const { house, parts } = await this.#keeper.now();
      const rules = [...new Set(tuning.rules.map((rule) => entryOf(house, rule).key))];
      const made: Tuning = { ...tuning, rules, changedAt: now };
      const others = parts.tunings.filter((each) => each.tuning.name !== tuning.name);
      const after = buildHouse({ ...parts, tunings: [...others, { tuning: made, predicate }] });
      if (after.refusals.length > house.refusals.length) throw tooLarge();
      await this.#table.putItem({ kind: tuningKind, name: made.name, changedAt: now, content: tuningContent(made) });
      this.#told("all");
      return made;
    });
  }

  removeTuning(name: string): Promise<void> {
    return this.#change(async () => {
      const { tunings } = await this.#keeper.now();
      if (!tunings.some((each) => each.name === name)) throw unknownItem("tuning", name);
      await this.#table.removeItem(tuningKind, name);
      this.#told("all");
    });
  }

  async searches() {
    return [...(await this.#keeper.now()).searches.values()];
  }

  putSearch(search: Omit<SearchCorrelation, "changedAt">): Promise<SearchCorrelation> {
    return this.#change(async () => {
      const checked = checkedSearch(search);
      checkSearchQuery(this.#options.readQuery(checked.query), checked.count);
      const made: SearchCorrelation = { ...checked, changedAt: this.#options.clock.now() };
      await this.#table.putItem({ kind: searchKind, ...rowOf(made), content: searchContent(made) });
      this.#told("all");
      return made;
    });
  }

  removeSearch(name: string): Promise<void> {
    return this.#change(async () => {
      const { searches } = await this.#keeper.now();
      if (!searches.has(searchKey(name))) throw unknownItem("search", name);
      await this.#table.removeItem(searchKind, name);
      this.#told("all");
    });
  }

  async values() {
    return (await this.#keeper.now()).values;
  }

  putValues(name: string, values: readonly string[]): Promise<void> {
    return this.#change(async () => {
      checkValues(name, values);
      const changedAt = this.#options.clock.now();
      if (values.length === 0) await this.#table.removeItem(valuesKind, name);
      else await this.#table.putItem({ kind: valuesKind, name, changedAt, content: [...values] });
      this.#told("all");
    });
  }

  promote(now: number): Promise<readonly string[]> {
    return this.#change(async () => {
      const { rows, house } = await this.#keeper.now();
      const due = dueRows([...rows.values()], now).filter(({ rule }) => house.byKey.has(rule));
      if (due.length === 0) return [];
      const judged = judgeStaged(due, await findingsSince(due, this.#options.counts), now);
      await this.#table.putSettings(judged.rows);
      this.#told("settings");
      return judged.promoted;
    });
  }

  async coverage() {
    return coverageOf(await this.list());
  }

  async blinded(change: TrailChange) {
    return blindedRules(await this.#keeper.now(), await this.#knowledgeOfEvents(), change);
  }

  /** Waits for what is being changed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    await this.#changing;
  }

  get #table(): RuleTable {
    return this.#options.table;
  }

  /** One change after another: each begins with what the one before has left. */
  #change<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#changing.then(work, work);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  #told(what: "settings" | "all"): void {
    if (what === "settings") this.#keeper.forgetSettings();
    else this.#keeper.forgetAll();
    for (const listener of this.#listeners) listener();
  }

  async #facts(): Promise<ViewFacts> {
    const { counts, collecting, clock } = this.#options;
    const [known, found, knowledge] = await Promise.all([
      collecting(),
      counts(clock.now() - countedMs),
      this.#knowledgeOfEvents(),
    ]);
    return { counts: found, collecting: known, knowledge };
  }
}

async function learnEvents(rulesDirectory: string): Promise<EventKnowledge> {
  const knowledge = new EventKnowledge();
  for (const line of await readShippedExamples(rulesDirectory)) knowledge.learn(line);
  return knowledge;
}

/** What a person names to settle: a rule that is there, or one that is gone and was settled about. */
function settledAbout({ house, rows }: HouseNow, rule: string): { readonly key: string; readonly title: string } {
  const entry = findEntry(house, rule);
  if (entry?.refusal !== undefined) throw refused(entry.refusal.reason);
  if (entry !== undefined) return entry;
  const row = rows.get(rule);
  if (row === undefined) throw unknownRule(rule);
  return { key: rule, title: readSettings(row).title };
}

function entryOf(house: HouseNow["house"], rule: string): BookEntry {
  const entry = findEntry(house, rule);
  if (entry === undefined) throw unknownRule(rule);
  return entry;
}

function rowOf({ name, changedAt }: SearchCorrelation) {
  return { name, changedAt };
}
