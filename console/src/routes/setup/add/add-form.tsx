import { useEffect, useId, useRef, type ReactNode } from "react";
import controls from "../../../parts/controls.module.css";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import type { Deployment } from "../../../setup-types.ts";
import add from "../../collect/add/add.module.css";
import { SettingField } from "../../collect/add/setting-field.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { DepthChoice } from "./depth-choice.tsx";
import {
  careFields,
  elsewhereFields,
  logFields,
  nameFields,
  neededFields,
  roleField,
  secretFields,
  type TextField,
} from "./form-fields.ts";
import classes from "./add-form.module.css";
import { readAccountId, usualRoleArn } from "./read-form.ts";
import { useAddForm } from "./use-add-form.ts";

export interface AddFormProps {
  /** Names that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly onAdded: (deployment: Deployment) => void;
}

/** What has to be known of an account before it is under care. Nothing in AWS is asked or changed by it. */
export function AddForm({ taken, onAdded }: AddFormProps) {
  const form = useAddForm(taken, onAdded);
  const { entries, problems } = form;
  const element = useRef<HTMLFormElement>(null);
  const isFieldWrong = Object.keys(problems).length > 0;
  // Whoever sent it is led to what has to be mended, also where it is folded away.
  useEffect(() => {
    if (!isFieldWrong) return;
    const wrong = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.closest("details")?.setAttribute("open", "");
    wrong?.focus();
  }, [isFieldWrong, problems]);
  const textFields = (fields: readonly TextField[], isSecret = false) => (
    <div className={add["fields"]}>
      {fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          text={entries[field.name]}
          problem={problems[field.name]}
          isSecret={isSecret && field.name !== "accessKeyId"}
          onText={(text) => {
            form.write({ [field.name]: text });
          }}
        />
      ))}
    </div>
  );
  return (
    <form
      ref={element}
      className={add["form"]}
      aria-label="The account"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.add();
      }}
    >
      <fieldset className={classes["needed"]}>
        <legend>The account</legend>
        {textFields(neededFields)}
      </fieldset>
      <DepthChoice
        depth={entries.depth}
        onPick={(depth) => {
          form.write({ depth });
        }}
      />
      <WayIn
        hasRole={entries.hasRole}
        onPick={(hasRole) => {
          form.write({ hasRole });
        }}
      >
        {textFields([
          { ...roleField, usual: usualRoleArn(readAccountId(entries.accountId) ?? "ACCOUNT", entries.region) },
        ])}
      </WayIn>
      <Folded title="How it is cared for">
        {entries.depth === "look" ? null : (
          <label className={classes["check"]}>
            <input
              type="checkbox"
              checked={entries.isAutomatic}
              onChange={(event) => {
                form.write({ isAutomatic: event.target.checked });
              }}
            />
            Make repairs without asking. Changes of policies are still only proposed.
          </label>
        )}
        {textFields(careFields)}
      </Folded>
      <Folded title="A central log account">{textFields(logFields)}</Folded>
      <Folded title="Names for what is made">{textFields(nameFields)}</Folded>
      <Folded title="Another endpoint, other keys">{textFields([...elsewhereFields, ...secretFields], true)}</Folded>
      {isFieldWrong ? (
        <p role="alert" className={add["problem"]}>
          Something does not fit: see the fields that are marked
        </p>
      ) : null}
      {form.refusal === undefined ? null : <ProblemNote error={form.refusal} />}
      <div className={controls["buttons"]}>
        <ChangeButton look="main" isBusy={form.isBusy}>
          Put it under care
        </ChangeButton>
      </div>
    </form>
  );
}

interface WayInProps {
  readonly hasRole: boolean;
  readonly onPick: (hasRole: boolean) => void;
  /** Which role, where it is one. */
  readonly children: ReactNode;
}

/** By a role of that account, or as this machine. */
function WayIn({ hasRole, onPick, children }: WayInProps) {
  const id = useId();
  const choice = (isRole: boolean, text: string) => (
    <label className={classes["check"]}>
      <input
        type="radio"
        name={id}
        checked={hasRole === isRole}
        onChange={() => {
          onPick(isRole);
        }}
      />
      {text}
    </label>
  );
  return (
    <fieldset>
      <legend>How it gets in</legend>
      <div className={classes["ways"]}>
        {choice(true, "By a role of that account, which you make in the next step.")}
        {hasRole ? children : null}
        {choice(false, "With the credentials of this machine, or the keys given below.")}
      </div>
    </fieldset>
  );
}

/** What most people can leave as it is. */
function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={classes["folded"]}>
      <summary>{title}</summary>
      <div>{children}</div>
    </details>
  );
}
