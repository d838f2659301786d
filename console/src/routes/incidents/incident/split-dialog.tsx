import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { splitIncident } from "../../../incidents-api.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { useIncidentsMutation } from "../use-incidents.ts";
import { ChoiceList, toggled } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import type { IncidentDialogProps } from "./incident-dialog.ts";

/** Makes an incident of its own out of some findings, and goes there. */
export function SplitDialog({ incident, onClose }: IncidentDialogProps) {
  const tz = useTz();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const by = signedBy(useOwnName());
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const split = useIncidentsMutation(
    () => splitIncident(incident.id, chosen, by),
    ({ id, name }) => {
      announce(`They are ${name} now`);
      onClose();
      void navigate({ to: "/incidents/$incident", params: { incident: id }, search: tz });
    },
  );
  return (
    <DialogForm
      title={`Split ${incident.name}`}
      yes={chosen.length === 0 ? "Split" : `Split off ${countOf(chosen.length, "finding")}`}
      sending={split}
      isLacking={chosen.length === 0 || chosen.length === incident.parts.length}
      onSend={() => {
        split.mutate(undefined);
      }}
      onClose={onClose}
    >
      <ChoiceList
        legend="These become an incident of their own; at least one stays"
        kind="checkbox"
        name="findings"
        options={incident.parts.map(({ id, title, actorName, to }) => ({
          key: id,
          title: <VisibleText text={title} />,
          note: (
            <>
              <VisibleText text={actorName} /> <Moment at={to} />
            </>
          ),
        }))}
        chosen={chosen}
        onPick={(key) => {
          setChosen(toggled(chosen, key));
        }}
      />
    </DialogForm>
  );
}
