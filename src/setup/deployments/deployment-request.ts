import { randomBytes } from "node:crypto";
import { z } from "zod";
import { accessFields, partitionOfRegion } from "../../collect/index.ts";
import { driftChecks } from "../checks/index.ts";
import { SetupError } from "../errors.ts";
import { newExternalId } from "../permissions/trust.ts";
import type { DeploymentChange, DeploymentRequest } from "../setup.ts";
import type { Deployment } from "./deployment.ts";

const { accountId, region, roleArn, externalId } = accessFields;

/** Names that S3, SNS and SQS all take (S3 User Guide, "Bucket naming rules", the strictest). */
const resourceName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "Small letters, digits and dashes, 3 to 63");
/** CloudTrail API Reference, "CreateTrail". */
const trailName = z
  .string()
  .regex(/^[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){2,127}$/, "Letters, digits and single . _ - between them, 3 to 128");

/** What a person gives to put an account under care. */
export const deploymentShape = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "Small letters, digits and dashes, at most 63")
      // Where the console adds one.
      .refine((name) => name !== "add", "It may not be called add")
      .describe("What it is called"),
    accountId: accountId.describe("The account; dashes and spaces may stay"),
    region: region.describe("Where what is made lies"),
    depth: z.enum(["look", "care", "respond"]).describe("How much Trailwarden may do: look, or also care"),
    roleArn: roleArn.optional().describe("Role of the account; without one, the credentials of this machine are used"),
    externalId: externalId.optional().describe("In the role's trust; made by Trailwarden where not given"),
    logAccount: z
      .strictObject({ accountId, roleArn })
      .optional()
      .describe("Account that bucket, topic and queue lie in, where that is another, and its role"),
    endpoint: z.url().optional().describe("Where AWS is, when not at AWS: a sandbox or an emulator"),
    names: z
      .strictObject({ trail: trailName, bucket: resourceName, topic: resourceName, queue: resourceName })
      .partial()
      .optional()
      .describe("Names for what is made; trailwarden-<account> where not given"),
    automatic: z
      .array(z.enum(["all", ...driftChecks.map(({ name }) => name)]))
      .max(100)
      .optional()
      .describe("Repairs that need no yes, by their check; or all"),
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(36_500)
      .optional()
      .describe("How long log files are to be kept at least"),
    secrets: z.record(z.string().max(100), z.string().max(10_000)).optional(),
  })
  .superRefine((given, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const owner = given.roleArn?.split(":")[4];
    if (owner !== undefined && owner !== given.accountId)
      issue("roleArn", `The role is of account ${owner}, not of ${given.accountId}`);
    const log = given.logAccount;
    if (log !== undefined && log.roleArn.split(":")[4] !== log.accountId)
      issue("logAccount", "Its role is of another account");
    if (log !== undefined && log.accountId === given.accountId)
      issue("logAccount", "It is the account itself: leave it out");
    const partition = partitionOfRegion(given.region);
    const own = given.roleArn?.split(":")[1];
    if (own !== undefined && partition !== undefined && own !== partition)
      issue("region", `${given.region} is in ${partition}, the role in ${own}`);
  });

/** Cleans what a person gave; throws `deployment-invalid`, which names each field that is wrong. */
export function readDeployment(given: DeploymentRequest, now: number): Deployment {
  const read = deploymentShape.safeParse(given);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => `${path.join(".") || "deployment"}: ${message}`);
    throw new SetupError(`The deployment does not fit: ${issues.join("; ")}`, {
      code: "deployment-invalid",
      fault: "user",
      help: "Mend what is named",
      details: { issues },
    });
  }
  const { secrets: _secrets, names, ...rest } = read.data;
  const usual = `trailwarden-${rest.accountId}`;
  return {
    ...rest,
    roleArn: rest.roleArn,
    externalId: rest.externalId ?? newExternalId(randomBytes),
    logAccount: rest.logAccount,
    endpoint: rest.endpoint,
    names: {
      trail: names?.trail ?? usual,
      bucket: names?.bucket ?? usual,
      topic: names?.topic ?? usual,
      queue: names?.queue ?? usual,
    },
    automatic: rest.automatic ?? [],
    retentionDays: rest.retentionDays,
    source: undefined,
    createdAt: now,
  };
}

/** The deployment with what is given in the place of what was; checked as a whole. */
export function changeDeployment(deployment: Deployment, change: DeploymentChange): Deployment {
  const { source, createdAt, ...given } = deployment;
  const changed = readDeployment({ ...given, ...change, secrets: undefined }, createdAt);
  return { ...changed, source };
}
