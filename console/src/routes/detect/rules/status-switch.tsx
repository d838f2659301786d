import { useState } from "react";
import { settleRule } from "../../../detect-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useDetectMutation } from "../use-detect.ts";
import { isMissed, SwitchOffDialog, type SwitchedRule } from "./switch-off-dialog.tsx";

export interface StatusSwitchProps {
  readonly rule: SwitchedRule;
  readonly isSmall?: boolean;
}

/** Switches a rule off, after asking where it would be missed, or on again; one that is tried out is promoted by it. */
export function StatusSwitch({ rule, isSmall = false }: StatusSwitchProps) {
  const announce = useAnnounce();
  const by = signedBy(useOwnName());
  const [isAsking, setAsking] = useState(false);
  const next = rule.status === "on" ? "off" : "on";
  const settle = useDetectMutation(
    () => settleRule(rule.key, { status: next, by }),
    () => {
      announce(`${rule.title.slice(0, 60)} is ${next}`);
      setAsking(false);
    },
  );
  if (rule.status === "refused") return null;
  const word = next === "off" ? "Switch off" : rule.status === "staged" ? "Promote" : "Switch on";
  const mustAsk = next === "off" && isMissed(rule);
  return (
    <>
      <ChangeButton
        isSmall={isSmall}
        isBusy={settle.isPending}
        label={isSmall ? `${word}: ${rule.title.slice(0, 100)}` : undefined}
        onClick={() => {
          if (mustAsk) setAsking(true);
          else settle.mutate(undefined);
        }}
      >
        {word}
      </ChangeButton>
      {isAsking ? (
        <SwitchOffDialog
          rule={rule}
          sending={settle}
          onSend={() => {
            settle.mutate(undefined);
          }}
          onClose={() => {
            settle.reset();
            setAsking(false);
          }}
        />
      ) : settle.isError ? (
        <ProblemNote error={settle.error} />
      ) : null}
    </>
  );
}
