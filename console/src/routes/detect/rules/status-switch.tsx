import type { Rule } from "../../../detect-api.ts";
import { settleRule } from "../../../detect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../collect/change-button.tsx";
import { useDetectMutation } from "../use-detect.ts";

export interface StatusSwitchProps {
  readonly rule: Pick<Rule, "key" | "title" | "status">;
  readonly isSmall?: boolean;
}

/** Switches a rule off, or on again; one that is tried out is promoted by it. */
export function StatusSwitch({ rule, isSmall = false }: StatusSwitchProps) {
  const announce = useAnnounce();
  const by = signedBy(useOwnName());
  const next = rule.status === "on" ? "off" : "on";
  const settle = useDetectMutation(
    () => settleRule(rule.key, { status: next, by }),
    () => {
      announce(`${rule.title.slice(0, 60)} is ${next}`);
    },
  );
  if (rule.status === "refused") return null;
  const word = next === "off" ? "Switch off" : rule.status === "staged" ? "Promote" : "Switch on";
  return (
    <>
      <ChangeButton
        isSmall={isSmall}
        isBusy={settle.isPending}
        label={isSmall ? `${word}: ${rule.title.slice(0, 100)}` : undefined}
        onClick={() => {
          settle.mutate(undefined);
        }}
      >
        {word}
      </ChangeButton>
      {settle.isError ? <ProblemNote error={settle.error} /> : null}
    </>
  );
}
