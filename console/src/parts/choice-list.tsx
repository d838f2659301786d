import type { ReactNode } from "react";
import classes from "./choice-list.module.css";

export interface ChoiceListProps {
  readonly legend: string;
  readonly kind: "radio" | "checkbox";
  /** What a radio button belongs to. */
  readonly name: string;
  readonly options: readonly { readonly key: string; readonly title: ReactNode; readonly note?: ReactNode }[];
  readonly chosen: readonly string[];
  readonly onPick: (key: string) => void;
}

/** Choices one below the other, each with what it means. */
export function ChoiceList({ legend, kind, name, options, chosen, onPick }: ChoiceListProps) {
  return (
    <fieldset className={classes["choices"]}>
      <legend>{legend}</legend>
      {options.map(({ key, title, note }) => (
        <label key={key}>
          <input
            type={kind}
            name={name}
            checked={chosen.includes(key)}
            onChange={() => {
              onPick(key);
            }}
          />
          <span>
            {title}
            {note === undefined ? null : <small>{note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A list with something more in it, or without it where it was. */
export function toggled(list: readonly string[], key: string): readonly string[] {
  return list.includes(key) ? list.filter((each) => each !== key) : [...list, key];
}
