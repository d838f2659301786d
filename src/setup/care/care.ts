import { createHash } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import type { Drift } from "../checks/check.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { SetupPlan } from "../planning/plan.ts";
import type { SetupRun } from "../running/run.ts";
import type { CheckResult, Culprit, DriftName, DriftView, HistoryEntry } from "../setup.ts";
import type { SetupAws } from "../setup-aws.ts";
import { placeKey } from "../settings/place.ts";
import type { Wiring } from "../wiring/wiring.ts";
import { findInHistory } from "./event-history.ts";
import type { EventAsk, EventFinder } from "./find-events.ts";
import { whyHoldBack } from "./hold-back.ts";
import { lookForDrift, readNow, type Look, type LookContext } from "./look.ts";

export interface CareParts {
  readonly deployment: Deployment;
  readonly aws: SetupAws;
  readonly agreed: Wiring;
  readonly events: EventFinder;
  /** Newest first, of the last days. */
  readonly past: readonly HistoryEntry[];
  readonly clock: Clock;
  /** Ends what is asked of AWS's event history. */
  readonly signal: AbortSignal;
  /** Mends: applies a plan as a run that lasts. */
  readonly apply: (plan: SetupPlan) => Promise<SetupRun>;
  /** Writes into the deployment's history. */
  readonly tell: (entry: Omit<HistoryEntry, "id" | "at">) => Promise<void>;
  /** Replaces an entry of the history. */
  readonly amend: (entry: HistoryEntry) => Promise<void>;
  readonly agreeOn: (wiring: Wiring) => Promise<void>;
  /** Drifts that were told when it was looked at last. */
  readonly known: readonly DriftName[];
}

/** A look, with its drifts as they are shown. */
type Seen = Look & { readonly views: readonly DriftView[] };

/** How long it is asked who did something. */
const askedForMs = 2 * 86_400_000;

/** How far back whoever did it is looked for: CloudTrail delivers within minutes, and we look every quarter of an hour. */
const culpritWithinMs = 14 * 86_400_000;

/** Looks at one deployment's way, says what has changed and who did it, and mends what may be mended by itself. */
export class Care {
  readonly #parts: CareParts;

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  async check(options: {
    readonly repairs: boolean;
  }): Promise<{ readonly result: CheckResult; readonly repaired: number }> {
    const first = await this.#look();
    await this.#amendPast(first.wiring);
    await this.#tellChanges(first);
    if (!options.repairs) return { result: this.#result(first), repaired: 0 };
    let repaired = 0;
    for (const view of first.views) {
      const drift = first.drifts.find((one) => isSame(one, view));
      if (drift === undefined || !this.#mayMend(view)) continue;
      if (await this.#mend(drift, view, first.account)) repaired += 1;
    }
    return { result: this.#result(repaired === 0 ? first : await this.#look()), repaired };
  }

  /** Mends one drift with a person's yes; nothing when it is not there any more. */
  async repair(name: DriftName): Promise<SetupRun | undefined> {
    const look = await this.#look();
    const drift = look.drifts.find((one) => isSame(one, name));
    const view = look.views.find((one) => isSame(one, name));
    if (drift === undefined || view?.plan === undefined) return undefined;
    const run = await this.#parts.apply(view.plan);
    await this.#after(drift, view, run, look.account);
    return run;
  }

  async #look(): Promise<Seen> {
    const look = await lookForDrift(this.#parts.agreed, this.#looking());
    const views: DriftView[] = [];
    for (const drift of look.drifts) views.push(await this.#viewOf(drift, look.wiring));
    return { ...look, views };
  }

  async #viewOf(drift: Drift, wiring: Wiring): Promise<DriftView> {
    const culprit = await this.#culpritOf(this.#askOf(drift), wiring);
    const { check, about, sentence, loss, manner, help } = drift;
    const heldBack = whyHoldBack(drift, culprit, this.#parts.past, this.#parts.clock.now());
    const plan = drift.steps.length === 0 ? undefined : this.#planOf(drift, wiring);
    return { check, about, sentence, loss, manner, help, heldBack, plan, culprit };
  }

  #askOf({ culprit }: Drift): EventAsk {
    const { agreed, clock } = this.#parts;
    return { ...culprit, since: Math.max(agreed.readAt, clock.now() - culpritWithinMs) };
  }

  /** By the events that are stored; by AWS's event history where the way is broken that they would have come. */
  async #culpritOf(ask: EventAsk, wiring: Wiring): Promise<Culprit | undefined> {
    const [newest] = await this.#parts.events.find(ask);
    if (newest !== undefined) return newest;
    const places = Object.values(wiring.places).map(({ accountId, region }) => ({ accountId, region }));
    const unique = new Map(places.map((place) => [`${place.accountId} ${place.region}`, place]));
    return findInHistory(ask, [...unique.values()], this.#parts);
  }

  /** Who it was may be known only minutes later. */
  async #amendPast(wiring: Wiring): Promise<void> {
    const { past, clock, amend } = this.#parts;
    for (const entry of past) {
      if (entry.asks === undefined || entry.at < clock.now() - askedForMs) continue;
      const culprit = await this.#culpritOf(entry.asks, wiring);
      if (culprit === undefined) continue;
      const { asks: _asks, ...rest } = entry;
      await amend({ ...rest, culprit });
    }
  }

  #planOf(drift: Drift, wiring: Wiring): SetupPlan {
    const { deployment, clock } = this.#parts;
    const trailArn = wiring.places.trail?.arn;
    const id = createHash("sha256")
      .update(JSON.stringify([deployment.name, drift.steps]))
      .digest("hex")
      .slice(0, 16);
    return {
      id,
      deployment: deployment.name,
      madeAt: clock.now(),
      choice: { kind: "use", trailArn, sentence: drift.sentence },
      places: wiring.places,
      steps: drift.steps,
      notes: drift.help === "" ? [] : [drift.help],
      obstacles: [],
    };
  }

  #looking(): LookContext {
    const { deployment, aws, clock } = this.#parts;
    return { deployment, aws, now: () => clock.now() };
  }

  #mayMend({ manner, check, heldBack, plan }: DriftView): boolean {
    const { automatic, depth } = this.#parts.deployment;
    const isAllowed = automatic.includes("all") || automatic.includes(check);
    return manner === "repair" && depth !== "look" && isAllowed && heldBack === undefined && plan !== undefined;
  }

  async #mend(drift: Drift, view: DriftView, account: Look["account"]): Promise<boolean> {
    if (view.plan === undefined) return false;
    const run = await this.#parts.apply(view.plan);
    return this.#after(drift, view, run, account);
  }

  async #after(drift: Drift, view: DriftView, run: SetupRun, account: Look["account"]): Promise<boolean> {
    const { tell, agreeOn, agreed } = this.#parts;
    const of = { check: drift.check, about: drift.about, culprit: view.culprit, runId: run.id };
    if (run.status !== "done") {
      const problem = run.steps.find(({ status }) => status === "failed")?.problem ?? "it was stopped";
      await tell({ ...of, kind: "failed", sentence: `Could not be mended: ${problem}` });
      return false;
    }
    const what = run.plan.steps.map((step) => step.what).join("; ");
    await tell({ ...of, kind: "repaired", sentence: `Mended: ${what}` });
    if (drift.follows === true) await agreeOn(await readNow(followed(agreed, drift), account, this.#looking()));
    return true;
  }

  async #tellChanges({ views, drifts }: Pick<Seen, "views" | "drifts">): Promise<void> {
    const { known, tell } = this.#parts;
    for (const view of views) {
      if (known.some((one) => isSame(one, view))) continue;
      const { check, about, sentence, loss, culprit } = view;
      const drift = drifts.find((one) => isSame(one, view));
      const asks = culprit !== undefined || drift === undefined ? {} : { asks: this.#askOf(drift) };
      await tell({ kind: "drift", check, about, sentence: `${sentence}. ${loss}`, culprit, runId: undefined, ...asks });
      if (view.heldBack !== undefined && view.manner === "repair") {
        await tell({ kind: "held-back", check, about, sentence: view.heldBack, culprit, runId: undefined });
      }
    }
    for (const { check, about } of known) {
      if (views.some((view) => isSame(view, { check, about }))) continue;
      const sentence = "It is as it should be again";
      await tell({ kind: "gone", check, about, sentence, culprit: undefined, runId: undefined });
    }
  }

  #result({ views, wiring }: Seen): CheckResult {
    const { deployment, clock } = this.#parts;
    return { deployment: deployment.name, at: clock.now(), drifts: views, wiring };
  }
}

function isSame(a: DriftName, b: DriftName): boolean {
  return a.check === b.check && a.about === b.about;
}

/** Where another trail was taken instead of one that is gone, its place is looked at from now on. */
function followed(agreed: Wiring, { steps, check }: Drift): Wiring {
  const trail = check === "trail-deleted" ? steps.find(({ setting }) => setting.startsWith("trail"))?.place : undefined;
  if (trail === undefined || agreed.places.trail === undefined || placeKey(trail) === placeKey(agreed.places.trail))
    return agreed;
  return { ...agreed, places: { ...agreed.places, trail } };
}
