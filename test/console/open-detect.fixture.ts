import { after, before, beforeEach, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { consoleFiles } from "../../src/server/console-files.ts";
import { guardChanges, securityHeaders } from "../../src/server/guards.ts";
import { routeIncidents, routeLists, routeRules } from "./detect-routes.fixture.ts";
import { DetectState } from "./detect-state.fixture.ts";
import { madeIncidents, minutesAgo } from "./made-incidents.fixture.ts";
import { routeNotify } from "./made-notify.fixture.ts";
import { openBrowser, skipConsole, type Visit } from "./open-browser.fixture.ts";
import { serveApp } from "./serve-app.fixture.ts";

const token = "token-of-the-server-that-answers-for-detection";

export interface OpenDetect extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly visit: Visit;
  /** What changes were asked for, as `POST /path body`. */
  readonly asked: readonly string[];
  /** Another incident comes in. */
  arrive(): void;
  /** Everything is as it was at first. */
  reset(): void;
}

export interface DetectOptions {
  /** There are no incidents, rules or channels. */
  readonly isEmpty?: boolean;
}

/** Tests over one such server, on which everything is as it was at first before each of them. */
export function describeDetect(title: string, options: DetectOptions, tests: (detect: () => OpenDetect) => void): void {
  describe(title, { skip: skipConsole }, () => {
    let detect: OpenDetect;
    before(async () => {
      detect = await openDetect(options);
    });
    beforeEach(() => {
      detect.reset();
    });
    after(() => detect[Symbol.asyncDispose]());
    tests(() => detect);
  });
}

/** The console's files and an API of detection, incidents and notifying whose answers are made up. */
async function openDetect(options: DetectOptions): Promise<OpenDetect> {
  await using stack = new AsyncDisposableStack();
  const isEmpty = options.isEmpty ?? false;
  const state = new DetectState(isEmpty);
  const { url } = stack.use(await serveApp(detectApp(state).fetch));
  const { visit } = stack.use(await openBrowser({ url, token }));
  const running = stack.move();
  return {
    url,
    token,
    visit,
    asked: state.asked,
    arrive() {
      const [first] = madeIncidents;
      if (first === undefined) return;
      const late = { ...first, id: "id-13", name: "INC-13", title: "A late one", lastAt: minutesAgo(0) };
      state.incidents = [late, ...state.incidents];
    },
    reset() {
      Object.assign(state, new DetectState(isEmpty), { asked: state.asked });
      state.asked.length = 0;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function detectApp(state: DetectState): Hono {
  const app = new Hono();
  app.use(securityHeaders());
  app.use("/api/*", guardChanges(token));
  app.use("/api/*", async (context, next) => {
    if (context.req.method !== "GET") {
      const body = await context.req.raw.clone().text();
      state.asked.push(`${context.req.method} ${context.req.path.replace("/api/v1", "")} ${body}`.trim());
    }
    await next();
  });
  app.get("/api/v1/sandbox", (context) => context.json({ state: "none" }));
  app.get("/api/v1/collect/accounts", (context) => context.json({ accounts: [] }));
  routeIncidents(app, state);
  routeRules(app, state);
  routeLists(app, state);
  routeNotify(app, state.isEmpty);
  app.all("/api/*", (context) =>
    context.json(
      {
        type: "x",
        title: "Nothing here",
        status: 404,
        detail: `There is nothing at ${context.req.path}`,
        code: "not-found",
      },
      404,
    ),
  );
  app.get("*", consoleFiles(fileURLToPath(new URL("../../console/dist", import.meta.url))));
  return app;
}
