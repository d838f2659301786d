import { useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import classes from "./role.module.css";

/** What a person may say about the role's text, beside its form. */
export interface RoleOptions {
  readonly principal: string;
  readonly templateUrl: string;
  readonly units: string;
}

export const noOptions: RoleOptions = { principal: "", templateUrl: "", units: "" };

const fields: readonly (readonly [name: keyof RoleOptions, title: string])[] = [
  ["principal", "Who takes it on: ARN of a user or role; empty for whoever this server is"],
  ["templateUrl", "CloudFormation: where you have put the template, for a link that opens it filled in"],
  ["units", "StackSet: organizational units, with commas between"],
];

export interface RoleOptionsFormProps {
  readonly options: RoleOptions;
  readonly onUse: (options: RoleOptions) => void;
}

/** Most people need none of it. */
export function RoleOptionsForm({ options, onUse }: RoleOptionsFormProps) {
  const id = useId();
  const [texts, setTexts] = useState(options);
  return (
    <details className={classes["options"]}>
      <summary>Another caller, a link, organizational units</summary>
      <form
        aria-label="About the role's text"
        onSubmit={(event) => {
          event.preventDefault();
          const { principal, templateUrl, units } = texts;
          onUse({ principal: principal.trim(), templateUrl: templateUrl.trim(), units: units.trim() });
        }}
      >
        {fields.map(([name, title]) => (
          <div key={name}>
            <label htmlFor={`${id}-${name}`}>{title}</label>
            <input
              id={`${id}-${name}`}
              className={controls["input"]}
              autoComplete="off"
              spellCheck={false}
              value={texts[name]}
              onChange={(event) => {
                setTexts({ ...texts, [name]: event.target.value });
              }}
            />
          </div>
        ))}
        <div>
          <button type="submit" className={controls["button"]}>
            Write it anew
          </button>
        </div>
      </form>
    </details>
  );
}
