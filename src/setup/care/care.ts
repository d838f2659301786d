import type { Clock } from "../../base/clock.ts";
import type { Drift } from "../checks/check.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { planId } from "../planning/plan-id.ts";
import type { SetupPlan } from "../planning/plan.ts";
import type { SetupRun } from "../running/run.ts";
import type { CheckResult, Culprit, DriftName, DriftView, HistoryEntry } from "../setup.ts";
import type { SetupAws } from "../setup-aws.ts";
import { agreeOnFollowed, agreeOnReadable } from "../checks/agree-on-followed.ts";
import { roleWeakened } from "../checks/role-weakened.ts";
import { placeOfArn } from "../wiring/locate.ts";
import type { Wiring } from "../wiring/wiring.ts";
import { slackMs, type Culprits } from "./culprits.ts";
import type { EventAsk } from "./find-events.ts";
import { whyHoldBack } from "./hold-back.ts";
import { lookForDrift, readNow, type Look, type LookContext } from "./look.ts";

export interface CareParts {
  readonly deployment: Deployment;
  readonly aws: SetupAws;
  readonly agreed: Wiring;
  readonly culprits: Culprits;
  /** Newest first, of the last days. */
  readonly past: readonly HistoryEntry[];
  readonly clock: Clock;
  /** Mends: applies a plan as a run that lasts. */
  readonly apply: (plan: SetupPlan) => Promise<SetupRun>;
  /** Writes into the deployment's history. */
  readonly tell: (entry: Omit<HistoryEntry, "id" | "at">) => Promise<void>;
  /** Replaces an entry of the history. */
  readonly amend: (entry: HistoryEntry) => Promise<void>;
  readonly agreeOn: (wiring: Wiring) => Promise<void>;
  /** When it was looked at last, and the drifts that were told then. */
  readonly last: { readonly at: number; readonly drifts: readonly DriftName[] } | undefined;
}

/** A look, with its drifts as they are shown. */
type Seen = Look & { readonly views: readonly DriftView[] };

type Told = Pick<HistoryEntry, "check" | "about" | "culprit" | "asks">;

/** How long it is asked who did something. */
const askedForMs = 2 * 86_400_000;

/** How far back whoever did it is looked for: CloudTrail delivers within minutes, and we look every quarter of an hour. */
const culpritWithinMs = 14 * 86_400_000;

/** Looks at one deployment's way, says what has changed and who did it, and mends what may be mended by itself. */
export class Care {
  readonly #parts: CareParts;
  #agreed: Wiring;
  #known: readonly DriftName[];
  /** What the history tells of drifts, newest first; what is told during this look, too. */
  #told: readonly Told[];

  constructor(parts: CareParts) {
    this.#parts = parts;
    this.#agreed = parts.agreed;
    this.#known = parts.last?.drifts ?? [];
    this.#told = parts.past.filter(({ kind }) => kind === "drift");
  }

  /** Drifts that the history tells of, and that are not mended yet. */
  get known(): readonly DriftName[] {
    return this.#known;
  }

  async check(options: {
    readonly repairs: boolean;
  }): Promise<{ readonly result: CheckResult; readonly repaired: number }> {
    const first = await this.#look();
    await this.#amendPast(first.wiring);
    await this.#tellChanges(first);
    if (!options.repairs) return { result: this.#result(first), repaired: 0 };
    const { seen, repaired } = await this.#mendAll(first);
    return { result: this.#result(seen), repaired };
  }

  /** One after another, with a new look after each: what mends one thing often changes what is to be done about others. */
  async #mendAll(first: Seen): Promise<{ readonly seen: Seen; readonly repaired: number }> {
    const tried: DriftName[] = [];
    let [seen, repaired] = [first, 0];
    for (;;) {
      const view = seen.views.find((one) => this.#mayMend(one) && !tried.some((name) => isSame(name, one)));
      const drift = seen.drifts.find((one) => view !== undefined && isSame(one, view));
      if (view?.plan === undefined || drift === undefined) return { seen, repaired };
      tried.push(drift);
      const run = await this.#parts.apply(view.plan);
      if (await this.#after(drift, view, run)) repaired += 1;
      seen = await this.#look();
      await this.#tellChanges(seen);
    }
  }

  /** Mends one drift with a person's yes; nothing when it is not there any more. */
  async repair(name: DriftName): Promise<SetupRun | undefined> {
    const look = await this.#look();
    const drift = look.drifts.find((one) => isSame(one, name));
    const view = look.views.find((one) => isSame(one, name));
    if (drift === undefined || view?.plan === undefined) return undefined;
    const run = await this.#parts.apply(view.plan);
    await this.#after(drift, view, run);
    return run;
  }

  async #look(): Promise<Seen> {
    const look = await lookForDrift(this.#agreed, this.#looking());
    const readable = agreeOnReadable(this.#agreed, look.wiring);
    if (readable !== this.#agreed) await this.#parts.agreeOn((this.#agreed = readable));
    const views: DriftView[] = [];
    for (const drift of look.drifts) views.push(await this.#viewOf(drift, look.wiring));
    return { ...look, views };
  }

  async #viewOf(drift: Drift, wiring: Wiring): Promise<DriftView> {
    const culprit = await this.#culpritOf(drift, wiring);
    const { check, about, sentence, loss, manner, help } = drift;
    const heldBack = whyHoldBack(drift, culprit, this.#parts.past, this.#parts.clock.now());
    const plan = drift.steps.length === 0 && drift.follows !== true ? undefined : this.#planOf(drift, wiring);
    return { check, about, sentence, loss, manner, help, heldBack, plan, culprit };
  }

  /** Who made a drift that was told already stays who it is. */
  async #culpritOf(drift: Drift, wiring: Wiring): Promise<Culprit | undefined> {
    const told = this.#isKnown(drift) ? this.#toldOf(drift) : undefined;
    if (told?.culprit !== undefined) return told.culprit;
    return this.#parts.culprits.find(told?.asks ?? this.#askOf(drift), wiring.places);
  }

  /** What was not there when it was looked last was done since; unless not all could be seen then. */
  #askOf({ culprit }: Drift): EventAsk {
    const { clock, last } = this.#parts;
    const wasBlind = last?.drifts.some(({ check }) => check === roleWeakened.name) === true;
    const seenAt = wasBlind ? 0 : (last?.at ?? 0);
    const since = Math.max(this.#agreed.readAt, seenAt, clock.now() - culpritWithinMs);
    return { ...culprit, since: since - slackMs };
  }

  #isKnown(name: DriftName): boolean {
    return this.#known.some((one) => isSame(one, name));
  }

  #toldOf(name: DriftName): Told | undefined {
    return this.#told.find((entry) => isSame(entry, name));
  }

  /** Who it was may be known only minutes later. */
  async #amendPast(wiring: Wiring): Promise<void> {
    const { past, clock, amend, culprits } = this.#parts;
    for (const entry of past) {
      if (entry.asks === undefined || entry.at < clock.now() - askedForMs) continue;
      const culprit = await culprits.find(entry.asks, wiring.places);
      if (culprit === undefined) continue;
      const { asks: _asks, ...rest } = entry;
      await amend({ ...rest, culprit });
    }
  }

  #planOf(drift: Drift, wiring: Wiring): SetupPlan {
    const { deployment, clock } = this.#parts;
    const trailArn = wiring.places.trail?.arn;
    return {
      id: planId([deployment.name, drift.steps]),
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

  async #after(drift: Drift, view: DriftView, run: SetupRun): Promise<boolean> {
    const { tell } = this.#parts;
    const of = { check: drift.check, about: drift.about, culprit: view.culprit, runId: run.id };
    if (run.status !== "done") {
      const problem = run.steps.find(({ status }) => status === "failed")?.problem ?? "it was stopped";
      await tell({ ...of, kind: "failed", sentence: `Could not be mended: ${problem}` });
      return false;
    }
    if (drift.follows === true) await this.#follow(drift);
    const what = run.plan.steps.map((step) => step.what).join("; ");
    const sentence = what === "" ? `Followed: ${drift.about} is what is read from now on` : `Mended: ${what}`;
    await tell({ ...of, kind: "repaired", sentence });
    this.#known = this.#known.filter((one) => !isSame(one, drift));
    return true;
  }

  /** What the drift is about is agreed on as it is now; whatever else has drifted stays a drift. */
  async #follow(drift: Drift): Promise<void> {
    const { agreeOn } = this.#parts;
    const { trail } = this.#agreed.places;
    const moved = drift.trailArn === undefined ? {} : placeOfTrail(drift.trailArn);
    const places = { ...this.#agreed.places, ...(trail === undefined ? {} : { trail: { ...trail, ...moved } }) };
    const now = await readNow({ ...this.#agreed, places }, this.#looking());
    this.#agreed = agreeOnFollowed(this.#agreed, now, drift);
    await agreeOn(this.#agreed);
  }

  async #tellChanges({ views, drifts }: Pick<Seen, "views" | "drifts">): Promise<void> {
    const { tell } = this.#parts;
    for (const view of views) {
      if (this.#isKnown(view)) continue;
      const { check, about, sentence, loss, culprit } = view;
      const drift = drifts.find((one) => isSame(one, view));
      const asks = culprit !== undefined || drift === undefined ? {} : { asks: this.#askOf(drift) };
      await tell({ kind: "drift", check, about, sentence: `${sentence}. ${loss}`, culprit, runId: undefined, ...asks });
      this.#told = [{ check, about, culprit, ...asks }, ...this.#told];
      if (view.heldBack !== undefined && view.manner === "repair") {
        await tell({ kind: "held-back", check, about, sentence: view.heldBack, culprit, runId: undefined });
      }
    }
    for (const { check, about } of this.#known) {
      if (views.some((view) => isSame(view, { check, about }))) continue;
      const sentence = "It is as it should be again";
      await tell({ kind: "gone", check, about, sentence, culprit: undefined, runId: undefined });
    }
    this.#known = views.map(({ check, about }) => ({ check, about }));
  }

  #result({ views, wiring }: Seen): CheckResult {
    const { deployment, clock } = this.#parts;
    return { deployment: deployment.name, at: clock.now(), drifts: views, wiring };
  }
}

function isSame(a: DriftName, b: DriftName): boolean {
  return a.check === b.check && a.about === b.about;
}

function placeOfTrail(arn: string): { readonly arn: string; readonly region: string } {
  return { arn, region: placeOfArn(arn).region };
}
