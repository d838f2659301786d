// In: an AWS account that somebody put under care, and what they want of it.
// Out: a plan with its price, a run that does just that and can be undone; drift, who made it, and its repair.
// Never: changes an account without a plan that was read, overwrites a policy, or deletes log files unasked.
export { type AgreedTrail, agreedTrails } from "./agreed-trails.ts";
export type { AccountView, TrailView } from "./account/account.ts";
export type { EventAsk, EventFinder } from "./care/find-events.ts";
export type { QueueSource, SourceBook } from "./care/source-book.ts";
export type { Bill } from "./cost/bill.ts";
export type { CostView } from "./cost/cost-of-deployment.ts";
export type { Replay } from "./cost/replay-selectors.ts";
export { storedRecords } from "./cost/stored-records.ts";
export { storedVolumes } from "./cost/stored-volumes.ts";
export type { Deployment, Depth } from "./deployments/deployment.ts";
export { SetupError, type SetupErrorCode } from "./errors.ts";
export { openSetup, type RunningSetup, type SetupOptions } from "./open-setup.ts";
export type { DoctorReport } from "./permissions/doctor.ts";
export type { PlanStep, SetupPlan } from "./planning/plan.ts";
export type { SetupRun } from "./running/run.ts";
export type {
  CheckResult,
  Culprit,
  DeploymentChange,
  DeploymentRequest,
  DeploymentView,
  DriftName,
  DriftView,
  HistoryEntry,
  OnRun,
  PlanView,
  PriceAsk,
  ReplayRequest,
  RoleAsk,
  RoleFormat,
  RoleView,
  Setup,
  WishRequest,
} from "./setup.ts";
export type { Wiring } from "./wiring/wiring.ts";
