import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useAnnounce } from "../../parts/copy-text.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { putFault, type Fault, type FaultParameter } from "../../sandbox-api.ts";
import { faultTitle, firstText, isRequired, readFields, suggestions, type Known } from "./fault-fields.ts";
import classes from "./faults.module.css";
import { useAskAgain } from "./use-sandbox.ts";

export interface FaultFormProps {
  readonly fault: Fault;
  readonly known: Known;
  readonly onDone: () => void;
}

/** A fault's parameters, filled with what they usually are, and the button that puts it on. */
export function FaultForm({ fault, known, onDone }: FaultFormProps) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      Object.entries(fault.parameters).map(([name, parameter]) => [name, firstText(name, parameter, known)]),
    ),
  );
  const put = useMutation({
    mutationFn: () => putFault(fault.name, readFields(fault.parameters, texts)),
    onSuccess: () => {
      announce(`${faultTitle(fault.name)}: on`);
      askAgain("faults");
      onDone();
    },
  });
  return (
    <form
      className={classes["form"]}
      aria-label={faultTitle(fault.name)}
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      {Object.entries(fault.parameters).map(([name, parameter], index) => (
        <Field
          key={name}
          name={name}
          parameter={parameter}
          text={texts[name] ?? ""}
          offers={suggestions(name, known)}
          isFirst={index === 0}
          onText={(text) => {
            setTexts({ ...texts, [name]: text });
          }}
        />
      ))}
      <div className={classes["buttons"]}>
        <button type="submit" className={classes["put"]} disabled={put.isPending}>
          Put it on
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
      </div>
      {put.isError ? <ProblemNote error={put.error} /> : null}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly parameter: FaultParameter;
  readonly text: string;
  readonly offers: readonly string[];
  readonly isFirst: boolean;
  readonly onText: (text: string) => void;
}

function Field({ name, parameter, text, offers, isFirst, onText }: FieldProps) {
  const id = useId();
  const { kind, summary } = parameter;
  const shared = {
    id,
    value: text,
    autoFocus: isFirst,
    "aria-describedby": `${id}-summary`,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      onText(event.target.value);
    },
  };
  const unit = kind === "share" ? "%" : kind === "minutes" ? "minutes" : undefined;
  return (
    <div className={classes["field"]}>
      <label htmlFor={id}>{faultTitle(name)}</label>
      <span className={classes["entry"]}>
        {kind === "choice" ? (
          <select {...shared}>
            {(parameter.among ?? []).map((each) => (
              <option key={each} value={each}>
                {each.replaceAll("-", " ")}
              </option>
            ))}
          </select>
        ) : kind === "text" || kind === "texts" ? (
          <input
            {...shared}
            type="text"
            spellCheck={false}
            autoComplete="off"
            required={isRequired(parameter)}
            placeholder={kind === "texts" ? "s3:PutObject, iam:*" : isRequired(parameter) ? "" : "any"}
            {...(offers.length === 0 ? {} : { list: `${id}-offers` })}
          />
        ) : (
          <input {...shared} type="number" required {...numberLimits(parameter)} />
        )}
        {unit === undefined ? null : <span className={classes["unit"]}>{unit}</span>}
      </span>
      {offers.length === 0 ? null : (
        <datalist id={`${id}-offers`}>
          {offers.map((offer) => (
            <option key={offer} value={offer} />
          ))}
        </datalist>
      )}
      <span id={`${id}-summary`} className={classes["hint"]}>
        {summary}
      </span>
    </div>
  );
}

const weekMinutes = 7 * 24 * 60;

function numberLimits({ kind, most }: FaultParameter): { min: number; max?: number; step: number | "any" } {
  if (kind === "share") return { min: 0, max: 100, step: "any" };
  if (kind === "minutes") return { min: 0, max: weekMinutes, step: "any" };
  return { min: 1, step: 1, ...(most === undefined ? {} : { max: most }) };
}
