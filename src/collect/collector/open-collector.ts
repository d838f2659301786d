import { join } from "node:path";
import type { Clock } from "../../base/clock.ts";
import type { Predicate } from "../../predicate/index.ts";
import type {
  LedgerEntry,
  LedgerHour,
  LedgerSelection,
  LedgerTotals,
  SetAsideMessage,
  SourceRow,
  State,
} from "../../state/index.ts";
import type { EventStore } from "../../store/index.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import { CollectError } from "../errors.ts";
import type { Intake } from "../intake/intake.ts";
import { openIntake } from "../intake/open-intake.ts";
import { openDigestDesk } from "../digests/digest-desk.ts";
import type { Finding } from "../sources/findings.ts";
import { sourceKinds } from "../sources/source-kinds.ts";
import type { DigestDesk, PushRequest, PushResponse, SourceKind, SourceReach } from "../sources/source.ts";
import type { AddRequest, Collector, FilterView, KindView, SourceView, TestStep } from "./collector.ts";
import { NoiseFilters } from "./noise-filters.ts";
import { recoverLedger } from "./recover-ledger.ts";
import { RunningSource } from "./running-source.ts";
import { openReach } from "./source-reach.ts";
import { checkName, checkSecrets, findKind, kindView, readSettings } from "./source-settings.ts";
import { viewOf } from "./source-view.ts";
import { testSource, type FindMark } from "./test-source.ts";

export interface CollectorOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly clock: Clock;
  /** Where sources keep what they fetch for a moment. */
  readonly directory: string;
  readonly customUserAgent: string;
  /** Finds an event by a word of its user agent. */
  readonly findMark: FindMark;
  /** Reads a query of the language of search. Throws when it cannot be read. */
  readonly readQuery: (query: string) => Predicate;
  readonly kinds?: readonly SourceKind[];
  /** Told of failures that are our own fault. */
  readonly onFailure: (error: unknown) => void;
}

const builtInKey = "collector/built-in";

/** Opens the collector; nothing is collected before `start`. */
export function openCollector(options: CollectorOptions): RunningCollector {
  return new RunningCollector(options);
}

export class RunningCollector implements Collector {
  readonly #options: CollectorOptions;
  readonly #kinds: readonly SourceKind[];
  readonly #intake: Intake;
  readonly #digests: DigestDesk;
  readonly #filters: NoiseFilters;
  readonly #running = new Map<string, RunningSource>();
  /** Orders of people come one after another. */
  #turn: Promise<unknown> = Promise.resolve();
  #isStarted = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#kinds = options.kinds ?? sourceKinds;
    const now = () => options.clock.now();
    this.#filters = new NoiseFilters({ ...options, now });
    this.#intake = openIntake({ store: options.store, now, drops: () => this.#filters.drops });
    this.#digests = openDigestDesk({ proofs: options.store.proofs, now });
  }

  /** Begins to collect from all sources that are not paused. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await this.#filters.load();
    const rows = await this.#options.state.sources.list();
    // Nobody else writes into the ledger.
    if (rows.length > 0) await recoverLedger(this.#options.store, this.#options.state, this.#now());
    for (const row of rows) {
      if (!row.isPaused && !(await this.#isBuiltIn(row.name))) await this.#begin(row);
    }
  }

  kinds(): readonly KindView[] {
    return this.#kinds.map(kindView);
  }

  async list(): Promise<SourceView[]> {
    const rows = await this.#options.state.sources.list();
    return Promise.all(rows.map((row) => this.#view(row)));
  }

  async get(name: string): Promise<SourceView> {
    return this.#view(await this.#row(name));
  }

  async add(request: AddRequest): Promise<{ source: SourceView; shown: Readonly<Record<string, string>> }> {
    return this.#inTurn(async () => {
      const { row, kind, secrets } = this.#read(request);
      const prepared = kind.prepare?.(row.settings);
      await this.#options.state.sources.add(row);
      await this.#options.state.sources.setSecrets(row.name, { ...secrets, ...prepared?.secrets });
      if (this.#isStarted) await this.#begin(row);
      return { source: await this.#view(row), shown: prepared?.shown ?? {} };
    });
  }

  async keepBuiltIn(request: AddRequest): Promise<SourceView> {
    return this.#inTurn(async () => {
      const { sources } = this.#options.state;
      const { row, secrets } = this.#read(request);
      const known = await sources.get(row.name);
      await this.#end(row.name);
      if (known === undefined) await sources.add(row);
      else await sources.change(row.name, { settings: row.settings }, row.changedAt);
      await sources.setSecrets(row.name, secrets);
      await sources.remember(row.name, new Map([[builtInKey, true]]));
      if (known?.isPaused !== true) await this.#begin(row);
      return this.#view(await this.#row(row.name));
    });
  }

  async pause(name: string): Promise<SourceView> {
    return this.#inTurn(async () => {
      await this.#row(name);
      await this.#options.state.sources.change(name, { isPaused: true }, this.#now());
      await this.#end(name);
      return this.get(name);
    });
  }

  async resume(name: string): Promise<SourceView> {
    return this.#inTurn(async () => {
      await this.#row(name);
      await this.#options.state.sources.change(name, { isPaused: false }, this.#now());
      if (this.#isStarted && !this.#running.has(name)) await this.#begin(await this.#row(name));
      return this.get(name);
    });
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(async () => {
      await this.#row(name);
      if (await this.#isBuiltIn(name)) {
        throw new CollectError(`The source ${name} is kept by Trailwarden itself`, {
          code: "source-built-in",
          fault: "user",
          help: "Pause it, or start the server without its sandbox",
        });
      }
      await this.#end(name);
      await this.#options.state.sources.remove(name);
    });
  }

  async *check(
    { type, settings, secrets = {} }: Omit<AddRequest, "name">,
    signal: AbortSignal,
  ): AsyncGenerator<Finding> {
    const kind = findKind(this.#kinds, type);
    const read = readSettings(kind, settings);
    checkSecrets(kind, secrets);
    // It has no name yet; sentences that tell one are read as a pattern.
    yield* this.#check(kind, "NAME", read, secrets, signal);
  }

  async *test(
    name: string,
    options: { readonly waitMs: number; readonly isCallAllowed: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<TestStep> {
    const row = await this.#row(name);
    const kind = findKind(this.#kinds, row.type);
    const secrets = await this.#options.state.sources.secrets(name);
    for await (const finding of this.#check(kind, name, row.settings, secrets, signal))
      yield { kind: "finding", finding };
    const access = kind.access?.(row.settings);
    if (!options.isCallAllowed || access === undefined) return;
    const { clock, customUserAgent, findMark } = this.#options;
    yield* testSource({ access, secrets, clock, customUserAgent, findMark, waitMs: options.waitMs, signal });
  }

  async aside(name: string, page: { readonly after?: string; readonly limit: number }): Promise<SetAsideMessage[]> {
    await this.#row(name);
    return this.#options.state.sources.aside(name, page);
  }

  async sendAgain(
    name: string,
    ids?: readonly string[],
  ): Promise<{ done: number; left: { id: string; reason: string }[] }> {
    await this.#row(name);
    const { sources } = this.#options.state;
    const wanted = ids && new Set(ids);
    const left: { id: string; reason: string }[] = [];
    let [done, after] = [0, ""];
    for (;;) {
      const page = await sources.aside(name, { after, limit: 100 });
      for (const { id, body } of page) {
        if (wanted !== undefined && !wanted.has(id)) continue;
        const handle = this.#running.get(name)?.sendAgain;
        const result = (await handle?.({ id, body })) ?? { isDone: false, reason: "the source does not run" };
        if (result.isDone) await sources.dropAside(name, [id]);
        if (result.isDone) done++;
        else left.push({ id, reason: result.reason });
      }
      after = page.at(-1)?.id ?? "";
      if (page.length === 0) return { done, left };
    }
  }

  async dropAside(name: string, ids: readonly string[]): Promise<void> {
    await this.#row(name);
    await this.#options.state.sources.dropAside(name, ids);
  }

  async reach(name: string): Promise<SourceReach | undefined> {
    const row = await this.#row(name);
    const { state, clock, customUserAgent } = this.#options;
    return openReach({ row, kind: findKind(this.#kinds, row.type), sources: state.sources, clock, customUserAgent });
  }

  async push(name: string, request: PushRequest): Promise<PushResponse> {
    const row = await this.#row(name);
    const accept = this.#running.get(name)?.acceptPush;
    if (accept !== undefined) return accept(request);
    throw new CollectError(`The source ${name} takes no posts`, {
      code: "source-no-push",
      fault: "user",
      help:
        row.type !== "push"
          ? "Add a source of the kind push, and post to that"
          : row.isPaused
            ? "It is paused; resume it"
            : "It is about to start; post again",
    });
  }

  totals(selection: LedgerSelection): Promise<LedgerTotals> {
    return this.#options.state.ledger.totals(selection);
  }

  hours(selection: LedgerSelection, limit: number): Promise<LedgerHour[]> {
    return this.#options.state.ledger.hours(selection, limit);
  }

  missing(
    selection: LedgerSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<LedgerEntry[]> {
    return this.#options.state.ledger.missing(selection, page);
  }

  takeUpAgain(selection: LedgerSelection): Promise<number> {
    return this.#options.state.ledger.takeUpAgain(selection, ["left out", "failing"]);
  }

  accounts() {
    return this.#options.state.accounts.list();
  }

  filters(): Promise<FilterView[]> {
    return this.#options.state.filters.list();
  }

  async addFilter(filter: { readonly name: string; readonly query: string }): Promise<FilterView> {
    checkName(filter.name);
    return this.#filters.add(filter);
  }

  async removeFilter(name: string): Promise<void> {
    await this.#filters.remove(name);
  }

  /** Collects from nothing any more; what is known of sources can still be asked. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    await this.#turn.catch(() => undefined);
    // All at once: each gives its messages back, or waits for what is being stored.
    const stopping = [...this.#running.values()].map((source) => source[Symbol.asyncDispose]());
    this.#running.clear();
    await Promise.all(stopping);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#intake[Symbol.asyncDispose]();
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #inTurn<T>(order: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(order);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #read({ name, type, settings, secrets = {} }: AddRequest) {
    checkName(name);
    const kind = findKind(this.#kinds, type);
    checkSecrets(kind, secrets);
    const at = this.#now();
    const clean = readSettings(kind, settings) as Readonly<Record<string, unknown>>;
    const row: SourceRow = { name, type, settings: clean, isPaused: false, createdAt: at, changedAt: at };
    return { row, kind, secrets };
  }

  async #row(name: string): Promise<SourceRow> {
    const row = await this.#options.state.sources.get(name);
    if (row !== undefined) return row;
    throw new CollectError(`There is no source ${name.slice(0, 80)}`, {
      code: "source-unknown",
      fault: "user",
      help: "See trailwarden source list",
    });
  }

  async #isBuiltIn(name: string): Promise<boolean> {
    return (await this.#options.state.sources.memory(name, builtInKey)).has(builtInKey);
  }

  async #begin(row: SourceRow): Promise<void> {
    const { state, clock, directory, customUserAgent, onFailure } = this.#options;
    const running = await RunningSource.start({
      row,
      kind: findKind(this.#kinds, row.type),
      settings: row.settings,
      secrets: await state.sources.secrets(row.name),
      state,
      intake: this.#intake,
      digests: this.#digests,
      clock,
      folder: join(directory, row.name),
      customUserAgent,
      onFailure,
    });
    this.#running.set(row.name, running);
  }

  async #end(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    await running?.[Symbol.asyncDispose]();
  }

  async *#check(
    kind: SourceKind,
    name: string,
    settings: object,
    secrets: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<Finding> {
    const { clock, customUserAgent } = this.#options;
    await using aws = openSourceAws(kind.access?.(settings), secrets, { clock, customUserAgent });
    yield* kind.check(settings, { name, aws, clock, signal, secrets });
  }

  async #view(row: SourceRow): Promise<SourceView> {
    return viewOf({
      row,
      kind: findKind(this.#kinds, row.type),
      state: this.#options.state,
      watch: this.#running.get(row.name)?.watch,
      isBuiltIn: await this.#isBuiltIn(row.name),
      now: this.#now(),
    });
  }
}
