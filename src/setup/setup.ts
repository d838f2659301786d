import type { Drift } from "./checks/check.ts";
import type { AccountView } from "./account/account.ts";
import type { Deployment, Depth } from "./deployments/deployment.ts";
import type { EventAsk } from "./care/find-events.ts";
import type { Bill } from "./cost/bill.ts";
import type { Replay } from "./cost/replay-selectors.ts";
import type { SelectorsValue } from "./settings/values.ts";
import type { CostView } from "./cost/cost-of-deployment.ts";
import type { DoctorReport } from "./permissions/doctor.ts";
import type { RoleFormName } from "./permissions/render/role-forms.ts";
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

/** What of a deployment may be changed. */
export type DeploymentChange = Partial<
  Pick<DeploymentRequest, "depth" | "roleArn" | "logAccount" | "automatic" | "retentionDays" | "secrets">
>;

export type WishRequest = Partial<
  Pick<SetupWish, "region" | "trail" | "createsTrail" | "allowsPaidCopy" | "forOrganization" | "keyArn">
>;

/** A drift as it is shown and remembered. */
export interface DriftView extends DriftName, Pick<Drift, "sentence" | "loss" | "manner" | "help"> {
  /** Why it waits for a person although it may be mended by itself. */
  readonly heldBack: string | undefined;
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

/** Which drift is meant. */
export interface DriftName {
  readonly check: string;
  readonly about: string;
}

/** What the history tells of: runs, the way as a whole, and drifts. */
export type HistoryKind =
  | ("applied" | "undone" | "stopped")
  | ("agreed" | "not-looked" | "probe" | "probe-failed")
  | ("drift" | "held-back" | "repaired" | "failed" | "gone");

export interface HistoryEntry {
  readonly id: string;
  readonly at: number;
  readonly kind: HistoryKind;
  readonly check: string;
  /** What the drift is about: `the bucket logs`. */
  readonly about: string;
  readonly sentence: string;
  readonly culprit: Culprit | undefined;
  readonly runId: string | undefined;
  /** What is still asked of the events, because nobody knows yet who it was. */
  readonly asks?: EventAsk;
}

export interface CheckResult {
  readonly deployment: string;
  readonly at: number;
  readonly drifts: readonly DriftView[];
  readonly wiring: Wiring;
}

/** A deployment, and how it stood when it was last looked at. */
export interface DeploymentView extends Deployment {
  readonly lastCheck: { readonly at: number; readonly drifts: readonly DriftName[] } | undefined;
  /** It was set up, or a person said that its way is right. */
  readonly isAgreed: boolean;
}

/** A plan with what a person wants to know before saying yes. */
export interface PlanView {
  readonly plan: SetupPlan;
  /** How the same is done by hand: commands of the AWS CLI for each step. */
  readonly instructions: readonly { readonly stepId: string; readonly commands: readonly string[] }[];
  /** What the account's trails cost a month once the plan is done, and what of it the plan adds. */
  readonly bill: Bill;
}

/** Prices of a person's own. */
export interface PriceAsk {
  /** Single prices, as the page on costs describes them. */
  readonly overrides?: unknown;
  /** A price list of AWS's for AWSCloudTrail, as it was downloaded. */
  readonly list?: unknown;
}

export interface ReplayRequest {
  /** By name or ARN; the one that is collected where not given. */
  readonly trail?: string | undefined;
  readonly selectors: SelectorsValue;
  /** How many days of events are replayed. */
  readonly days: number;
  readonly prices?: PriceAsk | undefined;
}

/** A form that a role is printed in. */
export type RoleFormat = RoleFormName | "stack-set";

export interface RoleAsk {
  readonly format: RoleFormat;
  /** Who takes the role on; whoever this program is, where not given. */
  readonly principalArn?: string | undefined;
  /** Where a person put the template, for a link that opens CloudFormation with everything filled in. */
  readonly templateUrl?: string | undefined;
  /** Where a stack set goes. */
  readonly organizationalUnitIds?: readonly string[] | undefined;
}

/** A role of a deployment in one account, printed. */
export interface RoleView {
  readonly accountId: string;
  readonly roleName: string;
  readonly format: RoleFormat;
  readonly text: string;
  readonly fileName: string;
  readonly quickCreateUrl: string | undefined;
  /** Actions that there is nothing to allow on yet, such as those of a key that no plan has named. */
  readonly leftOut: readonly string[];
}

export type OnRun = (run: SetupRun) => void;

/** Set-up as API and command line use it. Errors are `SetupError`s. */
export interface Setup {
  add(request: DeploymentRequest): Promise<DeploymentView>;
  /** Replaces what is given of how it is cared for; its account, region and names stay. */
  change(name: string, change: DeploymentChange): Promise<DeploymentView>;
  /** What was made in AWS stays; the source goes on. */
  remove(name: string): Promise<void>;
  get(name: string): Promise<DeploymentView>;
  list(): Promise<readonly DeploymentView[]>;
  view(name: string): Promise<AccountView>;
  /** What its trails cost a month as they are, and trails that record what another one does already. */
  cost(name: string, prices?: PriceAsk): Promise<CostView>;
  /** What a change of a trail's selectors would have saved, by the events that are stored. */
  replay(name: string, ask: ReplayRequest, signal: AbortSignal): Promise<Replay>;
  /** The role, for the depth, in the form that is asked for. */
  role(name: string, ask: RoleAsk): Promise<readonly RoleView[]>;
  /** Looks whether every permission is there, and says which feature lacks which. */
  doctor(name: string): Promise<DoctorReport>;
  plan(name: string, wish: WishRequest): Promise<PlanView>;
  /** Applies the plan with this id, if the same would still be done; tells of each step. */
  apply(name: string, planId: string, wish: WishRequest, onRun: OnRun): Promise<SetupRun>;
  /** Goes on with a run that stopped. */
  goOn(runId: string, onRun: OnRun): Promise<SetupRun>;
  undo(runId: string, options: { readonly withLogFiles: boolean }, onRun: OnRun): Promise<SetupRun>;
  /** Newest first. */
  runs(name: string): Promise<readonly SetupRun[]>;
  /** Says that the way is right as it is now: what differs from it later is drift. */
  agree(name: string): Promise<CheckResult>;
  /** Looks for drift now; repairs what may be repaired by itself when `repairs`. */
  check(name: string, options: { readonly repairs: boolean }): Promise<CheckResult>;
  /** Mends one drift, with a person's yes. */
  repair(name: string, drift: DriftName, onRun: OnRun): Promise<SetupRun>;
  history(name: string, page: { readonly before?: string; readonly limit: number }): Promise<readonly HistoryEntry[]>;
}
