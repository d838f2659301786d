import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { Clock } from "../../base/clock.ts";
import type { Lineage } from "../../lineage/index.ts";
import type { FindingRow, HitRow } from "../../state/index.ts";
import type { EventPlace } from "../../store/index.ts";
import type { IncidentOptions } from "../options.ts";
import type { Part } from "../part.ts";
import { partOfEvidence } from "./parts.ts";
import { type Sight, sightOf } from "./sight.ts";

/** Events of a finding that are looked at; the first ones, so that what is found does not depend on when it is looked at. */
export const evidenceMax = 100;
/** Events read at once. */
const eventsAtOnce = 500;
/** Different credentials of one finding that are followed back. */
const followedMax = 3;
const sightsMax = 5_000;
const lineagesMax = 5_000;
/** What a lineage says may be added to by events that come late. */
const lineageForMs = 10 * 60_000;
const tracesAtOnce = 4;

/** A finding with what its events tell. */
export interface ReadFinding {
  readonly row: FindingRow;
  readonly part: Part;
  /** The event that issued a credential was not stored: it may come. */
  readonly isCut: boolean;
}

/** Reads what events of findings tell; a finding that grows has only its new events read. */
export class Evidence {
  readonly #options: Pick<IncidentOptions, "findings" | "store" | "lineage" | "clock">;
  readonly #sights = new Map<string, Sight>();
  readonly #lineages: KeptLineages;

  constructor(options: Pick<IncidentOptions, "findings" | "store" | "lineage" | "clock">) {
    this.#options = options;
    this.#lineages = new KeptLineages(options.clock);
  }

  async read(rows: readonly FindingRow[], signal: AbortSignal): Promise<ReadFinding[]> {
    const hits = new Map<string, HitRow[]>();
    for (const { id } of rows) hits.set(id, await this.#options.findings.hitsOf(id, evidenceMax));
    await this.#readSights([...hits.values()].flat().flatMap(placesOf), signal);
    const withSights = rows.map((row) => ({ row, sights: this.#sightsOf(hits.get(row.id) ?? []) }));
    const lineages = await this.#follow(
      withSights.flatMap(({ sights }) => followed(sights)),
      signal,
    );
    const found = withSights.map(({ row, sights }) => {
      const own = followed(sights).flatMap((sight) => lineages.get(credentialOf(sight)) ?? []);
      return { row, part: partOfEvidence(row, sights, own), isCut: own.some(({ isCut }) => isCut) };
    });
    forgetOldest(this.#sights, sightsMax);
    return found;
  }

  async #readSights(places: readonly (EventPlace & { readonly key: string })[], signal: AbortSignal): Promise<void> {
    const wanted = [...new Map(places.map((place) => [place.key, place])).values()].filter(
      ({ key }) => !this.#sights.has(key),
    );
    for (let at = 0; at < wanted.length; at += eventsAtOnce) {
      signal.throwIfAborted();
      const some = wanted.slice(at, at + eventsAtOnce);
      for (const whole of await this.#options.store.eventsAt(some, signal)) {
        const sight = sightOf(whole);
        this.#sights.set(sight.event, sight);
      }
    }
  }

  #sightsOf(hits: readonly HitRow[]): Sight[] {
    const keys = new Set(hits.flatMap((hit) => placesOf(hit)).map(({ key }) => key));
    return [...keys].slice(0, evidenceMax).flatMap((key) => this.#sights.get(key) ?? []);
  }

  async #follow(sights: readonly Sight[], signal: AbortSignal): Promise<ReadonlyMap<string, Lineage>> {
    const wanted = new Map(sights.map((sight) => [credentialOf(sight), sight]));
    const found = new Map<string, Lineage>();
    await forEachAtOnce(wanted, tracesAtOnce, async ([credential, { record }]) => {
      signal.throwIfAborted();
      const known = this.#lineages.get(credential);
      const lineage = known ?? (await this.#options.lineage.trace(record, signal));
      if (known === undefined) this.#lineages.keep(credential, lineage);
      found.set(credential, lineage);
    });
    return found;
  }
}

/** Lineages by credential; those that are cut are asked for anew. */
class KeptLineages {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly lineage: Lineage; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(credential: string): Lineage | undefined {
    const known = this.#kept.get(credential);
    return known !== undefined && this.#clock.now() - known.at < lineageForMs ? known.lineage : undefined;
  }

  keep(credential: string, lineage: Lineage): void {
    if (lineage.isCut) return;
    this.#kept.set(credential, { lineage, at: this.#clock.now() });
    forgetOldest(this.#kept, lineagesMax);
  }
}

/** Where the events of a hit lie. */
export function placesOf({ events, from, to }: HitRow): (EventPlace & { readonly key: string })[] {
  return events.map((key, index) => {
    const slash = key.indexOf("/");
    // A hit of one event happened when that did; of several only the first and the last are known.
    const time = index === 0 ? from : to;
    return { key, account: key.slice(0, slash), id: key.slice(slash + 1), time };
  });
}

/** One event for each credential. */
function followed(sights: readonly Sight[]): Sight[] {
  return [...new Map(sights.toReversed().map((sight) => [credentialOf(sight), sight])).values()].slice(-followedMax);
}

function credentialOf({ actor }: Sight): string {
  return `${actor.key} ${actor.accessKey} ${actor.arn}`;
}

function forgetOldest(kept: Map<string, unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
