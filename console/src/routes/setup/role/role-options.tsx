import { useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import shared from "../setup.module.css";
import classes from "./role.module.css";

/** What a person may say about the role's text, beside its form. */
export interface RoleOptions {
  readonly principal: string;
  readonly templateUrl: string;
  readonly units: string;
}

export const noOptions: RoleOptions = { principal: "", templateUrl: "", units: "" };

export type OptionName = keyof RoleOptions;

const titles: Readonly<Record<OptionName, string>> = {
  principal: "Who takes it on: ARN of a user or role; empty for whoever this server is",
  templateUrl: "Where you have put the template, for a link that opens CloudFormation with everything filled in",
  units: "Organizational units that it goes to, such as ou-abcd-12345678, with commas between",
};

export interface RoleOptionsFormProps {
  readonly options: RoleOptions;
  /** Those that the form of the text knows. */
  readonly names: readonly OptionName[];
  /** Without them there is no text. */
  readonly isNeeded: boolean;
  readonly onUse: (options: RoleOptions) => void;
}

/** What else may be said of the role; most people need none of it. */
export function RoleOptionsForm({ options, names, isNeeded, onUse }: RoleOptionsFormProps) {
  const id = useId();
  const [texts, setTexts] = useState(options);
  return (
    <details className={`${shared["more"]} ${classes["options"]}`} open={isNeeded}>
      <summary>More about it</summary>
      <form
        aria-label="More about the role"
        onSubmit={(event) => {
          event.preventDefault();
          const { principal, templateUrl, units } = texts;
          onUse({ principal: principal.trim(), templateUrl: templateUrl.trim(), units: units.trim() });
        }}
      >
        {names.map((name) => (
          <div key={name}>
            <label htmlFor={`${id}-${name}`}>{titles[name]}</label>
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
            Write it
          </button>
        </div>
      </form>
    </details>
  );
}
