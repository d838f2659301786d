import { createRoute, z } from "@hono/zod-openapi";
import type { SourceView } from "../../collect/index.ts";
import type { CollectionWiring } from "../../sandbox/index.ts";
import { askSandbox } from "../ask-sandbox.ts";
import { ServerError } from "../errors.ts";
import type { SandboxState } from "../live-sandbox.ts";
import { newRoutes } from "./routes.ts";
import {
  clockAnswer,
  faultAnswer,
  faultsAnswer,
  parameterValue,
  playAnswer,
  stateAnswer,
  storyAnswer,
} from "./sandbox-schemas.ts";
import { jsonContent, problemResponses } from "./schemas.ts";

const inPath = (name: string) => z.object({ [name]: z.string().min(1).max(200) });

const readState = createRoute({
  method: "get",
  path: "/",
  summary: "The made-up AWS that this server keeps, and what was collected from it",
  responses: { 200: jsonContent("Its state", stateAnswer), ...problemResponses },
});

const readStories = createRoute({
  method: "get",
  path: "/stories",
  summary: "Stories that can be played in the sandbox, and what matters in each",
  responses: { 200: jsonContent("Stories", z.object({ stories: z.array(storyAnswer) })), ...problemResponses },
});

const readPlays = createRoute({
  method: "get",
  path: "/plays",
  summary: "Stories that were played since the sandbox started, and how far they are",
  responses: { 200: jsonContent("Plays", z.object({ plays: z.array(playAnswer) })), ...problemResponses },
});

const playStory = createRoute({
  method: "post",
  path: "/stories/{story}/play",
  summary: "Play a story: real calls, whose records arrive as any others do",
  request: {
    params: inPath("story"),
    body: {
      content: {
        "application/json": {
          schema: z.strictObject({
            pace: z.number().min(1).max(10_000).optional().openapi({ description: "Times as fast as its people were" }),
          }),
        },
      },
    },
  },
  responses: { 202: jsonContent("It is being played", playAnswer), ...problemResponses },
});

const readClock = createRoute({
  method: "get",
  path: "/clock",
  summary: "The sandbox's time and how fast it goes",
  responses: { 200: jsonContent("The clock", clockAnswer), ...problemResponses },
});

const setClock = createRoute({
  method: "post",
  path: "/clock",
  summary: "Make the sandbox's clock faster, or push it forward",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ speed: z.number().min(0).optional(), advanceSeconds: z.number().min(0).optional() }),
        },
      },
    },
  },
  responses: { 200: jsonContent("The clock", clockAnswer), ...problemResponses },
});

const readFaults = createRoute({
  method: "get",
  path: "/faults",
  summary: "What can go wrong in the sandbox, and what does now",
  responses: { 200: jsonContent("Faults", faultsAnswer), ...problemResponses },
});

const addFault = createRoute({
  method: "post",
  path: "/faults",
  summary: "Make something go wrong in the sandbox",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            name: z.string().max(100),
            parameters: z.record(z.string(), parameterValue).optional(),
          }),
        },
      },
    },
  },
  responses: { 201: jsonContent("It goes wrong from now on", faultAnswer), ...problemResponses },
});

const endFault = createRoute({
  method: "delete",
  path: "/faults/{fault}",
  summary: "End a fault",
  request: { params: inPath("fault") },
  responses: { 204: { description: "It is over" }, ...problemResponses },
});

/** `/api/v1/sandbox` */
export function sandboxRoutes(sandbox: () => Promise<SandboxState | undefined>) {
  async function ask(
    path: string,
    options: { readonly method?: string; readonly body?: object } = {},
  ): Promise<unknown> {
    const { file } = (await sandbox()) ?? {};
    if (file === undefined) throw noSandbox();
    const answer = await askSandbox(file, path, options);
    if (answer === undefined) throw noSandbox();
    if (answer.ok) return answer.body;
    throw refused(answer.status, answer.message);
  }
  return newRoutes()
    .openapi(readState, async (context) => context.json(printState(await sandbox()), 200))
    .openapi(readStories, async (context) =>
      context.json((await ask("stories")) as { stories: z.infer<typeof storyAnswer>[] }, 200),
    )
    .openapi(readPlays, async (context) =>
      context.json((await ask("stories/plays")) as { plays: z.infer<typeof playAnswer>[] }, 200),
    )
    .openapi(playStory, async (context) => {
      const story = encodeURIComponent(context.req.valid("param")["story"] ?? "");
      const body = context.req.valid("json");
      return context.json((await ask(`stories/${story}/play`, { body })) as z.infer<typeof playAnswer>, 202);
    })
    .openapi(readClock, async (context) => context.json((await ask("clock")) as z.infer<typeof clockAnswer>, 200))
    .openapi(setClock, async (context) => {
      const body = context.req.valid("json");
      return context.json((await ask("clock", { body })) as z.infer<typeof clockAnswer>, 200);
    })
    .openapi(readFaults, async (context) => context.json((await ask("faults")) as z.infer<typeof faultsAnswer>, 200))
    .openapi(addFault, async (context) => {
      const body = context.req.valid("json");
      return context.json((await ask("faults", { body })) as z.infer<typeof faultAnswer>, 201);
    })
    .openapi(endFault, async (context) => {
      const fault = encodeURIComponent(context.req.valid("param")["fault"] ?? "");
      await ask(`faults/${fault}`, { method: "DELETE" });
      return context.body(null, 204);
    });
}

function printState(state: SandboxState | undefined): z.infer<typeof stateAnswer> {
  if (state === undefined) return { state: "none" };
  const { file, problem, source } = state;
  const { collection } = file ?? {};
  return {
    state: state.state,
    ...(problem === undefined ? {} : { problem }),
    ...(file === undefined ? {} : { url: file.url, region: file.region, accounts: [...file.accounts] }),
    ...(collection === undefined ? {} : { trail: printTrail(collection) }),
    ...(source === undefined ? {} : { collected: printCollected(source) }),
  };
}

function printCollected({ figures, setAside, status, sentence }: SourceView) {
  const { messages, logFiles, events, lastFileAt } = figures;
  return {
    messages,
    logFiles,
    events,
    unknown: setAside,
    ...(status === "failing" ? { problem: sentence } : {}),
    ...(lastFileAt === undefined ? {} : { lastLogFileAt: new Date(lastFileAt).toISOString() }),
  };
}

/** Without the collector's keys. */
function printTrail({ accountId, region, trailArn, bucket, topicArn, queueArn }: CollectionWiring) {
  return { accountId, region, trailArn, bucket, topicArn, queueArn };
}

function noSandbox(): ServerError {
  return new ServerError("No sandbox runs beside this server", {
    code: "sandbox-missing",
    fault: "user",
    help: "Start Trailwarden with npm start in an empty folder, or a sandbox alone with trailwarden sandbox",
  });
}

function refused(status: number, message: string): ServerError {
  return status === 404
    ? new ServerError(message, { code: "not-found", fault: "user" })
    : new ServerError(`The sandbox refuses: ${message}`, {
        code: "sandbox-refused",
        fault: status >= 500 ? "ours" : "user",
      });
}
