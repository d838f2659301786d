import type { MuteRow } from "../../state/index.ts";
import type { Silence } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import type { Part } from "../part.ts";
import { fitsPart, silenceOf } from "../silences/silence-scope.ts";

/** For so long findings like one that was closed as no matter are silent, where their rule says nothing. */
const usualSuppressMs = 7 * 86_400_000;

/** What opens no incident: what people silenced, and what they closed as no matter. */
export class Quiet {
  readonly #options: IncidentOptions;
  readonly #silences: readonly Silence[];
  readonly #mutes = new Map<string, readonly MuteRow[]>();

  private constructor(options: IncidentOptions, silences: readonly Silence[]) {
    this.#options = options;
    this.#silences = silences;
  }

  static async read(options: IncidentOptions): Promise<Quiet> {
    const now = options.clock.now();
    const silences = (await options.table.silences()).map(silenceOf).filter(({ until }) => until > now);
    return new Quiet(options, silences);
  }

  /** Those of the parts that are not to be left alone. */
  async without<Item extends { readonly part: Part }>(items: readonly Item[]): Promise<Item[]> {
    await this.#readMutes(items.map(({ part }) => part.subject));
    const kept: Item[] = [];
    for (const item of items) if (!(await this.#isQuiet(item.part))) kept.push(item);
    return kept;
  }

  /** Until when findings of a rule are silent after an incident with one was closed as no matter. */
  async suppressedUntil(rule: string, closedAt: number): Promise<number> {
    // No rule says nothing: where it says nothing there is none.
    return closedAt + ((await this.#options.suppressForMs(rule)) || usualSuppressMs);
  }

  async #isQuiet(part: Part): Promise<boolean> {
    if (this.#silences.some(({ scope }) => fitsPart(scope, part))) return true;
    for (const { rule, at } of this.#mutes.get(part.subject) ?? []) {
      if (rule === part.rule && part.to < (await this.suppressedUntil(rule, at))) return true;
    }
    return false;
  }

  async #readMutes(subjects: readonly string[]): Promise<void> {
    const wanted = [...new Set(subjects)].filter((subject) => !this.#mutes.has(subject));
    const found = Map.groupBy(await this.#options.table.mutesOf(wanted), ({ subject }) => subject);
    for (const subject of wanted) this.#mutes.set(subject, found.get(subject) ?? []);
  }
}
