import { useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";
import classes from "./help-dialog.module.css";

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["/"], "Write a search"],
  [["Enter"], "Run it, or open the event"],
  [["d"], "Choose the time range"],
  [["↓"], "From the search to the events"],
  [["j", "k"], "Next and previous event"],
  [["←", "→"], "Cell to the left and right"],
  [["f"], "Only events like this cell"],
  [["shift", "f"], "Without events like this cell"],
  [["c"], "Copy the link to what you see"],
  [["Esc"], "Close the event"],
  [["?"], "This help"],
];

const examples: readonly (readonly [query: string, what: string])[] = [
  ["mary", "the whole word, anywhere in the event: not primary"],
  ["*mary*", "any text with these letters in it: primary too"],
  ["CreateUser OR DeleteUser", "either"],
  ["eventName:Create*", "a field, with a wildcard"],
  ["user:alice -errorCode:*", "by alice, and without an error"],
  ["ip:10.0.0.0/8", "from a range of addresses"],
  ["errorCode:(AccessDenied OR UnauthorizedOperation)", "any of several values"],
  ["requestParameters.bucketName:prod-*", "any path into the record"],
  ['"two words"', "exactly this text"],
];

/** Keys and search language on one page. */
export function HelpDialog({
  isOpen,
  onClose,
  onTry,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTry: (query: string) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={classes["dialog"]}
      aria-label="Help"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={classes["panel"]}>
        <header>
          <h2>Keys and search language</h2>
          <button type="button" aria-label="Close help" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className={classes["halves"]}>
          <dl className={classes["keys"]}>
            {keys.map(([names, what]) => (
              <div key={what}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <ul className={classes["examples"]}>
            {examples.map(([query, what]) => (
              <li key={query}>
                <button
                  type="button"
                  onClick={() => {
                    onClose();
                    onTry(query);
                  }}
                >
                  <code>{query}</code>
                  <span>{what}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </dialog>
  );
}
