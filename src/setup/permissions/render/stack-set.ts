import type { RoleModel } from "../role-model.ts";
import { renderCloudFormation } from "./cloudformation.ts";
import { shellCommand } from "./shell.ts";

export interface StackSet {
  /** One template for all accounts: nothing in it differs between them. */
  readonly template: string;
  /** What a person of the management account runs, the template beside them in `trailwarden-role.yaml`. */
  readonly commands: readonly string[];
}

export interface StackSetTargets {
  readonly organizationalUnitIds: readonly string[];
  /** IAM is in no region, so one is enough. */
  readonly region: string;
}

/**
 * The role in every account of an organization; its model has to have been made for each account (`scopeOfEachAccount`).
 * Stack sets that Organizations manages leave out the management account (CloudFormation User Guide, "Create StackSets with
 * service-managed permissions").
 */
export function renderStackSet(model: RoleModel, { organizationalUnitIds, region }: StackSetTargets): StackSet {
  const name = ["--stack-set-name", model.roleName.replaceAll(/[^A-Za-z0-9-]/g, "-")];
  return {
    template: renderCloudFormation(model),
    commands: [
      shellCommand("aws cloudformation create-stack-set", [
        name,
        ["--template-body", "file://trailwarden-role.yaml"],
        ["--capabilities", "CAPABILITY_NAMED_IAM"],
        ["--permission-model", "SERVICE_MANAGED"],
        ["--auto-deployment", "Enabled=true,RetainStacksOnAccountRemoval=false"],
        ["--region", region],
      ]),
      shellCommand("aws cloudformation create-stack-instances", [
        name,
        ["--deployment-targets", `OrganizationalUnitIds=${organizationalUnitIds.join(",")}`],
        ["--regions", region],
        ["--region", region],
      ]),
    ],
  };
}
