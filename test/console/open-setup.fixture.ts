import { fileURLToPath } from "node:url";
import { Hono, type Context } from "hono";
import type { Deployment, DeploymentRequest, PlanAnswer, RunStep, SetupRun } from "../../console/src/setup-types.ts";
import { consoleFiles } from "../../src/server/console-files.ts";
import { guardChanges, securityHeaders } from "../../src/server/guards.ts";
import { openBrowser, type Visit } from "./open-browser.fixture.ts";
import { serveApp } from "./serve-app.fixture.ts";
import { deployment, deployments, minutesAgo } from "./setup-accounts.fixture.ts";
import { agreedCheck, checks, doctorAnswer, historyOf } from "./setup-answers.fixture.ts";
import { blockedPlan, emptyPlan, firstPlan, shopCost } from "./setup-plans.fixture.ts";

const token = "token-of-the-server-that-answers-for-set-up";

export interface OpenSetup extends AsyncDisposable {
  readonly visit: Visit;
  /** Makes the next step of runs fail, once. */
  failNext(): void;
  /** Something in the account changes: plans that were read are not what would be done. */
  changePlans(): void;
  /** Lets each run wait before each of its steps until it is told to go on. */
  hold(): void;
  release(): void;
  /** What was asked for, as `POST /path body`. */
  readonly asked: readonly string[];
}

/** The console's files and an API of set-up whose answers are made up, as long as a test wants to see pages by themselves. */
export async function openSetup(options: { readonly isEmpty?: boolean } = {}): Promise<OpenSetup> {
  await using stack = new AsyncDisposableStack();
  const state = new SetupState(options.isEmpty ? [] : deployments);
  const app = setupApp(state);
  const { url } = stack.use(await serveApp(app.fetch));
  const { visit } = stack.use(await openBrowser({ url, token }));
  const running = stack.move();
  return {
    visit,
    asked: state.asked,
    failNext() {
      state.failsNext = true;
    },
    changePlans() {
      state.isChanged = true;
    },
    hold() {
      state.gate = new Promise((resolve) => {
        state.open = resolve;
      });
    },
    release() {
      state.open();
      state.gate = undefined;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

class SetupState {
  readonly asked: string[] = [];
  readonly runs: SetupRun[] = [];
  all: readonly Deployment[];
  /** Ways that were said to be right as they are. */
  readonly agreed = new Set<string>();
  failsNext = false;
  isChanged = false;
  gate: Promise<void> | undefined;
  open: () => void = () => undefined;

  constructor(all: readonly Deployment[]) {
    this.all = all;
  }

  planOf(name: string): PlanAnswer {
    const isDone = this.runs.some((run) => run.deployment === name && run.status === "done" && run.kind === "apply");
    if (name === "security") return blockedPlan;
    if (name === "staging" || isDone) return { ...emptyPlan, plan: { ...emptyPlan.plan, deployment: name } };
    return firstPlan(name, this.all.find((each) => each.name === name)?.accountId ?? "111122223333");
  }

  /** A run from its first step that is not done to its last, or to the one that fails. */
  async *go(begun: SetupRun): AsyncGenerator<SetupRun> {
    const to: RunStep["status"] = begun.kind === "undo" ? "undone" : "done";
    let run: SetupRun = { ...begun, status: "running" };
    for (const [at, { status }] of begun.steps.entries()) {
      if (status === to) continue;
      run = this.keep(withStep(run, at, "begun"));
      yield run;
      await this.gate;
      if (this.failsNext) {
        this.failsNext = false;
        const why = "AWS refused: AccessDenied, the role lacks the right. Update the role, then go on";
        yield this.keep({ ...withStep(run, at, "failed", why), status: "stopped" });
        return;
      }
      run = this.keep(withStep(run, at, to));
    }
    yield this.keep({ ...run, status: "done", endedAt: minutesAgo(0) });
  }

  private keep(run: SetupRun): SetupRun {
    const at = this.runs.findIndex(({ id }) => id === run.id);
    if (at === -1) this.runs.unshift(run);
    else this.runs[at] = run;
    return run;
  }
}

function withStep(run: SetupRun, at: number, status: RunStep["status"], problem = ""): SetupRun {
  return { ...run, steps: run.steps.map((each, index) => (index === at ? { ...each, status, problem } : each)) };
}

function newRun(state: SetupState, kind: SetupRun["kind"], plan: SetupRun["plan"]): SetupRun {
  const steps = plan.steps.map((step) => ({ step, status: "waiting" as const, problem: "", at: null }));
  const id = `run-${state.runs.length + 1}`;
  return {
    id,
    deployment: plan.deployment,
    kind,
    plan,
    status: "running",
    startedAt: minutesAgo(0),
    endedAt: null,
    steps,
  };
}

function problem(context: Context, status: 404 | 409, code: string, detail: string, help: string): Response {
  return context.json(
    { type: `urn:trailwarden:error:${code}`, title: "This does not work", status, detail, code, help },
    status,
  );
}

function ndjson(run: AsyncGenerator<SetupRun>): Response {
  const encoder = new TextEncoder();
  let last: SetupRun | undefined;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await run.next();
      last = value ?? last;
      const line = { kind: done === true ? "done" : "run", run: last };
      controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      if (done === true) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}

function setupApp(state: SetupState): Hono {
  const app = new Hono();
  app.use(securityHeaders());
  app.use("/api/*", guardChanges(token));
  app.use("/api/v1/setup/*", async (context, next) => {
    const body = context.req.method === "GET" ? "" : await context.req.raw.clone().text();
    state.asked.push(`${context.req.method} ${context.req.path.replace("/api/v1/setup", "")} ${body}`.trim());
    await next();
  });
  app.get("/api/v1/sandbox", (context) => context.json({ state: "none" }));
  routeDeployments(app, state);
  routeRuns(app, state);
  app.all("/api/*", (context) => problem(context, 404, "not-found", "There is no such thing here", ""));
  app.get("*", consoleFiles(fileURLToPath(new URL("../../console/dist", import.meta.url))));
  return app;
}

function routeDeployments(app: Hono, state: SetupState): void {
  const root = "/api/v1/setup/deployments";
  const find = (name: string) => state.all.find((each) => each.name === name);
  app.get(root, (context) => context.json({ deployments: state.all }));
  app.post(root, async (context) => {
    const { name, accountId, ...given } = await context.req.json<DeploymentRequest>();
    const { region, depth, roleArn = null, automatic = [] } = given;
    const added = deployment(name, accountId, { region, depth, roleArn, automatic: [...automatic] });
    state.all = [...state.all, added].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return context.json({ deployment: added }, 201);
  });
  app.get(`${root}/:name`, (context) => {
    const found = find(context.req.param("name"));
    if (found !== undefined) return context.json({ deployment: found });
    const detail = `There is no deployment ${context.req.param("name")}`;
    return problem(context, 404, "deployment-unknown", detail, "See those there are");
  });
  app.delete(`${root}/:name`, (context) => {
    state.all = state.all.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
  app.post(`${root}/:name/check`, (context) => {
    const name = context.req.param("name");
    if (find(name)?.isAgreed !== true) {
      return problem(context, 409, "deployment-not-set-up", `The deployment ${name} is not set up yet`, "Set it up");
    }
    return context.json(state.agreed.has(name) ? agreedCheck(name) : (checks[name] ?? agreedCheck(name)));
  });
  app.post(`${root}/:name/agree`, (context) => {
    const name = context.req.param("name");
    state.agreed.add(name);
    state.all = state.all.map((each) => (each.name === name ? { ...each, isAgreed: true } : each));
    return context.json(agreedCheck(name));
  });
  app.get(`${root}/:name/cost`, (context) => context.json(shopCost));
  app.get(`${root}/:name/doctor`, (context) => context.json(doctorAnswer));
  app.get(`${root}/:name/role`, (context) => {
    const { format = "json", principal = "this server", templateUrl } = context.req.query();
    const { accountId, externalId } = find(context.req.param("name")) ?? { accountId: "", externalId: "" };
    const text = `# the role as ${format}, for ${principal}\nexternal-id: "${externalId}"\n`;
    const console = "https://console.aws.amazon.com/cloudformation/home#/stacks/quickcreate";
    const quickCreateUrl = templateUrl === undefined ? null : `${console}?templateURL=${templateUrl}`;
    const role = { accountId, roleName: "trailwarden", format, text, fileName: `role.${format}`, quickCreateUrl };
    return context.json({ ...role, leftOut: ["kms:Decrypt"], others: [] });
  });
  const history = historyOf(64);
  app.get(`${root}/:name/history`, (context) => {
    const { before = "99999999", limit = "50" } = context.req.query();
    const older = context.req.param("name") === "shop" ? history.filter(({ id }) => id < before) : [];
    const page = older.slice(0, Number(limit));
    return context.json({ history: page, next: page.length < older.length ? page.at(-1)?.id : null });
  });
}

function routeRuns(app: Hono, state: SetupState): void {
  const root = "/api/v1/setup";
  app.post(`${root}/deployments/:name/plan`, (context) => context.json(state.planOf(context.req.param("name"))));
  app.get(`${root}/deployments/:name/runs`, (context) =>
    context.json({ runs: state.runs.filter((run) => run.deployment === context.req.param("name")) }),
  );
  app.post(`${root}/deployments/:name/apply`, async (context) => {
    const { planId } = await context.req.json<{ planId: string }>();
    const { plan } = state.planOf(context.req.param("name"));
    if (plan.id !== planId || state.isChanged)
      return problem(context, 409, "plan-changed", "Something else would be done now", "Read the plan anew");
    return ndjson(state.go(newRun(state, "apply", plan)));
  });
  app.post(`${root}/deployments/:name/repair`, async (context) => {
    const { check } = await context.req.json<{ check: string }>();
    const plan = checks[context.req.param("name")]?.drifts.find((drift) => drift.check === check)?.plan;
    if (!plan) return problem(context, 409, "plan-changed", "There is nothing to repair any more", "Look again");
    return ndjson(state.go(newRun(state, "repair", plan)));
  });
  app.post(`${root}/runs/:id/:what`, (context) => {
    const run = state.runs.find(({ id }) => id === context.req.param("id"));
    if (run === undefined) return problem(context, 404, "run-unknown", "There is no such run", "See those there are");
    return ndjson(state.go(context.req.param("what") === "undo" ? { ...run, kind: "undo" } : run));
  });
}
