import { useState } from "react";
import { LevelChoice } from "../../../parts/level-choice.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { changeIncident } from "../../../incidents-api.ts";
import { useIncidentsMutation } from "../use-incidents.ts";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import type { IncidentDialogProps } from "./incident-dialog.ts";

/** Who looks after it, and how severe it is after all. */
export function SettleDialog({ incident, onClose }: IncidentDialogProps) {
  const ownName = useOwnName();
  const [owner, setOwner] = useState(incident.owner);
  const [severity, setSeverity] = useState(incident.severity);
  const change = useIncidentsMutation(async () => {
    const by = signedBy(ownName);
    if (owner.trim() !== incident.owner) await changeIncident(incident.id, { kind: "owner", owner: owner.trim() }, by);
    if (severity !== incident.severity) await changeIncident(incident.id, { kind: "severity", severity }, by);
  }, onClose);
  return (
    <DialogForm
      title="Owner and severity"
      yes="Save"
      sending={change}
      onSend={() => {
        change.mutate(undefined);
      }}
      onClose={onClose}
    >
      <TextField
        title="Owner"
        note="Who looks after it; empty for nobody"
        autoFocus
        maxLength={200}
        text={owner}
        onText={setOwner}
      />
      <LevelChoice level={severity} onPick={setSeverity} />
    </DialogForm>
  );
}
