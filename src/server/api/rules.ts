import { createRoute, z } from "@hono/zod-openapi";
import type { RuleBook } from "../../detect/index.ts";
import { ServerError } from "../errors.ts";
import { printOutcome, printPackage, printRule, printRuleDetails } from "./print-rules.ts";
import { newRoutes } from "./routes.ts";
import {
  changeBody,
  coverageSchema,
  itemInPath,
  outcomeSchema,
  packageBody,
  packageSchema,
  ruleDetailsSchema,
  ruleInPath,
  ruleSchema,
} from "./rule-schemas.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const listRules = createRoute({
  method: "get",
  path: "/rules",
  summary: "All rules, whether they are on, whether they can fire, and how often they did",
  responses: { 200: jsonContent("Rules", z.object({ rules: z.array(ruleSchema) })), ...problemResponses },
});

const readRule = createRoute({
  method: "get",
  path: "/rules/{key}",
  summary: "A rule by key, id, name or the folder that it lies in",
  request: { params: ruleInPath },
  responses: { 200: jsonContent("The rule", z.object({ rule: ruleDetailsSchema })), ...problemResponses },
});

const settleRule = createRoute({
  method: "post",
  path: "/rules/{key}/settings",
  summary: "Turn a rule on or off, stage it, or give it another severity (needs the data folder's token)",
  request: { params: ruleInPath, ...jsonBody(changeBody) },
  responses: { 200: jsonContent("The rule", z.object({ rule: ruleSchema })), ...problemResponses },
});

const readCoverage = createRoute({
  method: "get",
  path: "/coverage",
  summary: "ATT&CK's tactics and techniques with the rules that see them",
  responses: { 200: jsonContent("Coverage", z.object({ coverage: coverageSchema })), ...problemResponses },
});

const listPackages = createRoute({
  method: "get",
  path: "/packages",
  summary: "Packages of rules that were imported",
  responses: { 200: jsonContent("Packages", z.object({ packages: z.array(packageSchema) })), ...problemResponses },
});

const importPackage = createRoute({
  method: "post",
  path: "/packages",
  summary: "Import a package of Sigma rules, or bring it up to date (needs the data folder's token)",
  request: jsonBody(packageBody),
  responses: { 200: jsonContent("What changed", z.object({ outcome: outcomeSchema })), ...problemResponses },
});

const removePackage = createRoute({
  method: "delete",
  path: "/packages/{name}",
  summary: "Remove a package; what was settled about its rules by people stays (needs the data folder's token)",
  request: { params: itemInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

/** `/api/v1/detect/rules`, `/coverage` and `/packages` */
export function ruleRoutes(open: () => Promise<RuleBook>) {
  return newRoutes()
    .openapi(listRules, async (context) => {
      const rules = await (await open()).list();
      return context.json({ rules: rules.map(printRule) }, 200);
    })
    .openapi(readRule, async (context) => {
      const { key } = context.req.valid("param");
      const rule = await (await open()).get(key);
      if (rule === undefined) throw noRule(key);
      return context.json({ rule: printRuleDetails(rule) }, 200);
    })
    .openapi(settleRule, async (context) => {
      const { stage, ...change } = given(context.req.valid("json"));
      const { key } = context.req.valid("param");
      const rule = await (await open()).settle(key, { ...change, ...(stage === undefined ? {} : { stage }) });
      return context.json({ rule: printRule(rule) }, 200);
    })
    .openapi(readCoverage, async (context) =>
      context.json({ coverage: structuredClone(await (await open()).coverage()) }, 200),
    )
    .openapi(listPackages, async (context) =>
      context.json({ packages: (await (await open()).packages()).map(printPackage) }, 200),
    )
    .openapi(importPackage, async (context) => {
      const { zip, files, isTrial, ...ask } = context.req.valid("json");
      const { readPackageZip } = await import("../../detect/index.ts");
      const read = zip === undefined ? { files: files ?? [] } : await readPackageZip(Buffer.from(zip, "base64"));
      const outcome = await (await open()).importPackage({ ...read, ...given(ask) }, isTrial);
      return context.json({ outcome: printOutcome(outcome) }, 200);
    })
    .openapi(removePackage, async (context) => {
      await (await open()).removePackage(context.req.valid("param").name);
      return context.body(null, 204);
    });
}

type Given<Body> = { [Name in keyof Body]: Exclude<Body[Name], undefined> };

/** Without what was not said: for those who ask, that is something else than what is undefined. */
function given<Body extends object>(body: Body): Given<Body> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<Body>;
}

function noRule(key: string): ServerError {
  return new ServerError(`There is no rule ${key.slice(0, 200)}`, {
    code: "not-found",
    fault: "user",
    help: "Name it by its id or its folder; trailwarden rules list shows all",
  });
}
