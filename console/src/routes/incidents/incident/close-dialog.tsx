import { useState } from "react";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { LinesField } from "../../../parts/text-field.tsx";
import { closeReasons, type CloseReason } from "../../../incidents-api.ts";
import { reasonWords } from "../incident-words.ts";
import { useChange } from "../use-incidents.ts";
import { ChoiceList } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import type { IncidentDialogProps } from "./incident-dialog.ts";

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
      sending={change}
      isLacking={reason === undefined}
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
      <LinesField
        title="Comment"
        note="What was found out, for whoever meets the like again"
        rows={2}
        maxLength={10_000}
        text={comment}
        onText={setComment}
      />
    </DialogForm>
  );
}
