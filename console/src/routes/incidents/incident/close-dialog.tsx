import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { closeReasons, type CloseReason } from "../../../incidents-api.ts";
import { reasonWords } from "../incident-words.ts";
import { useChange } from "../use-incidents.ts";
import { ChoiceList, DialogForm, type IncidentDialogProps } from "./dialog-form.tsx";

/** Closes an incident, and says why. */
export function CloseDialog({ incident, onClose }: IncidentDialogProps) {
  const announce = useAnnounce();
  const [reason, setReason] = useState<CloseReason | undefined>();
  const [comment, setComment] = useState("");
  const change = useChange(incident.id, () => {
    announce(`${incident.name} is closed`);
    onClose();
  });
  return (
    <DialogForm
      title={`Close ${incident.name}`}
      yes="Close it"
      isBusy={change.isPending}
      isLacking={reason === undefined}
      error={change.error}
      onSend={() => {
        if (reason === undefined) return;
        const said = comment.trim();
        change.mutate({ kind: "state", state: "closed", closedAs: reason, ...(said === "" ? {} : { comment: said }) });
      }}
      onClose={onClose}
    >
      <ChoiceList
        legend="Why"
        kind="radio"
        name="reason"
        options={closeReasons.map((key) => ({ key, title: reasonWords[key][0], note: reasonWords[key][1] }))}
        chosen={reason === undefined ? [] : [reason]}
        onPick={(key) => {
          setReason(closeReasons.find((each) => each === key));
        }}
      />
      <label>
        Comment
        <textarea
          className={controls["input"]}
          rows={2}
          maxLength={10_000}
          value={comment}
          onChange={(event) => {
            setComment(event.target.value);
          }}
        />
        <small>What was found out, for whoever meets the like again</small>
      </label>
    </DialogForm>
  );
}
