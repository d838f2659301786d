import type { Clock } from "../../base/clock.ts";
import type { DeploymentBook } from "../deployments/deployment-book.ts";
import { mayChange, type Deployment } from "../deployments/deployment.ts";
import { SetupError } from "../errors.ts";
import type { AwsOfDeployments } from "../open-aws-of.ts";
import type { SetupRun } from "../running/run.ts";
import type { SetupRuns } from "../running/setup-runs.ts";
import type { CheckResult, DriftName, OnRun } from "../setup.ts";
import type { SetupQuestions } from "../setup-questions.ts";
import { Care } from "./care.ts";
import { Culprits } from "./culprits.ts";
import type { EventFinder } from "./find-events.ts";
import { readNow } from "./look.ts";

export interface CareOptions {
  readonly book: DeploymentBook;
  readonly aws: AwsOfDeployments;
  readonly runs: SetupRuns;
  readonly questions: SetupQuestions;
  readonly events: EventFinder;
  readonly clock: Clock;
  readonly customUserAgent: string;
  readonly signal: AbortSignal;
  /** Whether the way works is to be seen by an event that comes through it. */
  readonly probe: (deployment: Deployment) => void;
}

/** How many of the last entries of the history are looked through for repairs that did not last. */
const pastEntries = 200;

/** Looks at ways, mends them and agrees on them, and notes in each deployment's row what was found. */
export class CareOfDeployments {
  readonly #options: CareOptions;

  constructor(options: CareOptions) {
    this.#options = options;
  }

  /** The way is right as it is now, a person says; one that somebody else laid is agreed on if it is whole. */
  async agree(name: string): Promise<CheckResult> {
    const { book, aws } = this.#options;
    const deployment = await book.get(name);
    const agreed = await book.agreed(name);
    if (agreed === undefined) return this.#agreeAtFirst(deployment);
    const wiring = await readNow(agreed, { deployment, aws: await aws.of(name), now: this.#now });
    await book.agreeOn(name, wiring);
    await book.note(name, { kind: "agreed", sentence: "A person said that the way is right as it is" });
    await book.noteCheck(name, { at: wiring.readAt, drifts: [] });
    return { deployment: name, at: this.#now(), drifts: [], wiring };
  }

  async check(name: string, options: { readonly repairs: boolean }): Promise<CheckResult> {
    const { book, probe } = this.#options;
    const { care, deployment } = await this.#careFor(name, () => undefined);
    const { result, repaired } = await care.check(options);
    await book.noteCheck(name, { at: result.wiring.readAt, drifts: care.known });
    if (repaired > 0) probe(deployment);
    return result;
  }

  async repair(name: string, drift: DriftName, onRun: OnRun): Promise<SetupRun> {
    const { book, probe } = this.#options;
    const { care, deployment } = await this.#careFor(name, onRun);
    mayChange(deployment);
    const run = await care.repair(drift);
    if (run === undefined) {
      throw new SetupError(`${drift.check} has nothing to mend about ${drift.about}`, {
        code: "drift-gone",
        fault: "user",
        help: `Look again: trailwarden setup check ${name}`,
      });
    }
    const last = await book.lastCheck(name);
    if (last !== undefined) await book.noteCheck(name, { ...last, drifts: care.known });
    if (run.status === "done") probe(deployment);
    return run;
  }

  readonly #now = () => this.#options.clock.now();

  async #agreeAtFirst(deployment: Deployment): Promise<CheckResult> {
    const { name } = deployment;
    const { book, questions, runs } = this.#options;
    const { plan } = await questions.makePlan(deployment, {});
    const [obstacle] = plan.obstacles;
    if (obstacle !== undefined || plan.steps.length > 0) {
      const lacks = obstacle?.sentence ?? plan.steps.map(({ what }) => what).join("; ");
      throw new SetupError(`The way is not whole: ${lacks}`, {
        code: "way-not-whole",
        fault: "user",
        help: `See what is to be done: trailwarden setup plan ${name}`,
      });
    }
    await runs.apply(deployment, plan, () => undefined);
    const wiring = await book.agreed(name);
    if (wiring === undefined) throw new TypeError("A way that was applied is agreed on");
    return { deployment: name, at: this.#now(), drifts: [], wiring };
  }

  async #careFor(name: string, onRun: OnRun): Promise<{ readonly care: Care; readonly deployment: Deployment }> {
    const { book, runs, clock, events, customUserAgent, signal } = this.#options;
    const deployment = await book.get(name);
    const agreed = await book.agreed(name);
    if (agreed === undefined) {
      throw new SetupError(`The deployment ${name} is not set up yet`, {
        code: "deployment-not-set-up",
        fault: "user",
        help: `Set it up: trailwarden setup apply ${name}; or agree to what is there: trailwarden setup check ${name} --agree`,
      });
    }
    const aws = await this.#options.aws.of(name);
    const times = (await runs.list(name)).map(({ startedAt, endedAt }) => ({
      from: startedAt,
      to: endedAt ?? clock.now(),
    }));
    const own = { userAgent: customUserAgent, runs: times };
    const care = new Care({
      deployment,
      aws,
      agreed,
      culprits: new Culprits({ events, aws, clock, signal, own }),
      past: await book.history(name, { limit: pastEntries }),
      clock,
      apply: (plan) => runs.repair(plan, onRun),
      tell: (entry) => book.tell(name, entry),
      amend: (entry) => book.amend(name, entry),
      agreeOn: (wiring) => book.agreeOn(name, wiring),
      last: await book.lastCheck(name),
    });
    return { care, deployment };
  }
}
