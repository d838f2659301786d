import controls from "./controls.module.css";
import { useCopy } from "./copy-text.tsx";
import { Icon } from "./icon.tsx";
import { VisibleLines } from "./visible-text.tsx";

/** Lines to paste elsewhere, with a button that copies them. */
export function CopyLines({ text, label }: { readonly text: string; readonly label: string }) {
  const copy = useCopy();
  return (
    <div className={controls["code"]}>
      <pre aria-label={label}>
        <VisibleLines text={text} />
      </pre>
      <button
        type="button"
        className={`${controls["button"]} ${controls["small"]}`}
        aria-label={`Copy: ${label}`}
        onClick={() => {
          copy(text);
        }}
      >
        <Icon name="copy" /> Copy
      </button>
    </div>
  );
}
