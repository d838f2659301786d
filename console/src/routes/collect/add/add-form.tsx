import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { addSource, type Added, type Given, type Kind } from "../../../collect-api.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Problem } from "../../../problem.ts";
import { ChangeButton } from "../change-button.tsx";
import controls from "../../../parts/controls.module.css";
import classes from "./add.module.css";
import { CheckResult } from "./check-result.tsx";
import { fieldTitle, firstEntries, readEntries, readFields, sortIssues, type Field } from "./schema-fields.ts";
import { SettingField } from "./setting-field.tsx";
import { useCheck } from "./use-check.ts";

export interface AddFormProps {
  readonly kind: Kind;
  /** Names that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly onAdded: (added: Added) => void;
}

const nameField: Field = {
  name: "name",
  title: "Name",
  help: "How you will call it: small letters, digits and dashes",
  isRequired: true,
  kind: "text",
  among: [],
  usual: undefined,
  limits: { step: "any" },
};
const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A form made from what a kind says of its settings; it is checked against AWS before it is added. */
export function AddForm({ kind, taken, onAdded }: AddFormProps) {
  const fields = useMemo(() => readFields(kind.settings), [kind]);
  const secretFields = useMemo(() => kind.secrets.map(secretField), [kind]);
  const [name, setName] = useState(() => freeName(kind.type, taken));
  const [entries, setEntries] = useState(() => firstEntries(fields));
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { check, begin, forget } = useCheck();
  const add = useMutation({ mutationFn: addSource, onSuccess: onAdded });

  function read(): (Given & { readonly name: string }) | undefined {
    const result = readEntries(fields, entries);
    const found = { ...result.problems, ...nameProblem(name, taken) };
    setProblems(found);
    if (result.problems !== undefined || Object.keys(found).length > 0) return undefined;
    const given = Object.entries(secrets).filter(([, value]) => value !== "");
    return {
      name,
      type: kind.type,
      settings: result.settings,
      ...(given.length === 0 ? {} : { secrets: Object.fromEntries(given) }),
    };
  }

  function changed(): void {
    forget();
    add.reset();
  }

  const refused = add.error ?? (check.state === "broken" ? check.error : undefined);
  const said = sortIssues(refused instanceof Problem ? refused.issues : [], fields);
  const shownProblems = { ...said.ofFields, ...problems };
  const areAllAtFields = Object.keys(said.ofFields).length > 0 && said.rest.length === 0;
  const [required, others] = [fields.filter((each) => each.isRequired), fields.filter((each) => !each.isRequired)];
  const field = (each: Field) => (
    <SettingField
      key={each.name}
      field={each}
      text={entries[each.name] ?? ""}
      problem={shownProblems[each.name]}
      onText={(text) => {
        changed();
        setEntries({ ...entries, [each.name]: text });
      }}
    />
  );
  return (
    <form
      className={classes["form"]}
      aria-label={`Settings of the new ${kind.type}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const given = read();
        if (given === undefined) return;
        if (check.state === "fine") add.mutate(given);
        else
          void begin({
            type: given.type,
            settings: given.settings,
            ...(given.secrets ? { secrets: given.secrets } : {}),
          });
      }}
    >
      <fieldset>
        <legend>What is needed</legend>
        <div className={classes["fields"]}>
          <SettingField
            field={nameField}
            text={name}
            problem={shownProblems["name"]}
            onText={(text) => {
              setName(text);
              add.reset();
            }}
          />
          {required.map(field)}
        </div>
      </fieldset>
      {others.length === 0 ? null : (
        <fieldset>
          <legend>Only where you need it</legend>
          <div className={classes["fields"]}>{others.map(field)}</div>
        </fieldset>
      )}
      {secretFields.length === 0 ? null : (
        <fieldset>
          <legend>Secrets</legend>
          <p className={classes["soft"]}>Kept apart in the data folder, and never shown again.</p>
          <div className={classes["fields"]}>
            {secretFields.map((each) => (
              <SettingField
                key={each.name}
                field={each}
                text={secrets[each.name] ?? ""}
                problem={undefined}
                isSecret
                onText={(text) => {
                  changed();
                  setSecrets({ ...secrets, [each.name]: text });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
      {areAllAtFields ? (
        <p role="alert" className={classes["problem"]}>
          Something does not fit: see the fields marked above
        </p>
      ) : (
        <CheckResult check={check} />
      )}
      {add.isError && !areAllAtFields ? <ProblemNote error={add.error} /> : null}
      <div className={controls["buttons"]}>
        <ChangeButton look="main" isBusy={check.state === "running" || add.isPending}>
          {check.state === "fine" ? "Add" : check.state === "none" ? "Check" : "Check again"}
        </ChangeButton>
        {check.state === "fine" ? null : (
          <ChangeButton
            isBusy={check.state === "running" || add.isPending}
            onClick={() => {
              const given = read();
              if (given !== undefined) add.mutate(given);
            }}
          >
            {check.state === "none" ? "Add without a check" : "Add anyway"}
          </ChangeButton>
        )}
      </div>
    </form>
  );
}

function secretField({ name, description }: Kind["secrets"][number]): Field {
  return { ...nameField, name, title: fieldTitle(name), help: description, isRequired: false };
}

function freeName(type: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? type : `${type}-${String(number)}`;
    if (!taken.has(name)) return name;
  }
}

function nameProblem(name: string, taken: ReadonlySet<string>): { readonly name?: string } {
  if (name === "") return { name: "This is needed" };
  if (!namePattern.test(name)) return { name: "Up to 63 small letters, digits and dashes, a letter or digit first" };
  return taken.has(name) ? { name: "There is a source of this name" } : {};
}
