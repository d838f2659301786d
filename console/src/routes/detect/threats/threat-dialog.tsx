import { useState } from "react";
import type { Outcome } from "../../../detect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { isLevel, levels, levelWords, type Level } from "../../../parts/levels.ts";
import { putThreatList, threatKinds, type ThreatKind } from "../../../threats-api.ts";
import { ChoiceList, DialogForm } from "../../incidents/incident/dialog-form.tsx";
import { outcomeWords } from "../rule-words.ts";
import { useDetectMutation } from "../use-detect.ts";
import { threatKindWords } from "./threat-words.ts";

const hourMs = 3_600_000;
const outcomes: readonly Outcome[] = ["incident", "notification", "observation"];

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
      isBusy={put.isPending}
      isLacking={name.trim() === "" || isTaken || (isUrl ? url : text).trim() === ""}
      error={put.error}
      onSend={() => {
        put.mutate(undefined);
      }}
      onClose={onClose}
    >
      <label>
        Name
        <input
          className={controls["input"]}
          autoFocus
          autoComplete="off"
          maxLength={63}
          aria-invalid={isTaken}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        {isTaken ? <small role="alert">There is a list of that name</small> : null}
      </label>
      <label>
        What it lists
        <select
          className={controls["input"]}
          value={kind}
          onChange={(event) => {
            setKind(threatKinds.find((each) => each === event.target.value) ?? kind);
          }}
        >
          {threatKinds.map((each) => (
            <option key={each} value={each}>
              {threatKindWords[each]}
            </option>
          ))}
        </select>
      </label>
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
        <label>
          Entries, one a line
          <textarea
            className={controls["input"]}
            rows={4}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
      )}
      <label>
        Entries that are not told again end after so many days
        <input
          type="number"
          className={controls["input"]}
          min={0}
          max={3_650}
          value={days}
          onChange={(event) => {
            setDays(event.target.value);
          }}
        />
        <small>0: those that were told last count, and no others</small>
      </label>
      <label>
        Severity
        <select
          className={controls["input"]}
          value={level}
          onChange={(event) => {
            if (isLevel(event.target.value)) setLevel(event.target.value);
          }}
        >
          {levels.map((each) => (
            <option key={each} value={each}>
              {levelWords[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        What becomes of what it finds
        <select
          className={controls["input"]}
          value={outcome}
          onChange={(event) => {
            setOutcome(outcomes.find((each) => each === event.target.value) ?? outcome);
          }}
        >
          {outcomes.map((each) => (
            <option key={each} value={each}>
              {outcomeWords[each][0]}
            </option>
          ))}
        </select>
      </label>
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
      <label>
        URL
        <input
          type="url"
          className={controls["input"]}
          placeholder="https://example.com/list.txt"
          value={url}
          onChange={(event) => {
            onUrl(event.target.value);
          }}
        />
      </label>
      <label>
        Fetched every so many hours
        <input
          type="number"
          className={controls["input"]}
          min={1}
          max={720}
          value={hours}
          onChange={(event) => {
            onHours(event.target.value);
          }}
        />
      </label>
    </>
  );
}
