import { z } from "@hono/zod-openapi";

/** How the sandbox is, where, and what was collected from it. */
export const stateAnswer = z.object({
  state: z
    .enum(["none", "starting", "running", "failed"])
    .openapi({ description: "`none`: this server keeps no sandbox" }),
  problem: z.string().optional(),
  url: z.string().optional().openapi({ description: "Where AWS's tools reach it" }),
  region: z.string().optional(),
  accounts: z
    .array(z.object({ id: z.string(), name: z.string(), accessKeyId: z.string(), secretAccessKey: z.string() }))
    .optional()
    .openapi({ description: "Keys with all rights in each made-up account; they open nothing else" }),
  collected: z
    .object({
      messages: z.number(),
      logFiles: z.number(),
      events: z.number(),
      unknown: z.number(),
      problem: z.string().optional(),
      lastLogFileAt: z.string().optional(),
    })
    .optional()
    .openapi({ description: "What was read of its log files" }),
  trail: z
    .object({
      accountId: z.string(),
      region: z.string(),
      trailArn: z.string(),
      bucket: z.string(),
      topicArn: z.string(),
      queueArn: z.string(),
    })
    .optional()
    .openapi({ description: "The company's trail, and where its log files and notices go" }),
});

/** A story that can be played. */
export const storyAnswer = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  actors: z.array(z.object({ name: z.string(), does: z.string() })),
  matters: z.array(z.object({ service: z.string(), eventName: z.string(), technique: z.string(), why: z.string() })),
});

const instant = z.number().openapi({ description: "Milliseconds since 1970, by the sandbox's clock" });

/** A story that is being played, or was. */
export const playAnswer = z.object({
  id: z.string(),
  story: z.string(),
  pace: z.number(),
  since: instant,
  until: instant.optional(),
  state: z.enum(["playing", "played", "broken"]),
  message: z.string().optional().openapi({ description: "Why it broke" }),
  truth: z
    .array(
      z.object({
        story: z.string(),
        requestId: z.string().optional(),
        eventId: z.string().optional(),
        eventSource: z.string(),
        eventName: z.string(),
        why: z.string(),
        technique: z.string(),
      }),
    )
    .openapi({ description: "The calls that matter and were made so far; a record is found by either id" }),
});

/** The sandbox's clock. */
export const clockAnswer = z.object({ now: z.string(), speed: z.number() });

/** What a fault's parameter may be given. */
export const parameterValue = z.union([z.string().max(2000), z.number(), z.array(z.string().max(2000)).max(100)]);

const parameterAnswer = z.object({
  kind: z.enum(["share", "minutes", "count", "choice", "text", "texts"]),
  summary: z.string(),
  default: z.union([z.string(), z.number()]).optional(),
  most: z.number().optional(),
  among: z.array(z.string()).optional(),
});

/** A fault that is on. */
export const faultAnswer = z.object({
  id: z.string(),
  name: z.string(),
  parameters: z.record(z.string(), parameterValue),
  since: instant,
  done: z.number().openapi({ description: "How many things it was done to" }),
  failed: z.number().openapi({ description: "How often something went wrong in the background" }),
});

/** What can go wrong, and what does. */
export const faultsAnswer = z.object({
  faults: z.array(
    z.object({ name: z.string(), summary: z.string(), parameters: z.record(z.string(), parameterAnswer) }),
  ),
  active: z.array(faultAnswer),
});
