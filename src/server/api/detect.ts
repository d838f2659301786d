import { createRoute, z } from "@hono/zod-openapi";
import type { Assembly, HuntFinding, HuntStep, Level, OwnSettings, Refusal, RuleBook } from "../../detect/index.ts";
import { readTimeRange } from "../../search/index.ts";
import type { EventStore } from "../../store/index.ts";
import { ndjsonOnceBegun } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { isoOf } from "./instants.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, problemResponses } from "./schemas.ts";

const filesMax = 10_000;
const textMax = 4 * 1024 * 1024;

const huntBody = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().max(4_096), text: z.string().max(textMax) }))
    .max(filesMax)
    .optional()
    .openapi({ description: "Files of Sigma rules, as text; the rules in force where there are none" }),
  values: z.record(z.string(), z.array(z.string())).default({}).openapi({ description: "Values of placeholders" }),
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
  examples: z.number().int().min(0).max(100).default(3).openapi({ description: "Events told of each rule that fires" }),
});
export type HuntBody = z.input<typeof huntBody>;

const huntRoute = createRoute({
  method: "post",
  path: "/hunts",
  summary: "Look for Sigma rules and correlations in everything that is stored (needs the data folder's token)",
  request: jsonBody(huntBody),
  responses: {
    200: { description: "application/x-ndjson, one value a line: refused …, progress, found …, summary (or failed)" },
    ...problemResponses,
  },
});

export interface RefusedRule {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  readonly kind: "invalid" | "other-source";
}

export interface FoundRule extends Omit<HuntFinding, "firstAt" | "lastAt" | "examples"> {
  readonly firstAt: string;
  readonly lastAt: string;
  readonly examples: readonly {
    readonly id: string;
    readonly time: string;
    readonly account: string;
    readonly region: string;
    readonly eventName: string;
    readonly principalArn: string;
    readonly sourceIp: string;
    readonly errorCode: string;
  }[];
}

export type HuntMessage =
  | { readonly kind: "refused"; readonly refused: RefusedRule }
  | Exclude<HuntStep, { readonly kind: "found" }>
  | { readonly kind: "found"; readonly found: FoundRule }
  | { readonly kind: "failed"; readonly problem: Problem };

/** `/api/v1/detect/…` */
export function detectRoutes(store: EventStore, now: () => number, openBook: () => Promise<RuleBook>) {
  return newRoutes().openapi(huntRoute, async (context) => {
    const body = context.req.valid("json");
    const range = readTimeRange({ from: body.from, to: body.to }, now());
    return ndjsonOnceBegun<HuntMessage>(
      (signal) => messages(store, { ...body, openBook }, range, signal),
      (error) => ({ kind: "failed", problem: toProblem(error) }),
      context.req.raw.signal,
    );
  });
}

interface HuntAsk extends z.output<typeof huntBody> {
  readonly openBook: () => Promise<RuleBook>;
}

async function* messages(
  store: EventStore,
  ask: HuntAsk,
  range: { readonly from?: number | undefined; readonly to?: number | undefined },
  signal: AbortSignal,
): AsyncGenerator<HuntMessage, void, undefined> {
  const { hunt } = await import("../../detect/index.ts");
  const { assembly, refusals } = await huntedRules(ask);
  for (const refused of refusals) {
    const { path, line, column, reason, kind } = refused;
    yield { kind: "refused", refused: { path, line, column, reason, kind } };
  }
  for await (const step of hunt(store, { assembly, ...range, examples: ask.examples }, signal)) {
    yield step.kind === "found" ? { kind: "found", found: printFound(step.found) } : step;
  }
}

/** The rules of the files that were given, else those in force, each as severe as it is in this house. */
async function huntedRules({ files, values, openBook }: HuntAsk): Promise<{
  readonly assembly: Pick<Assembly, "rules" | "correlations">;
  readonly refusals: readonly Refusal[];
}> {
  if (files === undefined) {
    const { rules, correlations, refusals, terms } = await (await openBook()).inForce();
    const levelOf = (key: string) => terms.get(key)?.level;
    return {
      assembly: {
        rules: rules.map((each) => ({
          ...each,
          rule: { ...each.rule, ...severe(each.rule.own, levelOf(each.rule.key)) },
        })),
        correlations: correlations.map((each) => ({
          ...each,
          correlation: { ...each.correlation, ...severe(each.correlation.own, levelOf(each.correlation.key)) },
        })),
      },
      refusals,
    };
  }
  // Brought in when it is wanted: the server starts sooner without it.
  const { assembleRules, readRules } = await import("../../detect/index.ts");
  const lists = new Map(Object.entries(values));
  const readings = files.map(({ path, text }) => readRules(text, { path, lists }));
  const assembly = assembleRules(readings.flatMap(({ documents }) => documents));
  return { assembly, refusals: [...readings.flatMap(({ refusals }) => refusals), ...assembly.refusals] };
}

function severe(own: OwnSettings, severity: Level | undefined): { readonly own: OwnSettings } {
  return { own: { ...own, severity } };
}

function printFound({ firstAt, lastAt, examples, ...rest }: HuntFinding): FoundRule {
  return {
    ...rest,
    firstAt: isoOf(firstAt),
    lastAt: isoOf(lastAt),
    examples: examples.map(({ id, time, account, region, eventName, principalArn, sourceIp, errorCode }) => ({
      ...{ id, time: isoOf(time), account, region, eventName, principalArn, sourceIp, errorCode },
    })),
  };
}
