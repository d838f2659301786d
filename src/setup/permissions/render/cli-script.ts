import { quoteForShell } from "../../settings/cli-command.ts";
import type { RoleModel } from "../role-model.ts";
import { shellCommand } from "./shell.ts";

/** The role as a script of the AWS CLI's that makes it, or brings the one of that name up to date. */
export function renderCliScript(model: RoleModel): string {
  const { roleName, description, maxSessionSeconds, policies, tags } = model;
  const name = ["--role-name", roleName];
  const about = [
    ["--description", description],
    ["--max-session-duration", String(maxSessionSeconds)],
  ];
  const tagWords = Object.entries(tags).map(([key, value]) => `Key=${key},Value=${value}`);
  const trust = ["--assume-role-policy-document", "$trust"];
  return [
    "#!/usr/bin/env bash",
    `# Makes the role ${roleName} in the account of the credentials at hand, or brings it up to date.`,
    "set -euo pipefail",
    "",
    `trust=$(cat <<'JSON'\n${JSON.stringify(model.trust, undefined, 2)}\nJSON\n)`,
    ...policies.map(
      ({ document }, index) => `policy${index}=$(cat <<'JSON'\n${JSON.stringify(document, undefined, 2)}\nJSON\n)`,
    ),
    "",
    `if problem=$(aws iam get-role --role-name ${quoteForShell(roleName)} 2>&1 >/dev/null); then`,
    withVariables(shellCommand("  aws iam update-assume-role-policy", [name, ["--policy-document", "$trust"]])),
    shellCommand("  aws iam update-role", [name, ...about]),
    shellCommand("  aws iam tag-role", [name, ["--tags", ...tagWords]]),
    "elif [[ $problem == *NoSuchEntity* ]]; then",
    `${withVariables(shellCommand("  aws iam create-role", [name, ...about, trust, ["--tags", ...tagWords]]))} >/dev/null`,
    "else",
    `  printf '%s\\n' "$problem" >&2`,
    "  exit 1",
    "fi",
    ...policies.map(({ name: policyName }, index) =>
      withVariables(
        shellCommand("aws iam put-role-policy", [
          name,
          ["--policy-name", policyName],
          ["--policy-document", `$policy${index}`],
        ]),
      ),
    ),
    "",
    "# Give this to Trailwarden:",
    shellCommand("aws iam get-role", [name, ["--query", "Role.Arn", "--output", "text"]]),
    "",
  ].join("\n");
}

/** A variable stands in double quotes, where everything else is quoted as it is. */
function withVariables(command: string): string {
  return command.replaceAll(/'\$(trust|policy\d+)'/g, '"$$$1"');
}
