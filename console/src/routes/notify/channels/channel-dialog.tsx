import { useState } from "react";
import { putChannel, type Channel, type ChannelKind } from "../../../notify-api.ts";
import { ChoiceField } from "../../../parts/choice-field.tsx";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { NameField } from "../../../parts/name-field.tsx";
import { namesProblem } from "../../../parts/names-problem.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Problem } from "../../../problem.ts";
import {
  fieldTitle,
  firstEntries,
  readEntries,
  readFields,
  sortIssues,
  type Entries,
  type Field,
} from "../../collect/add/schema-fields.ts";
import { SettingField } from "../../collect/add/setting-field.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { typeWord } from "../notify-words.ts";
import { useChannelKinds, useNotifyMutation } from "../use-notify.ts";
import { entriesOf } from "./channel-entries.ts";

export interface ChannelDialogProps {
  /** The one that is edited; a new one where undefined. */
  readonly channel: Channel | undefined;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** A channel's settings and secrets; secrets that are there stay as they are where nothing is written. */
export function ChannelDialog({ channel, taken, onClose }: ChannelDialogProps) {
  const kinds = useChannelKinds();
  const [type, setType] = useState(channel?.type ?? "");
  const kind = kinds.data?.find((each) => each.type === type);
  if (kind !== undefined) return <KnownDialog key={type} {...{ channel, taken, kind, onClose }} onType={setType} />;
  return (
    <DialogForm title="Add a channel" yes="Go on" isLacking onSend={() => undefined} onClose={onClose}>
      {kinds.isError ? (
        <ProblemNote error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : (
        <KindChoice kinds={kinds.data ?? []} type={type} onType={setType} />
      )}
    </DialogForm>
  );
}

interface KnownDialogProps extends ChannelDialogProps {
  readonly kind: ChannelKind;
  readonly onType: (type: string) => void;
}

function KnownDialog({ channel, taken, kind, onType, onClose }: KnownDialogProps) {
  const announce = useAnnounce();
  const kinds = useChannelKinds();
  const fields = readFields(kind.settings);
  const secretFields = kind.secrets.map((secret) => secretField(secret, channel?.secrets ?? []));
  const [name, setName] = useState(channel?.name ?? "");
  const [entries, setEntries] = useState<Entries>(() => ({
    ...firstEntries(fields),
    ...entriesOf(channel?.settings ?? {}),
  }));
  const [secrets, setSecrets] = useState<Entries>({});
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const put = useNotifyMutation(putChannel, () => {
    announce(channel === undefined ? `${name.trim()} is added: send a test` : `${name.trim()} is changed`);
    onClose();
  });
  const refused = put.error instanceof Problem ? put.error.issues : [];
  const problems = { ...sortIssues(refused, [...fields, ...secretFields]).ofFields, ...found };
  const nameProblem = channel === undefined ? namesProblem(name.trim(), taken) : undefined;

  function send(): void {
    const read = readEntries(fields, entries);
    const lacking = secretFields.filter(({ name: key, isRequired }) => isRequired && (secrets[key] ?? "") === "");
    const wrong = { ...read.problems, ...Object.fromEntries(lacking.map((each) => [each.name, "This is needed"])) };
    setFound(wrong);
    if (read.problems !== undefined || lacking.length > 0) return;
    const given = Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret !== ""));
    put.mutate({ name: name.trim(), type: kind.type, settings: read.settings, secrets: given });
  }

  return (
    <DialogForm
      title={channel === undefined ? "Add a channel" : `Edit ${channel.name}`}
      yes={channel === undefined ? "Add it" : "Save"}
      sending={put}
      isLacking={name.trim() === "" || nameProblem !== undefined}
      onSend={send}
      onClose={onClose}
    >
      {channel === undefined ? (
        <>
          <KindChoice kinds={kinds.data ?? []} type={kind.type} onType={onType} />
          <NameField
            name={name}
            problem={nameProblem}
            note="How you will call it: small letters, digits and dashes"
            onName={setName}
          />
        </>
      ) : null}
      {[...secretFields.filter(({ isRequired }) => isRequired), ...fields, ...secretFields.filter(isOptional)].map(
        (field) => {
          const isSecret = secretFields.includes(field);
          return (
            <SettingField
              key={`${String(isSecret)} ${field.name}`}
              field={field}
              text={(isSecret ? secrets : entries)[field.name] ?? ""}
              problem={problems[field.name]}
              isSecret={isSecret}
              onText={(text) => {
                setFound({});
                if (isSecret) setSecrets({ ...secrets, [field.name]: text });
                else setEntries({ ...entries, [field.name]: text });
              }}
            />
          );
        },
      )}
    </DialogForm>
  );
}

function isOptional({ isRequired }: Field): boolean {
  return !isRequired;
}

/** A secret as a field; one that is there need not be written again. */
function secretField(secret: ChannelKind["secrets"][number], kept: readonly string[]): Field {
  const isKept = kept.includes(secret.name);
  return {
    name: secret.name,
    title: fieldTitle(secret.name),
    help: isKept
      ? `${secret.description}. It is there already and is kept where nothing is written`
      : secret.description,
    isRequired: secret.isNeeded && !isKept,
    kind: "text",
    among: [],
    usual: undefined,
    limits: { step: "any" },
  };
}

interface KindChoiceProps {
  readonly kinds: readonly ChannelKind[];
  readonly type: string;
  readonly onType: (type: string) => void;
}

function KindChoice({ kinds, type, onType }: KindChoiceProps) {
  return (
    <ChoiceField
      title="Kind"
      value={type}
      options={[...(type === "" ? [["", "Choose one"] as const] : []), ...kinds.map(optionOf)]}
      note={kinds.find((kind) => kind.type === type)?.summary}
      onPick={onType}
    />
  );
}

function optionOf({ type }: ChannelKind): readonly [type: string, title: string] {
  return [type, typeWord(type)];
}
