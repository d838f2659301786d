import type { RoleModel } from "../role-model.ts";

/** The role as JSON: what `create-role` and `put-role-policy` take, for whoever makes roles by other means. */
export function renderJson(model: RoleModel): string {
  const { roleName, description, maxSessionSeconds, trust, policies, tags } = model;
  const role = {
    RoleName: roleName,
    Description: description,
    MaxSessionDuration: maxSessionSeconds,
    AssumeRolePolicyDocument: trust,
    Policies: policies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: document })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  return `${JSON.stringify(role, undefined, 2)}\n`;
}
