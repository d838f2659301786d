import { pauseOrStop } from "../base/clock.ts";
import type { IncidentRow, IncidentWrite } from "../state/index.ts";
import { detailsOf } from "./details/details.ts";
import { unknownIncident } from "./errors.ts";
import type { Incident } from "./incident.ts";
import type { Incidents } from "./incidents.ts";
import type { IncidentOptions } from "./options.ts";
import { changed } from "./people/changes.ts";
import { merged } from "./people/merge.ts";
import { activeSilences, beginSilence, endSilence } from "./people/silencing.ts";
import { split } from "./people/split.ts";
import { incidentOf } from "./stored.ts";
import { Portions } from "./taking/portion.ts";

const usualEveryMs = 30_000;

/** Incidents of a server. It takes findings in by itself once it is started. */
export function openIncidents(options: IncidentOptions): Incidents {
  return new OpenIncidents(options);
}

/** Everything that writes happens one after another, so that nobody writes over what another has just said. */
class OpenIncidents implements Incidents {
  readonly #options: IncidentOptions;
  readonly #portions: Portions;
  readonly #listeners = new Set<() => void>();
  #last: Promise<unknown> = Promise.resolve();
  #stopping = new AbortController();
  #waking = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: IncidentOptions) {
    this.#options = options;
    this.#portions = new Portions(options);
  }

  start(): Promise<void> {
    if (this.#loop === undefined) {
      this.#stopping = new AbortController();
      this.#loop = this.#run(this.#stopping.signal);
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waking.abort();
    await this.#loop;
    await this.#last;
    this.#loop = undefined;
  }

  found(): void {
    this.#waking.abort();
  }

  async takeNow(signal: AbortSignal): Promise<void> {
    await this.#alone(async () => {
      while (await this.#portions.take(signal)) {
        this.#tell();
        signal.throwIfAborted();
      }
    });
  }

  async list(
    ask: Parameters<Incidents["list"]>[0],
    page: Parameters<Incidents["list"]>[1],
  ): Promise<readonly Incident[]> {
    return (await this.#options.table.list(ask, page)).map(incidentOf);
  }

  async count(ask: Parameters<Incidents["count"]>[0]): Promise<Readonly<Record<string, number>>> {
    return Object.fromEntries(await this.#options.table.count(ask));
  }

  async get(incident: string): ReturnType<Incidents["get"]> {
    const row = await this.#find(incident);
    return row && detailsOf(row, this.#options, AbortSignal.timeout(60_000));
  }

  change(...[incident, change, by]: Parameters<Incidents["change"]>): Promise<Incident> {
    return this.#write(async () => {
      const row = await this.#row(incident);
      return { ...(await changed(row, change, by, this.#options)), id: row.id };
    });
  }

  merge(...[into, others, by]: Parameters<Incidents["merge"]>): Promise<Incident> {
    return this.#write(async () => {
      const row = await this.#row(into);
      const rows = new Map<string, IncidentRow>();
      for (const other of others) {
        const found = await this.#row(other);
        rows.set(found.id, found);
      }
      return { ...(await merged({ into: row, others: [...rows.values()], by }, this.#options)), id: row.id };
    });
  }

  split(...[incident, findings, by]: Parameters<Incidents["split"]>): Promise<Incident> {
    return this.#write(async () => split({ row: await this.#row(incident), findings, by }, this.#options));
  }

  silences(): ReturnType<Incidents["silences"]> {
    return activeSilences(this.#options);
  }

  silence(ask: Parameters<Incidents["silence"]>[0]): ReturnType<Incidents["silence"]> {
    return this.#alone(() => beginSilence(ask, this.#options));
  }

  endSilence(id: string): Promise<void> {
    return this.#alone(() => endSilence(id, this.#options));
  }

  incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#options.table.incidentOf(findings);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, onFailure, everyMs = usualEveryMs } = this.#options;
    while (!signal.aborted) {
      // Whoever finds something from here on wakes the next turn.
      this.#waking = new AbortController();
      await this.takeNow(signal).catch((error: unknown) => {
        if (!signal.aborted) onFailure(error);
      });
      await pauseOrStop(clock, everyMs, AbortSignal.any([signal, this.#waking.signal]));
    }
  }

  async #write(make: () => Promise<IncidentWrite & { readonly id: string }>): Promise<Incident> {
    return this.#alone(async () => {
      const { id, ...write } = await make();
      await this.#options.table.write(write);
      this.#tell();
      const row = await this.#options.table.get(id);
      if (row === undefined) throw unknownIncident(id);
      return incidentOf(row);
    });
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #row(incident: string): Promise<IncidentRow> {
    const row = await this.#find(incident);
    if (row === undefined) throw unknownIncident(incident);
    return row;
  }

  /** By id, number or name. */
  async #find(incident: string): Promise<IncidentRow | undefined> {
    const number = /^(?:INC-)?(\d{1,15})$/i.exec(incident)?.[1];
    const { table } = this.#options;
    return number === undefined
      ? table.get(incident)
      : ((await table.withNumber(Number(number))) ?? table.get(incident));
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#options.onFailure(error);
      }
    }
  }
}
