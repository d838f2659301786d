import type {
  ContextAsk,
  ContextRow,
  FindingRow,
  HitRow,
  IncidentAsk,
  IncidentHistoryRow,
  IncidentParts,
  IncidentRow,
  IncidentTable,
  IncidentWrite,
  MuteRow,
  SilenceRow,
} from "../state/index.ts";

/** Findings that stand still, in the order in which they changed. */
export class FakeFindings {
  readonly rows = new Map<string, FindingRow>();
  readonly hits = new Map<string, HitRow[]>();
  #changed = 0;

  /** Puts a finding there, or what it is by now. */
  put(row: Omit<FindingRow, "changed">, hits: readonly HitRow[] = this.hits.get(row.id) ?? []): void {
    this.#changed += 1;
    this.rows.set(row.id, { ...row, changed: this.#changed });
    this.hits.set(row.id, [...hits]);
  }

  changedSince(changed: number, limit: number): Promise<FindingRow[]> {
    const rows = [...this.rows.values()].filter((row) => row.changed > changed);
    return Promise.resolve(rows.sort((a, b) => a.changed - b.changed).slice(0, limit));
  }

  get(id: string): Promise<FindingRow | undefined> {
    return Promise.resolve(this.rows.get(id));
  }

  hitsOf(finding: string, limit: number): Promise<HitRow[]> {
    const hits = this.hits.get(finding) ?? [];
    return Promise.resolve(hits.toSorted((a, b) => a.from - b.from || (a.event < b.event ? -1 : 1)).slice(0, limit));
  }
}

interface Kept {
  incidents: Map<string, IncidentRow>;
  findings: Map<string, { incident: string; rank: number; from: number; content: unknown }>;
  history: IncidentHistoryRow[];
  context: Map<string, ContextRow>;
  mutes: Map<string, MuteRow>;
  silences: Map<string, SilenceRow>;
  settings: Map<string, unknown>;
}

/** Incidents in memory; a write is done whole, or fails before anything is. */
export class FakeIncidents implements IncidentTable {
  #kept: Kept = {
    ...{ incidents: new Map(), findings: new Map(), history: [], context: new Map() },
    ...{ mutes: new Map(), silences: new Map(), settings: new Map() },
  };
  /** Called before each write; what it throws is a crash. */
  beforeWrite: () => void = () => undefined;
  /** Called after each write, when all is kept. */
  afterWrite: () => void = () => undefined;

  get allFindings(): ReadonlyMap<string, string> {
    return new Map([...this.#kept.findings].map(([finding, { incident }]) => [finding, incident]));
  }

  get allHistory(): readonly IncidentHistoryRow[] {
    return this.#kept.history;
  }

  write(change: IncidentWrite): Promise<void> {
    this.beforeWrite();
    const kept = structuredClone(this.#kept);
    for (const row of change.incidents) kept.incidents.set(row.id, structuredClone(row));
    for (const { from, to } of change.moves ?? []) {
      for (const part of kept.findings.values()) if (part.incident === from) part.incident = to;
    }
    for (const { finding, incident } of change.findings ?? [])
      if (incident === undefined) kept.findings.delete(finding);
    for (const { finding, incident, part } of change.findings ?? []) {
      if (incident === undefined) continue;
      const known = kept.findings.get(finding);
      if (part !== undefined) kept.findings.set(finding, { incident, ...structuredClone(part) });
      else if (known !== undefined) known.incident = incident;
    }
    for (const line of change.history ?? []) {
      kept.history.push({ ...line, number: (kept.history.at(-1)?.number ?? 0) + 1 });
    }
    for (const [id, { seenAt }] of kept.context) {
      if (seenAt < (change.forgetContextBefore ?? -Infinity)) kept.context.delete(id);
    }
    for (const row of change.context ?? []) kept.context.set(row.finding, structuredClone(row));
    for (const [key, { incident }] of kept.mutes)
      if (change.unmuted?.includes(incident) === true) kept.mutes.delete(key);
    for (const mute of change.mutes ?? []) kept.mutes.set(`${mute.subject} ${mute.rule} ${mute.incident}`, mute);
    for (const [name, value] of Object.entries(change.settings ?? {})) kept.settings.set(name, value);
    const numbers = [...kept.incidents.values()].map(({ number }) => number);
    if (new Set(numbers).size < numbers.length) throw new Error("Two incidents have one number");
    this.#kept = kept;
    this.afterWrite();
    return Promise.resolve();
  }

  get(id: string): Promise<IncidentRow | undefined> {
    return Promise.resolve(this.#kept.incidents.get(id));
  }

  rows(ids: readonly string[]): Promise<IncidentRow[]> {
    return Promise.resolve([...new Set(ids)].flatMap((id) => this.#kept.incidents.get(id) ?? []));
  }

  withNumber(number: number): Promise<IncidentRow | undefined> {
    return Promise.resolve([...this.#kept.incidents.values()].find((row) => row.number === number));
  }

  list(ask: IncidentAsk, { limit }: { readonly limit: number }): Promise<IncidentRow[]> {
    const rows = [...this.#kept.incidents.values()].filter(
      (row) =>
        row.mergedInto === undefined &&
        (ask.key === undefined || row.keys.includes(ask.key)) &&
        (ask.states === undefined || ask.states.includes(row.state)),
    );
    return Promise.resolve(rows.sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1)).slice(0, limit));
  }

  async count(ask: IncidentAsk): Promise<ReadonlyMap<string, number>> {
    const groups = Map.groupBy(await this.list(ask, { limit: Infinity }), ({ state }) => state);
    return new Map([...groups].map(([state, rows]) => [state, rows.length]));
  }

  sharing(keys: readonly string[], from: number, to: number): Promise<IncidentRow[]> {
    const wanted = new Set(keys);
    const isShared = (row: IncidentRow) => row.keys.some((key) => wanted.has(key));
    return Promise.resolve(
      [...this.#kept.incidents.values()].filter(
        (row) =>
          row.state !== "closed" &&
          row.mergedInto === undefined &&
          row.lastAt >= from &&
          row.firstAt <= to &&
          isShared(row),
      ),
    );
  }

  incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const all = this.allFindings;
    return Promise.resolve(
      new Map(
        findings.flatMap((finding) => {
          const incident = all.get(finding);
          return incident === undefined ? [] : [[finding, incident] as const];
        }),
      ),
    );
  }

  findingsOf(incident: string): Promise<string[]> {
    return Promise.resolve(
      [...this.allFindings].flatMap(([finding, own]) => (own === incident ? [finding] : [])).sort(),
    );
  }

  partsOf(incidents: readonly string[], limit: number): Promise<ReadonlyMap<string, IncidentParts>> {
    const found = new Map<string, IncidentParts>();
    for (const incident of incidents) {
      const all = [...this.#kept.findings].filter(([, part]) => part.incident === incident);
      all.sort(([a, one], [b, other]) => other.rank - one.rank || other.from - one.from || (a < b ? 1 : -1));
      const parts = all.slice(0, limit).map(([finding, { content }]) => ({ finding, content }));
      found.set(incident, { parts, findings: all.length });
    }
    return Promise.resolve(found);
  }

  contextNear({ actors, accessKeys, from, to }: ContextAsk, limit: number): Promise<ContextRow[]> {
    const isNamed = ({ actor, accessKey }: ContextRow) =>
      (actor !== "" && actors.includes(actor)) || (accessKey !== "" && accessKeys.includes(accessKey));
    const near = [...this.#kept.context.values()].filter((row) => isNamed(row) && row.to >= from && row.from <= to);
    return Promise.resolve(near.slice(0, limit));
  }

  mutesOf(subjects: readonly string[]): Promise<MuteRow[]> {
    return Promise.resolve([...this.#kept.mutes.values()].filter(({ subject }) => subjects.includes(subject)));
  }

  history(incident: string): Promise<IncidentHistoryRow[]> {
    return Promise.resolve(this.#kept.history.filter((line) => line.incident === incident));
  }

  historySince(number: number, limit: number): Promise<IncidentHistoryRow[]> {
    return Promise.resolve(this.#kept.history.filter((line) => line.number > number).slice(0, limit));
  }

  silences(): Promise<SilenceRow[]> {
    return Promise.resolve([...this.#kept.silences.values()]);
  }

  putSilence(row: SilenceRow): Promise<void> {
    this.#kept.silences.set(row.id, row);
    return Promise.resolve();
  }

  removeSilence(id: string): Promise<void> {
    this.#kept.silences.delete(id);
    return Promise.resolve();
  }

  nextNumber(): Promise<number> {
    return Promise.resolve(Math.max(0, ...[...this.#kept.incidents.values()].map(({ number }) => number)) + 1);
  }

  setting(name: string): Promise<unknown> {
    return Promise.resolve(this.#kept.settings.get(name));
  }

  setSetting(name: string, value: unknown): Promise<void> {
    this.#kept.settings.set(name, value);
    return Promise.resolve();
  }
}
