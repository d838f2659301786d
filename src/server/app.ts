import { OpenAPIHono } from "@hono/zod-openapi";
import { ServerError } from "./errors.ts";
import { sendProblem } from "./problem.ts";
import { collectRoutes } from "./api/collect.ts";
import { eventRoutes } from "./api/events.ts";
import { infoRoutes } from "./api/info.ts";
import { notifyRoutes } from "./api/notify.ts";
import { detectRoutes } from "./api/detect.ts";
import { findingRoutes } from "./api/findings.ts";
import { incidentRoutes } from "./api/incidents.ts";
import { deploymentRoutes } from "./api/deployments.ts";
import { setupAccessRoutes } from "./api/setup-access.ts";
import { ruleItemRoutes } from "./api/rule-items.ts";
import { ruleRoutes } from "./api/rules.ts";
import { sandboxRoutes } from "./api/sandbox.ts";
import { searchRoutes } from "./api/search.ts";
import { storeRoutes } from "./api/store.ts";
import { threatRoutes } from "./api/threats.ts";
import { verdictFinder } from "./api/verdicts.ts";
import { auditRoutes } from "./api/verify-audits.ts";
import { caseRoutes } from "./api/verify-cases.ts";
import { verifyRoutes } from "./api/verify.ts";
import { consoleFiles } from "./console-files.ts";
import { guardChanges, guardHost, limitBody, securityHeaders } from "./guards.ts";
import type { SandboxState } from "./live-sandbox.ts";
import type { Services } from "./services.ts";

export interface AppOptions {
  readonly services: Services;
  /** The sandbox that the server keeps, if it keeps one. */
  readonly sandbox?: () => Promise<SandboxState | undefined>;
  /** What a caller has to know who may change what is collected, or make the server read its disk or speak to AWS. */
  readonly token: string;
  /** Host names that this server answers to; a page that rebinds its own name to loopback is refused. */
  readonly hosts: readonly string[];
  /** Where the built console lies; absent for a server without one. */
  readonly consoleDirectory?: string | undefined;
  /** Hears of failures that are our own fault. */
  readonly onFailure: (error: unknown) => void;
}

/** The one HTTP API, and the console beside it. */
export function createApp(options: AppOptions) {
  const { services } = options;
  const app = new OpenAPIHono();
  app.use(securityHeaders());
  app.use(guardHost(options.hosts));
  app.use("/api/v1/collect/*", guardChanges(options.token));
  app.use("/api/v1/setup/*", guardChanges(options.token));
  app.use("/api/v1/verify/*", guardChanges(options.token));
  app.use("/api/v1/detect/*", guardChanges(options.token));
  app.use("/api/v1/incidents/*", guardChanges(options.token));
  app.use("/api/v1/notify/*", guardChanges(options.token));
  app.use("/api/*", limitBody());
  app.onError((error, context) => {
    const response = sendProblem(context, error);
    if (response.status >= 500) options.onFailure(error);
    return response;
  });
  const { openVerification } = services;
  const findVerdicts = verdictFinder(openVerification);
  const routes = app
    .route("/api/v1/info", infoRoutes(services.info))
    .route("/api/v1/search", searchRoutes(services.search, findVerdicts))
    .route("/api/v1/events", eventRoutes(services.search, findVerdicts))
    .route("/api/v1/store", storeRoutes(services.store))
    .route("/api/v1/collect", collectRoutes(services))
    .route("/api/v1/setup", deploymentRoutes(services.openSetup))
    .route("/api/v1/setup", setupAccessRoutes(services.openSetup))
    .route("/api/v1/verify", verifyRoutes(openVerification, services.now))
    .route("/api/v1/verify", auditRoutes(openVerification, services.now))
    .route("/api/v1/verify", caseRoutes(openVerification, services.now))
    .route("/api/v1/detect", detectRoutes(services.store, services.now, services.detecting.openRuleBook))
    .route("/api/v1/detect", ruleRoutes(services.detecting.openRuleBook))
    .route("/api/v1/detect", ruleItemRoutes(services.detecting.openRuleBook, services.now))
    .route("/api/v1/detect", threatRoutes(services.detecting.openThreats))
    .route("/api/v1/detect", findingRoutes(services.detecting, services.now))
    .route("/api/v1/incidents", incidentRoutes(services.detecting.openIncidents, openVerification, services.now))
    .route("/api/v1/notify", notifyRoutes(services.detecting.openNotifier))
    .route("/api/v1/sandbox", sandboxRoutes(options.sandbox ?? (async () => undefined)));
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/metrics", async (context) => context.text(await services.metrics()));
  app.doc31("/api/v1/openapi.json", { openapi: "3.1.0", info: { title: "Trailwarden", version: services.version } });
  app.all("/api/*", (context) => sendProblem(context, notFound(context.req.path)));
  if (options.consoleDirectory !== undefined) app.get("*", consoleFiles(options.consoleDirectory));
  else app.get("/", (context) => sendProblem(context, consoleMissing()));
  app.notFound((context) => sendProblem(context, notFound(context.req.path)));
  return routes;
}

/** What the typed client knows of the server. */
export type Api = ReturnType<typeof createApp>;

function consoleMissing(): ServerError {
  return new ServerError("The console is not built", {
    code: "console-missing",
    fault: "ours",
    help: "Run npm run build in Trailwarden's folder, then start it again; the API answers meanwhile",
  });
}

function notFound(path: string): ServerError {
  return new ServerError(`There is nothing at ${path.slice(0, 200)}`, {
    code: "not-found",
    fault: "user",
    help: "See /api/v1/openapi.json for what there is",
  });
}
