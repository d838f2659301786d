import { AwsError } from "../../aws/index.ts";
import { type JsonObject } from "../../cloudtrail/index.ts";
import { type PolicyDocument, readPolicyDocument } from "./policy-document.ts";

/** What AddPermission of a queue and of a topic asks for. */
export interface PermissionRequest {
  readonly label: string | undefined;
  readonly accountIds: readonly string[] | undefined;
  readonly actions: readonly string[] | undefined;
  /** `SQS`: as it stands before the colon of the actions in the policy. */
  readonly prefix: string;
  readonly arn: string;
  /** Actions that may be given to others, without prefix. */
  readonly known: readonly string[];
}

const labelShape = /^[A-Za-z0-9_-]{1,80}$/u;

/** The policy with one more statement (API Reference of SQS and SNS, AddPermission). */
export function addStatement(policy: string | undefined, request: PermissionRequest): string {
  const { label, accountIds = [], actions = [], prefix, arn, known } = request;
  if (label === undefined || !labelShape.test(label))
    throw new AwsError("InvalidParameterValue", `Value ${label ?? ""} for parameter Label is invalid`);
  if (accountIds.length === 0)
    throw new AwsError("MissingParameter", "The request must contain the parameter AWSAccountIds");
  if (actions.length === 0) throw new AwsError("MissingParameter", "The request must contain the parameter Actions");
  for (const id of accountIds) {
    if (!/^\d{12}$/u.test(id))
      throw new AwsError("InvalidParameterValue", `Value ${id} for parameter AWSAccountId is invalid`);
  }
  for (const action of actions) {
    if (action !== "*" && !known.includes(action)) {
      throw new AwsError("InvalidParameterValue", `Value ${prefix}:${action} for parameter ActionName is invalid`);
    }
  }
  const document = documentOf(policy, arn);
  if (document.Statement.some((statement) => statement["Sid"] === label)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${label} for parameter Label is invalid. Reason: Already exists`,
    );
  }
  const statement: JsonObject = {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(accountIds.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrMany(actions.map((action) => `${prefix}:${action}`)),
    Resource: arn,
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

/** The policy without the statement of that label; undefined when none is left. */
export function removeStatement(
  policy: string | undefined,
  label: string | undefined,
  arn: string,
): string | undefined {
  const document = documentOf(policy, arn);
  const rest = document.Statement.filter((statement) => statement["Sid"] !== label);
  if (label === undefined || rest.length === document.Statement.length) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${label ?? ""} for parameter Label is invalid. Reason: can't find label`,
    );
  }
  return rest.length === 0 ? undefined : JSON.stringify({ ...document, Statement: rest });
}

function documentOf(policy: string | undefined, arn: string): PolicyDocument {
  const document = policy === undefined ? undefined : readPolicyDocument(policy);
  if (document !== undefined && typeof document !== "string") return document;
  return { Version: "2012-10-17", Id: `${arn}/SQSDefaultPolicy`, Statement: [] };
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? "") : values;
}
