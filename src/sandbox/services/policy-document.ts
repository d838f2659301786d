import { type JsonObject } from "../../cloudtrail/index.ts";
import { readPolicy } from "../policy/read-policy.ts";

/** A policy that hangs on a resource, as its text says it: read so that its list of statements can be changed. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly JsonObject[];
}

const lengthMax = 30_720;

/** Reads and checks a resource's policy; what is wrong with it as a sentence otherwise. */
export function readPolicyDocument(text: string): PolicyDocument | string {
  const read = readPolicy(text, { on: "resource", lengthMax });
  if (!read.ok) return `Policy is malformed: ${read.problem.kind.replaceAll("-", " ")} (${read.problem.part})`;
  const document = JSON.parse(text) as { Version?: string; Id?: string; Statement: JsonObject | readonly JsonObject[] };
  const { Statement: statement, ...rest } = document;
  return {
    ...rest,
    Statement: Array.isArray(statement) ? (statement as readonly JsonObject[]) : [statement as JsonObject],
  };
}
