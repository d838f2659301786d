import { type Collection } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";

/** Something that a service was to hand on, and could not. */
export interface DeliveryFailure {
  readonly at: number;
  /** `sns`, `events` */
  readonly service: string;
  /** The topic or rule. */
  readonly sourceArn: string;
  /** Where it should have gone: a subscription's endpoint, a target's ARN. */
  readonly target: string;
  readonly messageId: string;
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  /** The queue that got it instead, if one did. */
  readonly deadLetterArn?: string;
}

const keptMax = 1_000;

/** What a service could not deliver: all counted, the newest thousand kept to be shown. */
export class DeliveryFailures {
  readonly #kept: Collection<DeliveryFailure>;
  readonly #totals: Collection<number>;
  readonly #service: string;
  readonly #keys: string[];

  constructor(world: World, service: string) {
    this.#service = service;
    this.#kept = world.state.collection(`${service}/delivery-failures`);
    this.#totals = world.state.collection(`${service}/delivery-failure-totals`);
    this.#keys = [...this.#kept.entries()].map(([key]) => key);
  }

  /** How many there were since the sandbox was made. */
  get total(): number {
    return this.#totals.get("all") ?? 0;
  }

  /** The newest first. */
  list(): readonly DeliveryFailure[] {
    return this.#keys.toReversed().flatMap((key) => this.#kept.get(key) ?? []);
  }

  add(failure: Omit<DeliveryFailure, "service">): void {
    const total = this.total + 1;
    const key = String(total).padStart(12, "0");
    this.#totals.put("all", total);
    this.#kept.put(key, { ...failure, service: this.#service });
    this.#keys.push(key);
    const oldest = this.#keys.length > keptMax ? this.#keys.shift() : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
