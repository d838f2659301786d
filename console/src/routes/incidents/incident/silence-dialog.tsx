import { useState } from "react";
import { ChoiceField } from "../../../parts/choice-field.tsx";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { TextField } from "../../../parts/text-field.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { addSilence, changeIncident, type SilenceScope } from "../../../incidents-api.ts";
import { useIncidentsMutation } from "../use-incidents.ts";
import { ChoiceList, toggled } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import type { IncidentDialogProps } from "./incident-dialog.ts";

const spans = [
  ["now+1h", "An hour"],
  ["now+8h", "Eight hours"],
  ["now+1d", "A day"],
  ["now+7d", "A week"],
  ["now+30d", "Thirty days"],
] as const;

/** Tells nobody of an incident for a time; or lets what is like it open none. */
export function SilenceDialog({ incident, onClose }: IncidentDialogProps) {
  const announce = useAnnounce();
  const ownName = useOwnName();
  const [until, setUntil] = useState<(typeof spans)[number][0]>("now+8h");
  const [isWide, setWide] = useState(false);
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<readonly string[]>([]);
  const parts = scopeParts(incident);
  const change = useIncidentsMutation(
    async () => {
      const by = signedBy(ownName);
      if (!isWide) return await changeIncident(incident.id, { kind: "silence", until }, by);
      const chosen = parts.filter(({ key }) => scope.includes(key)).map(({ scope: each }) => each);
      const whole: SilenceScope = Object.assign({}, ...chosen);
      await addSilence({ scope: whole, until, reason: reason.trim(), by });
    },
    () => {
      announce("It is silent now");
      onClose();
    },
  );
  return (
    <DialogForm
      title="Silence"
      yes="Silence it"
      sending={change}
      isLacking={isWide && (scope.length === 0 || reason.trim() === "")}
      onSend={() => {
        change.mutate(undefined);
      }}
      onClose={onClose}
    >
      <ChoiceField title="For" value={until} options={spans} onPick={setUntil} />
      <ChoiceList
        legend="What"
        kind="radio"
        name="width"
        options={[
          { key: "this", title: "This incident", note: "It grows as before, and nobody is told of it" },
          { key: "like", title: "Everything like it", note: "What fits opens no incident, and nobody is told of it" },
        ]}
        chosen={[isWide ? "like" : "this"]}
        onPick={(key) => {
          setWide(key === "like");
        }}
      />
      {isWide ? (
        <>
          <ChoiceList
            legend="What is like it; all that is ticked must fit"
            kind="checkbox"
            name="scope"
            options={parts.map(({ key, title, note }) => ({
              key,
              title,
              note: <VisibleText text={note} />,
            }))}
            chosen={scope}
            onPick={(key) => {
              setScope(toggled(withoutRival(scope, key), key));
            }}
          />
          <TextField title="Reason" required maxLength={1_000} text={reason} onText={setReason} />
        </>
      ) : null}
    </DialogForm>
  );
}

interface ScopePart {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly scope: SilenceScope;
}

const partsMax = 12;

/** What a silence can be about, of this incident; a silence holds one of each kind. */
function scopeParts({ parts, entities, accountIds }: IncidentDialogProps["incident"]): readonly ScopePart[] {
  const rules = [...new Map(parts.map((part) => [part.rule, part.title]))];
  return [
    ...rules.map(([rule, title]) => ({ key: `rule ${rule}`, title: "The rule", note: title, scope: { rule } })),
    ...entities
      .filter(({ kind }) => kind === "root-actor" || kind === "actor")
      .map(({ value, label }) => ({
        key: `actor ${value}`,
        title: "The actor",
        note: label === "" ? value : label,
        scope: { actor: value },
      })),
    ...accountIds.map((accountId) => ({
      key: `account ${accountId}`,
      title: "The account",
      note: accountId,
      scope: { accountId },
    })),
    ...entities
      .filter(({ kind }) => kind === "resource")
      .map(({ value }) => ({
        key: `resource ${value}`,
        title: "The resource",
        note: value,
        scope: { resource: value },
      })),
  ].slice(0, partsMax);
}

/** The rest of what was ticked, without another of the same kind. */
function withoutRival(scope: readonly string[], key: string): readonly string[] {
  const kind = `${key.split(" ", 1)[0] ?? ""} `;
  return scope.filter((each) => each === key || !each.startsWith(kind));
}
