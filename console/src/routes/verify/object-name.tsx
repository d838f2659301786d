import { useCopy } from "../../parts/copy-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import { toVisible, VisibleText } from "../../parts/visible-text.tsx";
import classes from "./object-name.module.css";

/** The last part of an object's name, which says the rest of it as well. */
export function fileNameOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1) || name;
}

export interface ObjectNameProps {
  /** What it is, or what is said of it. */
  readonly label: string;
  readonly name: string;
  /** It stands above what is told of it. */
  readonly isLead?: boolean;
}

/** The name of an object; its folder stands beside the pointer, and a button copies it whole. */
export function ObjectName({ label, name, isLead = false }: ObjectNameProps) {
  const copy = useCopy();
  return (
    <p className={classes["object"]} data-lead={isLead}>
      <span className={classes["label"]}>{label}</span>
      <code title={toVisible(name)}>
        <VisibleText text={fileNameOf(name)} />
      </code>
      <button
        type="button"
        aria-label={`Copy the name: ${label}`}
        title="Copy the whole name"
        onClick={() => {
          copy(name);
        }}
      >
        <Icon name="copy" size={12} />
      </button>
    </p>
  );
}
