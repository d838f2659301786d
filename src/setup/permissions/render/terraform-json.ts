import type { RoleModel } from "../role-model.ts";
import { escapeTemplates } from "./hcl.ts";

/** The role as Terraform's JSON: the same resources as in its own language. */
export function renderTerraformJson(model: RoleModel): string {
  const { roleName, description, maxSessionSeconds, trust, policies, tags } = model;
  const [statement] = trust.Statement;
  const externalId = String(statement?.Condition["StringEquals"]?.["sts:ExternalId"]);
  const trusting = {
    ...trust,
    Statement: trust.Statement.map((each) => ({
      ...each,
      Principal: { AWS: "${var.trusted_principal}" },
      Condition: { StringEquals: { "sts:ExternalId": "${var.external_id}" } },
    })),
  };
  const file = {
    variable: {
      role_name: variable("What the role is called", roleName),
      trusted_principal: variable("ARN of what Trailwarden runs as", statement?.Principal.AWS ?? ""),
      external_id: variable("Made by Trailwarden for this deployment alone", externalId),
    },
    resource: {
      aws_iam_role: {
        trailwarden: {
          name: "${var.role_name}",
          description: escapeTemplates(description),
          max_session_duration: maxSessionSeconds,
          tags,
          assume_role_policy: JSON.stringify(trusting),
        },
      },
      aws_iam_role_policy: Object.fromEntries(
        policies.map(({ name, document }) => [
          name,
          { name, role: "${aws_iam_role.trailwarden.id}", policy: escapeTemplates(JSON.stringify(document)) },
        ]),
      ),
    },
    output: { role_arn: { description: "Give this to Trailwarden", value: "${aws_iam_role.trailwarden.arn}" } },
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function variable(description: string, value: string): object {
  return { description, type: "string", default: escapeTemplates(value) };
}
