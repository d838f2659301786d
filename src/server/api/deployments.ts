import { createRoute, z } from "@hono/zod-openapi";
import type { DeploymentChange, DeploymentRequest, OnRun, Setup, SetupRun, WishRequest } from "../../setup/index.ts";
import { latestTold } from "../latest-told.ts";
import { ndjsonOnceBegun } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { nameInPath } from "./collect-schemas.ts";
import { billSchema, printBill } from "./print-bill.ts";
import { printCheck, printDeployment, printHistory, printRun, printSetupPlan } from "./print-setup.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, nextOf, problemResponses } from "./schemas.ts";
import {
  checkSchema,
  deploymentSchema,
  historySchema,
  runSchema,
  setupPlanSchema,
  wishSchema,
  type RunAnswer,
} from "./setup-schemas.ts";

const needsToken = "(needs the data folder's token)";
const runLines = { description: "application/x-ndjson, one value a line: run …, then done (or failed)" };
const runInPath = z.object({ id: z.string().max(100) });

const listDeployments = createRoute({
  method: "get",
  path: "/deployments",
  summary: "AWS accounts under care, and how each stood when it was last looked at",
  responses: {
    200: jsonContent("Deployments", z.object({ deployments: z.array(deploymentSchema) })),
    ...problemResponses,
  },
});

const addDeployment = createRoute({
  method: "post",
  path: "/deployments",
  summary: `Put an account under care; nothing is changed in it ${needsToken}`,
  request: jsonBody(
    z
      .record(z.string().max(100), z.unknown())
      .openapi({ description: "name, accountId, region, depth, roleArn, externalId, logAccount, endpoint, names, …" }),
  ),
  responses: { 201: jsonContent("The deployment", z.object({ deployment: deploymentSchema })), ...problemResponses },
});

const readDeployment = createRoute({
  method: "get",
  path: "/deployments/{name}",
  summary: "One deployment",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The deployment", z.object({ deployment: deploymentSchema })), ...problemResponses },
});

const changeDeployment = createRoute({
  method: "patch",
  path: "/deployments/{name}",
  summary: `Change how an account is cared for; its account, region and names stay ${needsToken}`,
  request: {
    params: nameInPath,
    ...jsonBody(
      z
        .partialRecord(z.enum(["depth", "roleArn", "logAccount", "automatic", "retentionDays", "secrets"]), z.unknown())
        .openapi({ description: "Any of depth, roleArn, logAccount, automatic, retentionDays, secrets" }),
    ),
  },
  responses: { 200: jsonContent("The deployment", z.object({ deployment: deploymentSchema })), ...problemResponses },
});

const removeDeployment = createRoute({
  method: "delete",
  path: "/deployments/{name}",
  summary: `Care for an account no more; what was made in AWS stays, and its source goes on ${needsToken}`,
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const planAnswer = z
  .object({
    plan: setupPlanSchema,
    instructions: z.array(z.object({ stepId: z.string(), commands: z.array(z.string()) })),
    bill: billSchema,
  })
  .openapi("SetupPlanAnswer");
export type PlanAnswer = z.infer<typeof planAnswer>;

const planSetup = createRoute({
  method: "post",
  path: "/deployments/{name}/plan",
  summary: `Look at the account in all regions and say what is to be done; changes nothing ${needsToken}`,
  request: { params: nameInPath, ...jsonBody(wishSchema) },
  responses: {
    200: jsonContent("The plan, how to do the same by hand, and what it costs", planAnswer),
    ...problemResponses,
  },
});

const applySetup = createRoute({
  method: "post",
  path: "/deployments/{name}/apply",
  summary: `Do exactly what the plan says that was read ${needsToken}`,
  request: { params: nameInPath, ...jsonBody(wishSchema.extend({ planId: z.string().max(100) })) },
  responses: { 200: runLines, ...problemResponses },
});

const listRuns = createRoute({
  method: "get",
  path: "/deployments/{name}/runs",
  summary: "What was applied, repaired and undone, newest first",
  request: { params: nameInPath },
  responses: { 200: jsonContent("Runs", z.object({ runs: z.array(runSchema) })), ...problemResponses },
});

const goOn = createRoute({
  method: "post",
  path: "/runs/{id}/go-on",
  summary: `Go on with a run that stopped ${needsToken}`,
  request: { params: runInPath },
  responses: { 200: runLines, ...problemResponses },
});

const undo = createRoute({
  method: "post",
  path: "/runs/{id}/undo",
  summary: `Take back what a run did ${needsToken}`,
  request: {
    params: runInPath,
    ...jsonBody(
      z.strictObject({
        withLogFiles: z
          .boolean()
          .default(false)
          .openapi({ description: "Delete log files with a bucket that was made" }),
      }),
    ),
  },
  responses: { 200: runLines, ...problemResponses },
});

const checkNow = createRoute({
  method: "post",
  path: "/deployments/{name}/check",
  summary: `Look for drift now, and mend what may be mended by itself when told to ${needsToken}`,
  request: { params: nameInPath, ...jsonBody(z.strictObject({ repairs: z.boolean().default(false) })) },
  responses: { 200: jsonContent("What has changed, and who did it", checkSchema), ...problemResponses },
});

const agree = createRoute({
  method: "post",
  path: "/deployments/{name}/agree",
  summary: `Say that the way is right as it is now: what differs from it later is drift ${needsToken}`,
  request: { params: nameInPath },
  responses: { 200: jsonContent("The way as it is", checkSchema), ...problemResponses },
});

const repair = createRoute({
  method: "post",
  path: "/deployments/{name}/repair",
  summary: `Mend one drift, with a person's yes ${needsToken}`,
  request: {
    params: nameInPath,
    ...jsonBody(z.strictObject({ check: z.string().max(100), about: z.string().max(2_000) })),
  },
  responses: { 200: runLines, ...problemResponses },
});

const readHistory = createRoute({
  method: "get",
  path: "/deployments/{name}/history",
  summary: "What happened to the way, newest first: drift, who did it, repair, probe",
  request: {
    params: nameInPath,
    query: z.object({
      before: z.string().max(100).optional().openapi({ description: "The `next` of the page before" }),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
  },
  responses: {
    200: jsonContent("History", z.object({ history: z.array(historySchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

export type RunMessage =
  | { readonly kind: "run" | "done"; readonly run: RunAnswer }
  | { readonly kind: "failed"; readonly problem: Problem };

/** `/api/v1/setup/deployments`, `/runs` */
export function deploymentRoutes(setup: () => Promise<Setup>) {
  return newRoutes()
    .openapi(listDeployments, async (context) =>
      context.json({ deployments: (await (await setup()).list()).map(printDeployment) }, 200),
    )
    .openapi(addDeployment, async (context) => {
      // Its schema is set-up's own, which names every field that is wrong.
      const request = context.req.valid("json") as unknown as DeploymentRequest;
      return context.json({ deployment: printDeployment(await (await setup()).add(request)) }, 201);
    })
    .openapi(readDeployment, async (context) =>
      context.json({ deployment: printDeployment(await (await setup()).get(context.req.valid("param").name)) }, 200),
    )
    .openapi(changeDeployment, async (context) => {
      // Set-up's own schema names every field that is wrong.
      const change = context.req.valid("json") as unknown as DeploymentChange;
      const { name } = context.req.valid("param");
      return context.json({ deployment: printDeployment(await (await setup()).change(name, change)) }, 200);
    })
    .openapi(removeDeployment, async (context) => {
      await (await setup()).remove(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(planSetup, async (context) => {
      const { name } = context.req.valid("param");
      const { plan, instructions, bill } = await (await setup()).plan(name, readWish(context.req.valid("json")));
      return context.json(
        {
          plan: printSetupPlan(plan),
          instructions: instructions.map(({ stepId, commands }) => ({ stepId, commands: [...commands] })),
          bill: printBill(bill),
        },
        200,
      );
    })
    .openapi(applySetup, (context) => {
      const { planId, ...wish } = context.req.valid("json");
      const { name } = context.req.valid("param");
      return runResponse(
        async (onRun) => (await setup()).apply(name, planId, readWish(wish), onRun),
        context.req.raw.signal,
      );
    })
    .openapi(listRuns, async (context) =>
      context.json({ runs: (await (await setup()).runs(context.req.valid("param").name)).map(printRun) }, 200),
    )
    .openapi(goOn, (context) =>
      runResponse(async (onRun) => (await setup()).goOn(context.req.valid("param").id, onRun), context.req.raw.signal),
    )
    .openapi(undo, (context) => {
      const options = context.req.valid("json");
      return runResponse(
        async (onRun) => (await setup()).undo(context.req.valid("param").id, options, onRun),
        context.req.raw.signal,
      );
    })
    .openapi(checkNow, async (context) => {
      const { name } = context.req.valid("param");
      return context.json(printCheck(await (await setup()).check(name, context.req.valid("json"))), 200);
    })
    .openapi(agree, async (context) =>
      context.json(printCheck(await (await setup()).agree(context.req.valid("param").name)), 200),
    )
    .openapi(repair, (context) => {
      const { name } = context.req.valid("param");
      return runResponse(
        async (onRun) => (await setup()).repair(name, context.req.valid("json"), onRun),
        context.req.raw.signal,
      );
    })
    .openapi(readHistory, async (context) => {
      const { before, limit } = context.req.valid("query");
      const { name } = context.req.valid("param");
      const history = await (await setup()).history(name, { limit, ...(before === undefined ? {} : { before }) });
      return context.json({ history: history.map(printHistory), next: nextOf(history, limit, ({ id }) => id) }, 200);
    });
}

/** Each change of a run as a line. A reader who leaves does not stop the run: half-done is worse than done. */
function runResponse(work: (onRun: OnRun) => Promise<SetupRun>, whoAsks: AbortSignal): Promise<Response> {
  return ndjsonOnceBegun<RunMessage>(
    () => runMessages(work),
    (error) => ({ kind: "failed", problem: toProblem(error) }),
    whoAsks,
  );
}

async function* runMessages(work: (onRun: OnRun) => Promise<SetupRun>): AsyncGenerator<RunMessage, void, undefined> {
  const told = latestTold<SetupRun, SetupRun>(work);
  let next = await told.next();
  for (; next.done !== true; next = await told.next()) yield { kind: "run", run: printRun(next.value) };
  yield { kind: "done", run: printRun(next.value) };
}

/** Without the members that were not given. */
function readWish(wish: z.infer<typeof wishSchema>): WishRequest {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}
