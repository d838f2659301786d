import { type BusRouter } from "./bus-router.ts";
import { type EventsStore, type Rule, ruleKey } from "./rule.ts";
import { readSchedule } from "./schedule-expression.ts";

/** Fires rules with a schedule when the clock says so. What passed while the sandbox was stopped is not made up for. */
export class Scheduler {
  readonly #store: EventsStore;
  readonly #router: BusRouter;
  readonly #next = new Map<string, number>();
  readonly #end = new AbortController();
  #changed = new AbortController();
  #running: Promise<void> | undefined;

  constructor(store: EventsStore, router: BusRouter) {
    this.#store = store;
    this.#router = router;
    for (const rule of store.rules.values()) this.changed(rule);
  }

  /** A rule has been made, changed, enabled or disabled. */
  changed(rule: Rule): void {
    const key = keyOfRule(rule);
    const at =
      rule.state === "DISABLED" || rule.schedule === undefined
        ? undefined
        : this.#after(rule, this.#store.world.clock.now());
    if (at === undefined) this.#next.delete(key);
    else this.#next.set(key, at);
    this.#changed.abort();
    this.#changed = new AbortController();
    if (this.#next.size > 0) this.#running ??= this.#run();
  }

  removed(rule: Rule): void {
    this.#next.delete(keyOfRule(rule));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock } = this.#store.world;
    while (this.#next.size > 0 && !this.#end.signal.aborted) {
      const at = Math.min(...this.#next.values());
      try {
        await clock.waitUntil(at, AbortSignal.any([this.#changed.signal, this.#end.signal]));
      } catch {
        continue;
      }
      await this.#fireDue(clock.now());
    }
    this.#running = undefined;
  }

  async #fireDue(now: number): Promise<void> {
    const due = [...this.#next].filter(([, at]) => at <= now);
    for (const [key, at] of due) {
      const rule = this.#store.rules.get(key);
      const next = rule === undefined ? undefined : this.#after(rule, now);
      if (next === undefined) this.#next.delete(key);
      else this.#next.set(key, next);
      if (rule === undefined) continue;
      await this.#router.fire(rule, {
        id: this.#store.world.random.uuid(),
        detailType: "Scheduled Event",
        source: "aws.events",
        account: rule.accountId,
        at,
        region: rule.region,
        resources: [rule.arn],
        detail: {},
        takenAt: now,
        isReadOnlyManagement: false,
        hops: 0,
      });
    }
  }

  #after(rule: Rule, at: number): number | undefined {
    return rule.schedule === undefined ? undefined : readSchedule(rule.schedule, rule.scheduledFrom)?.after(at);
  }
}

function keyOfRule(rule: Rule): string {
  return ruleKey({ accountId: rule.accountId, region: rule.region, name: rule.busName }, rule.name);
}
