// In: requests over HTTP (or in process, from the command line), a data folder.
// Out: the one API in its stations, the console's files.
// Never: holds knowledge that a station should have; prints to a terminal; ends the process.
export { createApp, type Api } from "./app.ts";
export { askSandbox } from "./ask-sandbox.ts";
export { ServerError, type ServerErrorCode } from "./errors.ts";
export { holdsEvents, openServices, type Services } from "./services.ts";
export { startServer, type RunningServer } from "./serve.ts";
export type { Problem } from "./problem.ts";
export type { EventRow } from "../search/index.ts";
export type * from "./api/answers.ts";
