import type { SandboxFile } from "../../sandbox/index.ts";
import { CommandError } from "../errors.ts";

/** Regions that the sandbox's trails of all regions have digests in; calls may name any. */
export const sandboxRegions: readonly string[] = [
  "eu-central-1",
  "us-east-1",
  "eu-west-1",
  "us-west-2",
  "us-east-2",
  "ap-southeast-2",
];

/** Lines for a shell that point AWS's tools at a sandbox, as the administrator of one of its accounts. */
export function printEnvironment(file: SandboxFile, accountId?: string): string {
  const account = accountId === undefined ? file.accounts[0] : file.accounts.find(({ id }) => id === accountId);
  if (account === undefined) {
    throw new CommandError(`The sandbox has no account ${accountId}`, {
      code: "arguments-invalid",
      fault: "user",
      help: `It has ${file.accounts.map(({ id }) => id).join(", ")}`,
    });
  }
  return [
    `# ${account.name}, ${account.id}`,
    `export AWS_ENDPOINT_URL=${file.url}`,
    `export AWS_ACCESS_KEY_ID=${account.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${account.secretAccessKey}`,
    `export AWS_REGION=${file.region}`,
    `export AWS_DEFAULT_REGION=${file.region}`,
    "export AWS_EC2_METADATA_DISABLED=true",
    "unset AWS_SESSION_TOKEN AWS_PROFILE",
    "",
  ].join("\n");
}
