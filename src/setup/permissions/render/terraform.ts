import type { RoleModel } from "../role-model.ts";
import { hclBody, hclObject, hclString, type HclValue } from "./hcl.ts";

/** The role as Terraform's own language. */
export function renderTerraform(model: RoleModel): string {
  const { roleName, description, maxSessionSeconds, trust, policies, tags } = model;
  const [statement] = trust.Statement;
  const externalId = String(statement?.Condition["StringEquals"]?.["sts:ExternalId"]);
  const trusting: HclValue = {
    Version: trust.Version,
    Statement: trust.Statement.map((each) => ({
      ...each,
      Principal: { AWS: { expression: "var.trusted_principal" } },
      Condition: { StringEquals: { "sts:ExternalId": { expression: "var.external_id" } } },
    })),
  };
  return [
    variable("role_name", "What the role is called", roleName),
    variable("trusted_principal", "ARN of what Trailwarden runs as", statement?.Principal.AWS ?? ""),
    variable("external_id", "Made by Trailwarden for this deployment alone", externalId),
    block('resource "aws_iam_role" "trailwarden"', [
      ["name", "var.role_name"],
      ["description", hclString(description)],
      ["max_session_duration", String(maxSessionSeconds)],
      ["tags", hclObject(tags, "  ")],
      ["assume_role_policy", `jsonencode(${hclObject(trusting, "  ")})`],
    ]),
    ...policies.map(({ name, document }) =>
      block(`resource "aws_iam_role_policy" ${hclString(name)}`, [
        ["name", hclString(name)],
        ["role", "aws_iam_role.trailwarden.id"],
        ["policy", `jsonencode(${hclObject(document as unknown as HclValue, "  ")})`],
      ]),
    ),
    block('output "role_arn"', [
      ["description", hclString("Give this to Trailwarden")],
      ["value", "aws_iam_role.trailwarden.arn"],
    ]),
  ].join("\n");
}

function variable(name: string, description: string, value: string): string {
  return block(`variable "${name}"`, [
    ["description", hclString(description)],
    ["type", "string"],
    ["default", hclString(value)],
  ]);
}

function block(head: string, members: readonly (readonly [string, string])[]): string {
  return `${head} {\n${hclBody(members, "  ")}}\n`;
}
