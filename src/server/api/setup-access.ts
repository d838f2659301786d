import { createRoute, z } from "@hono/zod-openapi";
import type { CostView, RoleAsk, Setup } from "../../setup/index.ts";
import { nameInPath } from "./collect-schemas.ts";
import { billSchema, printBill } from "./print-bill.ts";
import { printReplay, replaySchema } from "./print-replay.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const roleSchema = z
  .object({
    accountId: z.string(),
    roleName: z.string(),
    format: z.string(),
    text: z.string(),
    fileName: z.string(),
    quickCreateUrl: z.string().nullable().openapi({ description: "Opens CloudFormation with everything filled in" }),
    leftOut: z.array(z.string()).openapi({ description: "Actions that there is nothing to allow on yet" }),
  })
  .openapi("RoleText");
export type RoleAnswer = z.infer<typeof roleSchema>;

const text = z.string().max(2_000);
const readRole = createRoute({
  method: "get",
  path: "/deployments/{name}/role",
  summary: "The deployment's role with exactly the rights that its depth needs, in the form that is asked for",
  request: {
    params: nameInPath,
    query: z.object({
      format: z
        .enum(["cloudformation", "stack-set", "terraform", "terraform-json", "json", "cli"])
        .default("cloudformation"),
      principal: text.optional().openapi({ description: "Who takes it on; whoever the server is where not given" }),
      templateUrl: z.url().max(2_000).optional().openapi({ description: "Where you put the template, for a link" }),
      units: text.optional().openapi({ description: "Organizational units of a stack set, with commas between" }),
    }),
  },
  responses: {
    200: jsonContent(
      "The role, and one more where log files lie in another account",
      roleSchema.extend({ others: z.array(roleSchema) }),
    ),
    ...problemResponses,
  },
});

const doctorRow = z
  .object({
    accountId: z.string(),
    action: z.string(),
    on: z.string(),
    feature: z.string(),
    isOptional: z.boolean(),
    state: z.enum(["allowed", "denied", "unknown"]),
    sentence: z.string(),
    help: z.string(),
  })
  .openapi("DoctorRow");
const doctorAnswer = z
  .object({
    findings: z.array(
      z.object({
        about: z.string(),
        accountId: z.string(),
        state: z.enum(["good", "bad", "unknown"]),
        sentence: z.string(),
        help: z.string(),
      }),
    ),
    rows: z.array(doctorRow),
    lacking: z.array(z.object({ feature: z.string(), actions: z.array(z.string()) })),
  })
  .openapi("DoctorReport");
export type DoctorAnswer = z.infer<typeof doctorAnswer>;

const readDoctor = createRoute({
  method: "get",
  path: "/deployments/{name}/doctor",
  summary: "Whether every right is there, and which feature lacks which; changes nothing",
  request: { params: nameInPath },
  responses: { 200: jsonContent("What was found", doctorAnswer), ...problemResponses },
});

const duplicateSchema = z.object({
  trailArn: z.string(),
  trailName: z.string(),
  keeps: z.object({ trailArn: z.string(), trailName: z.string() }),
  amountMicros: z.number(),
  hasMore: z.boolean().openapi({ description: "It records something that the other does not" }),
  sentence: z.string(),
  help: z.string(),
});
const costAnswer = z.object({ bill: billSchema, duplicates: z.array(duplicateSchema) }).openapi("Cost");
export type CostAnswer = z.infer<typeof costAnswer>;

const readCost = createRoute({
  method: "get",
  path: "/deployments/{name}/cost",
  summary: "What the account's trails cost a month, from its real volumes where events are known",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The bill", costAnswer), ...problemResponses },
});

const prices = z.strictObject({
  overrides: z.unknown().optional().openapi({ description: "Single prices, as the page on costs describes them" }),
  list: z
    .unknown()
    .optional()
    .openapi({ description: "A price list of AWS's for AWSCloudTrail, as it was downloaded" }),
});

const reckonCost = createRoute({
  method: "post",
  path: "/deployments/{name}/cost",
  summary: "The same with prices of your own (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(z.strictObject({ prices: prices.optional() })) },
  responses: { 200: jsonContent("The bill", costAnswer), ...problemResponses },
});

const selectorList = z.array(z.record(z.string(), z.unknown())).max(100).optional();
const replaySelectors = createRoute({
  method: "post",
  path: "/deployments/{name}/replay",
  summary: "What a change of a trail's selectors would save a month, by stored events (needs the data folder's token)",
  request: {
    params: nameInPath,
    ...jsonBody(
      z.strictObject({
        trail: text.optional().openapi({ description: "By name or ARN; the one that is collected where not given" }),
        selectors: z
          .strictObject({ basic: selectorList, advanced: selectorList })
          .openapi({ description: "As GetEventSelectors prints them, one of the two" }),
        days: z.number().int().min(1).max(400).default(30),
        prices: prices.optional(),
      }),
    ),
  },
  responses: { 200: jsonContent("What is dropped, added and saved", replaySchema), ...problemResponses },
});

/** `/api/v1/setup/deployments/{name}/role`, `/doctor`, `/cost` */
export function setupAccessRoutes(setup: () => Promise<Setup>) {
  return newRoutes()
    .openapi(readRole, async (context) => {
      const { format, principal, templateUrl, units } = context.req.valid("query");
      const ask: RoleAsk = {
        format,
        principalArn: principal,
        templateUrl,
        organizationalUnitIds: units?.split(",").map((unit) => unit.trim()),
      };
      const roles = await (await setup()).role(context.req.valid("param").name, ask);
      const [first, ...others] = roles.map(({ quickCreateUrl, leftOut, ...role }) => ({
        ...role,
        quickCreateUrl: quickCreateUrl ?? null,
        leftOut: [...leftOut],
      }));
      if (first === undefined) throw new TypeError("A deployment has a role");
      return context.json({ ...first, others }, 200);
    })
    .openapi(readDoctor, async (context) => {
      const { findings, rows, lacking } = await (await setup()).doctor(context.req.valid("param").name);
      return context.json(
        {
          findings: findings.map((finding) => ({ ...finding })),
          rows: rows.map(({ features, requiredBy, ...row }) => ({
            ...row,
            feature: features.join(", "),
            isOptional: requiredBy.length === 0,
          })),
          lacking: lacking.map(({ feature, actions }) => ({ feature, actions: [...actions] })),
        },
        200,
      );
    })
    .openapi(readCost, async (context) =>
      context.json(printCost(await (await setup()).cost(context.req.valid("param").name)), 200),
    )
    .openapi(reckonCost, async (context) => {
      const { prices: own } = context.req.valid("json");
      return context.json(printCost(await (await setup()).cost(context.req.valid("param").name, own)), 200);
    })
    .openapi(replaySelectors, async (context) => {
      const { selectors, ...ask } = context.req.valid("json");
      const { basic, advanced } = selectors;
      const after = { ...(basic === undefined ? {} : { basic }), ...(advanced === undefined ? {} : { advanced }) };
      const { name } = context.req.valid("param");
      return context.json(
        printReplay(await (await setup()).replay(name, { ...ask, selectors: after }, context.req.raw.signal)),
        200,
      );
    });
}

function printCost({ bill, duplicates }: CostView): CostAnswer {
  return {
    bill: printBill(bill),
    duplicates: duplicates.map(({ microDollars, lines: _lines, ...duplicate }) => ({
      ...duplicate,
      amountMicros: microDollars,
    })),
  };
}
