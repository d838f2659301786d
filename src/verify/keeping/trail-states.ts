import type { DigestChain } from "../../cloudtrail/index.ts";
import type { Clock } from "../../base/clock.ts";
import { askTrail, type TrailState } from "../trail-state.ts";
import type { Look } from "./look.ts";

/** A trail is asked about at most so often. */
const askEveryMs = 30 * 60_000;

/** Asks trails how they are, where a source may; one question serves all chains of a trail. */
export class TrailStates {
  readonly #clock: Clock;
  readonly #states = new Map<string, { readonly at: number; readonly state: TrailState | undefined }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing where nobody may ask. */
  async of(chain: DigestChain, bucket: string, source: string, look: Look): Promise<TrailState | undefined> {
    const { accountId, organizationId, homeRegion, trailName } = chain;
    // An organization's trail is one, whichever account a chain is of.
    const id = [organizationId === "" ? accountId : organizationId, homeRegion, trailName].join("/");
    const known = this.#states.get(id);
    if (known !== undefined && this.#clock.now() < known.at + askEveryMs) return known.state;
    const state = await this.#ask(chain, bucket, source, look);
    this.#states.set(id, { at: this.#clock.now(), state });
    return state;
  }

  async #ask(chain: DigestChain, bucket: string, source: string, look: Look): Promise<TrailState | undefined> {
    for await (const way of look.reaching.ways(source)) {
      try {
        const state = await askTrail(way.aws, chain, bucket, this.#clock.now(), look.signal);
        if (state !== undefined) return state;
      } catch {
        look.signal.throwIfAborted();
      }
    }
    return undefined;
  }
}
