import type { Clock } from "../base/clock.ts";
import { timeId } from "./time-id.ts";
import type { DeploymentTable } from "../state/index.ts";
import type { AccountView } from "./account/account.ts";
import { CareOfDeployments } from "./care/care-of-deployments.ts";
import type { EventFinder } from "./care/find-events.ts";
import { keepLooking } from "./care/keep-looking.ts";
import type { SourceBook } from "./care/source-book.ts";
import { DeploymentBook } from "./deployments/deployment-book.ts";
import { mayChange, type Deployment } from "./deployments/deployment.ts";
import { SetupError } from "./errors.ts";
import { AwsOfDeployments } from "./open-aws-of.ts";
import type { SetupRun } from "./running/run.ts";
import { SetupRuns } from "./running/setup-runs.ts";
import type { CostView } from "./cost/cost-of-deployment.ts";
import type { VolumeSource } from "./cost/volumes.ts";
import type { DoctorReport } from "./permissions/doctor.ts";
import type { Replay, RuleSight } from "./cost/replay-selectors.ts";
import { saidPlainly } from "./say-plainly.ts";
import { SetupQuestions, type StoredRecords } from "./setup-questions.ts";
import type {
  CheckResult,
  DeploymentChange,
  DeploymentRequest,
  DeploymentView,
  DriftName,
  HistoryEntry,
  OnRun,
  PlanView,
  PriceAsk,
  ReplayRequest,
  RoleAsk,
  RoleView,
  Setup,
  WishRequest,
} from "./setup.ts";

export interface SetupOptions {
  readonly table: DeploymentTable;
  readonly clock: Clock;
  readonly customUserAgent: string;
  /** Counts the events that are stored, for what things cost. */
  readonly volumes: VolumeSource;
  /** The records that are stored, for what a change of selectors would save. */
  readonly records: StoredRecords;
  /** Knows which rules a change of selectors would blind. */
  readonly rules?: RuleSight | undefined;
  /** Finds who did it. */
  readonly events: EventFinder;
  /** What collects from an account that was set up, and probes the way. */
  readonly sources: SourceBook;
  /** Told of failures that are our own fault. */
  readonly onFailure: (error: unknown) => void;
}

/** Opens set-up; nothing is looked at by itself before `start`. */
export function openSetup(options: SetupOptions): RunningSetup {
  return new RunningSetup(options);
}

export class RunningSetup implements Setup, AsyncDisposable {
  readonly #options: SetupOptions;
  readonly #book: DeploymentBook;
  readonly #aws: AwsOfDeployments;
  readonly #questions: SetupQuestions;
  readonly #runs: SetupRuns;
  readonly #care: CareOfDeployments;
  readonly #stopping = new AbortController();
  readonly #background = new Set<Promise<void>>();

  constructor(options: SetupOptions) {
    const { table, clock } = options;
    this.#options = options;
    this.#book = new DeploymentBook({ table, now: () => clock.now(), newId: () => timeId(clock.now()) });
    this.#aws = new AwsOfDeployments(this.#book, options);
    const probe = (deployment: Deployment) => this.#probe(deployment);
    const { signal } = this.#stopping;
    const parts = { ...options, book: this.#book, aws: this.#aws, signal, probe };
    this.#questions = new SetupQuestions(parts);
    this.#runs = new SetupRuns(parts);
    this.#care = new CareOfDeployments({ ...parts, runs: this.#runs, questions: this.#questions });
  }

  /** Runs that a crash ended count as stopped; from now on every way is looked at by itself. */
  async start(): Promise<void> {
    await this.#runs.recover();
    const { clock, onFailure } = this.#options;
    this.#inBackground(
      keepLooking({
        clock,
        signal: this.#stopping.signal,
        names: async () => (await this.list()).filter(({ isAgreed }) => isAgreed).map(({ name }) => name),
        look: async (name) => void (await this.check(name, { repairs: true })),
        tell: (name, sentence) => this.#book.note(name, { kind: "not-looked", sentence }),
        onFailure,
      }),
    );
  }

  async add(request: DeploymentRequest): Promise<DeploymentView> {
    return this.#viewOf(await this.#book.add(request));
  }

  async change(name: string, change: DeploymentChange): Promise<DeploymentView> {
    this.#runs.mayGo(name);
    const changed = await this.#book.replace(name, change);
    await this.#aws.forget(name);
    return this.#viewOf(changed);
  }

  async remove(name: string): Promise<void> {
    this.#runs.mayGo(name);
    await this.#book.remove(name);
    await this.#aws.forget(name);
  }

  async get(name: string): Promise<DeploymentView> {
    return this.#viewOf(await this.#book.get(name));
  }

  async list(): Promise<readonly DeploymentView[]> {
    return Promise.all((await this.#book.list()).map((deployment) => this.#viewOf(deployment)));
  }

  view(name: string): Promise<AccountView> {
    return this.#plainly(name, () => this.#questions.view(name));
  }

  cost(name: string, prices?: PriceAsk): Promise<CostView> {
    return this.#plainly(name, () => this.#questions.cost(name, prices));
  }

  replay(name: string, ask: ReplayRequest, signal: AbortSignal): Promise<Replay> {
    const stop = AbortSignal.any([signal, this.#stopping.signal]);
    return this.#plainly(name, () => this.#questions.replay(name, ask, stop));
  }

  role(name: string, ask: RoleAsk): Promise<readonly RoleView[]> {
    return this.#plainly(name, () => this.#questions.role(name, ask));
  }

  doctor(name: string): Promise<DoctorReport> {
    return this.#plainly(name, () => this.#questions.doctor(name));
  }

  plan(name: string, wish: WishRequest): Promise<PlanView> {
    return this.#plainly(name, () => this.#questions.plan(name, wish));
  }

  async apply(name: string, planId: string, wish: WishRequest, onRun: OnRun): Promise<SetupRun> {
    const deployment = await this.#book.get(name);
    mayChange(deployment);
    const { plan } = await this.#plainly(name, () => this.#questions.makePlan(deployment, wish));
    if (plan.id !== planId) {
      throw new SetupError("Something else would be done now than the plan says that was read", {
        code: "plan-changed",
        fault: "user",
        help: "Read the new plan, then apply that one",
      });
    }
    return this.#runs.apply(deployment, plan, onRun);
  }

  goOn(runId: string, onRun: OnRun): Promise<SetupRun> {
    return this.#runs.goOn(runId, onRun);
  }

  undo(runId: string, options: { readonly withLogFiles: boolean }, onRun: OnRun): Promise<SetupRun> {
    return this.#runs.undo(runId, options, onRun);
  }

  async runs(name: string): Promise<readonly SetupRun[]> {
    await this.#book.get(name);
    return this.#runs.list(name);
  }

  agree(name: string): Promise<CheckResult> {
    return this.#plainly(name, () => this.#care.agree(name));
  }

  check(name: string, options: { readonly repairs: boolean }): Promise<CheckResult> {
    return this.#plainly(name, () => this.#care.check(name, options));
  }

  repair(name: string, drift: DriftName, onRun: OnRun): Promise<SetupRun> {
    return this.#plainly(name, () => this.#care.repair(name, drift, onRun));
  }

  async history(
    name: string,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<readonly HistoryEntry[]> {
    await this.#book.get(name);
    return this.#book.history(name, page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#background);
    await this.#aws[Symbol.asyncDispose]();
  }

  /** What AWS refuses is told as such, with what to do. */
  async #plainly<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      throw saidPlainly(error, await this.#book.get(name));
    }
  }

  async #viewOf(deployment: Deployment): Promise<DeploymentView> {
    const { name } = deployment;
    const lastCheck = await this.#book.lastCheck(name);
    return { ...deployment, lastCheck, isAgreed: (await this.#book.agreed(name)) !== undefined };
  }

  /** Whether the way works is seen by an event that comes through it; that takes minutes, and nobody waits for it. */
  #probe({ name, source }: Deployment): void {
    if (source === undefined) return;
    const { sources, onFailure } = this.#options;
    const { signal } = this.#stopping;
    const probing = (async () => {
      const { sentence, isGood } = await sources.probe(source, signal);
      await this.#book.note(name, { kind: isGood ? "probe" : "probe-failed", sentence });
    })().catch((error: unknown) => {
      if (!signal.aborted) onFailure(error);
    });
    this.#inBackground(probing);
  }

  #inBackground(work: Promise<void>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }
}
