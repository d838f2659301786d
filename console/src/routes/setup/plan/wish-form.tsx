import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import type { Field } from "../../collect/add/schema-fields.ts";
import { SettingField } from "../../collect/add/setting-field.tsx";
import shared from "../setup.module.css";
import classes from "./plan.module.css";
import type { PlanState } from "./wish.ts";

const plain = { isRequired: false, among: [], usual: undefined, limits: { step: "any" as const } };

const fields: readonly (Field & { readonly name: "trail" | "region" | "key" })[] = [
  {
    ...plain,
    name: "trail",
    title: "Use this trail",
    kind: "text",
    help: "Name or ARN; otherwise the best one there is",
  },
  { ...plain, name: "region", title: "Region", kind: "text", help: "Where what is made lies; otherwise the account's" },
  { ...plain, name: "key", title: "KMS key", kind: "text", help: "ARN; for a trail that is made" },
];

const switches: readonly (readonly [name: "create" | "paid" | "org", field: Field])[] = [
  [
    "create",
    { ...plain, name: "create", title: "Make no trail", kind: "switch", help: "Where none fits, say how to make one" },
  ],
  [
    "paid",
    {
      ...plain,
      name: "paid",
      title: "Make one all the same",
      kind: "switch",
      help: "Although another trail records it already: a second copy is paid",
    },
  ],
  [
    "org",
    {
      ...plain,
      name: "org",
      title: "For the whole organization",
      kind: "switch",
      help: "Where the account may do that",
    },
  ],
];

export interface WishFormProps {
  readonly state: PlanState;
  readonly onWish: (wish: Pick<PlanState, "trail" | "region" | "key" | "create" | "paid" | "org">) => void;
}

/** What else a person may wish of a plan; it is made anew with it. */
export function WishForm({ state, onWish }: WishFormProps) {
  const [texts, setTexts] = useState({ trail: state.trail ?? "", region: state.region ?? "", key: state.key ?? "" });
  const [isOn, setOn] = useState({
    create: state.create !== undefined,
    paid: state.paid !== undefined,
    org: state.org !== undefined,
  });
  const wished =
    Object.values(state).filter((value) => value !== undefined).length - (state.tz ? 1 : 0) - (state.by ? 1 : 0);
  return (
    <details className={`${shared["more"]} ${classes["wish"]}`}>
      <summary>Other wishes{wished === 0 ? "" : ` (${wished})`}</summary>
      <form
        aria-label="Other wishes"
        onSubmit={(event) => {
          event.preventDefault();
          const given = (text: string) => (text.trim() === "" ? undefined : text.trim());
          onWish({
            trail: given(texts.trail),
            region: given(texts.region),
            key: given(texts.key),
            create: isOn.create ? "no" : undefined,
            paid: isOn.paid ? "yes" : undefined,
            org: isOn.org ? "yes" : undefined,
          });
        }}
      >
        <div className={classes["fields"]}>
          {fields.map((field) => (
            <SettingField
              key={field.name}
              field={field}
              text={texts[field.name]}
              problem={undefined}
              onText={(text) => {
                setTexts({ ...texts, [field.name]: text });
              }}
            />
          ))}
          {switches.map(([name, field]) => (
            <SettingField
              key={name}
              field={field}
              text={String(isOn[name])}
              problem={undefined}
              onText={(text) => {
                setOn({ ...isOn, [name]: text === "true" });
              }}
            />
          ))}
        </div>
        <button type="submit" className={controls["button"]}>
          Make the plan anew
        </button>
      </form>
    </details>
  );
}
