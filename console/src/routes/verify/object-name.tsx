import { useCopy } from "../../parts/copy-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import { toVisible, VisibleText } from "../../parts/visible-text.tsx";
import classes from "./object-name.module.css";

/** The name of an object, its folder in the background, with a button that copies it whole. */
export function ObjectName({ label, name }: { readonly label: string; readonly name: string }) {
  const copy = useCopy();
  const at = name.lastIndexOf("/") + 1;
  return (
    <p className={classes["object"]}>
      <span className={classes["label"]}>{label}</span>
      <code title={toVisible(name)}>
        <span className={classes["folder"]}>
          <VisibleText text={name.slice(0, at)} />
        </span>
        <wbr />
        <VisibleText text={name.slice(at)} />
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
