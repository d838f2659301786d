import { z } from "zod";
import { partitionOfRegion, regionProblem } from "./regions.ts";

/** Twelve digits, however people write them: `1111-2222-3333`, `1111 2222 3333`. */
export const accountId = z
  .string()
  .transform((text) => text.replaceAll(/[\s\p{Dash_Punctuation}]/gu, ""))
  .superRefine((text, context) => {
    if (/^\d{12}$/.test(text)) return;
    const found = /^\d+$/.test(text) ? `, this one has ${text.length}` : "";
    const message = `An account has 12 digits${found}; dashes and spaces between them may stay`;
    context.addIssue({ code: "custom", message });
  });

export const region = z
  .string()
  .trim()
  .toLowerCase()
  .superRefine((text, context) => {
    const problem = regionProblem(text);
    if (problem !== undefined) context.addIssue({ code: "custom", message: `${text} ${problem}` });
  });

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov|-eusc)?:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "A role's ARN looks like arn:aws:iam::111122223333:role/name",
  );

/** From 2 to 1,224 of these characters (IAM User Guide, "IAM and AWS STS quotas"). */
const externalId = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,1224}$/, "An external ID has 2 to 1224 letters, digits and + = , . @ : / - _");

/** Checks of single fields, for whoever else asks a person for them. */
export const accessFields = { accountId, region, roleArn, externalId };

/** Who a source is when it speaks to AWS, and where. */
export const accessShape = {
  region: region.describe("Region of the queue or bucket, such as eu-central-1"),
  accountId: accountId.optional().describe("Account that it lies in; dashes and spaces may stay"),
  roleArn: roleArn.optional().describe("Role to take on; without one, the credentials of this machine are used"),
  externalId: externalId.optional().describe("External ID that the role's trust asks for"),
  bucketRoleArn: roleArn.optional().describe("Role for the bucket, where it lies in another account than the rest"),
  bucketExternalId: externalId.optional().describe("External ID for that role"),
  endpoint: z.url().optional().describe("Where AWS is, when not at AWS: a sandbox or an emulator"),
};

export interface AccessSettings {
  readonly region: string;
  readonly accountId?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly bucketRoleArn?: string | undefined;
  readonly bucketExternalId?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** What cannot be right in settings that are each well formed. */
export function refineAccess(settings: AccessSettings, context: z.core.$RefinementCtx): void {
  const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const { externalId: id, roleArn: role, bucketExternalId, bucketRoleArn, accountId: account } = settings;
  if (id !== undefined && role === undefined) issue("externalId", "An external ID goes with a role: give roleArn too");
  if (bucketExternalId !== undefined && bucketRoleArn === undefined) {
    issue("bucketExternalId", "An external ID goes with a role: give bucketRoleArn too");
  }
  const roleAccount = role?.split(":")[4];
  if (account !== undefined && roleAccount !== undefined && account !== roleAccount) {
    issue("accountId", `The role is of account ${roleAccount}, not of ${account}`);
  }
  const partition = partitionOfRegion(settings.region);
  for (const [name, arn] of [
    ["roleArn", role],
    ["bucketRoleArn", bucketRoleArn],
  ] as const) {
    const own = arn?.split(":")[1];
    if (own !== undefined && partition !== undefined && own !== partition) {
      issue("region", `${settings.region} is in the partition ${partition}, but ${name} is of ${own}`);
    }
  }
}

/** Names of what a source may hold as secrets instead of a machine's own credentials. */
export const accessSecrets = [
  { name: "accessKeyId", description: "Access key, where this machine has no credentials of its own" },
  { name: "secretAccessKey", description: "Secret of that access key" },
  { name: "sessionToken", description: "Session token of temporary credentials" },
] as const;
