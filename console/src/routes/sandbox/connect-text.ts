import type { SandboxAccount } from "../../sandbox-api.ts";

export type Tool = "shell" | "terraform" | "boto3";

export const tools: readonly (readonly [tool: Tool, title: string])[] = [
  ["shell", "Shell"],
  ["terraform", "Terraform"],
  ["boto3", "boto3"],
];

interface Place {
  readonly url: string;
  readonly region: string;
}

/** The services that Terraform's AWS provider is told the address of, by the provider's own names. */
const terraformServices = [
  "cloudtrail",
  "ec2",
  "events",
  "guardduty",
  "iam",
  "kms",
  "logs",
  "organizations",
  "s3",
  "sns",
  "sqs",
  "sts",
];

/** What to write so that a tool speaks to the sandbox as the administrator of an account. */
export function connectText(tool: Tool, { url, region }: Place, account: SandboxAccount): string {
  const { accessKeyId, secretAccessKey } = account;
  switch (tool) {
    case "shell":
      return [
        `export AWS_ENDPOINT_URL=${url}`,
        `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
        `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
        `export AWS_REGION=${region}`,
        `export AWS_DEFAULT_REGION=${region}`,
        "export AWS_EC2_METADATA_DISABLED=true",
        "unset AWS_SESSION_TOKEN AWS_PROFILE",
      ].join("\n");
    case "terraform":
      return [
        'provider "aws" {',
        `  region                  = "${region}"`,
        `  access_key              = "${accessKeyId}"`,
        `  secret_key              = "${secretAccessKey}"`,
        "  s3_use_path_style       = true",
        "  skip_metadata_api_check = true",
        "",
        "  endpoints {",
        ...terraformServices.map((service) => `    ${service.padEnd(13)} = "${url}"`),
        "  }",
        "}",
      ].join("\n");
    case "boto3":
      return [
        "import boto3",
        "",
        "session = boto3.Session(",
        `    aws_access_key_id="${accessKeyId}",`,
        `    aws_secret_access_key="${secretAccessKey}",`,
        `    region_name="${region}",`,
        ")",
        `cloudtrail = session.client("cloudtrail", endpoint_url="${url}")`,
      ].join("\n");
  }
}
