import type { Deployment } from "../deployments/deployment.ts";
import { SetupError } from "../errors.ts";
import type { RoleAsk, RoleView } from "../setup.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";
import { declaredCalls } from "./declared-calls.ts";
import { quickCreateLink } from "./render/cloudformation.ts";
import { roleForms } from "./render/role-forms.ts";
import { renderStackSet } from "./render/stack-set.ts";
import { policyFor } from "./policy-for.ts";
import { roleModel, rolesOf, type AccountRole, type RoleRequest } from "./role-model.ts";
import { scopeOfEachAccount } from "./scope.ts";

/** What a deployment's roles are made from. */
export function roleRequest(
  deployment: Deployment,
  given: { readonly principalArn: string; readonly places: WiringPlaces; readonly partition?: string },
): RoleRequest {
  return { deployment, ...given, ...declaredCalls(["queue", "bucket"]) };
}

/** The roles of a deployment in the form that is asked for, one for each of its accounts. */
export function printRoles(request: RoleRequest, ask: RoleAsk, region: string): readonly RoleView[] {
  return rolesOf(request).map((role) => {
    const { model, accountId, leftOut } = role;
    const shown = { accountId, roleName: model.roleName, format: ask.format };
    const { text, fileName } = textOf(role, request, ask, region);
    const quickCreateUrl =
      ask.templateUrl === undefined ? undefined : quickCreateLink(model, { templateUrl: ask.templateUrl, region });
    return { ...shown, text, fileName, quickCreateUrl, leftOut: leftOut.map(({ action }) => action) };
  });
}

function textOf(
  role: AccountRole,
  request: RoleRequest,
  { format, organizationalUnitIds = [] }: RoleAsk,
  region: string,
): Pick<RoleView, "text" | "fileName"> {
  if (format !== "stack-set") {
    const { render, fileName } = roleForms[format];
    return { text: render(role.model), fileName };
  }
  if (organizationalUnitIds.length === 0) {
    throw new SetupError("A stack set goes to organizational units, and none is named", {
      code: "role-invalid",
      fault: "user",
      help: "Name the units, such as ou-abcd-12345678, or the organization's root",
    });
  }
  const { document } = policyFor(role.permissions, scopeOfEachAccount(role.model.roleName));
  const { externalId } = request.deployment;
  const trusted = { principalArn: request.principalArn, externalId };
  const model = roleModel({ ...role.model, policy: document, trusted });
  const { template, commands } = renderStackSet(model, { organizationalUnitIds, region });
  const text = `${template}\n# Run by the management account, with the template in trailwarden-role.yaml:\n${commands
    .map((command) => command.replaceAll(/^/gm, "# "))
    .join("\n")}\n`;
  return { text, fileName: "trailwarden-role.yaml" };
}
