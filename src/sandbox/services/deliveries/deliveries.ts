import { AwsError } from "../../../aws/index.ts";
import { type Collection } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";

/** Something on its way, which is tried again when it fails by a fault that may pass. */
export interface Delivery<Job> {
  readonly id: string;
  readonly job: Job;
  readonly startedAt: number;
  readonly attempts: number;
  readonly nextAt: number;
}

/** How one kind of thing is handed on. */
export interface Way<Job> {
  attempt(job: Job): Promise<void>;
  /** How long to wait after so many attempts, in milliseconds; undefined when there is no further one. */
  waitAfter(delivery: Delivery<Job>): number | undefined;
  /** It will not be tried again. */
  giveUp(delivery: Delivery<Job>, error: AwsError): Promise<void>;
}

const waitingMax = 10_000;

/**
 * Hands things on, the first time before `deliver` returns. What fails by a fault of the other side waits in the state,
 * also over a restart, and is tried again; what is refused is given up at once.
 */
export class Deliveries<Job> {
  readonly #world: World;
  readonly #way: Way<Job>;
  readonly #waiting: Collection<Delivery<Job>>;
  readonly #end = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World, name: string, way: Way<Job>) {
    this.#world = world;
    this.#way = way;
    this.#waiting = world.state.collection(name);
  }

  /** How many wait for another attempt. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes up what waited when the sandbox was stopped. */
  start(): void {
    for (const delivery of [...this.#waiting.values()]) this.#runLater(delivery);
  }

  async deliver(job: Job): Promise<void> {
    const now = this.#world.clock.now();
    await this.#try({ id: this.#world.random.uuid(), job, startedAt: now, attempts: 0, nextAt: now });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#running);
  }

  /** Makes one attempt; says what is to be tried later. */
  async #try(before: Delivery<Job>): Promise<void> {
    const delivery = { ...before, attempts: before.attempts + 1 };
    try {
      await this.#way.attempt(delivery.job);
      this.#waiting.delete(delivery.id);
    } catch (error) {
      const fault = error instanceof AwsError ? error : new AwsError("InternalError", String(error), 500);
      const wait = mayPass(fault) ? this.#way.waitAfter(delivery) : undefined;
      if (wait === undefined || (this.#waiting.size >= waitingMax && !this.#waiting.has(delivery.id))) {
        await this.#way.giveUp(delivery, fault);
        this.#waiting.delete(delivery.id);
        return;
      }
      const later = { ...delivery, nextAt: this.#world.clock.now() + wait };
      this.#waiting.put(later.id, later);
      this.#runLater(later);
    }
  }

  #runLater(delivery: Delivery<Job>): void {
    const run = this.#world.clock
      .waitUntil(delivery.nextAt, this.#end.signal)
      .then(() => this.#try(delivery))
      // Stopped: it lies in the state until the next start.
      .catch(() => undefined);
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }
}

/** Whether a later attempt may fare better: the other side was at fault, or had too much to do. */
function mayPass({ status, code }: AwsError): boolean {
  return status >= 500 || /throttl|TooManyRequests|SlowDown/iu.test(code);
}
