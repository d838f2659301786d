import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { useOwnName } from "../../../parts/own-name.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import type { IncidentDetails, IncidentState } from "../../../incidents-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { stateWords } from "../incident-words.ts";
import { useChange } from "../use-incidents.ts";
import { CloseDialog } from "./close-dialog.tsx";
import classes from "./incident.module.css";
import { MergeDialog } from "./merge-dialog.tsx";
import { OwnName } from "./own-name.tsx";
import { SettleDialog } from "./settle-dialog.tsx";
import { SilenceDialog } from "./silence-dialog.tsx";
import { SplitDialog } from "./split-dialog.tsx";

const dialogs = {
  close: CloseDialog,
  settle: SettleDialog,
  silence: SilenceDialog,
  merge: MergeDialog,
  split: SplitDialog,
} as const;

/** What a person can do with an incident, the next step first. */
export function IncidentActions({ incident }: { readonly incident: IncidentDetails }) {
  const { id, state, parts, owner } = incident;
  const announce = useAnnounce();
  const ownName = useOwnName();
  const [open, setOpen] = useState<keyof typeof dialogs | undefined>();
  const change = useChange(id);
  const put = (next: IncidentState) => {
    change.mutate(
      { kind: "state", state: next },
      {
        onSuccess: () => {
          announce(`${incident.name} is ${stateWords[next][0].toLowerCase()}`);
        },
      },
    );
  };
  const ask = (dialog: keyof typeof dialogs) => () => {
    setOpen(dialog);
  };
  const Shown = open === undefined ? undefined : dialogs[open];
  if (incident.mergedInto !== null) return null;
  return (
    <div className={classes["actions"]} role="group" aria-label="What to do with it">
      <div className={controls["buttons"]}>
        {state === "new" ? (
          <ChangeButton look="main" isBusy={change.isPending} onClick={() => put("triaged")}>
            Triage
          </ChangeButton>
        ) : null}
        {state === "new" || state === "triaged" ? (
          <ChangeButton
            look={state === "triaged" ? "main" : "plain"}
            isBusy={change.isPending}
            onClick={() => put("contained")}
          >
            Contain
          </ChangeButton>
        ) : null}
        {state === "closed" ? (
          <ChangeButton isBusy={change.isPending} onClick={() => put("triaged")}>
            Reopen
          </ChangeButton>
        ) : (
          <ChangeButton look={state === "contained" ? "main" : "plain"} onClick={ask("close")}>
            Close…
          </ChangeButton>
        )}
        {ownName !== "" && owner !== ownName && state !== "closed" ? (
          <ChangeButton
            isBusy={change.isPending}
            onClick={() => {
              change.mutate({ kind: "owner", owner: ownName });
            }}
          >
            Take it
          </ChangeButton>
        ) : null}
        <ChangeButton onClick={ask("settle")}>Owner and severity…</ChangeButton>
        <ChangeButton onClick={ask("silence")}>Silence…</ChangeButton>
        <ChangeButton onClick={ask("merge")}>Merge…</ChangeButton>
        {parts.length > 1 ? <ChangeButton onClick={ask("split")}>Split…</ChangeButton> : null}
      </div>
      <OwnName />
      {change.isError ? <ProblemNote error={change.error} /> : null}
      {Shown === undefined ? null : (
        <Shown
          incident={incident}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </div>
  );
}
