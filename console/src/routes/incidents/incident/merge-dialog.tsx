import { useState } from "react";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { mergeIncidents } from "../../../incidents-api.ts";
import { Moment } from "../../collect/moment.tsx";
import { useIncidents, useIncidentsMutation } from "../use-incidents.ts";
import { ChoiceList, toggled } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import type { IncidentDialogProps } from "./incident-dialog.ts";

/** Makes other incidents a part of this one. */
export function MergeDialog({ incident, onClose }: IncidentDialogProps) {
  const announce = useAnnounce();
  const by = signedBy(useOwnName());
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const open = useIncidents({ state: "new,triaged,contained" }, 100);
  const others = (open.data?.pages.flatMap((page) => page.incidents) ?? []).filter(({ id }) => id !== incident.id);
  const merge = useIncidentsMutation(
    () => mergeIncidents(incident.id, chosen, by),
    () => {
      announce(`${countOf(chosen.length, "incident")} are a part of ${incident.name} now`);
      onClose();
    },
  );
  return (
    <DialogForm
      title={`Merge into ${incident.name}`}
      yes={chosen.length === 0 ? "Merge" : `Merge ${countOf(chosen.length, "incident")}`}
      sending={merge}
      isLacking={chosen.length === 0}
      onSend={() => {
        merge.mutate(undefined);
      }}
      onClose={onClose}
    >
      {others.length === 0 ? (
        <p>{open.data === undefined ? "Asking for the others…" : "No other incident is open."}</p>
      ) : (
        <ChoiceList
          legend="Their findings, events and history become a part of this one"
          kind="checkbox"
          name="others"
          options={others.map(({ id, name, title, lastAt }) => ({
            key: id,
            title: (
              <>
                {name} <VisibleText text={title} />
              </>
            ),
            note: <Moment at={lastAt} />,
          }))}
          chosen={chosen}
          onPick={(key) => {
            setChosen(toggled(chosen, key));
          }}
        />
      )}
    </DialogForm>
  );
}
