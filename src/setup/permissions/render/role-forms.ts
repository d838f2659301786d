import type { RoleModel } from "../role-model.ts";
import { renderCliScript } from "./cli-script.ts";
import { renderCloudFormation } from "./cloudformation.ts";
import { renderJson } from "./json.ts";
import { renderTerraform } from "./terraform.ts";
import { renderTerraformJson } from "./terraform-json.ts";

/** The forms that a role is printed in, by name, with the file that each belongs into. */
export const roleForms = {
  cloudformation: { fileName: "trailwarden-role.yaml", render: renderCloudFormation },
  terraform: { fileName: "trailwarden-role.tf", render: renderTerraform },
  "terraform-json": { fileName: "trailwarden-role.tf.json", render: renderTerraformJson },
  json: { fileName: "trailwarden-role.json", render: renderJson },
  cli: { fileName: "trailwarden-role.sh", render: renderCliScript },
} as const satisfies Readonly<Record<string, RoleForm>>;

export type RoleFormName = keyof typeof roleForms;

interface RoleForm {
  readonly fileName: string;
  readonly render: (model: RoleModel) => string;
}
