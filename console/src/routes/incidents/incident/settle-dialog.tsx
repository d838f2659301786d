import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { isLevel, levels, levelWords } from "../../../parts/levels.ts";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { changeIncident } from "../../../incidents-api.ts";
import { useIncidentsMutation } from "../use-incidents.ts";
import { DialogForm, type IncidentDialogProps } from "./dialog-form.tsx";

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
      isBusy={change.isPending}
      error={change.error}
      onSend={() => {
        change.mutate(undefined);
      }}
      onClose={onClose}
    >
      <label>
        Owner
        <input
          className={controls["input"]}
          autoFocus
          maxLength={200}
          value={owner}
          onChange={(event) => {
            setOwner(event.target.value);
          }}
        />
        <small>Who looks after it; empty for nobody</small>
      </label>
      <label>
        Severity
        <select
          className={controls["input"]}
          value={severity}
          onChange={(event) => {
            if (isLevel(event.target.value)) setSeverity(event.target.value);
          }}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {levelWords[level]}
            </option>
          ))}
        </select>
      </label>
    </DialogForm>
  );
}
