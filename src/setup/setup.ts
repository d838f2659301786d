import type { AccountView } from "./account/account.ts";
import type { Deployment, Depth } from "./deployments/deployment.ts";
import type { SetupPlan, SetupWish } from "./planning/plan.ts";
import type { SetupRun } from "./running/run.ts";
import type { Wiring } from "./wiring/wiring.ts";

/** What a person gives to put an account under care. */
export interface DeploymentRequest {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly depth: Depth;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly logAccount?: { readonly accountId: string; readonly roleArn: string } | undefined;
  readonly endpoint?: string | undefined;
  readonly names?: Partial<Deployment["names"]> | undefined;
  readonly automatic?: readonly string[] | undefined;
  readonly retentionDays?: number | undefined;
  /** Keys of this deployment alone, instead of the machine's credentials. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

export type WishRequest = Partial<
  Pick<SetupWish, "region" | "trail" | "createsTrail" | "allowsPaidCopy" | "forOrganization" | "keyArn">
>;

/** A drift as it is shown and remembered. */
export interface DriftView {
  readonly check: string;
  readonly about: string;
  readonly sentence: string;
  readonly loss: string;
  readonly manner: "repair" | "propose" | "tell";
  readonly help: string;
  /** What mends it; nothing for what only a person can do. */
  readonly plan: SetupPlan | undefined;
  readonly culprit: Culprit | undefined;
}

/** Who did it, by the events that we collect. */
export interface Culprit {
  readonly eventId: string;
  readonly eventName: string;
  readonly eventTime: string;
  /** ARN of who, or what there is of a name. */
  readonly actor: string;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export interface HistoryEntry {
  readonly id: string;
  readonly at: number;
  /** `drift`, `repaired`, `held-back`, `proposed`, `applied`, `undone`, `probe`, `agreed`, `gone`. */
  readonly kind: string;
  readonly check: string;
  readonly sentence: string;
  readonly culprit: Culprit | undefined;
  readonly runId: string | undefined;
}

export interface CheckResult {
  readonly deployment: string;
  readonly at: number;
  readonly drifts: readonly DriftView[];
  readonly wiring: Wiring;
}

/** Set-up as API and command line use it. */
export interface Setup {
  add(request: DeploymentRequest): Promise<Deployment>;
  remove(name: string): Promise<void>;
  get(name: string): Promise<Deployment>;
  list(): Promise<readonly Deployment[]>;
  view(name: string): Promise<AccountView>;
  plan(name: string, wish: WishRequest): Promise<SetupPlan>;
  /** Applies the plan with this id, if the same would still be done; tells of each step. */
  apply(name: string, planId: string, wish: WishRequest, onStep: (run: SetupRun) => void): Promise<SetupRun>;
  /** Goes on with a run that stopped. */
  goOn(runId: string, onStep: (run: SetupRun) => void): Promise<SetupRun>;
  undo(runId: string, options: { readonly withLogFiles: boolean }, onStep: (run: SetupRun) => void): Promise<SetupRun>;
  runs(name: string): Promise<readonly SetupRun[]>;
  /** Looks for drift now; repairs what may be repaired by itself when `repairs`. */
  check(name: string, options: { readonly repairs: boolean }): Promise<CheckResult>;
  history(name: string, page: { readonly before?: string; readonly limit: number }): Promise<readonly HistoryEntry[]>;
}
