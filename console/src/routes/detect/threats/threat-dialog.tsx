import { useState } from "react";
import type { Outcome } from "../../../detect-api.ts";
import { ChoiceField } from "../../../parts/choice-field.tsx";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { LevelChoice } from "../../../parts/level-choice.tsx";
import type { Level } from "../../../parts/levels.ts";
import { LinesField, TextField } from "../../../parts/text-field.tsx";
import { putThreatList, threatKinds, type ThreatKind } from "../../../threats-api.ts";
import { ChoiceList } from "../../../parts/choice-list.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { OutcomeChoice } from "../outcome-choice.tsx";
import { useDetectMutation } from "../use-detect.ts";
import { threatKindWords } from "./threat-words.ts";

const hourMs = 3_600_000;
const kinds = threatKinds.map((kind) => [kind, threatKindWords[kind]] as const);

export interface ThreatDialogProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** A new list, from a URL that is fetched again and again or from lines that are handed in. */
export function ThreatDialog({ taken, onClose }: ThreatDialogProps) {
  const announce = useAnnounce();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<ThreatKind>("addresses");
  const [isUrl, setUrlUsed] = useState(true);
  const [url, setUrl] = useState("");
  const [hours, setHours] = useState("24");
  const [days, setDays] = useState("30");
  const [text, setText] = useState("");
  const [level, setLevel] = useState<Level>("medium");
  const [outcome, setOutcome] = useState<Outcome>("incident");
  const isTaken = taken.includes(name.trim());
  const put = useDetectMutation(
    () =>
      putThreatList(name.trim(), {
        ...{ kind, level, outcome },
        expireMs: Math.max(0, Number(days)) * 24 * hourMs,
        ...(isUrl ? { url: url.trim(), everyMs: Math.max(1, Number(hours)) * hourMs } : { text }),
      }),
    () => {
      announce(`${name.trim()} is a list now`);
      onClose();
    },
  );
  return (
    <DialogForm
      title="Add a threat list"
      yes="Add it"
      sending={put}
      isLacking={name.trim() === "" || isTaken || (isUrl ? url : text).trim() === ""}
      onSend={() => {
        put.mutate(undefined);
      }}
      onClose={onClose}
    >
      <TextField
        title="Name"
        problem={isTaken ? "There is a list of that name" : undefined}
        autoFocus
        autoComplete="off"
        maxLength={63}
        text={name}
        onText={setName}
      />
      <ChoiceField title="What it lists" value={kind} options={kinds} onPick={setKind} />
      <ChoiceList
        legend="Where it comes from"
        kind="radio"
        name="from"
        options={[
          { key: "url", title: "A URL", note: "Fetched again and again by the server" },
          { key: "text", title: "Lines that I hand in" },
        ]}
        chosen={[isUrl ? "url" : "text"]}
        onPick={(key) => {
          setUrlUsed(key === "url");
        }}
      />
      {isUrl ? (
        <UrlFields {...{ url, hours }} onUrl={setUrl} onHours={setHours} />
      ) : (
        <LinesField title="Entries, one a line" rows={4} spellCheck={false} text={text} onText={setText} />
      )}
      <TextField
        title="Entries that are not told again end after so many days"
        note="0: those that were told last count, and no others"
        type="number"
        min={0}
        max={3_650}
        text={days}
        onText={setDays}
      />
      <LevelChoice level={level} onPick={setLevel} />
      <OutcomeChoice outcome={outcome} onPick={setOutcome} />
    </DialogForm>
  );
}

interface UrlFieldsProps {
  readonly url: string;
  readonly hours: string;
  readonly onUrl: (url: string) => void;
  readonly onHours: (hours: string) => void;
}

function UrlFields({ url, hours, onUrl, onHours }: UrlFieldsProps) {
  return (
    <>
      <TextField title="URL" type="url" placeholder="https://example.com/list.txt" text={url} onText={onUrl} />
      <TextField title="Fetched every so many hours" type="number" min={1} max={720} text={hours} onText={onHours} />
    </>
  );
}
