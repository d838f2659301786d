import { useId } from "react";
import type { ChangeEvent } from "react";
import controls from "../../../parts/controls.module.css";
import classes from "./add.module.css";
import type { Field } from "./schema-fields.ts";

export interface SettingFieldProps {
  readonly field: Field;
  readonly text: string;
  readonly problem: string | undefined;
  readonly isSecret?: boolean;
  readonly onText: (text: string) => void;
}

/** One setting: its name, where it is written, and what it is for. */
export function SettingField({ field, text, problem, isSecret = false, onText }: SettingFieldProps) {
  const id = useId();
  const { title, help, isRequired, kind, among, usual, limits } = field;
  const described = [`${id}-help`, ...(problem === undefined ? [] : [`${id}-problem`])].join(" ");
  const shared = {
    id,
    className: controls["input"],
    value: text,
    "aria-describedby": described,
    "aria-invalid": problem !== undefined,
    "aria-required": isRequired,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => {
      onText(event.target.value);
    },
  };
  const plain = { autoComplete: "off", spellCheck: false, autoCapitalize: "off" };
  return (
    <div className={classes["field"]} data-kind={kind}>
      {kind === "switch" ? (
        <label htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            checked={text === "true"}
            aria-describedby={described}
            onChange={(event) => {
              onText(String(event.target.checked));
            }}
          />
          {title}
        </label>
      ) : (
        <label htmlFor={id}>
          {title}
          {isRequired ? <span className={classes["required"]}> required</span> : null}
        </label>
      )}
      {kind === "switch" ? null : kind === "choice" ? (
        <select {...shared}>
          {usual === undefined ? <option value="">–</option> : null}
          {among.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      ) : kind === "texts" ? (
        <textarea {...shared} {...plain} rows={2} placeholder="one a line" />
      ) : kind === "number" ? (
        <input {...shared} {...plain} {...limits} type="number" placeholder={usual ?? ""} />
      ) : (
        <input
          {...shared}
          {...plain}
          type={isSecret ? "password" : "text"}
          autoComplete={isSecret ? "new-password" : "off"}
          placeholder={usual ?? ""}
        />
      )}
      {problem === undefined ? null : (
        <span id={`${id}-problem`} className={classes["problem"]}>
          {problem}
        </span>
      )}
      <span id={`${id}-help`} className={classes["help"]}>
        {help}
        {usual !== undefined && kind === "number" ? ` (usually ${usual})` : ""}
      </span>
    </div>
  );
}
