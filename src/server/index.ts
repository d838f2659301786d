// In: requests over HTTP (or in process, from the command line), a data folder.
// Out: the one API in its stations, the console's files.
// Never: holds knowledge that a station should have; prints to a terminal; ends the process.
export { createApp, type Api } from "./app.ts";
export { askSandbox } from "./ask-sandbox.ts";
export { ServerError, type ServerErrorCode } from "./errors.ts";
export { holdsEvents, openServices, programVersion, type Services } from "./services.ts";
export { startServer, type RunningServer } from "./serve.ts";
export { readServerFile } from "./server-file.ts";
export type { ImportMessage } from "./api/imports.ts";
export type { HistogramMessage } from "./api/search.ts";
export type { Problem } from "./problem.ts";
export type {
  AccountAnswer,
  FilterAnswer,
  KindAnswer,
  LedgerEntryAnswer,
  LedgerHourAnswer,
  LedgerTotalsAnswer,
  SetAsideAnswer,
  SourceAnswer,
} from "./api/collect-schemas.ts";
export type { OfferAnswer, OfferMessage } from "./api/offers.ts";
export type { EventAnswer, StoreAnswer } from "./api/schemas.ts";
export type { EventRow } from "../search/index.ts";
export type { PlanAnswer, RunMessage } from "./api/deployments.ts";
export type { BillAnswer } from "./api/print-bill.ts";
export type { ReplayAnswer } from "./api/print-replay.ts";
export type { CostAnswer, DoctorAnswer, RoleAnswer } from "./api/setup-access.ts";
export type { CheckAnswer, DeploymentAnswer, HistoryAnswer, RunAnswer } from "./api/setup-schemas.ts";
export type { RereadMessage } from "./api/verify.ts";
export type {
  ChainAnswer,
  IntegrityFindingAnswer,
  LogVerdictAnswer,
  OverviewAnswer,
  StatementAnswer,
} from "./api/verify-schemas.ts";
export type { DelayAnswer } from "./api/delays.ts";
export type { UnreconciledAnswer } from "./api/unreconciled.ts";
export type { CheckMessage, TestMessage } from "./api/sources.ts";
export type { AuditBody, AuditMessage } from "./api/audit-schemas.ts";
