import { createRoute, type z } from "@hono/zod-openapi";
import { readTimeRange } from "../../search/index.ts";
import type { AuditRequest, AuditStep, Verification } from "../../verify/index.ts";
import { ndjsonOnceBegun } from "../ndjson.ts";
import { toProblem } from "../problem.ts";
import { auditBody, type AuditMessage } from "./audit-schemas.ts";
import { isoOf } from "./instants.ts";
import { printStep } from "./print-audit.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, problemResponses } from "./schemas.ts";

const auditPlace = createRoute({
  method: "post",
  path: "/audits",
  summary:
    "Verify a bucket, a source's buckets or a folder on the server's disk from end to end (needs the data folder's token)",
  request: jsonBody(auditBody),
  responses: {
    200: {
      description:
        "application/x-ndjson, one value a line: begin, chain, digest, log-file, gap, progress …, summary (or failed)",
    },
    ...problemResponses,
  },
});

/** `/api/v1/verify/audits` */
export function auditRoutes(verification: () => Promise<Pick<Verification, "audit">>, now: () => number) {
  return newRoutes().openapi(auditPlace, async (context) => {
    const { all, ...body } = context.req.valid("json");
    const ask = readAsk(body, now());
    const verifying = await verification();
    return ndjsonOnceBegun<AuditMessage>(
      (signal) =>
        messages(
          verifying.audit(ask, signal),
          { from: ask.from, to: ask.to < Number.MAX_SAFE_INTEGER ? ask.to : now() },
          all,
        ),
      (error) => ({ kind: "failed", problem: toProblem(error) }),
      context.req.raw.signal,
    );
  });
}

async function* messages(
  steps: AsyncIterable<AuditStep>,
  span: { readonly from: number; readonly to: number },
  all: boolean,
): AsyncGenerator<AuditMessage, void, undefined> {
  let isBegun = false;
  for await (const step of steps) {
    if (!isBegun) yield { kind: "begin", from: isoOf(span.from), to: isoOf(span.to) };
    isBegun = true;
    if (all || isNews(step)) yield printStep(step);
  }
}

/** What is as it should be is counted, and told only to who asks for it. */
function isNews(step: AuditStep): boolean {
  if (step.kind === "digest") return step.digest.verdict.kind !== "valid";
  return step.kind !== "log-file" || step.file.verdict.kind !== "proven";
}

type Asked = Omit<z.output<typeof auditBody>, "all">;

function readAsk({ place, from, to, account, region, trail, likeAwsCli }: Asked, now: number): AuditRequest {
  const range = readTimeRange({ from, to }, now);
  const named = trail === undefined ? {} : readTrail(trail);
  const accountId = account ?? named.accountId;
  return {
    from: range.from ?? 0,
    to: range.to ?? Number.MAX_SAFE_INTEGER,
    ...(accountId === undefined ? {} : { accountId }),
    ...(region === undefined ? {} : { region }),
    ...(named.trailName === undefined ? {} : { trailName: named.trailName }),
    ...(named.homeRegion === undefined ? {} : { homeRegion: named.homeRegion }),
    isLikeAwsCli: likeAwsCli,
    place: withoutHoles(place),
  };
}

/** An ARN tells where the trail was made, and whose it is. */
function readTrail(text: string): {
  readonly trailName?: string;
  readonly homeRegion?: string;
  readonly accountId?: string;
} {
  const [, homeRegion, accountId, trailName] = /^arn:[^:]+:cloudtrail:([^:]+):(\d{12}):trail\/(.+)$/.exec(text) ?? [];
  if (homeRegion === undefined || accountId === undefined || trailName === undefined) return { trailName: text };
  return { homeRegion, accountId, trailName };
}

/** Members that were not given are not there. */
function withoutHoles(place: object): AuditRequest["place"] {
  return Object.fromEntries(
    Object.entries(place).filter(([, value]) => value !== undefined),
  ) as unknown as AuditRequest["place"];
}
