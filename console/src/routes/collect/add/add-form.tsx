import { useEffect, useRef, type ReactNode } from "react";
import type { Added, Kind } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import classes from "./add.module.css";
import { CheckResult } from "./check-result.tsx";
import type { Field } from "./schema-fields.ts";
import { SettingField } from "./setting-field.tsx";
import { nameField, useAddForm } from "./use-add-form.ts";

export interface AddFormProps {
  readonly kind: Kind;
  /** Names that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly onAdded: (added: Added) => void;
}

/** A form made from what a kind says of its settings; it is checked against AWS before it is added. */
export function AddForm({ kind, taken, onAdded }: AddFormProps) {
  const form = useAddForm(kind, taken, onAdded);
  const { check, problems } = form;
  const element = useRef<HTMLFormElement>(null);
  const isFieldWrong = Object.keys(problems).length > 0;
  // Whoever sent it is led to what has to be mended.
  useEffect(() => {
    if (isFieldWrong) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isFieldWrong, problems]);
  const setting = (field: Field) => (
    <SettingField
      key={field.name}
      field={field}
      text={form.textOf(field)}
      problem={problems[field.name]}
      onText={(text) => {
        form.write(field, text);
      }}
    />
  );
  const others = form.fields.filter(({ isRequired }) => !isRequired);
  return (
    <form
      ref={element}
      className={classes["form"]}
      aria-label={`Settings of the new ${kind.type}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (check.state === "fine") form.add();
        else form.look();
      }}
    >
      <FieldGroup title="What is needed">
        <SettingField
          field={nameField}
          text={form.name}
          problem={problems["name"]}
          onText={(text) => {
            form.writeName(text);
          }}
        />
        {form.fields.filter(({ isRequired }) => isRequired).map(setting)}
      </FieldGroup>
      {others.length === 0 ? null : <FieldGroup title="Only where you need it">{others.map(setting)}</FieldGroup>}
      {form.secretFields.length === 0 ? null : (
        <FieldGroup title="Secrets" lead="Kept apart in the data folder, and never shown again.">
          {form.secretFields.map((field) => (
            <SettingField
              key={field.name}
              field={field}
              text={form.secretOf(field)}
              problem={undefined}
              isSecret
              onText={(text) => {
                form.writeSecret(field, text);
              }}
            />
          ))}
        </FieldGroup>
      )}
      {isFieldWrong ? (
        <p role="alert" className={classes["problem"]}>
          Something does not fit: see the fields that are marked
        </p>
      ) : null}
      <CheckResult check={check} />
      {form.refusal === undefined ? null : <ProblemNote error={form.refusal} />}
      <div className={controls["buttons"]}>
        <ChangeButton look="main" isBusy={form.isBusy}>
          {check.state === "fine" ? "Add" : check.state === "none" ? "Check" : "Check again"}
        </ChangeButton>
        {check.state === "fine" ? null : (
          <ChangeButton
            isBusy={form.isBusy}
            onClick={() => {
              form.add();
            }}
          >
            {check.state === "none" ? "Add without a check" : "Add anyway"}
          </ChangeButton>
        )}
      </div>
    </form>
  );
}

interface FieldGroupProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function FieldGroup({ title, lead, children }: FieldGroupProps) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {lead === undefined ? null : <p className={classes["soft"]}>{lead}</p>}
      <div className={classes["fields"]}>{children}</div>
    </fieldset>
  );
}
