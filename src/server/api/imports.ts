import { createRoute, z } from "@hono/zod-openapi";
import type { ImportProgress, ImportSummary } from "../../collect/index.ts";
import { latestTold } from "../latest-told.ts";
import { ndjsonResponse } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { newRoutes } from "./routes.ts";
import { problemResponses } from "./schemas.ts";

const imports = createRoute({
  method: "post",
  path: "/imports",
  summary: "Import files, folders and archives from the server's disk (needs the data folder's token)",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.object({
            paths: z.array(z.string().min(1).max(4_096)).min(1).max(1_000),
            workingDirectory: z.string().min(1).max(4_096),
          }),
        },
      },
    },
  },
  responses: {
    200: { description: "application/x-ndjson, one value a line: progress …, done (or failed)" },
    ...problemResponses,
  },
});

export type ImportMessage =
  | ({ readonly kind: "progress" } & ImportProgress)
  | { readonly kind: "done"; readonly summary: ImportSummary }
  | { readonly kind: "failed"; readonly problem: Problem };

export type RunImport = (
  request: { readonly paths: readonly string[]; readonly workingDirectory: string },
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
) => Promise<ImportSummary>;

/** `/api/v1/collect/imports` */
export function importRoutes(runImport: RunImport) {
  return newRoutes().openapi(imports, (context) => {
    const request = context.req.valid("json");
    return ndjsonResponse<ImportMessage>(
      (signal) => importMessages(runImport, request, signal),
      (error) => ({ kind: "failed", problem: toProblem(error) }),
    );
  });
}

async function* importMessages(
  runImport: RunImport,
  request: { readonly paths: readonly string[]; readonly workingDirectory: string },
  signal: AbortSignal,
): AsyncGenerator<ImportMessage, void, undefined> {
  const told = latestTold<ImportProgress, ImportSummary>((tell) => runImport(request, tell, signal));
  let next = await told.next();
  for (; next.done !== true; next = await told.next()) yield { kind: "progress", ...next.value };
  yield { kind: "done", summary: next.value };
}
