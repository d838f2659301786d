import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { putTuning, type RuleDetails } from "../../../detect-api.ts";
import { ChoiceField } from "../../../parts/choice-field.tsx";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { errorOf, explain } from "../../search/query-text.ts";
import { useDetectMutation } from "../use-detect.ts";
import { nameOf } from "./name-of.ts";

const spans = [
  ["", "For good"],
  ["1", "For a day"],
  ["7", "For a week"],
  ["30", "For thirty days"],
  ["90", "For ninety days"],
] as const;

const dayMs = 24 * 3_600_000;

/** Leaves events out of a rule by a search, with the reason, and an end where there is one. */
export function TuneDialog({ rule, onClose }: { readonly rule: RuleDetails; readonly onClose: () => void }) {
  const tz = useTz();
  const announce = useAnnounce();
  const [query, setQuery] = useState("");
  const [reason, setReason] = useState("");
  const [days, setDays] = useState<(typeof spans)[number][0]>("");
  const wrong = errorOf(query);
  const taken = rule.tunings.map(({ name }) => name);
  const put = useDetectMutation(
    () =>
      putTuning({
        name: nameOf(rule.title, taken),
        rules: [rule.key],
        query: query.trim(),
        reason: reason.trim(),
        until: days === "" ? null : new Date(Date.now() + Number(days) * dayMs).toISOString(),
      }),
    () => {
      announce("It is left out from now on");
      onClose();
    },
  );
  return (
    <DialogForm
      title="Leave something out"
      yes="Leave it out"
      sending={put}
      isLacking={query.trim() === "" || wrong !== undefined || reason.trim() === ""}
      onSend={() => {
        put.mutate(undefined);
      }}
      onClose={onClose}
    >
      <p>Events that answer this search are no hits of the rule any more. They are stored as before.</p>
      <label>
        Search
        <input
          className={controls["input"]}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="user:deploy ip:198.51.100.0/24"
          value={query}
          aria-invalid={wrong !== undefined}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
        <small role={wrong === undefined ? undefined : "alert"}>
          {wrong === undefined ? explain(query) : wrong.message}{" "}
          {query.trim() === "" || wrong !== undefined ? null : (
            <Link to="/" search={{ ...tz, query: query.trim() }} target="_blank">
              See what that is
            </Link>
          )}
        </small>
      </label>
      <TextField title="Reason" maxLength={1_000} text={reason} onText={setReason} />
      <ChoiceField title="How long" value={days} options={spans} onPick={setDays} />
    </DialogForm>
  );
}
